"""Entities with their canonical values, out of the lookup table that the catalogue generates."""

from __future__ import annotations

from collections.abc import Iterable
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

from nlu.fingerprint import digest
from nlu.names import Name, NameFinder, read_names
from nlu.text import words_only

STORE = "names.joblib"
# All names in a short message, of whatever kind: see nlu/follow_up.py.
NAMES = "namen"
SHORT = 60
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
        words = {token.text.casefold() for e in training_data.intent_examples for token in e.get("text_tokens") or ()}
        with self._storage.write_to(self._resource) as folder:
            joblib.dump((table, frozenset(words - set(table))), folder / STORE)
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
        """Add the entities found to each message.

        Beside them, whatever the classifier makes of the message: under ``named`` what a form may have asked for and
        trades without a programme, and of a short message all names, for nlu/follow_up.py.
        """
        for message in messages:
            message.set(ENTITIES, message.get(ENTITIES, []) + self._entities(message), add_to_output=True)
            text = message.get(TEXT) or ""
            if len(text) <= SHORT:
                named = self._found(text, (*ANY_KINDS, TRADE), False)
                message.set(NAMES, _without_repeats(list(map(_public, named))))
            message.set("named", [_plain(one) for one in self._found(text, FORM_KINDS, False)], add_to_output=True)
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
