"""Many heads, not one that repeats itself; and nothing of what the model is measured on."""

import pytest

from ops.content.variety import Variety, copies, keywords


def test_pairs_of_words_are_counted_once() -> None:
    assert Variety(["a b c", "a b d"]).distinct_pairs == pytest.approx(3 / 4)
    assert Variety(["a"]).distinct_pairs == 1


def test_distance_is_to_the_nearest_neighbour() -> None:
    # The first two share two of four words, the third shares none with either.
    assert Variety(["een twee drie", "een twee vier", "acht negen"]).distance == pytest.approx((0.5 + 0.5 + 1) / 3)


@pytest.mark.parametrize(
    ("other", "apart"),
    [
        ("mag ik in de zomer werken", True),
        ("Mag ik in de paasvakantie werken?", True),
        ("mag ik in de vakantie", True),
        ("moet ik in de vakantie thuis blijven", False),
    ],
)
def test_sentences_one_word_apart(other: str, apart: bool) -> None:
    assert bool(list(Variety(["mag ik in de vakantie werken", other]).one_word_apart())) is apart


def test_very_short_messages_may_differ_by_a_word() -> None:
    assert list(Variety(["ja hoor", "ja graag"]).one_word_apart()) == []


def test_the_word_that_tells_a_topic() -> None:
    topics = {
        "vakantie": ["hoeveel vakantie krijg ik", "vakantiedagen per jaar", "krijg ik vrij in juli"],
        "ziekte": ["wat krijg ik als ik ziek word", "ziektebriefje nodig", "wie bel ik als ik ziek word"],
    }
    found = keywords(topics)
    assert found["vakantie"][0] == "vakant"
    assert found["vakantie"][1] == pytest.approx(2 / 3)


def test_finds_copies_of_what_is_measured_on() -> None:
    questions = ["Hoeveel verlof krijg ik in de zomer?", "ok"]
    examples = ["hoeveel verlof krijg ik in de zomer", "ok", "mag ik thuisblijven in juli"]
    assert list(copies(examples, questions)) == [("hoeveel verlof krijg ik in de zomer", questions[0])]
