"""Ask rather than guess: the policy that stops a message whose meaning is not sure enough."""

from __future__ import annotations

import re
from typing import Any

from rasa.core.featurizers.precomputation import MessageContainerForCoreFeaturization
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.follow_up import FOLLOW_UP, names_a_trade

DOUBT_ACTION = "action_bedoel_je"
MORE_ACTION = "action_meer_uitleg"
PICK_ACTION = "action_vertel_resultaat"
# What a search that is narrowed starts again, and what leaves results behind that can be narrowed.
SEARCHES = {"zoek_opleiding": "action_zoek_opleiding", "zoek_contactpunt": "action_zoek_contactpunt"}
LEAVING_RESULTS = frozenset([*SEARCHES.values(), "action_toon_meer", PICK_ACTION])
STARTED_HERE = frozenset([DOUBT_ACTION, MORE_ACTION, *LEAVING_RESULTS])
ADDING = re.compile(r"\W*(?:en|ook|of|maar)\b", re.I)
# Above this the classifier knows the very words, and nothing else is read into them.
CERTAIN = 0.95
SEARCH_SLOT = "zoektocht"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class DoubtPolicy(Policy):
    """Leads to "Bedoel je ...?" where the confidence, or its margin to the second label, is too small.

    The NLU keeps saying what it thinks is likeliest; whether that is enough to act on is decided here, before the
    rules. A form that is open reads the message first, so nothing is stopped there.
    Before that it goes on with what came before, as nlu/follow_up.py read it: a message without a word of its own that
    points back to an answer gets more of that answer, *de tweede* is told about, *en in Mol?* narrows the search.
    And who types nothing but a trade, *heftruck rijden*, looks for its programme.
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
        started = tracker.latest_action_name in STARTED_HERE and not tracker.active_loop_name
        # Also what the rules fall back on while a form is open: without an end it would be said ten times.
        if started or tracker.latest_action_name == DOUBT_ACTION:
            return self._prediction(self._certain(ACTION_LISTEN_NAME, domain))
        action = self._going_on(tracker) or (DOUBT_ACTION if self._is_in_doubt(tracker) else None)
        return self._prediction(self._certain(action, domain) if action else self._default_predictions(domain))

    def _certain(self, action: str, domain: Domain) -> list[float]:
        confidences = self._default_predictions(domain)
        confidences[domain.index_for_action(action)] = 1.0
        return confidences

    def _going_on(self, tracker: DialogueStateTracker) -> str | None:
        """The action that goes on with what came before; None where a message stands by itself."""
        message = tracker.latest_message
        if message is None or tracker.latest_action_name != ACTION_LISTEN_NAME or tracker.active_loop_name:
            return None
        parsed = message.parse_data or {}
        follow_up = parsed.get(FOLLOW_UP) or {}
        search = tracker.current_slot_values().get(SEARCH_SLOT) or {}
        after_search = _last_named_action(tracker) in LEAVING_RESULTS
        if follow_up.get("keuze") and search.get("shown") and after_search:
            return PICK_ACTION
        decision = parsed.get("decision") or [{"label": "", "confidence": 0.0}]
        if follow_up.get("namen") and after_search:
            own = names_a_trade(follow_up) and decision[0]["label"] in SEARCHES and not self._is_in_doubt(tracker)
            # *Ik wil kapper worden* behind a contact point is a search of its own; *en voor kappers?* goes on.
            alone = own and not ADDING.match(message.text or "")
            return SEARCHES.get(decision[0]["label"] if alone else search.get("kind", ""))
        if decision[0]["label"] not in SEARCHES and decision[0]["confidence"] < CERTAIN and names_a_trade(follow_up):
            return SEARCHES["zoek_opleiding"]
        meant_otherwise = "/" not in decision[0]["label"] and not self._is_in_doubt(tracker)
        goes_on = follow_up.get("wijst_terug") and not meant_otherwise and _an_answer_came_last(tracker)
        return MORE_ACTION if goes_on else None

    def _is_in_doubt(self, tracker: DialogueStateTracker) -> bool:
        message = tracker.latest_message
        if message is None or tracker.latest_action_name != ACTION_LISTEN_NAME or tracker.active_loop_name:
            return False
        decision = (message.parse_data or {}).get("decision") or []
        if not decision or decision[0]["label"] in self.config["never_doubt"]:
            return False
        return in_doubt(decision, self.config["threshold"], self.config["margin"])


def _last_named_action(tracker: DialogueStateTracker) -> str | None:
    named = (event.action_name for event in reversed(tracker.events) if isinstance(event, ActionExecuted))
    return next((name for name in named if name != ACTION_LISTEN_NAME), None)


def _an_answer_came_last(tracker: DialogueStateTracker) -> bool:
    said = next((event for event in reversed(tracker.events) if isinstance(event, BotUttered)), None)
    return said is not None and str(said.metadata.get("utter_action") or "").startswith("utter_faq/")


def in_doubt(decision: list[dict[str, Any]], threshold: float, margin: float) -> bool:
    """Whether the likeliest label is not likely enough, or not by enough more than the second."""
    first, second = [*(choice["confidence"] for choice in decision), 0.0][:2]
    return bool(first < threshold or first - second < margin)
