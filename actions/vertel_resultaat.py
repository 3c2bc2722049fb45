"""More about one of the programmes that were shown."""

import asyncio
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import catalog
from actions import zoek_opleiding
from actions.programme_cards import FINDER, place_card, whole_card
from actions.reply import EMERGENCY_EXIT, OUT_OF_ORDER, STAFF, say, say_cards, several
from actions.search_state import SearchState


class VertelResultaat(Action):
    """Tell all that is known about *de tweede*, *nummer 3* or *de laatste* of what was shown."""

    def name(self) -> str:
        return "action_vertel_resultaat"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        state = SearchState.of(tracker)
        heard = tracker.latest_message.get("vervolg") or {}
        # nlu/follow_up.py counts from 1, and says -1 for the last.
        place = int(heard.get("keuze") or 0)
        if not 1 <= place <= len(state.shown) and not (place == -1 and state.shown):
            shown = several(len(state.shown), "opleiding", "opleidingen")
            say(
                dispatcher,
                f"Ik toonde {shown}. Typ bijvoorbeeld “vertel meer over de eerste”.",
                buttons=("Zoek een opleiding", STAFF),
            )
            return []
        asks_where = bool(heard.get("adres"))
        picked = state.shown[place - 1 if place > 0 else place]
        chosen = (state.told or picked) if asks_where else picked
        wish = catalog.ProgrammeWish(**state.wish)
        try:
            found = await asyncio.to_thread(catalog.programme, chosen, wish)
        except catalog.DatabaseError:
            say(dispatcher, OUT_OF_ORDER, EMERGENCY_EXIT, buttons=(STAFF,))
            return []
        if found is None:
            say(dispatcher, "Die opleiding staat niet meer in mijn lijst.", f"Zoek ze op {FINDER}.", buttons=(STAFF,))
            return []
        say_cards(
            dispatcher,
            [(place_card if asks_where else whole_card)(found, wish.municipality)],
            before=["Een straat en nummer ken ik niet." + " Dit weet ik van de scholen:" * bool(found.offers)]
            if asks_where
            else (),
            after=["Vraag altijd na bij de school: mijn gegevens over scholen zijn niet volledig en soms oud."],
            buttons=(zoek_opleiding.ENROL, "Wat is een OAO?", STAFF),
        )
        return [replace(state, told=chosen).event()]
