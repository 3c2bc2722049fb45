"""The NLU's table of names follows from the catalogue, and nothing else."""

from catalog.lookups import TARGET, as_csv, names


def test_the_committed_table_is_the_generated_one() -> None:
    assert TARGET.read_text(encoding="utf-8") == as_csv(), "run `make train`, which writes data/lookups/names.csv"


def test_every_kind_of_name_is_there() -> None:
    kinds = {name.entity for name in names()}
    assert kinds == {"opleiding", "sector", "gemeente", "regio", "graad", "organisatie", "doelgroep"}


def test_an_official_name_means_itself() -> None:
    by_name = {(name.entity, name.name): name.value for name in names()}
    assert by_name["opleiding", "Fietshersteller duaal"] == "Fietshersteller duaal"
    assert by_name["gemeente", "Deurne"] == "Antwerpen"
    assert by_name["gemeente", "3270"] == "Scherpenheuvel-Zichem"
