"""The pipelines that are compared, written as in config.yml."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from ops.settings import PROJECT

# Of the vectors of the examples, for all candidates that need them.
CACHE = PROJECT / ".rasa" / "benchmark_vectors.npz"

Pipeline = list[dict[str, Any]]
WORDS_AND_CHARACTERS: Pipeline = [
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
# As `rasa init` and Rasa's documentation have it.
DIET: Pipeline = [
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    *WORDS_AND_CHARACTERS,
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True, "retrieval_intent": "faq"},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
DUTCH = {"name": "nlu.dutch.DutchTokenizer", "model": "nl_core_news_sm"}
VECTORS = {"name": "ops.benchmark.components.SentenceVectors"}
# Rasa's own classifier gives each label its own line of weights only when topics are intents of their own.
LOGISTIC: Pipeline = [
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "LogisticRegressionClassifier", "max_iter": 300},
    {"name": "CRFEntityExtractor"},
]


@dataclass(frozen=True)
class Candidate:
    """A pipeline.

    ``flat`` when every topic is an intent by itself, with no ResponseSelector behind it; ``whole`` when it learns from
    all examples, however few the others get.
    """

    told: str
    pipeline: Callable[[], Pipeline]
    flat: bool = False
    whole: bool = False


def shipped_with(**changes: Any) -> Pipeline:
    """What config.yml says, with other settings of the classifier, and without touching what `make train` keeps."""
    config = yaml.safe_load((PROJECT / "config.yml").read_text(encoding="utf-8"))
    settings = {"vector_cache": str(CACHE), **changes}
    return [
        {**component, **settings} if component["name"].endswith("QuestionClassifier") else component
        for component in config["pipeline"]
    ]


CANDIDATES: dict[str, Candidate] = {
    "diet": Candidate(
        "Rasa's default: whitespace, word and character n-grams, DIET, ResponseSelector",
        lambda: [{"name": "WhitespaceTokenizer"}, *DIET],
    ),
    "diet_spacy": Candidate("the same on spaCy's tokens and lemmas", lambda: [DUTCH, *DIET]),
    "logistic": Candidate(
        "word and character counts, Rasa's LogisticRegressionClassifier",
        lambda: [DUTCH, *WORDS_AND_CHARACTERS, *LOGISTIC],
        flat=True,
    ),
    "logistic_e5": Candidate(
        "the same with the sentence vector of multilingual-e5-small",
        lambda: [DUTCH, *WORDS_AND_CHARACTERS, VECTORS, *LOGISTIC],
        flat=True,
    ),
    "nearest": Candidate(
        "the nearest example, title or answer by sentence vector alone",
        lambda: [{"name": "WhitespaceTokenizer"}, {"name": "ops.benchmark.components.NearestExample"}],
        flat=True,
    ),
    "words_only": Candidate("the shipped classifier without the sentence vector", lambda: shipped_with(dense_weight=0)),
    "shipped": Candidate("what ships: TF-IDF and centred sentence vector, one linear classifier", shipped_with),
    "shipped_whole": Candidate("what ships, with every example", shipped_with, whole=True),
}
