"""Every test there is, one kind after the other; stops at the first kind that fails."""

import argparse
import subprocess
import sys
import time

from ops import postgres
from ops.report import Stopped, fail, last_lines, step
from ops.settings import LOGS, PROJECT, environment
from ops.train import newest_model, train

RASA = [sys.executable, "-m", "rasa"]


def kinds() -> list[tuple[str, list[str]]]:
    """What is run, in order: the cheapest first."""
    validate = [*RASA, "data", "validate", "--fail-on-warnings", "--data", "data", "--domain", "domain.yml"]
    dialogues = [*RASA, "test", "core", "--e2e", "--fail-on-prediction-errors", "--no-plot", "--no-errors"]
    return [
        ("style and types", ["make", "--no-print-directory", "lint"]),
        ("content", [sys.executable, "-m", "ops.check_content"]),
        ("rasa data validate", validate),
        ("dialogues", [*dialogues, "--model", str(newest_model()), "--stories", "tests/dialogues", "--out", "results"]),
        ("unit, end-to-end and browser tests", [sys.executable, "-m", "pytest", "--durations=5"]),
    ]


def main() -> int:
    """Command line: ``python -m ops.test``."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    try:
        train()
        step(f"database tests on SQLite and on PostgreSQL ({postgres.told()})")
        for name, command in kinds():
            _run(name, command)
    except Stopped as problem:
        return fail(problem)
    except KeyboardInterrupt:
        return 130
    return 0


def _run(name: str, command: list[str]) -> None:
    step(name)
    started = time.monotonic()
    if command[: len(RASA)] == RASA:
        _run_quietly(name, command)
    elif subprocess.run(command, cwd=PROJECT, env=environment(), check=False).returncode:
        raise Stopped(f"{name}: failed. Run it alone with: {_as_typed(command)}")
    step(f"{name}: passed in {time.monotonic() - started:.0f} s")


def _run_quietly(name: str, command: list[str]) -> None:
    """Rasa's own commands say a hundred things about their age; a log keeps them, a failure shows the end of it."""
    log = LOGS / f"test-{name.replace(' ', '-')}.log"
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            command, cwd=PROJECT, env=environment(), stdout=out, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode:
        raise Stopped(
            f"{name}: failed. {log} ends with:\n{last_lines(log, 15)}\n  Run it alone with: {_as_typed(command)}"
        )


def _as_typed(command: list[str]) -> str:
    return " ".join(command).replace(f"{PROJECT}/", "")


if __name__ == "__main__":
    sys.exit(main())
