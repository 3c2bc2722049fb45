"""The same meaning in other clothes gets the same label."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.guard import Accepted, check
from nlu.text import fold, words_only
from tests.nlu.changes import CHANGES
from tests.nlu.conftest import Parse, questions

TEXTS = [row["text"] for row in questions()]
HARMLESS = 0.97
# Changes that the folding takes away altogether.
FOLDED = ("capitals", "no capitals", "no accents", "decomposed accents", "spaces")


@given(st.sampled_from(TEXTS), st.lists(st.sampled_from(FOLDED), min_size=1, max_size=4), st.integers(0, 2**16))
def test_case_accents_and_spaces_are_folded_away(text: str, names: list[str], seed: int) -> None:
    changed = text
    for name in names:
        changed = CHANGES[name](changed, random.Random(seed))
    assert fold(changed) == fold(text)


@given(st.text(max_size=300))
def test_folding_anything_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words_only(words_only(text)) == words_only(text)


def test_harmless_changes_keep_the_label(parse: Parse) -> None:
    same: list[bool] = []

    @settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(TEXTS), st.sampled_from(sorted(CHANGES)), st.integers(0, 2**16))
    def one_change(text: str, name: str, seed: int) -> None:
        cleaned = check(CHANGES[name](text, random.Random(seed)))
        assert isinstance(cleaned, Accepted), (name, text)
        before, after = (parse(words)["decision"][0]["label"] for words in (text, cleaned.text))
        same.append(before == after)

    one_change()
    assert sum(same) / len(same) >= HARMLESS


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(text=st.text(min_size=1, max_size=400))
def test_anything_at_all_gets_a_decision(parse: Parse, text: str) -> None:
    understood = parse(text)
    assert 0 <= understood["decision"][0]["confidence"] <= 1
    assert understood["intent"]["name"]
