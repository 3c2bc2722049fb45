"""Measure the newest model on labelled questions that it never saw.

The file holds one JSON object a line: ``text``, ``label`` (``faq/<topic>`` or a task), ``style``, ``lang`` and, where
the list is complete, ``entities`` with ``entity`` and ``value`` (alternatives parted by ``|``).
"""

import argparse
import asyncio
import json
import logging
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml
from tqdm import tqdm

from nlu.doubt import in_doubt
from ops.benchmark.scores import OUT_OF_SCOPE, entity_f1
from ops.report import Stopped, fail
from ops.settings import PROJECT
from ops.train import newest_model

Row = dict[str, Any]


def read(path: Path) -> list[Row]:
    """The questions.

    Raises:
        Stopped: there is no such file, or a line of it is no question.
    """
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise Stopped(f"{path} cannot be read: {error}") from error
    for number, row in enumerate(rows, 1):
        if not {"text", "label", "style", "lang"} <= set(row):
            raise Stopped(f"{path}, line {number}: text, label, style and lang are needed.")
    return rows


async def parse(rows: list[Row]) -> list[Row]:
    """Each question with what the model makes of it: ``decision``, ``found`` (entities) and ``seconds``."""
    import structlog
    from rasa.core.agent import Agent

    # Rasa sets its level of logging on its own command line only.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))

    model = newest_model()
    if model is None:
        raise Stopped("There is no model in models/. Run `make train`.")
    agent = Agent.load(model)
    parsed = []
    for row in tqdm(rows, unit="questions", disable=None):
        started = time.perf_counter()
        said = await agent.parse_message(row["text"])
        found = [(entity["entity"], entity["value"]) for entity in said["entities"]]
        parsed.append({**row, "decision": said["decision"], "found": found, "seconds": time.perf_counter() - started})
    return parsed


def share(rows: Iterable[Row], holds: Callable[[Row], bool]) -> str:
    """Share of the rows for which it holds, with their number."""
    kept = list(rows)
    return f"{100 * sum(map(holds, kept)) / len(kept):5.1f} %  of {len(kept)}" if kept else "    -"


def is_right(row: Row) -> bool:
    """The likeliest label is the right one."""
    return bool(row["decision"][0]["label"] == row["label"])


def is_near(row: Row) -> bool:
    """The right label is among the three likeliest."""
    return row["label"] in [choice["label"] for choice in row["decision"][:3]]


def is_doubted(row: Row, threshold: float, margin: float) -> bool:
    """The policy would ask back."""
    return in_doubt(row["decision"], threshold, margin)


def table(rows: list[Row], threshold: float, margin: float) -> list[str]:
    """The report, a line each."""
    dutch = [row for row in rows if row["lang"] == "nl"]
    topics = [row for row in dutch if row["label"].startswith("faq/")]
    outside = [row for row in rows if row["label"] == OUT_OF_SCOPE]
    inside = [row for row in rows if row["label"] != OUT_OF_SCOPE]
    tasks = [row for row in inside if row["lang"] == "nl" and not row["label"].startswith("faq/")]
    doubted = lambda row: is_doubted(row, threshold, margin)  # noqa: E731
    seconds = sorted(row["seconds"] for row in rows)
    lines = [
        f"topics, Dutch, top 1        {share(topics, is_right)}",
        f"topics, Dutch, top 3        {share(topics, is_near)}",
        f"tasks, Dutch, top 1         {share(tasks, is_right)}",
        f"other languages, top 1      {share((r for r in inside if r['lang'] != 'nl'), is_right)}",
        f"out of scope, seen as such  {share(outside, is_right)}",
        f"out of scope, not answered  {share(outside, lambda r: is_right(r) or doubted(r))}",
        f"in scope, answered rightly  {share(inside, lambda r: is_right(r) and not doubted(r))}",
        f"in scope, asked back        {share(inside, doubted)}",
        f"in scope, answered wrongly  {share(inside, lambda r: not is_right(r) and not doubted(r))}",
        f"entities, micro F1          {100 * (entity_f1(rows) or 0):5.1f} %",
        f"parse                       p50 {1000 * seconds[len(seconds) // 2]:.0f} ms, "
        f"p95 {1000 * seconds[int(len(seconds) * 0.95)]:.0f} ms",
    ]
    styles = sorted({row["style"] for row in rows})
    return [*lines, *(f"style {s:21} {share((r for r in rows if r['style'] == s), is_right)}" for s in styles)]


def main() -> int:
    """Command line: ``python -m ops.evaluate FILE``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    config = yaml.safe_load((PROJECT / "config.yml").read_text(encoding="utf-8"))
    doubt = next(policy for policy in config["policies"] if policy["name"].endswith("DoubtPolicy"))
    try:
        rows = asyncio.run(parse(read(parser.parse_args().file)))
    except Stopped as problem:
        return fail(problem)
    print("\n".join(table(rows, doubt["threshold"], doubt["margin"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
