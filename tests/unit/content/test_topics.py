"""What the content as a whole promises; `make check-content` looks at each topic by itself."""

import re
from collections import Counter
from pathlib import Path

import pytest

from answers.content import DATA, date_in_words, figures, read_yaml, topics

TOPICS = sorted(DATA.glob("faq/*/*.yml"))
FIGURES = figures()
# What the first release promised to answer.
ALWAYS = """
wat_is_duaal_leren verdeling_school_werkplek toelating_leeftijd inschrijven_stappen oao
leervergoeding_bedrag vakantie werkplek_vinden geen_werkplek_gevonden erkenning_stappen
erkenning_voorwaarden erkenning_hernieuwen mentor_voorwaarden mentoropleiding premies_bedrijf
einde_leren_en_werken na_leren_en_werken naft buso_duaal antwerpen limburg kempen go_visie
sectorconvenants rop_leren_en_werken
""".split()


def examples(path: Path) -> list[str]:
    block = read_yaml(path)["nlu"][0]["examples"]
    return [line[2:].strip() for line in block.splitlines() if line.strip()]


def test_the_promised_topics_are_there() -> None:
    assert set(ALWAYS) <= {path.stem for path in TOPICS}
    assert len(TOPICS) == 106


def test_what_differs_is_told_differently() -> None:
    assert len([found for found in topics() if found.variants]) >= 30
    for name in (
        "leervergoeding_bedrag vakantie ziekte arbeidsongeval einde_overeenkomst mentor_rol verplaatsingskosten".split()
    ):
        (found,) = [found for found in topics() if found.name == name]
        assert len({found.answer_for(audience).text for audience in found.audiences}) > 1
        assert len({found.answer_for(audience).follow for audience in found.audiences}) > 1, name


def test_no_sentence_is_an_example_twice() -> None:
    every = Counter(
        " ".join(re.findall(r"\w+", sentence.casefold()))
        for path in [*TOPICS, *DATA.glob("tasks/*.yml")]
        for sentence in examples(path)
    )
    assert [sentence for sentence, times in every.items() if times > 1] == []


SPELLED = (
    "één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien".split()
)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_written_as_it_is_worth(name: str) -> None:
    """An editor who changes one of ``waarde`` and ``tekst`` changes the other."""
    row = read_yaml(DATA / "figures.yml")[name]
    worth, written = str(row["waarde"]), row["tekst"].casefold()
    if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", worth):
        assert date_in_words(f"{worth}-01"[:10]).removeprefix("" if worth.count("-") == 2 else "1 ") in written
        return
    numbers = {float(number.replace(".", "").replace(",", ".")) for number in re.findall(r"\d+(?:[.,]\d+)*", written)}
    numbers |= {float(value) for value, word in enumerate(SPELLED, start=1) if re.search(rf"\b{word}\b", written)}
    if isinstance(row["waarde"], (int, float)):
        assert float(row["waarde"]) in numbers


def test_every_figure_has_a_source_and_a_date() -> None:
    for figure in FIGURES.values():
        assert figure.source.startswith("http"), figure.name
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", figure.checked_on), figure.name
        assert figure.confidence in ("hoog", "middel", "laag"), figure.name
