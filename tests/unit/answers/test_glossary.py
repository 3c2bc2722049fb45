"""A term asked for by name is explained at once."""

import re

import pytest

from answers.content import DATA, figures, read_yaml, topic_titles
from answers.glossary import Glossary


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("wat is een NEET", "NEET"),
        ("OV3?", "OV3"),
        ("wa betekent ggmmi", "GGMMI"),
        ("Waar staat de afkorting B.-attest… ik bedoel CLB voor op school?", "CLB"),
        ("wat wil klassenraad zeggen", "klassenraad"),
        ("wat is een trajectbegelijder", "trajectbegeleider"),
    ],
)
def test_finds_the_term_that_is_asked_for(glossary: Glossary, question: str, name: str) -> None:
    term = glossary.find(question)
    assert term is not None and term.name == name


def test_does_not_find_what_it_does_not_know(glossary: Glossary) -> None:
    assert glossary.find("wat betekent xyzzy") is None
    # Part of a word is not the word.
    assert glossary.find("neetje") is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("wa is een OOA juist", "ooa"),
        ("Waar staat de afkorting XYZ voor?", "xyz"),
        ("wat betekent leren en werken eigenlijk?", "leren en werken"),
        ("wat is een mentor bij duaal leren", "mentor"),
        ("wat betekenen al die moeilijke woorden", ""),
        ("mijn dochter kreeg vandaag een brief met daarin allerlei termen", ""),
    ],
)
def test_hears_which_word_is_asked_about(glossary: Glossary, question: str, asked: str) -> None:
    assert glossary.asked(question) == asked


def test_offers_terms_that_are_spelled_alike(glossary: Glossary) -> None:
    names = [term.name for term in glossary.near("ooa")]
    assert "OAO" in names
    assert len(names) <= 3
    assert glossary.near("qqqqqqqq") == []


def test_an_abbreviation_is_spelled_out(glossary: Glossary) -> None:
    term = glossary.find("GGMMI")
    assert term is not None and term.in_words().startswith("GGMMI betekent ")


def test_every_term_is_explained_and_leads_to_a_topic_that_exists() -> None:
    terms = read_yaml(DATA / "glossary.yml")
    assert len(terms) >= 80
    for name, row in terms.items():
        assert 3 <= len(row["uitleg"].split()) <= 50, name
        assert set(re.findall(r"\{(\w+)\}", row["uitleg"])) <= set(figures()), name
        assert row.get("onderwerp", "oao") in topic_titles(), name
