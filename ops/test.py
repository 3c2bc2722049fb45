"""Every test there is: the quick kinds one after the other, then those of pytest side by side."""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from ops import postgres
from ops.report import Stopped, fail, last_lines, step
from ops.settings import LOGS, PROJECT, environment
from ops.train import newest_model, train

RASA = [sys.executable, "-m", "rasa"]
# Lines of a passed kind that are shown: the slowest tests, what was skipped and why, and how many passed.
SUMMARY = 14


def kinds() -> list[tuple[str, list[str]]]:
    """What is run, in order: the cheapest first."""
    validate = [*RASA, "data", "validate", "--fail-on-warnings", "--data", "data", "--domain", "domain.yml"]
    dialogues = [*RASA, "test", "core", "--e2e", "--fail-on-prediction-errors", "--no-plot", "--no-errors"]
    return [
        ("style and types", ["make", "--no-print-directory", "lint"]),
        ("content", [sys.executable, "-m", "ops.check_content"]),
        ("rasa data validate", validate),
        ("dialogues", [*dialogues, "--model", str(newest_model()), "--stories", "tests/dialogues", "--out", "results"]),
    ]


def long_kinds() -> list[tuple[str, list[str]]]:
    """What takes minutes; each keeps about one core busy."""
    pytest = [sys.executable, "-m", "pytest", "--durations=5"]
    return [
        ("unit tests", [*pytest, "tests/unit"]),
        ("end-to-end, browser and understanding tests", [*pytest, *with_assistant()]),
    ]


def with_assistant() -> list[str]:
    """Every folder of tests but the unit tests', so that a new one is not forgotten."""
    folders = (folder for folder in (PROJECT / "tests").iterdir() if any(folder.glob("test_*.py")))
    return sorted(str(folder.relative_to(PROJECT)) for folder in folders if folder.name != "unit")


def main() -> int:
    """Command line: ``python -m ops.test``."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    try:
        train()
        step(f"database tests on SQLite and on PostgreSQL ({postgres.told()})")
        for name, command in kinds():
            _run(name, command)
        _side_by_side(long_kinds())
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


def _side_by_side(long: list[tuple[str, list[str]]]) -> None:
    """On two cores in two thirds of the time; what each says is shown when it is done."""
    started = time.monotonic()
    running = []
    for name, command in long:
        log = _log_of(name)
        step(f"{name}, side by side with the others; meanwhile see {log}")
        with log.open("w", encoding="utf-8") as out:
            process = subprocess.Popen(command, cwd=PROJECT, env=environment(), stdout=out, stderr=subprocess.STDOUT)
        running.append((name, command, log, process))
    try:
        failed = [(name, command) for name, command, log, process in running if _ended(name, log, process, started)]
    except BaseException:
        for *_, process in running:
            process.terminate()
        raise
    if failed:
        alone = "\n  ".join(_as_typed(command) for _, command in failed)
        raise Stopped(f"{' and '.join(name for name, _ in failed)}: failed. Run alone with:\n  {alone}")


def _ended(name: str, log: Path, process: "subprocess.Popen[bytes]", started: float) -> bool:
    """Wait for one kind and show what it said; whether it failed."""
    failed = bool(process.wait())
    print(log.read_text(encoding="utf-8") if failed else last_lines(log, SUMMARY), flush=True)
    step(f"{name}: {'failed' if failed else 'passed'} in {time.monotonic() - started:.0f} s")
    return failed


def _log_of(name: str) -> Path:
    return LOGS / f"test-{name.replace(',', '').replace(' ', '-')}.log"


def _run_quietly(name: str, command: list[str]) -> None:
    """Rasa's own commands say a hundred things about their age; a log keeps them, a failure shows the end of it."""
    log = _log_of(name)
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
