"""The next results of the last search."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import catalog
from actions import zoek_opleiding
from actions.reply import say
from actions.search_state import SearchState


class ToonMeer(Action):
    """Go on with the programmes, or say that there is no more."""

    def name(self) -> str:
        return "action_toon_meer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        state = SearchState.of(tracker)
        if state.kind == zoek_opleiding.TASK and state.next_offset:
            wish = catalog.ProgrammeWish(**state.wish)
            return await zoek_opleiding.show(dispatcher, wish, state.next_offset, state.shown)
        text = "Dat was alles." if state.kind else "Er zijn nog geen resultaten om verder te tonen."
        say(dispatcher, text, buttons=("Zoek een opleiding", "Zoek een contactpunt"))
        return []
