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
from ops.benchmark import xsid
from ops.benchmark.candidates import CACHE, CANDIDATES
from ops.benchmark.measure import SLASH
from ops.benchmark.page import write_page
from ops.benchmark.scores import scores
from ops.evaluate import read
from ops.report import Stopped, fail, last_lines, step
from ops.settings import LOGS, PROJECT, VAR, environment

PAGE = PROJECT / "docs" / "quality" / "nlu.md"
RESULTS = PAGE.with_suffix("") / "figures.json"
WORKSHOP = VAR / "benchmark"
SEED = 42


def training_data(per_label: int, flat: bool) -> tuple[str, int]:
    """The examples that every candidate learns from, as Rasa's NLU data, and how many there are.

    Args:
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
    return str(yaml.safe_dump(content, allow_unicode=True)), count


def measure(name: str, data: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Train and ask one candidate in processes of its own, with no sentence vector known before.

    Args:
        name: of the candidate.
        data: Rasa's NLU data.
        rows: the questions.

    Raises:
        Stopped: it failed; says where its log is.
    """
    folder = WORKSHOP / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    CACHE.unlink(missing_ok=True)
    examples, questions = folder / "nlu.yml", folder / "questions.jsonl"
    examples.write_text(data, encoding="utf-8")
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = _run("train", name, examples)
    if CANDIDATES[name].whole:
        found["retrain_seconds"] = _run("train", name, examples)["train_seconds"]
    found |= _run("ask", name, questions)
    rankings, entities, seconds = (found.pop(key) for key in ("rankings", "found", "parse_seconds"))
    answered = [
        {**row, "ranking": ranking, "found": [tuple(one) for one in own]}
        for row, ranking, own in zip(rows, rankings, entities, strict=True)
    ]
    shutil.rmtree(folder)
    return {**found, **scores(answered, seconds), "answered": answered}


def _run(part: str, name: str, given: Path) -> dict[str, Any]:
    folder = WORKSHOP / name
    output, log = folder / f"{part}.json", LOGS / f"benchmark-{name}-{part}.log"
    command = [sys.executable, "-m", "ops.benchmark.measure", part, name, *map(str, (folder, given, output))]
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(command, cwd=PROJECT, env=environment(), stdout=out, stderr=out, check=False)
    if done.returncode:
        raise Stopped(f"The candidate {name} failed to {part}. {log} ends with:\n{last_lines(log, 5)}")
    return dict(json.loads(output.read_text(encoding="utf-8")))


def candidate(name: str, rows: list[dict[str, Any]], per_label: int, public: Path | None) -> dict[str, Any]:
    """All figures of one candidate, on our questions and, when the folder of xSID is given, on those."""
    told = CANDIDATES[name]
    data, count = training_data(0 if told.whole else per_label, told.flat)
    found = {"examples": count, **measure(name, data, rows)}
    if public and not told.whole:
        theirs = [{**row, "entities": xsid.entities(row)} for row in xsid.read(public / xsid.ASKED)]
        found["xsid"] = measure(name, xsid.training_data(xsid.read(public / xsid.TRAINED_ON)), theirs)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: ``python -m ops.benchmark FILE``."""
    parser = argparse.ArgumentParser(prog="make benchmark", description=__doc__)
    parser.add_argument("file", type=Path, help="labelled questions, as for make evaluate")
    parser.add_argument("--examples", type=int, default=0, metavar="N", help="at most N examples of a label; 0 for all")
    parser.add_argument("--only", nargs="+", choices=sorted(CANDIDATES), default=list(CANDIDATES), metavar="NAME")
    parser.add_argument("--xsid", type=Path, metavar="FOLDER", help=f"xSID, with {xsid.TRAINED_ON} and {xsid.ASKED}")
    options = parser.parse_args(arguments)
    try:
        rows = read(options.file)
        WORKSHOP.mkdir(parents=True, exist_ok=True)
        LOGS.mkdir(parents=True, exist_ok=True)
        results = {}
        for name in tqdm(options.only, unit="candidates", disable=None):
            step(f"{name}: {CANDIDATES[name].told}")
            results[name] = candidate(name, rows, options.examples, options.xsid)
            write_results(results)
    except Stopped as problem:
        return fail(problem)
    write_page(PAGE, results, len(rows), options.examples)
    step(f"{PAGE.relative_to(PROJECT)} and {RESULTS.relative_to(PROJECT)} written")
    return 0


def write_results(results: dict[str, Any]) -> None:
    """The figures as JSON, after every candidate, so that a run that is broken off leaves what it measured."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(without_questions(results), indent=1) + "\n", encoding="utf-8")


def without_questions(found: dict[str, Any]) -> dict[str, Any]:
    """The figures alone: the questions belong to whoever gave them."""
    return {
        key: without_questions(value) if isinstance(value, dict) else value
        for key, value in found.items()
        if key != "answered"
    }


if __name__ == "__main__":
    sys.exit(main())
