"""What is not sure enough is asked back, except in an open form and in an emergency."""

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.doubt import DOUBT_ACTION, MORE_ACTION, SEARCH_SLOT, DoubtPolicy, is_a_place, points_back

DOMAIN = Domain.from_dict(
    {
        "intents": ["groet", "noodsituatie"],
        "actions": [DOUBT_ACTION, MORE_ACTION],
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
    entities: list[dict[str, Any]] | None = None,
) -> str | None:
    choices = [{"label": label, "confidence": confidence} for label, confidence in decision]
    parsed: Any = {"decision": choices}
    heard = UserUttered(text, {"name": decision[0][0]}, entities or [], parse_data=parsed)
    tracker = DialogueStateTracker("test", slots=[AnySlot(SEARCH_SLOT, mappings=[])])
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


def place(text: str, name: str, kind: str = "gemeente") -> list[dict[str, Any]]:
    return [{"entity": kind, "value": name, "start": text.index(name), "end": text.index(name) + len(name)}]


CONTACTS = SlotSet(SEARCH_SLOT, {"kind": "zoek_contactpunt", "wish": {"sector": "horeca"}, "next_offset": None})


@pytest.mark.parametrize("text", ["en in Gent?", "Gent", "en voor Gent dan"])
def test_a_place_alone_goes_on_with_the_search_that_came_before(policy: DoubtPolicy, text: str) -> None:
    heard = {"before": (CONTACTS,), "text": text, "entities": place(text, "Gent")}
    assert predicted(policy, ("zoek_opleiding", 0.9), **heard) == DOUBT_ACTION  # type: ignore[arg-type]
    assert predicted(policy, ("zoek_contactpunt", 0.9), **heard) is None  # type: ignore[arg-type]
    assert predicted(policy, ("groet", 0.9), **heard) is None  # type: ignore[arg-type]


def test_a_place_without_a_search_before_it_is_left_to_the_rules(policy: DoubtPolicy) -> None:
    text = "en in Gent?"
    assert predicted(policy, ("zoek_opleiding", 0.9), text=text, entities=place(text, "Gent")) is None


def test_more_than_a_place_is_a_search_of_its_own() -> None:
    assert not is_a_place("duale opleidingen in Gent", place("duale opleidingen in Gent", "Gent"))
    assert not is_a_place("en kapper?", place("en kapper?", "kapper", "opleiding"))
    assert not is_a_place("en daar?", [])
