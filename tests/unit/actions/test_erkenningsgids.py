"""The guide asks one question at a time, listens to detours, goes back, and forgets when it is done."""

from pathlib import Path
from typing import Any

import pytest

from actions import erkenningsgids
from actions.erkenningsgids import (
    BACK,
    PREFIX,
    AnnuleerErkenningsgids,
    Erkenningsgids,
    ValidateErkenningsgids,
    _Ask,
)
from actions.gesprek import Bevestig
from actions.reply import EMERGENCY_EXIT, GUIDE, STAFF
from answers.content import figures, read_yaml, titles
from answers.guide import SKIPPED, UNKNOWN, guide
from ops.settings import PROJECT
from tests.unit.actions.helpers import a_tracker, act, buttons_of

NAMES = [question.name for question in guide().questions]
ASKS = {ask().question: ask for ask in _Ask.__subclasses__()}
GARAGE = {"entity": "opleiding", "value": "Onderhoudsmechanica auto duaal", "sector": "auto en tweewielers"}
MOL = {"entity": "gemeente", "value": "Mol", "sector": ""}


def slots(**answers: Any) -> dict[str, Any]:
    return {PREFIX + name: answers.get(name) for name in NAMES}


async def answer(
    asked: str | None,
    text: str,
    intent: str = "buiten_domein",
    confidence: float = 0.5,
    named: list[dict[str, Any]] | None = None,
    **answers: Any,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    held = {**slots(**answers), "requested_slot": PREFIX + asked if asked else None}
    tracker = a_tracker(text, intent, confidence, slots=held, named=named)
    messages, events = await act(ValidateErkenningsgids(), tracker)
    return messages, {name.removeprefix(PREFIX): value for name, value in events.items()}


def test_every_question_has_a_slot_and_an_action() -> None:
    domain = read_yaml(PROJECT / "domain.yml")
    assert domain["forms"]["erkenningsgids"]["required_slots"] == [PREFIX + name for name in NAMES]
    assert set(ASKS) == set(NAMES)
    assert {f"action_ask_{PREFIX}{name}" for name in NAMES} <= set(domain["actions"])
    assert titles()["erkenningsgids"] == GUIDE


async def test_an_answer_is_kept_and_the_path_follows_it() -> None:
    _, kept = await answer("erkend", "neen", sector="voeding")
    assert kept["erkend"] == "nee"
    assert kept["plan"] == SKIPPED
    assert kept["mentor"] is None
    _, kept = await answer("erkend", "ja", sector="voeding", plan=SKIPPED)
    assert kept["plan"] is None
    _, kept = await answer("plan", "De erkenning vernieuwen", sector="voeding", erkend="ja")
    assert None not in kept.values()
    assert kept["mentor"] == kept["vestiging"] == SKIPPED


async def test_a_changed_answer_opens_the_questions_that_were_skipped() -> None:
    _, kept = await answer("mentor", "nee", sector="voeding", erkend="nee", plan=SKIPPED, mentor_jong=SKIPPED)
    assert kept["mentor_jong"] is None
    _, kept = await answer("mentor_jong", "nee", sector="voeding", erkend="nee", plan=SKIPPED, mentor="nee")
    assert kept["uittreksel"] == SKIPPED
    assert kept["opleiding"] is None


async def test_an_answer_given_before_going_back_is_kept() -> None:
    held = {"sector": "voeding", "erkend": "nee", "plan": SKIPPED, "mentor": None, "uittreksel": "nee"}
    _, kept = await answer("mentor", "ja", **held)
    assert kept["uittreksel"] == "nee"
    assert kept["mentoropleiding"] is None


async def test_what_is_told_beside_the_answer_is_not_asked_again() -> None:
    messages, kept = await answer("sector", "een garage in Mol", named=[GARAGE, MOL])
    assert (kept["sector"], kept["vestiging"]) == ("auto en tweewielers", "Mol")
    assert messages[0]["text"].startswith("Ik noteer: auto en tweewielers, Mol.")


async def test_what_was_clicked_or_typed_as_it_is_needs_no_note() -> None:
    assert (await answer("sector", "Horeca"))[0] == []
    assert (await answer("vestiging", "Mol", named=[MOL], sector="horeca", erkend="nee"))[0] == []


async def test_a_trade_tells_the_sector_that_was_not_known() -> None:
    _, kept = await answer("opleiding", "automecanicien", named=[GARAGE], sector=UNKNOWN, erkend="nee", mentor=UNKNOWN)
    assert kept["sector"] == "auto en tweewielers"
    assert kept["opleiding"] == GARAGE["value"]


async def test_what_the_opening_message_told_is_noted() -> None:
    messages, kept = await answer(None, "help mij, ik heb een garage", "erkenningsgids", 0.9, named=[GARAGE])
    assert kept["sector"] == "auto en tweewielers"
    assert kept["erkend"] is None
    assert messages[0]["text"].startswith("Ik noteer: auto en tweewielers.")
    messages, kept = await answer(None, "begin maar", "erkenningsgids", 0.9)
    assert messages == []
    assert kept["sector"] is None


async def test_bad_input_gets_a_friendly_sentence_and_loses_nothing() -> None:
    messages, kept = await answer("erkend", "blauw", sector="voeding")
    assert "Kies Ja, Nee of Weet ik niet" in messages[0]["text"]
    assert kept == {"erkend": None}


@pytest.mark.parametrize(
    ("text", "intent", "points"),
    [
        ("hoezo", "buiten_domein", False),
        ("waarom vraag je dat?", "faq", True),
        ("wat bedoel je", "meer_uitleg", False),
        ("moet dat?", "bevestig", True),
    ],
)
async def test_who_asks_why_is_told_and_asked_again(text: str, intent: str, points: bool) -> None:
    held = {**slots(sector="voeding"), "requested_slot": PREFIX + "erkend"}
    tracker = a_tracker(text, intent, 0.9, slots=held, vervolg={"wijst_terug": points})
    messages, events = await act(ValidateErkenningsgids(), tracker)
    assert messages[0]["text"] == guide().question("erkend").why
    assert events == {PREFIX + "erkend": None}


async def test_a_trade_is_no_municipality() -> None:
    messages, kept = await answer("vestiging", "automecanicien", named=[GARAGE], erkend="nee")
    assert "gemeente" in messages[0]["text"]
    assert kept == {"vestiging": None}


@pytest.mark.parametrize(
    ("asked", "text", "intent"),
    [
        ("mentor", "wat doet een mentor eigenlijk?", "faq"),
        ("mentor", "moet een mentor een cursus volgen", "faq"),
        ("erkend", "annuleer", "annuleer"),
        ("opleiding", "stop maar", "annuleer"),
        ("vestiging", "kan ik een mens spreken", "medewerker_spreken"),
        ("sector", "medewerker", "medewerker_spreken"),
        ("mentor", "er is iemand gewond", "noodsituatie"),
        ("opleiding", "sukkel", "scheldwoorden"),
        ("erkend", "geen tijd, er is brand", "noodsituatie"),
        ("mentor", "help mij stap voor stap met de erkenning", "erkenningsgids"),
    ],
)
async def test_leaves_what_is_no_answer_to_the_rules(asked: str, text: str, intent: str) -> None:
    assert await answer(asked, text, intent, 0.9, erkend="nee") == ([], {})


@pytest.mark.parametrize(
    ("asked", "text", "intent", "named", "value"),
    [
        ("sector", "ik ben garagist", "ik_ben", [GARAGE], "auto en tweewielers"),
        ("mentor", "ik ben 45 en al 20 jaar garagist", "ik_ben", None, "zelf"),
        ("uittreksel", "ik heb dat uittreksel nog niet", "faq", None, "nee"),
        ("opleiding", "automecanicien", "zoek_opleiding", [GARAGE], "Onderhoudsmechanica auto duaal"),
        ("vestiging", "Mol", "zoek_contactpunt", [MOL], "Mol"),
        ("plan", "De erkenning vernieuwen", "faq", None, "vernieuwen"),
        ("mentor", "nee", "ontken", None, "nee"),
    ],
)
async def test_takes_what_only_looks_like_something_else(
    asked: str, text: str, intent: str, named: Any, value: str
) -> None:
    before = {"erkend": "ja" if asked == "plan" else "nee", "mentor": None if asked == "mentor" else "ja"}
    _, kept = await answer(asked, text, intent, 0.95, named, **before)
    assert kept[asked] == value


async def test_going_back_asks_the_question_before_again() -> None:
    held = {"sector": "voeding", "erkend": "nee", "plan": SKIPPED, "mentor": "ja", "mentor_jong": SKIPPED}
    _, kept = await answer("uittreksel", "Terug", "herbegin", 0.9, **held)
    assert kept == {"mentor": None, "uittreksel": None}
    messages, kept = await answer("sector", "ga terug")
    assert "eerste vraag" in messages[0]["text"]
    assert kept == {"sector": None}


def talked(asked: str, *turns: tuple[str, str]) -> list[dict[str, Any]]:
    """Events of a question that was asked, and of what was typed and said after it."""
    past: list[dict[str, Any]] = [{"event": "slot", "name": "requested_slot", "value": PREFIX + asked}]
    for typed, said in turns:
        past += [{"event": "user", "text": typed}, {"event": "bot", "text": said}]
        past += [{"event": "slot", "name": "requested_slot", "value": PREFIX + asked}]
    return past


async def misread(asked: str, text: str, events: list[dict[str, Any]], **answers: Any) -> tuple[Any, dict[str, Any]]:
    held = {**slots(**answers), "requested_slot": PREFIX + asked}
    past = [*events, {"event": "user", "text": text}]
    return await act(ValidateErkenningsgids(), a_tracker(text, "buiten_domein", 0.5, slots=held, events=past))


async def test_who_is_stuck_at_a_question_gets_other_help() -> None:
    error = guide().question("sector").error
    for past in (talked("sector"), [*talked("erkend", ("vzw", error)), *talked("sector")]):
        messages, _ = await misread("sector", "vzw speelplein", past)
        assert messages[0]["text"] == error
    messages, kept = await misread("sector", "gewoon een vzw", talked("sector", ("vzw speelplein", error)))
    assert messages[0]["text"] == guide().stuck
    assert buttons_of(messages[0]) == [STAFF]
    assert kept == {PREFIX + "sector": None}


async def test_a_half_told_mentor_is_remembered() -> None:
    question = guide().question("mentor")
    past = talked("mentor", ("ons moeder", question.error), ("ze is 53", question.missing["ervaring"]))
    _, kept = await misread("mentor", "twintig jaar", past, sector="voeding", erkend="nee")
    assert kept[PREFIX + "mentor"] == "ja"


async def test_who_meets_the_common_rule_needs_no_exception() -> None:
    held = {"sector": "voeding", "erkend": "nee", "plan": SKIPPED, "mentor": "nee"}
    messages, kept = await answer("mentor_jong", "ja onze kok is veertig en staat hier al twaalf jaar", **held)
    assert (kept["mentor"], kept["mentor_jong"], kept["uittreksel"]) == ("ja", SKIPPED, None)
    assert messages[0]["text"] == guide().question("mentor_jong").surpassing
    _, kept = await answer("mentor_jong", "ja hij is 24 en doet het vijf jaar", **held)
    assert (kept["mentor"], kept["mentor_jong"]) == ("nee", "ja")


@pytest.mark.parametrize(
    ("asked", "text", "intent", "part"),
    [
        ("opleiding", "ik heb geen tijd voor zo'n lijst", "buiten_domein", "machtiging"),
        ("erkend", "kan iemand dat in mijn plaats regelen?", "faq", "machtiging"),
        ("uittreksel", "model 596.2, wat is dat", "faq", "minderjarigen"),
    ],
)
async def test_a_remark_is_answered_and_the_question_asked_again(asked: str, text: str, intent: str, part: str) -> None:
    messages, kept = await answer(asked, text, intent, 0.9, sector="voeding", erkend="nee", mentor="ja")
    assert part in messages[0]["text"]
    assert kept == {asked: None}


async def test_starting_over_empties_it() -> None:
    messages, kept = await answer("mentor", "begin opnieuw", "herbegin", 0.9, sector="voeding", erkend="nee")
    assert "opnieuw" in messages[0]["text"]
    assert set(kept) == set(NAMES)
    assert set(kept.values()) == {None}


@pytest.mark.parametrize("name", NAMES)
async def test_each_question_offers_its_buttons(name: str) -> None:
    held = slots(sector="voeding", erkend="nee", mentor="ja") if name != "sector" else slots()
    messages, _ = await act(ASKS[name](), a_tracker(slots=held))
    assert messages[0]["text"].startswith("Vraag ")
    assert "{" not in messages[0]["text"]
    buttons = buttons_of(messages[0])
    assert "Weet ik niet" in buttons
    assert (BACK in buttons) == (name != "sector")


async def test_the_end_is_a_checklist_and_the_answers_are_forgotten(database: str) -> None:
    held = slots(
        sector="horeca",
        erkend="nee",
        plan=SKIPPED,
        mentor="ja",
        mentor_jong=SKIPPED,
        uittreksel="ja",
        mentoropleiding="nee",
        opleiding="Kok",
        vestiging="Mol",
    )
    messages, kept = await act(Erkenningsgids(), a_tracker(slots=held))
    assert "oao@horeca.be" in messages[0]["text"]
    assert figures()["erkenning_jaren"].text in messages[0]["text"]
    assert messages[0]["custom"]["afdrukken"] is True
    assert {kept[PREFIX + name] for name in NAMES} == {None}
    assert kept["doelgroep"] == "bedrijf"


async def test_without_a_database_the_checklist_is_still_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'no_tables.db'}")
    messages, _ = await act(Erkenningsgids(), a_tracker(slots=slots(sector="horeca", erkend="ja", plan="niets")))
    assert EMERGENCY_EXIT in messages[0]["text"]
    assert "Termijnen" in messages[0]["text"]


async def test_cancelling_forgets_the_answers() -> None:
    messages, kept = await act(AnnuleerErkenningsgids(), a_tracker(slots=slots(sector="voeding")))
    assert "ik stop" in messages[0]["text"]
    assert set(kept.values()) == {None}


async def test_a_yes_to_the_button_opens_the_guide() -> None:
    said = {"event": "bot", "text": "", "data": {"buttons": [{"payload": GUIDE}]}}
    events = await Bevestig().run(None, a_tracker("ja", events=[said]), {})  # type: ignore[arg-type]
    assert events[0]["name"] == "erkenningsgids"


def test_no_rule_of_recognition_is_in_the_code() -> None:
    code = Path(erkenningsgids.__file__).read_text(encoding="utf-8")
    assert not any(figure in code for figure in ("25", "23", "14 dagen", "vijf jaar"))
