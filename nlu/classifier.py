"""One decision on what is meant, over all topics and tasks at once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from joblib import Parallel, delayed
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from nlu.calibration import fit_sharpness, softmax
from nlu.features import Features, SentenceEncoder, VectorCache
from nlu.fingerprint import digest
from nlu.language import DUTCH, LANGUAGE
from nlu.text import fold, words_only

logger = logging.getLogger(__name__)

STORE = "classifier.joblib"
DECISION = "decision"
RANKED = 10
# Ten times finer gives the same decisions, a fifth later.
TOLERANCE = 0.01


@dataclass
class Trained:
    """All that training leaves behind."""

    features: Features
    svm: LinearSVC
    sharpness: float
    by_meaning: LogisticRegression | None
    titles: dict[str, str]
    known: dict[str, str]


def label_of(message: Message) -> str:
    """``faq/<topic>`` for a topic, the intent's name for a task."""
    return str(message.get(INTENT_RESPONSE_KEY) or message.get(INTENT))


def lemmas_of(message: Message) -> str:
    """Folded lemmas of the message, parted by spaces."""
    tokens = message.get("text_tokens") or []
    return " ".join(fold(token.lemma or token.text) for token in tokens)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(GraphComponent, IntentClassifier):
    """A flat linear classifier whose one confidence covers the answer, not only the intent.

    It fills ``intent``, ``intent_ranking`` and ``response_selector`` as Rasa's own components do, so that Rasa's tools
    keep working, and ``decision``: the ranked labels with the titles that "Bedoel je ...?" shows.
    A message that equals a title or an example, but for case and punctuation, is certain.
    A message in another language shares no words with the examples; there the sentence vector decides alone.
    """

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, trained: Trained | None = None
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._trained = trained
        self._encoder = SentenceEncoder() if config["dense_weight"] else None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``dense_weight`` is what the sentence vector counts against the words; 0 leaves it out.

        ``C`` and ``meaning_C`` are the inverse regularisation of the classifier and of the one for other languages;
        one of ``folds`` parts is held out to calibrate on; ``vector_cache`` keeps the vectors of the examples for the
        next training.
        """
        return {
            "dense_weight": 1.0,
            "C": 1.0,
            "meaning_C": 10.0,
            "folds": 5,
            "random_state": 42,
            "vector_cache": ".rasa/sentence_vectors.npz",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Other source code means another training."""
        return digest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:
        """A classifier still to be trained."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples and from the titles, then calibrate on the part that was held out.

        Raises:
            RasaException: fewer than two labels, or too few examples of one to hold any out.
        """
        examples = training_data.intent_examples
        labels = np.array([label_of(example) for example in examples])
        names, counts = np.unique(labels, return_counts=True)
        if len(names) < 2 or counts.min() < self._config["folds"]:
            raise RasaException(
                f"The classifier needs two labels or more with at least {self._config['folds']} examples each; "
                f"too few: {', '.join(names[counts < self._config['folds']]) or 'labels'}."
            )
        features = Features(self._config["dense_weight"])
        texts = [example.get(TEXT) for example in examples]
        vectors = self._cached_vectors(texts)
        matrix = features.fit_transform(texts, [lemmas_of(example) for example in examples], vectors)
        learned, held_out = next(self._splitter().split(matrix, labels))
        # liblinear lets go of Python's lock, so threads fill both cores without a copy of the matrix.
        svm, witness, by_meaning = Parallel(n_jobs=-1, backend="threading")(
            [
                delayed(self._svm)(matrix, labels),
                delayed(self._svm)(matrix[learned], labels[learned]),
                delayed(self._by_meaning)(features.meanings(vectors), labels),
            ]
        )
        scores, right = _scores(witness, matrix[held_out]), labels[held_out]
        sharpness = fit_sharpness(scores, np.searchsorted(names, right))
        logger.info("held-out accuracy %.4f, sharpness %.2f", (names[scores.argmax(1)] == right).mean(), sharpness)
        self._trained = Trained(features, svm, sharpness, by_meaning, _titles(examples), _known(examples))
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._trained, folder / STORE)
        return self._resource

    def _svm(self, matrix: csr_matrix, labels: np.ndarray) -> LinearSVC:
        svm = LinearSVC(C=self._config["C"], tol=TOLERANCE, random_state=self._config["random_state"])
        svm.fit(matrix, labels)
        svm.coef_ = svm.coef_.astype(np.float32)
        return svm

    def _by_meaning(self, meanings: np.ndarray, labels: np.ndarray) -> LogisticRegression | None:
        if self._encoder is None:
            return None
        regression = LogisticRegression(C=self._config["meaning_C"], max_iter=100)
        return regression.fit(meanings, labels)

    def _splitter(self) -> StratifiedKFold:
        return StratifiedKFold(self._config["folds"], shuffle=True, random_state=self._config["random_state"])

    def _cached_vectors(self, texts: list[str]) -> np.ndarray:
        if self._encoder is None:
            return self._vectors(texts)
        return VectorCache(Path(self._config["vector_cache"])).encode(self._encoder, texts)

    def _vectors(self, texts: list[str]) -> np.ndarray:
        return self._encoder.encode(texts) if self._encoder else np.zeros((len(texts), 1), dtype=np.float32)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionClassifier:
        """A trained classifier."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / STORE))

    def process(self, messages: list[Message]) -> list[Message]:
        """Say of each message what is meant."""
        for message in messages:
            self._decide(message)
        return messages

    def _decide(self, message: Message) -> None:
        trained = self._trained
        if trained is None:
            raise RasaException("The classifier was not trained: load a trained model.")
        known = trained.known.get(words_only(message.get(TEXT) or ""))
        ranking = [(known, 1.0)] if known else self._rank(trained, message)
        decision = [
            {"label": label, "titel": trained.titles.get(label, ""), "confidence": round(confidence, 4)}
            for label, confidence in ranking
        ]
        message.set(DECISION, decision, add_to_output=True)
        message.set(INTENT, _as_intent(*ranking[0]), add_to_output=True)
        message.set("intent_ranking", _intent_ranking(ranking), add_to_output=True)
        message.set("response_selector", _selection(ranking), add_to_output=True)

    def _rank(self, trained: Trained, message: Message) -> list[tuple[str, float]]:
        text = message.get(TEXT) or ""
        vectors = self._vectors([text])
        if trained.by_meaning is not None and message.get(LANGUAGE, DUTCH) != DUTCH:
            confidences = trained.by_meaning.predict_proba(trained.features.meanings(vectors))[0]
        else:
            matrix = trained.features.transform([text], [lemmas_of(message)], vectors)
            confidences = softmax(_scores(trained.svm, matrix), trained.sharpness)[0]
        best = confidences.argsort()[::-1][:RANKED]
        return [(str(trained.svm.classes_[place]), float(confidences[place])) for place in best]


def _scores(svm: LinearSVC, matrix: csr_matrix) -> np.ndarray:
    """Shape (sentences, labels), also for two labels, where the machine gives one score a sentence."""
    scores = svm.decision_function(matrix)
    return np.column_stack([-scores, scores]) if scores.ndim == 1 else scores


def _titles(examples: list[Message]) -> dict[str, str]:
    found = {}
    for example in examples:
        metadata = (example.get("metadata") or {}).get("intent") or {}
        if isinstance(metadata, dict) and metadata.get("titel"):
            found[label_of(example)] = str(metadata["titel"])
    return found


def _known(examples: list[Message]) -> dict[str, str]:
    """Sentences whose label is certain: examples and titles, unless two labels claim them. Titles win."""
    claims: dict[str, set[str]] = {}
    for example in examples:
        claims.setdefault(words_only(example.get(TEXT)), set()).add(label_of(example))
    certain = {text: labels.pop() for text, labels in claims.items() if len(labels) == 1}
    return {**certain, **{words_only(title): label for label, title in _titles(examples).items()}}


def _as_intent(label: str, confidence: float) -> dict[str, Any]:
    return {"name": label.split("/")[0], "confidence": confidence}


def _intent_ranking(ranking: list[tuple[str, float]]) -> list[dict[str, Any]]:
    best: dict[str, float] = {}
    for label, confidence in ranking:
        best.setdefault(label.split("/")[0], confidence)
    return [_as_intent(name, confidence) for name, confidence in best.items()]


def _selection(ranking: list[tuple[str, float]]) -> dict[str, Any]:
    """What a ResponseSelector leaves, per retrieval intent, for Rasa's retrieval action and for ``rasa test``."""
    topics: dict[str, list[dict[str, Any]]] = {}
    for label, confidence in ranking:
        if "/" in label:
            topic = {"intent_response_key": label, "confidence": confidence}
            topics.setdefault(label.split("/")[0], []).append(topic)
    selection: dict[str, Any] = {"all_retrieval_intents": list(topics)}
    for intent, ranked in topics.items():
        chosen = {**ranked[0], "utter_action": f"utter_{ranked[0]['intent_response_key']}", "responses": []}
        selection[intent] = {"response": chosen, "ranking": ranked}
    if "faq" in selection:
        selection["default"] = selection["faq"]
    return selection
