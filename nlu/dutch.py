"""Dutch tokens and lemmas by spaCy."""

from __future__ import annotations

import json
import logging
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from nlu.fingerprint import digest
from nlu.pipelines import BUILT_IN, choose_pipeline, installed_version

logger = logging.getLogger(__name__)

RECORD = "pipeline.json"


class DutchPipelineMissing(RasaException):
    """A model asks for a spaCy pipeline that is not installed here."""


def build_in_pipeline() -> Language:
    """The Dutch pipeline that needs no download.

    Raises:
        DutchPipelineMissing: spacy-lookups-data is not installed.
    """
    nlp = spacy.blank("nl")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    try:
        nlp.initialize()
    except ValueError as error:
        raise DutchPipelineMissing(
            "spaCy has no Dutch lemma table: the package spacy-lookups-data is not installed. Run `make setup`."
        ) from error
    return nlp


def load_pipeline(record: dict[str, str]) -> Language:
    """Load the pipeline that a model was trained with.

    Raises:
        DutchPipelineMissing: it is not installed, or in another version.
    """
    name, version = record["pipeline"], record["version"]
    if name == BUILT_IN:
        return build_in_pipeline()
    installed = installed_version(name)
    if installed != version:
        found = f"version {installed} is installed" if installed else "it is not installed"
        raise DutchPipelineMissing(
            f"This model was trained with the spaCy pipeline {name} {version}, but {found}. "
            f"Run `make setup` to install it, or `make train` to train with what is here."
        )
    return spacy.load(name, exclude=["parser", "ner"])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class DutchTokenizer(Tokenizer):
    """Tokens with lemmas. Decides at training which spaCy pipeline serves and records it in the model."""

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, nlp: Language | None = None
    ) -> None:
        super().__init__(config)
        self._storage = model_storage
        self._resource = resource
        self._nlp = nlp

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``model`` is the spaCy package that is preferred."""
        return {"model": "nl_core_news_sm", "intent_tokenization_flag": False, "intent_split_symbol": "_"}

    @staticmethod
    def required_packages() -> list[str]:
        """Rasa refuses to start without these."""
        return ["spacy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Another pipeline installed means another training."""
        return digest() + json.dumps(choose_pipeline(config.get("model", cls.get_default_config()["model"])))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DutchTokenizer:
        """A tokenizer that is still to choose its pipeline."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Choose the pipeline and record the choice."""
        record = choose_pipeline(self._config["model"])
        logger.info("spaCy pipeline: %s %s", record["pipeline"], record["version"])
        with self._storage.write_to(self._resource) as folder:
            (folder / RECORD).write_text(json.dumps(record), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DutchTokenizer:
        """Load with the pipeline of the training.

        Raises:
            DutchPipelineMissing: that pipeline is not installed.
        """
        with model_storage.read_from(resource) as folder:
            record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, load_pipeline(record))

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of one attribute of the message, white space left out."""
        if self._nlp is None:
            raise RasaException("The tokenizer has no pipeline yet: load a trained model.")
        return [
            Token(token.text, token.idx, lemma=token.lemma_)
            for token in self._nlp(message.get(attribute))
            if not token.is_space
        ]
