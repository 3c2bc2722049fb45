"""What is not sure enough is asked back, except in an open form and in an emergency."""

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.doubt import DOUBT_ACTION, MORE_ACTION, PICK_ACTION, SEARCHES, DoubtPolicy
from nlu.follow_up import picked, points_back

DOMAIN = Domain.from_dict(
    {
        "intents": ["groet", "noodsituatie"],
        "actions": [DOUBT_ACTION, MORE_ACTION, PICK_ACTION, *SEARCHES.values()],
        "slots": {"zoektocht": {"type": "any", "mappings": [{"type": "custom"}]}},
        "forms": {"formulier": {"required_slots": []}},
    }
)


@pytest.fixture()
def policy(tmp_path: Any) -> DoubtPolicy:
    config = {**DoubtPolicy.get_default_config(), "threshold": 0.4, "margin": 0.1}
    return DoubtPolicy.create(
        config, LocalModelStorage.create(tmp_path), Resource("doubt"), ExecutionContext(GraphSchema({}))
    )


def predicted(
    policy: DoubtPolicy,
    *decision: tuple[str, float],
    before: tuple[Any, ...] = (),
    text: str = "tekst",
    names: tuple[dict[str, Any], ...] = (),
) -> str | None:
    choices = [{"label": label, "confidence": confidence} for label, confidence in decision]
    read = {"wijst_terug": points_back(text), "keuze": picked(text), "namen": list(names)}
    parsed = {"decision": choices, "vervolg": read}
    heard = UserUttered(text, {"name": decision[0][0]}, parse_data=parsed)  # type: ignore[arg-type]
    tracker = DialogueStateTracker("test", slots=DOMAIN.slots)
    for event in (*before, ActionExecuted("action_listen"), heard):
        tracker.update(event, DOMAIN)
    confidences = policy.predict_action_probabilities(tracker, DOMAIN).probabilities
    return DOMAIN.action_names_or_texts[confidences.index(1.0)] if max(confidences) == 1.0 else None


def test_a_sure_decision_is_left_to_the_rules(policy: DoubtPolicy) -> None:
    assert predicted(policy, ("groet", 0.8), ("faq/oao", 0.1)) is None


def test_low_confidence_is_asked_back(policy: DoubtPolicy) -> None:
    assert predicted(policy, ("groet", 0.39), ("faq/oao", 0.1)) == DOUBT_ACTION


def test_a_close_call_is_asked_back(policy: DoubtPolicy) -> None:
    assert predicted(policy, ("groet", 0.5), ("faq/oao", 0.45)) == DOUBT_ACTION


def test_an_emergency_is_never_asked_twice(policy: DoubtPolicy) -> None:
    assert predicted(policy, ("noodsituatie", 0.2), ("groet", 0.19)) is None


def test_an_open_form_reads_first(policy: DoubtPolicy) -> None:
    assert predicted(policy, ("groet", 0.1), before=(ActiveLoop("formulier"),)) is None


def test_after_asking_back_it_listens(policy: DoubtPolicy) -> None:
    tracker = DialogueStateTracker("test", slots=[])
    tracker.update(ActionExecuted(DOUBT_ACTION), DOMAIN)
    confidences = policy.predict_action_probabilities(tracker, DOMAIN).probabilities
    assert DOMAIN.action_names_or_texts[confidences.index(1.0)] == "action_listen"


ANSWER = BotUttered("Een premie ...", metadata={"utter_action": "utter_faq/premies_bedrijf"})


@pytest.mark.parametrize(
    "text", ["hoeveel is dat dan?", "en wanneer krijg ik dat", "is dat voor iedereen?", "wa is da juist"]
)
def test_a_message_that_points_back_gets_more_of_the_answer(policy: DoubtPolicy, text: str) -> None:
    assert points_back(text)
    assert predicted(policy, ("faq/oao", 0.9), before=(ANSWER,), text=text) == MORE_ACTION
    assert predicted(policy, ("groet", 0.2), before=(ANSWER,), text=text) == MORE_ACTION


@pytest.mark.parametrize("text", ["hoeveel premie is dat dan", "dat", "wat kost een mentoropleiding", "hoe oud ben ik"])
def test_a_message_with_a_word_of_its_own_does_not_point_back(text: str) -> None:
    assert not points_back(text)


def test_without_an_answer_before_it_nothing_is_pointed_at(policy: DoubtPolicy) -> None:
    assert predicted(policy, ("faq/oao", 0.9), text="hoeveel is dat dan?") is None


def test_a_sure_task_is_no_pointing(policy: DoubtPolicy) -> None:
    assert predicted(policy, ("groet", 0.9), before=(ANSWER,), text="dat is het") is None


def searched(kind: str = "zoek_opleiding", *shown: str) -> tuple[Any, ...]:
    return (ActionExecuted(SEARCHES[kind]), SlotSet("zoektocht", {"kind": kind, "wish": {}, "shown": list(shown)}))


MOL = {"entity": "gemeente", "value": "Mol", "start": 6, "end": 9}


@pytest.mark.parametrize("kind", SEARCHES)
def test_a_bare_name_after_a_search_goes_on_with_it(policy: DoubtPolicy, kind: str) -> None:
    heard = predicted(policy, ("faq/oao", 0.9), before=searched(kind), text="en in Mol?", names=(MOL,))
    assert heard == SEARCHES[kind]


def test_a_wish_of_its_own_behind_another_search_is_that_wish(policy: DoubtPolicy) -> None:
    before = searched("zoek_contactpunt")
    wish = predicted(policy, ("zoek_opleiding", 0.9), before=before, text="ik wil kapper worden", names=(HEFTRUCK,))
    assert wish == SEARCHES["zoek_opleiding"]
    added = predicted(policy, ("zoek_opleiding", 0.9), before=before, text="en voor kappers?", names=(HEFTRUCK,))
    assert added == SEARCHES["zoek_contactpunt"]


def test_a_bare_name_that_follows_no_search_stands_by_itself(policy: DoubtPolicy) -> None:
    assert predicted(policy, ("faq/oao", 0.9), text="en in Mol?", names=(MOL,)) is None
    long_ago = (*searched(), ActionExecuted("utter_groet"))
    assert predicted(policy, ("faq/oao", 0.9), before=long_ago, text="en in Mol?", names=(MOL,)) is None


HEFTRUCK = {"entity": "opleiding", "value": "Logistiek duaal", "start": 0, "end": 8}
PILOT = {"entity": "beroep", "value": "piloot", "start": 0, "end": 6}


@pytest.mark.parametrize("name", [HEFTRUCK, PILOT])
def test_nothing_but_a_trade_is_looked_for(policy: DoubtPolicy, name: dict[str, Any]) -> None:
    assert predicted(policy, ("faq/oao", 0.6), names=(name,)) == SEARCHES["zoek_opleiding"]
    # Words that an example holds mean what the example means.
    assert predicted(policy, ("faq/oao", 1.0), names=(name,)) is None
    assert predicted(policy, ("zoek_contactpunt", 0.6), names=(name,)) is None


@pytest.mark.parametrize("text", ["vertel meer over de tweede", "nummer 2", "de laatste", "2"])
def test_one_of_the_results_is_told_about(policy: DoubtPolicy, text: str) -> None:
    before = searched("zoek_opleiding", "duaal-1", "duaal-2")
    assert predicted(policy, ("faq/oao", 0.9), before=before, text=text) == PICK_ACTION
    assert predicted(policy, ("faq/oao", 0.9), text=text) is None
