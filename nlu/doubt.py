"""Ask rather than guess: the policy that stops a message whose meaning is not sure enough."""

from __future__ import annotations

from typing import Any

from rasa.core.featurizers.precomputation import MessageContainerForCoreFeaturization
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.language import DUTCH, function_words
from nlu.text import words_only

DOUBT_ACTION = "action_bedoel_je"
MORE_ACTION = "action_meer_uitleg"
# Words that point back to what was just said, and words of questions that say nothing by themselves.
POINTING = frozenset("dat da dit die deze daar daarvan daarvoor daarmee hier ervan ervoor ze het".split())
ASKING = frozenset(
    """
    hoeveel veel hoelang lang wanneer waarom welke welk wat wa wie waar hoe precies juist eigenlijk eig dan nu en maar
    ma krijg krijgt moet mag kan ok oke euro geld kost kosten geldt telt klopt zeker echt weer nog ook iedereen altijd
    ongeveer per maand jaar
    """.split()
)
MOST_POINTING_WORDS = 7
# What the last search looked for; a place alone goes on with that, whichever search its words are likest to.
SEARCH_SLOT = "zoektocht"
SEARCHES = frozenset(["zoek_opleiding", "zoek_contactpunt"])
PLACES = frozenset(["gemeente", "regio"])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class DoubtPolicy(Policy):
    """Leads to "Bedoel je ...?" where the confidence, or its margin to the second label, is too small.

    The NLU keeps saying what it thinks is likeliest; whether that is enough to act on is decided here, before the
    rules. A form that is open reads the message first, so nothing is stopped there.
    A message without a word of its own that points back to an answer, *hoeveel is dat dan?*, gets more of that answer.
    A place alone, *en in Gent?*, goes on with the search that came before it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``threshold`` and ``margin`` come from the measured curve; ``never_doubt`` are too grave to ask twice."""
        return {"priority": 7, "threshold": 0.5, "margin": 0.1, "never_doubt": ["noodsituatie"]}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DoubtPolicy:
        """A policy that learns nothing."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        precomputations: MessageContainerForCoreFeaturization | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Certain of the doubt action, or of listening after it; else no opinion."""
        if tracker.latest_action_name in (DOUBT_ACTION, MORE_ACTION):
            return self._prediction(self._certain(ACTION_LISTEN_NAME, domain))
        if self._points_back(tracker):
            return self._prediction(self._certain(MORE_ACTION, domain))
        if self._is_in_doubt(tracker) or _goes_on_with_other_search(tracker):
            return self._prediction(self._certain(DOUBT_ACTION, domain))
        return self._prediction(self._default_predictions(domain))

    def _certain(self, action: str, domain: Domain) -> list[float]:
        confidences = self._default_predictions(domain)
        confidences[domain.index_for_action(action)] = 1.0
        return confidences

    def _points_back(self, tracker: DialogueStateTracker) -> bool:
        message = tracker.latest_message
        if message is None or tracker.latest_action_name != ACTION_LISTEN_NAME or tracker.active_loop_name:
            return False
        decision = (message.parse_data or {}).get("decision") or [{"label": "", "confidence": 0.0}]
        meant_otherwise = "/" not in decision[0]["label"] and not self._is_in_doubt(tracker)
        return points_back(message.text or "") and not meant_otherwise and _an_answer_came_last(tracker)

    def _is_in_doubt(self, tracker: DialogueStateTracker) -> bool:
        message = tracker.latest_message
        if message is None or tracker.latest_action_name != ACTION_LISTEN_NAME or tracker.active_loop_name:
            return False
        decision = (message.parse_data or {}).get("decision") or []
        if not decision or decision[0]["label"] in self.config["never_doubt"]:
            return False
        return in_doubt(decision, self.config["threshold"], self.config["margin"])


def points_back(text: str) -> bool:
    """Whether a message is about what was just said and nothing else."""
    words = words_only(text).split()
    empty = POINTING | ASKING | function_words(DUTCH)
    return 2 <= len(words) <= MOST_POINTING_WORDS and bool(POINTING & set(words)) and empty.issuperset(words)


def _goes_on_with_other_search(tracker: DialogueStateTracker) -> bool:
    """Heard as one search where the last one was the other; action_bedoel_je knows how to go on with it."""
    message = tracker.latest_message
    if message is None or tracker.latest_action_name != ACTION_LISTEN_NAME or tracker.active_loop_name:
        return False
    last = (tracker.get_slot(SEARCH_SLOT) or {}).get("kind")
    other = last in SEARCHES and message.intent.get("name") in SEARCHES - {last}
    return other and is_a_place(message.text or "", message.entities)


def is_a_place(text: str, entities: list[dict[str, Any]]) -> bool:
    """Whether a message names a place and says nothing else."""
    for entity in entities:
        if entity["entity"] not in PLACES:
            return False
        text = text[: entity["start"]] + " " * (entity["end"] - entity["start"]) + text[entity["end"] :]
    return bool(entities) and function_words(DUTCH).issuperset(words_only(text).split())


def _an_answer_came_last(tracker: DialogueStateTracker) -> bool:
    said = next((event for event in reversed(tracker.events) if isinstance(event, BotUttered)), None)
    return said is not None and str(said.metadata.get("utter_action") or "").startswith("utter_faq/")


def in_doubt(decision: list[dict[str, Any]], threshold: float, margin: float) -> bool:
    """Whether the likeliest label is not likely enough, or not by enough more than the second."""
    first, second = [*(choice["confidence"] for choice in decision), 0.0][:2]
    return bool(first < threshold or first - second < margin)
