"""Few lines for a human; the details go to a log."""

import sys
from pathlib import Path


class Stopped(Exception):
    """A step cannot go on; the message says what is wrong and how to mend it."""


def step(text: str) -> None:
    """One line of progress."""
    print(f"· {text}", flush=True)


def fail(error: Stopped) -> int:
    """Show what stopped a command; the exit code for it."""
    print(f"\n✗ {error}", file=sys.stderr, flush=True)
    return 1


def last_lines(log: Path, count: int = 3) -> str:
    """The end of a log, for an error message."""
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return "\n".join(f"    {line[:200]}" for line in lines[-count:])
