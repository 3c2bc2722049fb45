"""Train and measure every candidate on the same examples and questions; JSON, plots and docs/quality/nlu.md."""

import argparse
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from tqdm import tqdm

from answers.content import examples_by_label, figure_texts, fill, titles, topics
from ops.benchmark.candidates import CANDIDATES
from ops.benchmark.measure import SLASH
from ops.benchmark.page import write_page
from ops.benchmark.scores import scores
from ops.evaluate import read
from ops.report import Stopped, fail, last_lines, step
from ops.settings import LOGS, PROJECT, VAR, environment

RESULTS = PROJECT / "results" / "benchmark.json"
PAGE = PROJECT / "docs" / "quality" / "nlu.md"
WORKSHOP = VAR / "benchmark"
SEED = 42


def training_data(path: Path, per_label: int, flat: bool) -> int:
    """Write the examples that every candidate learns from; how many there are.

    Args:
        path: where to, as Rasa's NLU data.
        per_label: at most so many examples of a label, drawn once for all candidates; 0 for all.
        flat: each topic an intent by itself.
    """
    known, chance = titles(), random.Random(SEED)
    names = {topic.name for topic in topics()}
    nlu, count = [], 0
    for label, examples in sorted(examples_by_label().items()):
        drawn = chance.sample(examples, min(per_label or len(examples), len(examples)))
        texts = list(dict.fromkeys([known[label], *drawn]))
        intent = f"faq{SLASH if flat else '/'}{label}" if label in names else label
        nlu.append({"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)})
        count += len(texts)
    content: dict[str, Any] = {"version": "3.1", "nlu": nlu}
    if not flat:
        written = figure_texts()
        content["responses"] = {
            f"utter_faq/{topic.name}": [{"text": fill(topic.answers[0].text, written)}] for topic in topics()
        }
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return count


def measure(name: str, questions: Path, per_label: int) -> dict[str, Any]:
    """Train and ask one candidate in processes of its own.

    Raises:
        Stopped: it failed; says where its log is.
    """
    folder = WORKSHOP / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    data = folder / "nlu.yml"
    count = training_data(data, per_label, CANDIDATES[name].flat)
    found: dict[str, Any] = {"examples": count}
    for part, given in (("train", data), ("ask", questions)):
        output, log = folder / f"{part}.json", LOGS / f"benchmark-{name}-{part}.log"
        command = [sys.executable, "-m", "ops.benchmark.measure", part, name, *map(str, (folder, given, output))]
        with log.open("w", encoding="utf-8") as out:
            done = subprocess.run(command, cwd=PROJECT, env=environment(), stdout=out, stderr=out, check=False)
        if done.returncode:
            raise Stopped(f"The candidate {name} failed to {part}. {log} ends with:\n{last_lines(log, 5)}")
        found |= json.loads(output.read_text(encoding="utf-8"))
    shutil.rmtree(folder)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: ``python -m ops.benchmark FILE``."""
    parser = argparse.ArgumentParser(prog="make benchmark", description=__doc__)
    parser.add_argument("file", type=Path, help="labelled questions, as for make evaluate")
    parser.add_argument("--examples", type=int, default=0, metavar="N", help="at most N examples of a label; 0 for all")
    parser.add_argument("--only", nargs="+", choices=sorted(CANDIDATES), default=list(CANDIDATES), metavar="NAME")
    options = parser.parse_args(arguments)
    try:
        rows = read(options.file)
        WORKSHOP.mkdir(parents=True, exist_ok=True)
        LOGS.mkdir(parents=True, exist_ok=True)
        results = {}
        for name in tqdm(options.only, unit="candidates", disable=None):
            step(f"{name}: {CANDIDATES[name].told}")
            measured = measure(name, options.file.resolve(), options.examples)
            rankings, seconds = measured.pop("rankings"), measured.pop("parse_seconds")
            answered = [{**row, "ranking": ranking} for row, ranking in zip(rows, rankings, strict=True)]
            results[name] = {**measured, **scores(answered, seconds), "answered": answered}
    except Stopped as problem:
        return fail(problem)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"questions": len(rows), "candidates": results}), encoding="utf-8")
    write_page(PAGE, results, len(rows), options.examples)
    step(f"{PAGE.relative_to(PROJECT)} and {RESULTS.relative_to(PROJECT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
