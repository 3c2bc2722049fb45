"""The recognition guide: it asks a company one question at a time and ends in a checklist. The rules are data."""

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

import catalog
from actions.checklist import checklist
from actions.contactformulier import ASIDES, SURE
from actions.guide_answers import (
    SHORT,
    Named,
    NotRead,
    is_asking,
    is_button,
    is_enough,
    named_in,
    places_of,
    read,
    recognised,
    sector_of,
    words_of,
)
from actions.reply import STAFF, say, say_cards
from actions.search_state import intent_of
from answers.guide import SKIPPED, UNKNOWN, Guide, Question, guide

PREFIX = "gids_"
# What a company needs the contact points of its checklist for: a name in data/catalogue/needs.csv.
NEED = "erkenning"
BACK = "Terug"
BACK_WORDS = frozenset(["terug", "vorige", "ga terug", "vorige vraag", "stap terug", "een stap terug", "keer terug"])
# What says by one word that it is no answer.
MAY_BE_SHORT = frozenset(["annuleer", "contactformulier", "medewerker_spreken", "erkenningsgids", "scheldwoorden"])
LEADS_AWAY = ASIDES | MAY_BE_SHORT
FEWEST_WORDS = 3
REQUESTED = "requested_slot"
# Vain answers to one question, after which a next one gets other help.
MISSES = 1
# What the name of a programme or a place is easily taken for.
NAMES_LEAD_TO = frozenset(["faq", "zoek_opleiding", "zoek_contactpunt", "ik_ben"])


class ValidateErkenningsgids(Action):
    """Take the last message as the answer that was asked for, unless it is something else."""

    def name(self) -> str:
        return "validate_erkenningsgids"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        known, answers = guide(), answers_of(tracker)
        asked = str(tracker.get_slot(REQUESTED) or "").removeprefix(PREFIX)
        named = named_in(tracker.latest_message)
        if asked not in answers:
            told = noted(answers, named, tracker.latest_message.get("text") or "")
            self._note(dispatcher, told.values())
            return events(known, {**answers, **told})
        question, text = known.question(asked), tracker.latest_message.get("text") or ""
        if words_of(text) in BACK_WORDS:
            return self._back(dispatcher, known, answers, question)
        if asks_why(tracker, question, named):
            say(dispatcher, question.why)
            return [SlotSet(PREFIX + asked, None)]
        # No slot set means for Rasa's form: not for me, let the rules answer.
        aside = is_aside(tracker, question, named)
        remark = reply_to(known, tracker, question, named)
        if remark and (not aside or intent_of(tracker) == "faq"):
            say(dispatcher, remark)
            return [SlotSet(PREFIX + asked, None)]
        if aside:
            return []
        if intent_of(tracker) == "herbegin" and _confidence(tracker) >= SURE and not is_button(question, text):
            say(dispatcher, "We beginnen opnieuw met de eerste vraag.")
            return emptied()
        misses, before = missed(tracker, known, question)
        if question.surpassed and is_enough(better := known.question(question.surpassed), text):
            say(dispatcher, question.surpassing)
            question, asked = better, better.name
        try:
            value = read(question, text, named, before)
        except NotRead as problem:
            stuck = misses >= MISSES and not is_asking(text)
            told_why = question.why if is_asking(text) else str(problem)
            say(dispatcher, *([known.stuck] if stuck else [told_why]), buttons=(STAFF,) if stuck else ())
            return [SlotSet(PREFIX + asked, None)]
        answers[asked] = value
        told = noted(answers, named, text)
        # What was made of a name or a trade is shown, so that a mistake can be seen.
        seen = {one.value for one in named} | {sector_of(named), places_of(named, text)}
        taken = [value] if question.catalogue and value in seen else []
        by_button = is_button(question, text) or words_of(text) == words_of(value)
        following = events(known, {**answers, **told})
        # Behind the last question there is no way back, and the list shows it anyway.
        if any(event["value"] is None for event in following):
            self._note(dispatcher, [*([] if by_button else taken), *told.values()])
        return following

    def _note(self, dispatcher: CollectingDispatcher, values: Iterable[str]) -> None:
        noticed = ", ".join(values)
        if noticed:
            say(dispatcher, f"Ik noteer: {noticed}. Klopt dat niet? Typ dan terug.")

    def _back(
        self, dispatcher: CollectingDispatcher, known: Guide, answers: dict[str, Any], question: Question
    ) -> list[Any]:
        path = known.path(answers)
        before = path[: path.index(question)]
        if not before:
            say(dispatcher, "Dit is de eerste vraag. Stoppen kan ook: typ dan annuleer.")
            return [SlotSet(PREFIX + question.name, None)]
        return [SlotSet(PREFIX + before[-1].name, None), SlotSet(PREFIX + question.name, None)]


def asks_why(tracker: Tracker, question: Question, named: tuple[Named, ...]) -> bool:
    """Whether the message is about the question itself: *hoezo?*, *wat bedoel je*, *moet dat?*."""
    message = tracker.latest_message
    text = message.get("text") or ""
    more = intent_of(tracker) == "meer_uitleg" and _confidence(tracker) >= SURE
    points = bool((message.get("vervolg") or {}).get("wijst_terug")) and is_asking(text)
    return (more or points) and not recognised(question, text, named)


def is_aside(tracker: Tracker, question: Question, named: tuple[Named, ...]) -> bool:
    """Whether the message is no answer: an emergency, a wish to stop, or a question in between."""
    text, intent = tracker.latest_message.get("text") or "", intent_of(tracker)
    if _confidence(tracker) < SURE or is_button(question, text):
        return False
    if intent == "noodsituatie":
        return True
    if intent not in LEADS_AWAY or is_asking(text):
        return intent in LEADS_AWAY
    if intent in NAMES_LEAD_TO and question.catalogue and (intent != "faq" or len(text.split()) <= SHORT):
        return False
    longer = len(text.split()) >= FEWEST_WORDS or intent in MAY_BE_SHORT
    return longer and not recognised(question, text, named)


def reply_to(known: Guide, tracker: Tracker, question: Question, named: tuple[Named, ...]) -> str:
    """What is said to a remark such as *ik heb geen tijd*; empty for an answer."""
    text = tracker.latest_message.get("text") or ""
    if recognised(question, text, named):
        return ""
    words = f" {words_of(text)} "
    return next((one.reply for one in known.remarks if any(f" {words_of(word)} " in words for word in one.words)), "")


def missed(tracker: Tracker, known: Guide, question: Question) -> tuple[int, str]:
    """How often this question was answered in vain until now, and what was said last if only a part was missing."""
    # Where numbers are asked for, "mijn vrouw" is a beginning too.
    partial = {question.error, *question.missing.values()} if question.at_least else set()
    complaints = {question.error, known.stuck, *partial}
    count, before, wanted = 0, "", False
    for event in reversed(_before_this(tracker)):
        if event.get("name") == REQUESTED and event.get("value") != PREFIX + question.name:
            break
        if event.get("event") == "bot" and event.get("text") in complaints:
            count += 1
            # Only what the very last complaint was about.
            wanted = count == 1 and event.get("text") in partial
        elif event.get("event") == "user":
            before = str(event.get("text") or "") if wanted else before
            wanted = False
    return count, before


def _before_this(tracker: Tracker) -> list[dict[str, Any]]:
    """The events before the message that is answered now."""
    past: list[dict[str, Any]] = list(tracker.events)
    last = next((place for place in reversed(range(len(past))) if past[place].get("event") == "user"), len(past))
    return past[:last]


def _confidence(tracker: Tracker) -> float:
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0.0)


def answers_of(tracker: Tracker) -> dict[str, Any]:
    """What was answered so far, by the name of the question."""
    return {question.name: tracker.get_slot(PREFIX + question.name) for question in guide().questions}


def noted(answers: dict[str, Any], named: tuple[Named, ...], text: str) -> dict[str, str]:
    """What a message tells beside what was asked: *een garage in Mol* names the sector and the place."""
    told = {"sector": sector_of(named), "vestiging": places_of(named, text)}
    return {name: value for name, value in told.items() if value and answers[name] in (None, UNKNOWN)}


def events(known: Guide, answers: dict[str, Any]) -> list[Any]:
    """The answers as slots; before the question that comes next, those that are off the path are skipped."""
    path = known.path(answers)
    kept = {name: None if value == SKIPPED else value for name, value in answers.items()}
    coming = next((question for question in path if kept[question.name] is None), None)
    for question in known.questions:
        if question == coming:
            break
        if question not in path:
            kept[question.name] = SKIPPED
    return [SlotSet(PREFIX + name, value) for name, value in kept.items()]


def emptied() -> list[Any]:
    """All answers forgotten."""
    return [SlotSet(PREFIX + question.name, None) for question in guide().questions]


class _Ask(Action, ABC):
    """Ask one question, in the words of data/erkenningsgids.yml."""

    @property
    @abstractmethod
    def question(self) -> str:
        """Name of the question."""

    def name(self) -> str:
        return f"action_ask_{PREFIX}{self.question}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        known = guide()
        asked = known.question(self.question)
        answers = answers_of(tracker)
        number = 1 + len(
            [one for one in known.path(answers) if known.questions.index(one) < known.questions.index(asked)]
        )
        buttons = (*asked.buttons, *((BACK,) if number > 1 else ()))
        say(dispatcher, f"Vraag {number}. {asked.text}", buttons=buttons)
        return []


class AskSector(_Ask):
    """Ask what the company does."""

    question = "sector"


class AskErkend(_Ask):
    """Ask whether it is recognised already."""

    question = "erkend"


class AskPlan(_Ask):
    """Ask a recognised company what it wants."""

    question = "plan"


class AskMentor(_Ask):
    """Ask for a mentor by the common rule."""

    question = "mentor"


class AskMentorJong(_Ask):
    """Ask for a mentor by the exception."""

    question = "mentor_jong"


class AskUittreksel(_Ask):
    """Ask for the extract of the criminal record."""

    question = "uittreksel"


class AskMentoropleiding(_Ask):
    """Ask for the mentor's training."""

    question = "mentoropleiding"


class AskOpleiding(_Ask):
    """Ask for the programme."""

    question = "opleiding"


class AskVestiging(_Ask):
    """Ask for the municipality of the establishment."""

    question = "vestiging"


class Erkenningsgids(Action):
    """Give the checklist and forget the answers."""

    def name(self) -> str:
        return "action_erkenningsgids"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        known, answers = guide(), answers_of(tracker)
        told = {name: value for name, value in answers.items() if value not in (None, UNKNOWN, SKIPPED)}
        # Of several places the first: who helps there says who helps in the other.
        place = re.split(r", | en ", told.get("vestiging") or "")[0] or None
        wish = catalog.ContactWish(need=NEED, sector=told.get("sector"), municipality=place, audience="bedrijf")
        try:
            contacts = await asyncio.to_thread(catalog.find_contacts, wish)
        except catalog.DatabaseError:
            contacts = []
        made = checklist(known, answers, contacts, date.today())
        say_cards(
            dispatcher,
            made.cards,
            before=[made.opening],
            after=[made.closing, *made.ground],
            buttons=(STAFF,),
            text=made.text,
            printable=True,
        )
        return [*emptied(), SlotSet("doelgroep", "bedrijf")]


class AnnuleerErkenningsgids(Action):
    """Stop the guide and forget the answers."""

    def name(self) -> str:
        return "action_annuleer_erkenningsgids"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        say(
            dispatcher,
            "Oké, ik stop met de gids. Waarmee kan ik je nog helpen?",
            buttons=("Hoe wordt mijn bedrijf erkend als leerwerkplek?", STAFF),
        )
        return emptied()
