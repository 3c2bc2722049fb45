"""Every topic can be asked, answered, sourced and followed up."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from answers.content import DATA, figures, read_yaml, titles

TOPICS = sorted(DATA.glob("faq/*/*.yml"))
FIGURES = figures()
AUDIENCES = {"leerling", "ouder", "bedrijf", "school"}
# What the first release promised to answer.
ALWAYS = """
wat_is_duaal_leren verdeling_school_werkplek toelating_leeftijd inschrijven_stappen oao
leervergoeding_bedrag vakantie werkplek_vinden geen_werkplek_gevonden erkenning_stappen
erkenning_voorwaarden erkenning_hernieuwen mentor_voorwaarden mentoropleiding premies_bedrijf
einde_leren_en_werken na_leren_en_werken naft buso_duaal antwerpen limburg kempen go_visie
sectorconvenants rop_leren_en_werken
""".split()


def responses(path: Path) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = read_yaml(path)["responses"][f"utter_faq/{path.stem}"]
    return answers


def texts(path: Path) -> list[str]:
    return [text for answer in responses(path) for text in (answer["text"], answer["metadata"].get("meer", ""))]


def examples(path: Path) -> list[str]:
    block = read_yaml(path)["nlu"][0]["examples"]
    return [line[2:].strip() for line in block.splitlines() if line.strip()]


def test_the_promised_topics_are_there() -> None:
    assert set(ALWAYS) <= {path.stem for path in TOPICS}
    assert len(TOPICS) == 106


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_a_topic_is_complete(path: Path) -> None:
    question = read_yaml(path)["nlu"][0]
    assert question["intent"] == f"faq/{path.stem}"
    assert question["metadata"]["titel"].endswith("?")
    assert len(examples(path)) >= 15
    shared = responses(path)[0]["metadata"]
    assert "condition" not in responses(path)[0]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", shared["nagekeken"])
    assert shared["eigenaar"]
    assert shared["zekerheid"] in ("hoog", "middel", "laag")
    assert shared["veranderlijk"] in ("ja", "nee")
    assert all(re.match(r"https?://[\w.-]+\.\w+", source["url"]) and source["naam"] for source in shared["bronnen"])


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_an_answer_is_short_and_its_buttons_lead_somewhere(path: Path) -> None:
    known = titles()
    for answer in responses(path):
        assert len(re.sub(r"\{\w+\}", "x x", answer["text"]).split()) <= 85
        follow = answer["metadata"]["vervolg"]
        assert 1 <= len(follow) <= 3
        assert all(name in known and name != path.stem for name in follow)


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_an_answer_names_only_figures_that_exist(path: Path) -> None:
    for text in texts(path):
        assert set(re.findall(r"\{(\w*)\}", text)) <= set(FIGURES)


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_variants_are_for_audiences_that_exist_once_each(path: Path) -> None:
    named = [answer["condition"][0]["value"] for answer in responses(path)[1:]]
    assert set(named) <= AUDIENCES
    assert len(named) == len(set(named))


def test_no_sentence_is_an_example_twice() -> None:
    every = Counter(
        " ".join(re.findall(r"\w+", sentence.casefold()))
        for path in [*TOPICS, *DATA.glob("tasks/*.yml")]
        for sentence in examples(path)
    )
    assert [sentence for sentence, times in every.items() if times > 1] == []


def test_every_figure_has_a_source_and_a_date() -> None:
    for figure in FIGURES.values():
        assert figure.source.startswith("http"), figure.name
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", figure.checked_on), figure.name
        assert figure.confidence in ("hoog", "middel", "laag"), figure.name
