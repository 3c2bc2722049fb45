"""The NLU's table of names follows from the catalogue, and nothing else."""

from catalog.lookups import TARGET, as_csv, names


def test_the_committed_table_is_the_generated_one() -> None:
    assert TARGET.read_text(encoding="utf-8") == as_csv(), "run `make train`, which writes data/lookups/names.csv"


def test_every_kind_of_name_is_there() -> None:
    kinds = {name.entity for name in names()}
    assert kinds == {"opleiding", "sector", "gemeente", "regio", "graad", "organisatie", "doelgroep", "beroep"}


def test_an_official_name_means_itself() -> None:
    by_name = {(name.entity, name.name): name.value for name in names()}
    assert by_name["opleiding", "Fietshersteller duaal"] == "Fietshersteller duaal"
    assert by_name["gemeente", "Deurne"] == "Antwerpen"
    assert by_name["gemeente", "3270"] == "Scherpenheuvel-Zichem"


def test_a_trade_without_a_programme_has_none() -> None:
    with_one = {name.name.casefold() for name in names() if name.entity in ("opleiding", "sector")}
    without = {name.name.casefold() for name in names() if name.entity == "beroep"}
    assert len(without) > 500
    assert not with_one & without


def test_a_trade_without_a_programme_has_a_sector_of_ours_or_none() -> None:
    sectors = {name.value for name in names() if name.entity == "sector"}
    assert {name.sector for name in names() if name.entity == "beroep"} <= sectors | {""}
