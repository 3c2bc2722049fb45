"""A catalogue for the many tests that only read it."""

from pathlib import Path

import pytest


@pytest.fixture()
def catalogue(filled_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The filled database itself, not a copy: nothing may be written."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{filled_sqlite}")
