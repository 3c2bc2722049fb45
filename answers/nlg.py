"""Rasa's response generator, with what makes an answer of ours: figures, provenance, follow-up questions."""

import re
from datetime import date, timedelta
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from answers.content import date_in_words, figures, titles
from answers.glossary import Glossary

MORE = "Meer uitleg"
BUTTONS = 3
# The topic of terms that have none of their own: it explains the one that was asked for.
TERMS = "utter_faq/begrippen"
# After this time a fact that changes easily is shown with a caution, whether or not an editor came by.
VOLATILE_FOR = timedelta(days=183)


class SourcedAnswers(TemplatedNaturalLanguageGenerator):
    """Fills ``{figures}``, adds source and review date, and turns ``vervolg`` into buttons.

    A button says in its payload what a person would type, so a click and a typed question go the same way.
    A variant for an audience has its own text and follow-up questions and takes the rest from the first response.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)
        self._figures = {name: figure.text for name, figure in figures().items()}
        self._titles = titles()
        self._glossary = Glossary()

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The finished message; with ``deel="meer"`` the longer version of an answer."""
        part = kwargs.pop("deel", None)
        message = await super().generate(utter_action, tracker, output_channel, **self._figures, **kwargs)
        if message is None or not message.get("metadata"):
            return message
        own = message["metadata"]
        shared = self.responses[utter_action][0].get("metadata") or {}
        longer = own.get("meer")
        if part == "meer" and longer:
            message["text"] = self._fill(longer)
        elif utter_action == TERMS:
            term = self._glossary.find(_last_text(tracker))
            if term:
                message["text"] = self._fill(term.in_words())
                own = {**own, "vervolg": [term.topic] if term.topic else own.get("vervolg", ())}
        message["text"] = "\n\n".join(filter(None, [message["text"], *provenance({**shared, **own}, date.today())]))
        if tracker.active_loop_name is None:
            follow = [self._titles[name] for name in own.get("vervolg", ()) if name in self._titles]
            offer = [MORE, *follow] if longer and part != "meer" else follow
            message["buttons"] = [*(message.get("buttons") or ()), *map(button, offer[:BUTTONS])]
        return message

    def _fill(self, text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda match: self._figures[match[1]], text)


def _last_text(tracker: DialogueStateTracker) -> str:
    message = tracker.latest_message
    return (message.text or "") if message else ""


def button(words: str) -> dict[str, str]:
    """A button that stands for typing these words."""
    return {"title": words, "payload": words}


def provenance(metadata: dict[str, Any], today: date) -> list[str]:
    """Lines under an answer: a caution when it may be out of date, then its sources and review date."""
    sources = metadata.get("bronnen")
    if not sources:
        return []
    checked = date.fromisoformat(metadata["nagekeken"])
    named = "; ".join(f"{source['naam']} ({source['url']})" for source in sources)
    word = "Bron" if len(sources) == 1 else "Bronnen"
    lines = [f"{word}: {named}. Nagekeken op {date_in_words(metadata['nagekeken'])}."]
    if metadata.get("veranderlijk") == "ja" and today - checked > VOLATILE_FOR:
        lines.insert(0, "Let op: we hebben dit al een tijd niet nagekeken. Het kan veranderd zijn, vraag het na.")
    return lines
