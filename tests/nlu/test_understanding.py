"""What people mean is understood, also in words that the model never saw."""

from typing import Any

import pytest

from answers.content import examples_by_label
from channels.guard import Accepted, check
from ops.content.variety import copies
from tests.nlu.conftest import Parse, questions

Row = dict[str, Any]


@pytest.fixture(scope="module")
def answered(parse: Parse) -> list[Row]:
    return [{**row, **parse(row["text"])} for row in questions()]


def share(rows: list[Row], right: Any) -> float:
    return sum(map(right, rows)) / len(rows)


def first(row: Row) -> bool:
    return bool(row["decision"][0]["label"] == row["label"])


def test_no_question_is_an_example_or_nearly_one() -> None:
    asked = [row["text"] for row in questions()]
    assert [pair for examples in examples_by_label().values() for pair in copies(examples, asked)] == []


def test_topics(answered: list[Row]) -> None:
    topics = [row for row in answered if row["label"].startswith("faq/")]
    assert len({row["label"] for row in topics}) == 106
    assert share(topics, first) >= 0.95
    assert share(topics, lambda row: row["label"] in [one["label"] for one in row["decision"][:3]]) >= 0.985


def test_tasks(answered: list[Row]) -> None:
    tasks = [row for row in answered if "/" not in row["label"] and row["label"] != "buiten_domein"]
    assert share(tasks, first) >= 0.93


def test_what_it_is_not_for(answered: list[Row]) -> None:
    outside = [row for row in answered if row["label"] == "buiten_domein"]
    inside = [row for row in answered if row["label"] != "buiten_domein"]
    assert share(outside, first) >= 0.85
    assert share(inside, lambda row: row["decision"][0]["label"] == "buiten_domein") <= 0.03


def test_an_emergency_is_never_missed(answered: list[Row]) -> None:
    assert all(first(row) for row in answered if row["label"] == "noodsituatie")


@pytest.mark.parametrize(
    ("question", "label", "code"),
    [
        ("How many days a week do I go to school?", "faq/verdeling_school_werkplek", "en"),
        ("How old must I be to start?", "faq/toelating_leeftijd", "en"),
        ("Combien de temps l'agrément de mon entreprise reste-t-il valable ?", "faq/erkenning_hernieuwen", "fr"),
        ("Qu'est-ce que c'est, la formation en alternance ?", "faq/wat_is_duaal_leren", "fr"),
    ],
)
def test_other_languages_without_an_example_in_them(parse: Parse, question: str, label: str, code: str) -> None:
    understood = parse(question)
    assert label in [one["label"] for one in understood["decision"][:3]]
    assert understood["taal"] == code


def test_the_answer_and_the_intent_are_one_decision(answered: list[Row]) -> None:
    for row in answered:
        best = row["decision"][0]
        assert row["intent"]["name"] == best["label"].split("/")[0]
        if best["label"].startswith("faq/"):
            assert row["response_selector"]["faq"]["response"]["intent_response_key"] == best["label"]


def test_what_the_channel_lets_through_is_what_is_understood(parse: Parse) -> None:
    cleaned = check("  Wat\u200b is een   OAO? ")
    assert isinstance(cleaned, Accepted)
    assert parse(cleaned.text)["decision"][0]["label"] == "faq/oao"
