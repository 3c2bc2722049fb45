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
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

DOUBT_ACTION = "action_bedoel_je"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class DoubtPolicy(Policy):
    """Leads to "Bedoel je ...?" where the confidence, or its margin to the second label, is too small.

    The NLU keeps saying what it thinks is likeliest; whether that is enough to act on is decided here, before the
    rules. A form that is open reads the message first, so nothing is stopped there.
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
        if tracker.latest_action_name == DOUBT_ACTION:
            return self._prediction(self._certain(ACTION_LISTEN_NAME, domain))
        if self._is_in_doubt(tracker):
            return self._prediction(self._certain(DOUBT_ACTION, domain))
        return self._prediction(self._default_predictions(domain))

    def _certain(self, action: str, domain: Domain) -> list[float]:
        confidences = self._default_predictions(domain)
        confidences[domain.index_for_action(action)] = 1.0
        return confidences

    def _is_in_doubt(self, tracker: DialogueStateTracker) -> bool:
        message = tracker.latest_message
        if message is None or tracker.latest_action_name != ACTION_LISTEN_NAME or tracker.active_loop_name:
            return False
        decision = (message.parse_data or {}).get("decision") or []
        if not decision or decision[0]["label"] in self.config["never_doubt"]:
            return False
        first, second = decision[0]["confidence"], decision[1]["confidence"] if len(decision) > 1 else 0.0
        return bool(first < self.config["threshold"] or first - second < self.config["margin"])
