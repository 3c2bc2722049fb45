"""Which language somebody writes in: Dutch, unless it surely is another one."""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

LANGUAGE = "taal"
DUTCH = "nl"
# What newcomers in Flanders write, as far as the identifier and spaCy's lists of function words both know it.
LANGUAGES = (DUTCH, "en", "fr", "de", "tr", "ar", "uk", "ru", "pl", "ro", "es", "pt", "it", "bg", "fa")
# Function words of Flemish chat, which no list of standard Dutch has, and what Flemish borrowed: *ok merci é*.
CHAT_WORDS = frozenset(
    """
    wa da ni ge gij gelle mn ne nen ma k t n kheb kben hoe waar wie voor bij met
    merci ok oke e é hé hè eh allez allee salut bon voila amai yo please thanks sorry bye
    """.split()
)
WORD = re.compile(r"[^\W\d_]+")
LEAST_WORDS = 2


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class LanguageDetector(GraphComponent):
    """Sets ``taal``, an ISO 639-1 code.

    An identifier of languages alone takes every twentieth line of Flemish chat for German or English. So another
    language also needs more of its own function words in the message than there are Dutch ones.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._languages = tuple(config["languages"])
        _identifier(self._languages)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``languages`` are the codes to tell apart."""
        return {"languages": list(LANGUAGES)}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageDetector:
        """A detector; it learns nothing.

        Raises:
            RasaException: the package py3langid is missing.
        """
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Say of each message in which language it is."""
        for message in messages:
            message.set(LANGUAGE, self.language_of(message.get(TEXT) or ""), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples are Dutch, whatever they look like."""
        return training_data

    def language_of(self, text: str) -> str:
        """Code of the language; Dutch in doubt, and for a text of one word."""
        lowered = text.lower()
        words = WORD.findall(lowered)
        language = str(_identifier(self._languages).classify(lowered)[0])
        if language == DUTCH or len(words) < LEAST_WORDS:
            return DUTCH
        own, dutch = function_words(language), function_words(DUTCH)
        return language if sum(w in own - dutch for w in words) > sum(w in dutch - own for w in words) else DUTCH


@lru_cache(maxsize=1)
def _identifier(languages: tuple[str, ...]) -> Any:
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError as error:
        raise RasaException(
            "The package py3langid is not installed. Run `make setup`, or take nlu.language.LanguageDetector out of "
            "config.yml and train again: questions in other languages are then read as if they were Dutch."
        ) from error
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(languages))
    return identifier


@lru_cache(maxsize=len(LANGUAGES))
def function_words(language: str) -> frozenset[str]:
    """The commonest words of a language, which say nothing of a message's subject."""
    listed = importlib.import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS
    return frozenset(listed) | (CHAT_WORDS if language == DUTCH else frozenset())
