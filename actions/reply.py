"""What several actions need to say something."""

from rasa_sdk.executor import CollectingDispatcher

STAFF = "Stel je vraag aan een medewerker"
GUIDE = "Help mij stap voor stap met de erkenning"
# The Flemish information line, and the desk for recognised workplaces: docs/redactie.md says where else they stand.
EMERGENCY_EXIT = "Bel gratis 1700 (de infolijn van de Vlaamse overheid) of mail werkplekduaal@vlaanderen.be."


def say(dispatcher: CollectingDispatcher, *paragraphs: str, buttons: tuple[str, ...] = ()) -> None:
    """One message; each button stands for typing its words."""
    text = "\n\n".join(filter(None, paragraphs))
    dispatcher.utter_message(text=text, buttons=[{"title": words, "payload": words} for words in buttons])


def several(count: int, one: str, more: str) -> str:
    """A count with its noun: *1 opleiding*, *3 opleidingen*."""
    return f"{count} {one if count == 1 else more}"
