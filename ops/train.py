"""Train when, and only when, training data or configuration changed; the newest model lies in `models/`."""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import yaml
from tqdm import tqdm

from catalog import lookups
from nlu.pipelines import choose_pipeline
from ops.report import Stopped, fail, last_lines, step
from ops.settings import LOGS, MODELS, PROJECT, VAR, environment

STAMP = MODELS / "trained.json"
LOG = LOGS / "train.log"
KEPT = 3
TRAINED_ON = ("config.yml", "domain.yml", "data/faq/**/*.yml", "data/tasks/*.yml", "data/dialogue/*.yml", "nlu/*.py")
# Where a line of the log puts the bar, in percent.
MILESTONES = (
    (re.compile(r"Starting to train component 'DutchTokenizer'"), 5),
    (re.compile(r"Starting to train component 'QuestionClassifier'"), 10),
    (re.compile(r"held-out accuracy"), 90),
    (re.compile(r"trained and saved"), 100),
)
VECTORS = re.compile(r"sentence vectors:\s+(\d+)%")
VECTORS_FROM, VECTORS_TO = 10, 70


def fingerprint() -> str:
    """Digest over all that a model is made from, and the spaCy pipeline that would serve."""
    total = hashlib.sha256()
    paths = {path for pattern in TRAINED_ON for path in PROJECT.glob(pattern)}
    for path in sorted([*paths, lookups.TARGET, PROJECT / "requirements.lock"]):
        total.update(str(path.relative_to(PROJECT)).encode() + path.read_bytes())
    total.update(json.dumps(choose_pipeline(_wanted_pipeline()), sort_keys=True).encode())
    return total.hexdigest()


def _wanted_pipeline() -> str:
    config = yaml.safe_load((PROJECT / "config.yml").read_text(encoding="utf-8"))
    return str(config["pipeline"][0]["model"])


def newest_model() -> Path | None:
    """The model to serve, or None when there is none."""
    return max(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, default=None)


def is_current() -> bool:
    """Whether the newest model was trained on what is here now."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    newest = newest_model()
    return newest is not None and stamp == {"model": newest.name, "fingerprint": fingerprint()}


def train() -> bool:
    """Train unless the newest model is current; whether it trained.

    Raises:
        Stopped: the training failed; the models that were there still are.
    """
    if lookups.main():
        raise Stopped("The lookup table could not be written from data/catalogue; see the line above.")
    if is_current():
        return False
    step("training the model (a few minutes the first time, less when little changed)")
    workshop = VAR / "training"
    shutil.rmtree(workshop, ignore_errors=True)
    now = fingerprint()
    if _run_rasa(workshop):
        raise Stopped(
            f"The training failed; the last model, if any, is untouched. {LOG} ends with:\n{last_lines(LOG, 5)}\n"
            "  Mend what it names, often a file in data/ with a wrong indent, and run the same command again."
        )
    _take_over(workshop, now)
    return True


def _run_rasa(workshop: Path) -> int:
    command = [
        sys.executable,
        "-m",
        "rasa",
        "train",
        "--out",
        str(workshop),
        "--data",
        "data",
        "--domain",
        "domain.yml",
    ]
    LOGS.mkdir(parents=True, exist_ok=True)
    # Line by line, so that whoever follows the log sees what is going on.
    with (
        LOG.open("w", encoding="utf-8", buffering=1) as log,
        tqdm(total=100, unit="%", disable=None, leave=False) as bar,
    ):
        rasa = subprocess.Popen(
            command, cwd=PROJECT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert rasa.stdout is not None
        try:
            for line in _lines(rasa.stdout):
                log.write(line + "\n")
                bar.update(max(0, percent(line) - bar.n))
        except KeyboardInterrupt:
            rasa.terminate()
            rasa.wait()
            raise
        return rasa.wait()


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """Lines as they come, also those that a progress bar only ends with a carriage return."""
    pending = b""
    while chunk := os.read(stream.fileno(), 4096):
        *done, pending = re.split(rb"[\r\n]+", pending + chunk)
        yield from (line.decode("utf-8", "replace") for line in done if line.strip())
    if pending.strip():
        yield pending.decode("utf-8", "replace")


def percent(line: str) -> int:
    """How far the training is, by a line of its log; 0 when the line does not tell."""
    vectors = VECTORS.search(line)
    if vectors:
        return VECTORS_FROM + int(vectors[1]) * (VECTORS_TO - VECTORS_FROM) // 100
    return next((at for pattern, at in MILESTONES if pattern.search(line)), 0)


def _take_over(workshop: Path, now: str) -> None:
    made = next(workshop.glob("*.tar.gz"), None)
    if made is None:
        raise Stopped(f"The training made no model. See {LOG}.")
    MODELS.mkdir(exist_ok=True)
    # Into place in one move: a half-written model is never the newest.
    made.replace(MODELS / made.name)
    STAMP.write_text(json.dumps({"model": made.name, "fingerprint": now}), encoding="utf-8")
    shutil.rmtree(workshop)
    for old in sorted(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink()


def main() -> int:
    """Command line: ``python -m ops.train``."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    try:
        trained = train()
    except Stopped as problem:
        return fail(problem)
    except KeyboardInterrupt:
        print("\n✗ Interrupted. The models that were there still are; the next run trains again.", file=sys.stderr)
        return 130
    step(f"model {newest_model()} {'trained' if trained else 'is up to date'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
