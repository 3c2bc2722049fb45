"""Rasa's response generator, with what makes an answer of ours: figures, provenance, follow-up questions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from answers.content import (
    AUDIENCES,
    DATA,
    NOT_UNDERSTOOD,
    figure_texts,
    fill,
    provenance,
    read_yaml,
    titles,
    topic_titles,
)
from answers.glossary import Glossary

MORE = "Meer uitleg"
BUTTONS = 3
# The topic of terms that have none of their own: it explains the one that was asked for.
TERMS = "utter_faq/begrippen"
OUT_OF_SCOPE = "utter_buiten_domein"
AUDIENCE = "doelgroep"
PART = "deel"
# Asked once, below the first answer that differs from one audience to the other.
WHO_ARE_YOU = "Wie ben je? Dan geef ik het antwoord dat bij jou past. Het hoeft niet."
ASKED = "vraagt_doelgroep"


@dataclass(frozen=True)
class Told:
    """What is said, what may be asked next, what it rests on, and the question that closes it."""

    text: str
    offer: list[str]
    ground: dict[str, Any]
    question: str = ""


class SourcedAnswers(TemplatedNaturalLanguageGenerator):
    """Fills ``{figures}``, adds source and review date, and turns ``vervolg`` into buttons.

    A button says in its payload what a person would type, so a click and a typed question go the same way.
    A variant for an audience has its own text and follow-up questions and takes the rest from the first response.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)
        self._figures = figure_texts()
        self._titles = titles()
        self._tasks = frozenset(self._titles.values()) - frozenset(topic_titles().values())
        self._glossary = Glossary()
        self._languages: dict[str, str] = read_yaml(DATA / "languages.yml")

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The finished message.

        ``deel="meer"`` gives the longer version of an answer; ``doelgroep`` answers once as if that audience had asked.
        """
        part, audience = kwargs.pop(PART, None), kwargs.pop(AUDIENCE, None)
        slots = tracker.current_slot_values()
        if audience:
            slots = {**slots, AUDIENCE: audience}
        message = self.generate_from_slots(utter_action, slots, output_channel, **self._figures, **kwargs)
        if message is None or not message.get("metadata"):
            return message
        own = message.pop("metadata")
        if part == "meer" and own.get("meer"):
            told = Told(fill(own["meer"], self._figures), self._follow(own), self._ground(utter_action))
        else:
            told = self._meaning(utter_action, tracker) or self._answer(
                utter_action, tracker, slots, message["text"], own
            )
        if told.question:
            message[ASKED] = True
        ground = provenance(told.ground, date.today())
        message["text"] = "\n\n".join(filter(None, [self._in_dutch(tracker), told.text, *ground, told.question]))
        if audience:
            message[AUDIENCE] = audience
        if part:
            message[PART] = part
        if tracker.active_loop_name is None:
            offered = told.offer if told.question else told.offer[:BUTTONS]
            message["buttons"] = [*(message.get("buttons") or ()), *map(button, offered)]
        return message

    def _follow(self, own: dict[str, Any]) -> list[str]:
        return [self._titles[name] for name in own.get("vervolg", ()) if name in self._titles]

    def _answer(
        self, utter_action: str, tracker: DialogueStateTracker, slots: dict[str, Any], text: str, own: dict[str, Any]
    ) -> Told:
        """The answer itself; below the first that differs between audiences, the question who is asking."""
        if own.get("opnieuw") and was_not_understood(tracker):
            text = own["opnieuw"]
        offer = [MORE, *self._follow(own)] if own.get("meer") else self._follow(own)
        if self._may_ask_who(utter_action, slots, tracker):
            # A task that comes first is what the answer leads to, whoever asks.
            task = [words for words in offer[1:2] if words in self._tasks]
            return Told(text, [*offer[:1], *task, *AUDIENCES.values()], self._ground(utter_action), WHO_ARE_YOU)
        return Told(text, offer, self._ground(utter_action))

    def _in_dutch(self, tracker: DialogueStateTracker) -> str:
        """Says, to who writes in another language, in that language, that the answer is in Dutch."""
        parsed = (tracker.latest_message.parse_data or {}) if tracker.latest_message else {}
        return self._languages.get(str(parsed.get("taal")), "")

    def _ground(self, utter_action: str) -> dict[str, Any]:
        """Sources and review date, which the first response holds for all variants."""
        known = self.responses.get(utter_action) or [{}]
        return known[0].get("metadata") or {}

    def _meaning(self, utter_action: str, tracker: DialogueStateTracker) -> Told | None:
        """The explanation of a term, when its meaning is what was asked and no topic of its own is being told."""
        if not utter_action.startswith("utter_faq/") and utter_action != OUT_OF_SCOPE:
            return None
        question = tracker.latest_message.text or "" if tracker.latest_message else ""
        term = self._glossary.find(question) if utter_action == TERMS else self._glossary.defined(question)
        if term and f"utter_faq/{term.topic}" != utter_action:
            offer = [self._titles[term.topic]] if term.topic else []
            ground = self._ground(f"utter_faq/{term.topic}") or self._ground(TERMS)
            return Told(fill(term.in_words(), self._figures), offer, ground)
        asked = self._glossary.asked(question)
        if utter_action != TERMS or not asked:
            return None
        near = [f"Wat betekent {other.name}?" for other in self._glossary.near(asked)]
        ways = "Bedoel je een van deze woorden?" if near else "Stel je vraag aan een medewerker."
        return Told(f"Het woord “{asked}” ken ik niet. {ways}", [*near, self._titles["contactformulier"]], {})

    def _may_ask_who(self, utter_action: str, slots: dict[str, Any], tracker: DialogueStateTracker) -> bool:
        differs = utter_action.startswith("utter_faq/") and len(self.responses[utter_action]) > 1
        if not differs or slots.get(AUDIENCE) or tracker.active_loop_name:
            return False
        return not any(isinstance(event, BotUttered) and event.metadata.get(ASKED) for event in tracker.events)


def was_not_understood(tracker: DialogueStateTracker) -> bool:
    """What the assistant did last was to say that it does not understand."""
    named = (event.action_name for event in reversed(tracker.events) if isinstance(event, ActionExecuted))
    return next((name for name in named if name != ACTION_LISTEN_NAME), None) in NOT_UNDERSTOOD


def button(words: str) -> dict[str, str]:
    """A button that stands for typing these words."""
    return {"title": words, "payload": words}
