"""The measurement of the catalogue searches what it says it searches; nothing here is timed."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from catalog import models, session
from catalog.fill import SOURCE, rows
from ops.benchmark import catalogue, searches
from ops.benchmark.catalogue_page import write_page
from ops.benchmark.offers import fill_with, locations_for, offers, sites, write_delivery
from ops.report import Stopped


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (1000, 30), (10_000, 300), (100_000, 3000), (200_000, 3000)])
def test_sites_grow_with_the_offers_up_to_three_thousand(count: int, expected: int) -> None:
    assert locations_for(count) == expected


def test_the_same_offers_every_time_and_none_twice() -> None:
    first = list(offers(1001))
    assert first == list(offers(1001))
    assert len(set(first)) == 1001
    assert sorted(set(Counter(offer.site for offer in first).values())) == [32, 33]


def test_schools_lie_near_the_middle_of_their_municipality_under_names_of_their_own() -> None:
    made = sites(3000)
    assert len({site.school for site in made}) == len({site.id for site in made}) == 3000
    antwerp = [site for site in made if site.municipality == "Antwerpen"]
    assert len(antwerp) > 3000 / 304
    assert all(abs(site.latitude - 51.22) <= 0.03 and site.postcode.startswith("2") for site in antwerp)


def test_more_offers_than_there_can_be_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        list(offers(10_000_000))


def test_they_come_beside_what_is_there(database: str) -> None:
    fill_with(120, database)
    with session() as db:
        counted = {
            table.__tablename__: db.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (models.Offer, models.Location)
        }
        assert counted["offer"] == 51 + 120
        town = db.execute(select(models.Location).where(models.Location.dataset == "verzonnen")).scalars().first()
        assert town.municipality
        assert town.latitude


def test_a_delivery_has_the_columns_of_our_own_files(tmp_path: Path) -> None:
    write_delivery(60, tmp_path / "delivery")
    assert {path.name for path in (tmp_path / "delivery").iterdir()} == {"programmes.csv", "offers.csv"}
    made, own = (list(rows(folder, "offers.csv")) for folder in (tmp_path / "delivery", SOURCE))
    assert len(made) == 60
    assert list(made[0]) == list(own[0])
    assert all(made[0].values())


def test_wishes_of_every_shape_are_mixed_the_same_way_every_time() -> None:
    wishes = searches.programme_wishes()
    assert wishes == searches.programme_wishes()
    assert set(Counter(shape for shape, _ in wishes).values()) == {searches.EACH}
    assert len({shape for shape, _ in wishes[:20]}) > 5
    assert any("\0" in str(wish.as_dict().values()) or "\\x00" in str(wish) for _, wish in wishes)


def test_a_search_that_is_far_too_slow_ends_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "MOST_SECONDS", -1)
    assert [name for name, _ in searches.timed([("one", int), ("two", int)])] == ["one"]


def test_the_quickest_of_the_tries_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = iter([[("a", 3.0), ("b", 1.0)], [("a", 2.0), ("b", 9.0)], [("a", 4.0)]])
    monkeypatch.setattr(searches, "timed", lambda calls: next(rounds))
    assert searches.quickest([]) == ([("a", 2.0)], [3.0, 1.0, 2.0, 9.0, 4.0])


def test_figures_of_every_kind_are_there(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "EACH", 1)
    found = searches.measure()
    assert found["search"]["count"] == len(found["shapes"]) == 11
    assert found["contacts"]["p50_ms"] <= found["contacts"]["p95_ms"]
    assert set(found["whole_table"]) <= set(found["shapes"])


def test_a_statement_that_reads_every_offer_is_seen_as_such(database: str) -> None:
    with searches.recorded() as statements, session() as db:
        db.execute(select(models.Offer.id).where(models.Offer.school_year == "2026-2027")).all()
        db.execute(select(models.Offer.programme_id).where(models.Offer.id == 7)).all()
    assert [searches._reads_all(one) for one in statements] == [True, False] or database.startswith("postgresql")


def test_a_command_that_fails_is_told_with_the_end_of_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "LOG", tmp_path / "log")
    seconds, megabytes = catalogue.run([sys.executable, "-c", ""])
    assert seconds > 0
    assert megabytes > 0
    with pytest.raises(Stopped, match="no such thing"):
        catalogue.run([sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_a_database_is_there_while_it_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere.db")
    with catalogue.Workshop(tmp_path, None).database("sqlite") as address, session() as db:
        assert db.execute(select(func.count()).select_from(models.Programme)).scalar_one() == 264
        assert catalogue._size(address) >= 0
    assert list(tmp_path.iterdir()) == []
    assert catalogue.os.environ["DATABASE_URL"] == "sqlite:///elsewhere.db"


def test_an_import_is_measured_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "LOG", tmp_path / "log")
    # Any module of Python's that takes a folder.
    monkeypatch.setattr(catalogue, "IMPORTER", "compileall")
    found = catalogue.measure_import(catalogue.Workshop(tmp_path, None), "sqlite", 10)
    assert set(found) == {"seconds", "again_seconds", "megabytes"}
    assert f"{tmp_path / 'delivery'}" in (tmp_path / "log").read_text(encoding="utf-8")


def test_without_an_importer_none_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "IMPORTER", "catalog.not_written_yet")
    assert not catalogue.has_importer()


def searched(milliseconds: float) -> dict[str, Any]:
    times = {"p50_ms": milliseconds / 2, "p95_ms": milliseconds, "count": 9}
    sizes = {"locations": 30, "first_ms": 50, "resident_megabytes": 60, "megabytes": 1, "whole_table": []}
    return {"search": times, "every_try": times, "contacts": times, "shapes": {"sector": times}, **sizes}


FIGURES = {
    "search": {
        "sqlite": {"1000": searched(9), "100000": {**searched(31), "whole_table": ["sector"]}},
        "postgresql": {"1000": searched(8), "100000": searched(30)},
    },
    "import": {"sqlite": {"seconds": 61.5, "again_seconds": 3.0, "megabytes": 300}},
}


def test_the_page_says_what_is_kept_and_what_is_not(tmp_path: Path) -> None:
    write_page(tmp_path / "catalogus.md", FIGURES)
    page = (tmp_path / "catalogus.md").read_text(encoding="utf-8")
    assert "| SQLite | search among 100,000 offers, p95, ms | at most 30 | 31 | **no** |" in page
    assert "| PostgreSQL | search among 100,000 offers, p95, ms | at most 30 | 30 | yes |" in page
    assert "| SQLite | import of 100,000 offers, MB | at most 400 | 300 | yes |" in page
    assert "| PostgreSQL | import of 100,000 offers, s | 60 | - | not measured |" in page
    assert "- SQLite: sector\n- PostgreSQL: none" in page


def test_the_same_figures_give_the_same_plot(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_page(tmp_path / f"{name}.md", json.loads(json.dumps(FIGURES)))
    assert (tmp_path / "one" / "cost.svg").read_bytes() == (tmp_path / "two" / "cost.svg").read_bytes()


def test_one_kind_of_database_alone_makes_a_page_too(tmp_path: Path) -> None:
    write_page(tmp_path / "catalogus.md", {"search": {"sqlite": FIGURES["search"]["sqlite"]}, "import": {}})
    page = (tmp_path / "catalogus.md").read_text(encoding="utf-8")
    assert "| PostgreSQL | search among 100,000 offers, p95, ms | 30 | - | not measured |" in page
    assert "Not measured: there is no importer yet." in page
