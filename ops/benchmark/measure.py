"""One candidate in a process of its own: train, load, ask; so that its memory and its time are its own."""

import argparse
import asyncio
import json
import logging
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml
from tqdm import tqdm

from ops.benchmark.candidates import CANDIDATES

# Rasa reads a slash in an intent as a retrieval intent.
SLASH = "__"
Ranking = list[tuple[str, float]]


def ranking(parsed: dict[str, Any], flat: bool) -> Ranking:
    """Labels with their confidence, the likeliest first, whatever the pipeline calls them.

    A pipeline of two steps gives a topic the product of both confidences.
    """
    if "decision" in parsed:
        return [(one["label"].replace(SLASH, "/"), one["confidence"]) for one in parsed["decision"]]
    found: Ranking = []
    for intent in parsed.get("intent_ranking") or [parsed["intent"]]:
        name, confidence = str(intent["name"]), float(intent["confidence"])
        if name == "nlu_fallback":
            continue
        answers = (parsed.get("response_selector") or {}).get("faq", {}).get("ranking", [])
        if name == "faq" and answers and not flat:
            found += [(one["intent_response_key"], confidence * one["confidence"]) for one in answers]
        else:
            found.append((name.replace(SLASH, "/"), confidence))
    return sorted(found, key=lambda one: -one[1])[:10]


def megabytes(kilobytes: int) -> int:
    """Linux counts the largest resident size in kilobytes."""
    return kilobytes // 1024


def train(name: str, data: Path, folder: Path) -> dict[str, Any]:
    """Train the candidate: seconds, and the largest resident size of the process and of its helpers."""
    from rasa.model_training import train_nlu

    config = folder / "config.yml"
    content = {"recipe": "default.v1", "language": "nl", "pipeline": CANDIDATES[name].pipeline()}
    config.write_text(yaml.safe_dump(content), encoding="utf-8")
    started = time.perf_counter()
    train_nlu(str(config), str(data), str(folder), fixed_model_name="candidate")
    seconds = time.perf_counter() - started
    own, helpers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"train_seconds": seconds, "train_megabytes": megabytes(own + helpers)}


async def ask(model: Path, questions: list[dict[str, Any]], flat: bool) -> dict[str, Any]:
    """Load the model and parse every question: rankings, and the time of each."""
    started = time.perf_counter()
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    ready = time.perf_counter() - started
    await agent.parse_message("warm")
    answers, entities, seconds = [], [], []
    for question in tqdm(questions, desc="asking", unit="questions", disable=None):
        began = time.perf_counter()
        parsed = await agent.parse_message(question["text"])
        seconds.append(time.perf_counter() - began)
        answers.append(ranking(parsed, flat))
        entities.append([(one["entity"], one["value"]) for one in parsed.get("entities") or ()])
    size = Path("/proc/self/status").read_text(encoding="utf-8")
    resident = next(int(line.split()[1]) for line in size.splitlines() if line.startswith("VmRSS"))
    return {
        "ready_seconds": ready,
        "resident_megabytes": megabytes(resident),
        "parse_seconds": seconds,
        "rankings": answers,
        "found": entities,
    }


def main() -> int:
    """Command line: ``python -m ops.benchmark.measure train|ask NAME MODEL_FOLDER INPUT OUTPUT``."""
    import structlog

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=["train", "ask"])
    parser.add_argument("name", choices=sorted(CANDIDATES))
    parser.add_argument("folder", type=Path)
    parser.add_argument("input", type=Path, help="training data, or questions one JSON object a line")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    if options.part == "train":
        measured = train(options.name, options.input, options.folder)
    else:
        lines = options.input.read_text(encoding="utf-8").splitlines()
        model = options.folder / "candidate.tar.gz"
        asked = ask(model, [json.loads(line) for line in lines], CANDIDATES[options.name].flat)
        measured = asyncio.run(asked)
    with tempfile.NamedTemporaryFile("w", dir=options.output.parent, delete=False, encoding="utf-8") as half:
        json.dump(measured, half)
    Path(half.name).replace(options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
