"""Entities with their canonical values, out of the lookup table that the catalogue generates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.lookups import load_lookups

from nlu.fingerprint import digest
from nlu.names import Name, NameFinder, read_names
from nlu.refusal import REFUSABLE, refused
from nlu.text import words_only

STORE = "names.joblib"
# All names in a short message, of whatever kind: see nlu/follow_up.py.
NAMES = "namen"
# The names that a message refuses, of any length.
REFUSED = "geweigerd"
SHORT = 60
# A word that so many examples hold is an ordinary one, and no misspelling of a name.
ORDINARY_FROM = 2
# Which kinds of name a message can hold, the preferred kind first where a word is of several.
PROGRAMME_KINDS = ("graad", "sector", "opleiding", "gemeente", "regio", "doelgroep")
CONTACT_KINDS = ("organisatie", "sector", "opleiding", "regio", "gemeente", "doelgroep")
AUDIENCE_KINDS = ("doelgroep",)
# A trade without a programme: no entity, since nothing can be looked up by it, but known for what it is.
TRADE = "beroep"
# What a form may ask for, whatever the classifier takes the answer for.
FORM_KINDS = ("sector", "opleiding", "gemeente", "regio", TRADE)
ANY_KINDS = ("graad", "organisatie", "sector", "opleiding", "gemeente", "regio", "doelgroep")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class NameExtractor(GraphComponent, EntityExtractorMixin):
    """Finds the names of programmes, sectors, grades, places, organisations and audiences.

    Stands behind the classifier: what is meant decides which kinds of name count, so that *bakker* is a programme
    to one who wants to learn, and the food sector to one who looks for a fund.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        table: dict[str, list[Name]] | None = None,
        ordinary_words: frozenset[str] = frozenset(),
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._finder = NameFinder(table, config["cutoff"], ordinary_words) if table else None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``names`` is the table's path from the project's folder, ``cutoff`` the least likeness of a misspelling."""
        return {"names": "data/lookups/names.csv", "cutoff": 85}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Another table means another training."""
        return digest(Path(config.get("names", cls.get_default_config()["names"])))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NameExtractor:
        """An extractor that has not read its table yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Read the table, and the words of the examples, which are never misspellings of a name.

        Raises:
            RasaException: the table is missing.
        """
        try:
            table = read_names(Path(self._config["names"]))
        except FileNotFoundError as error:
            raise RasaException(f"{self._config['names']} is missing. Run `make train`, which writes it.") from error
        examples = (example.get("text_tokens") or () for example in training_data.intent_examples)
        words = ordinary_words({token.text.casefold() for token in tokens} for tokens in examples)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump((table, words - set(table)), folder / STORE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NameExtractor:
        """The extractor with the table of the training."""
        with model_storage.read_from(resource) as folder:
            table, words = joblib.load(folder / STORE)
        return cls(config, model_storage, resource, table, words)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found to each message, without the names that it refuses (*geen kapper*).

        Beside them, whatever the classifier makes of the message: under ``named`` what a form may have asked for and
        trades without a programme, and for nlu/follow_up.py what is refused and, of a short message, all names.
        """
        for message in messages:
            text = message.get(TEXT) or ""
            heard = self._found(text, (*ANY_KINDS, TRADE), False)
            unwanted = refused(text, [_span(one) for one in heard if one["entity"] in REFUSABLE])
            entities = _wanted(self._entities(message), unwanted)
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            message.set(REFUSED, [_public(one) for one in heard if _span(one) in unwanted])
            if len(text) <= SHORT:
                message.set(NAMES, _without_repeats(list(map(_public, _wanted(heard, unwanted)))))
            named = _wanted(self._found(text, FORM_KINDS, False), unwanted)
            message.set("named", [_plain(one) for one in named], add_to_output=True)
        return messages

    def _found(self, text: str, kinds: Iterable[str], told: bool) -> list[dict[str, Any]]:
        if self._finder is None:
            raise RasaException("The extractor has no table yet: load a trained model.")
        return [
            {
                "entity": found.name.entity,
                "value": found.name.value,
                "start": found.start,
                "end": found.end,
                "confidence_entity": round(found.certainty, 2),
                "extractor": type(self).__name__,
                "sector": found.name.sector,
            }
            for found in self._finder.find(text, kinds, told=told)
        ]

    def _entities(self, message: Message) -> list[dict[str, Any]]:
        text = message.get(TEXT) or ""
        intent = (message.get(INTENT) or {}).get("name")
        # A canonical question is often clicked: "Welke premies krijgt mijn bedrijf?" does not tell who clicks it.
        kinds = () if intent == "faq" and _is_title(message) else kinds_for(intent)
        entities = self._found(text, kinds, intent == "ik_ben")
        if intent == "zoek_contactpunt":
            named = any(entity["entity"] == "organisatie" for entity in entities)
            entities = [_as_sector(entity) for entity in entities if not (named and entity["entity"] == "opleiding")]
        return _without_repeats(list(map(_public, entities)))


def ordinary_words(sentences: Iterable[Collection[str]]) -> frozenset[str]:
    """Words of the example sentences that are never a misspelling of a name.

    The examples hold typing errors too (*antwerpn*), so a word counts when several have it, or when it is Dutch: of
    116 words that one example has and that look like a name, the count alone would take half wrongly (*plassen* for
    *lassen*); with spaCy's table of 200,000 Dutch words ten are left.
    """
    tables = load_lookups("nl", ["lemma_lookup"], strict=False)
    lemmas = tables.get_table("lemma_lookup") if tables.has_table("lemma_lookup") else {}
    # A word that is its own lemma stands only among the lemmas.
    dutch = frozenset(lemmas.values())
    counted = Counter(word for words in sentences for word in words)
    return frozenset(
        word for word, count in counted.items() if count >= ORDINARY_FROM or word in lemmas or word in dutch
    )


def _span(entity: dict[str, Any]) -> tuple[int, int]:
    return entity["start"], entity["end"]


def _wanted(entities: list[dict[str, Any]], unwanted: Collection[tuple[int, int]]) -> list[dict[str, Any]]:
    """Without what overlaps a name that is refused; one span may be read as several kinds of name."""

    def kept(one: dict[str, Any]) -> bool:
        overlaps = any(start < one["end"] and one["start"] < end for start, end in unwanted)
        return one["entity"] not in REFUSABLE or not overlaps

    return [one for one in entities if kept(one)]


def _is_title(message: Message) -> bool:
    decision = message.get("decision") or [{}]
    return words_only(message.get(TEXT) or "") == words_only(decision[0].get("titel") or "")


def kinds_for(intent: str | None) -> tuple[str, ...]:
    """Kinds of name that count under an intent."""
    if intent in ("ik_ben", "faq"):
        return AUDIENCE_KINDS
    return {"zoek_opleiding": PROGRAMME_KINDS, "zoek_contactpunt": CONTACT_KINDS}.get(intent or "", ANY_KINDS)


def _as_sector(entity: dict[str, Any]) -> dict[str, Any]:
    """A trade, for one who looks for a contact, is its sector."""
    if entity["entity"] == "opleiding" and entity["sector"]:
        return {**entity, "entity": "sector", "value": entity["sector"]}
    return entity


def _plain(entity: dict[str, Any]) -> dict[str, Any]:
    return {key: entity[key] for key in ("entity", "value", "sector")}


def _public(entity: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entity.items() if key != "sector"}


def _without_repeats(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for entity in entities:
        kept.setdefault((entity["entity"], entity["value"]), entity)
    return list(kept.values())
