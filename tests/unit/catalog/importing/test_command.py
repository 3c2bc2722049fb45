"""What the command line says and returns."""

from pathlib import Path

import pytest

from catalog import models
from catalog.importing.__main__ import DONE, REFUSED, UNUSABLE, main
from tests.unit.catalog.importing.conftest import edit, how_many, one

FAULT = (
    "offers.csv, line 3, column programme_id: value 'duaal-9999' - "
    "unknown programme duaal-9999; deliver it too, or first"
)


def test_says_what_became_of_the_rows(database: str, city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(city), "--as-of", "2026-11-20", "--dataset", "gent"]) == DONE
    said = capsys.readouterr()
    assert "eigen-gent, offer: 3 new, 0 changed, 0 same, 0 vanished, 0 returned" in said.out
    assert said.out.endswith("Imported; 0 faulty rows left out.\n")
    assert one(models.Provider, "900001").verified_on == "2026-11-20"


def test_a_fault_is_shown_and_the_rest_loads(database: str, city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(city / "offers.csv", "duaal-9002", "duaal-9999")
    assert main([str(city)]) == DONE
    said = capsys.readouterr()
    assert FAULT in said.err.splitlines()
    assert said.out.endswith("Imported; 1 faulty row left out.\n")


def test_strict_and_dry(database: str, city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = how_many(models.Offer)
    edit(city / "offers.csv", "duaal-9002", "duaal-9999")
    assert main([str(city), "--strict"]) == REFUSED
    assert capsys.readouterr().out.endswith("Nothing was imported, because of STRICT=1 (--strict): 1 faulty row.\n")
    assert main([str(city), "--dry-run"]) == DONE
    assert capsys.readouterr().out.endswith("Dry run: nothing was changed; 1 faulty row would be left out.\n")
    assert how_many(models.Offer) == before


def test_what_cannot_be_read(database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nergens")]) == UNUSABLE
    assert capsys.readouterr().err.startswith("Nothing was imported. ")


def test_a_database_that_is_not_there(
    tmp_path: Path, city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "map").mkdir()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'map'}")
    assert main([str(city)]) == REFUSED
    assert (
        "Nothing was changed. The database could not be used: unable to open database file" in capsys.readouterr().err
    )
