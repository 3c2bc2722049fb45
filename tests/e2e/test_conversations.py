"""Real conversations with the real servers, over REST."""

import sqlite3
import time

import pytest

from answers.content import figures
from ops.serve import action_server, rasa_server, wait_until_answering
from ops.train import newest_model
from tests.conftest import Assistant, offered, said

FORM = ("Stel je vraag aan een medewerker", "Sara Janssens", "sara@example.be", "Overslaan", "Leerling")


def requests(assistant: Assistant) -> list[tuple[str, ...]]:
    with sqlite3.connect(assistant.database) as db:
        return db.execute("SELECT reference, name, email, phone, role, question FROM contact_request").fetchall()


def test_the_first_words_say_what_this_is(assistant: Assistant) -> None:
    first, second = assistant.talk("hallo", "hey")
    assert "automatische assistent en geen mens" in said(first)
    assert "automatische assistent" not in said(second)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "hoe oud moet ik zijn om te starten met duaal leren",
            ["leeftijd_minimum", "leeftijd_minimum_na_eerste_graad"],
        ),
        ("ik ben bakker, hoe lang blijft onze erkenning goed", ["erkenning_jaren"]),
        ("wat verdien je met een OAO per maand", ["leervergoeding_bedrag1", "leervergoeding_datum"]),
        ("welke premie krijg ik voor een leerling in mijn garage", ["premie_met_vergoeding"]),
        ("tot wanneer bestond leren en werken", ["leren_en_werken_einde"]),
    ],
)
def test_questions_in_other_words_get_the_right_figures(assistant: Assistant, question: str, parts: list[str]) -> None:
    (replies,) = assistant.talk(question)
    for part in parts:
        assert figures()[part].text in said(replies)


def test_more_explanation_and_a_fitting_audience(assistant: Assistant) -> None:
    _, more, audience, answer = assistant.talk(
        "Hoeveel vakantie heb ik?", "Meer uitleg", "ik ben zaakvoerder", "Hoeveel vakantie heb ik?"
    )
    assert "Nagekeken op" in said(more)
    assert "als een bedrijf" in said(audience)
    assert "je leerling" in said(answer).lower()


def test_a_search_narrows_and_goes_on(assistant: Assistant) -> None:
    found, more, narrowed = assistant.talk("duale opleidingen in de bouw, derde graad", "Toon meer", "en in Kortrijk?")
    assert "10 duale opleidingen" in said(found)
    assert "de volgende" in said(more)
    assert "In Kortrijk zag ik scholen" in said(narrowed)


def test_contacts(assistant: Assistant) -> None:
    limburg, horeca, go = assistant.talk("wie contacteer ik in Limburg", "sectorfonds voor de horeca", "contact GO!")
    assert "011 30 58 40" in said(limburg)
    assert "oao@horeca.be" in said(horeca)
    assert "https://www.g-o.be" in said(go)


def test_contacts_for_a_need_and_then_in_a_place(assistant: Assistant) -> None:
    horeca, gent = assistant.talk("wie kan ik bellen voor hulp met de erkenning van mijn restaurant", "en in Gent?")
    assert "terecht voor de erkenning als leerwerkplek" in said(horeca)
    assert said(horeca).index("Horeca Forma") < said(horeca).index("WerkplekDuaal")
    assert "Horeca Forma" in said(gent)
    assert "werkt in de stad Gent" in said(gent)


def test_a_question_for_staff_is_asked_confirmed_and_kept(assistant: Assistant) -> None:
    question = "Mijn werkplek is failliet gegaan, wat moet ik nu doen?"
    *asked, summary, sent = assistant.talk(*FORM, question, "Ja, dat mag", "Verstuur")
    wanted = ["Hoe heet je", "e-mailadres", "telefoonnummer", "Wie ben je", "Wat is je vraag", "Mogen we je gegevens"]
    assert all(part in said(replies) for part, replies in zip(wanted, asked, strict=True))
    assert question in said(summary)
    (row,) = [row for row in requests(assistant) if row[5] == question]
    assert row[0] in said(sent)
    assert row[1:5] == ("Sara Janssens", "sara@example.be", None, "leerling")


def test_a_question_in_between_is_answered_and_the_form_goes_on(assistant: Assistant) -> None:
    *_, aside, going_on = assistant.talk(*FORM[:2], "Hoeveel verdien ik met duaal leren?", "sara@example.be")
    assert figures()["leervergoeding_bedrag1"].text in said(aside)
    assert said(aside).rstrip().endswith("Daar krijg je het antwoord.")
    assert "telefoonnummer" in said(going_on)


def test_a_correction_and_a_change_of_mind(assistant: Assistant) -> None:
    before = len(requests(assistant))
    *_, which, again, summary, cancelled, after = assistant.talk(
        *FORM,
        "Mag ik stoppen met duaal?",
        "ja",
        "Verbeter iets",
        "Verbeter naam",
        "Sarah Peeters",
        "Annuleer",
        "Verstuur",
    )
    assert "Wat wil je verbeteren?" in said(which)
    assert "Hoe heet je?" in said(again)
    assert "Sarah Peeters" in said(summary)
    assert "niets verstuurd" in said(cancelled)
    assert "referentie" not in said(after)
    assert len(requests(assistant)) == before


GUIDE = "Help mij stap voor stap met de erkenning"


def test_a_company_is_led_to_its_checklist(assistant: Assistant) -> None:
    topic, *asked, end = assistant.talk(
        "ik ben een bedrijf, hoe word ik erkend als leerwerkplek",
        GUIDE,
        "een garage",
        "neen",
        "ik ben 45 en al 20 jaar garagist",
        "nog ni",
        "weet k nie",
        "automecanicien",
        "Mol",
    )
    assert GUIDE in offered(topic)
    wanted = ["Wat doet je bedrijf", "al erkend", "mentor", "strafregister", "mentoropleiding", "opleiding", "gemeente"]
    assert all(part in said(replies) for part, replies in zip(wanted, asked, strict=True))
    text = said(end)
    for name in ("mentor_leeftijd", "erkenning_beslissing", "erkenning_jaren", "beroep_termijn"):
        assert figures()[name].text in text
    for part in ("auto en tweewielers", "Mol", "EDUCAM", "https://app.werkplekduaal.be", "Nagekeken op"):
        assert part in text
    (custom,) = [reply["custom"] for reply in end if "custom" in reply]
    assert custom["afdrukken"] is True
    links = [link["url"] for card in custom["kaarten"] for link in card["links"]]
    assert [url for url in links if url.startswith("mailto:?subject=")]


def test_the_guide_listens_goes_back_and_stops(assistant: Assistant) -> None:
    *_, aside, back, changed, stopped, after = assistant.talk(
        GUIDE, "Horeca", "Nee", "Wat doet een mentor?", "terug", "ja", "annuleer", "Wat is een OAO?"
    )
    assert "Nagekeken op" in said(aside)
    assert "Vraag 3." in said(aside)
    assert "al erkend" in said(back)
    assert "Een opleiding erbij" in offered(changed)
    assert "ik stop" in said(stopped)
    assert "overeenkomst alternerende opleiding" in said(after)
    assert "Vraag" not in said(after)


def test_a_question_about_recognition_does_not_start_the_guide(assistant: Assistant) -> None:
    (answer,) = assistant.talk("hoe vraag ik een erkenning aan voor mijn bakkerij")
    assert "Nagekeken op" in said(answer)
    assert "Vraag 1" not in said(answer)


def test_an_emergency_goes_before_everything_also_in_the_form(assistant: Assistant) -> None:
    outside, *_, inside = assistant.talk("ik wil niet meer leven", *FORM[:2], "ik denk aan zelfmoord")
    for replies in (outside, inside):
        text = said(replies)
        assert all(number in text for number in ("112", "1813", "102", "1712"))


def test_what_is_not_understood_is_asked_back_then_handed_over(assistant: Assistant) -> None:
    first, second = assistant.talk("blieb dinges enzo voort", "zo dinges ofzo weetjewel")
    if "Bedoel je" in said(first):
        assert 2 <= len(offered(first)) <= 4
        assert offered(first)[-1] == "Geen van deze"
    assert "Stel je vraag aan een medewerker" in offered(second)


def test_out_of_scope_is_admitted(assistant: Assistant) -> None:
    (replies,) = assistant.talk("wie wordt er kampioen in het voetbal")
    assert "kan ik je niet bij helpen" in said(replies)


BAD = {
    "": "Ik zie nog geen tekst",
    "   ": "Ik zie nog geen tekst",
    "🙂🙂": "Ik begrijp alleen woorden",
    "a" * 10_000: "lang bericht",
    "/restart": "zonder schuine streep",
    '/contactformulier{"email":"x@y.be"}': "zonder schuine streep",
    "/session_start": "zonder schuine streep",
}


@pytest.mark.parametrize(("message", "reply"), BAD.items(), ids=[key[:20] for key in BAD])
def test_bad_input_gets_a_friendly_sentence(assistant: Assistant, message: str, reply: str) -> None:
    (replies,) = assistant.talk(message)
    assert reply in said(replies)


@pytest.mark.parametrize(
    "message", ["<script>alert(1)</script>", "'; DROP TABLE programme; --", "kap\x00per worden", "%%%x%%%"]
)
def test_odd_input_breaks_nothing(assistant: Assistant, message: str) -> None:
    odd, after = assistant.talk(message, "Wat is een OAO?")
    assert said(odd)
    assert "Nagekeken op" in said(after)


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'{"message": "hallo"}', b'{"sender": 7, "message": "hallo"}'])
def test_a_malformed_request_is_refused(assistant: Assistant, body: bytes) -> None:
    status, _ = assistant.post(body)
    assert status == 400


@pytest.mark.parametrize(
    ("question", "meaning"), [("wa is een neet", "NEET betekent"), ("wat betekent GGMMI", "GGMMI betekent")]
)
def test_a_term_is_explained_by_name(assistant: Assistant, question: str, meaning: str) -> None:
    (replies,) = assistant.talk(question)
    assert meaning in said(replies)


def test_a_restart_loses_no_conversation(assistant: Assistant) -> None:
    assistant.talk("ik wil kapper worden", sender="herstart")
    assistant.servers["rasa"].stop()
    model = newest_model()
    assert model is not None
    assistant.servers["rasa"] = rasa_server(model)
    wait_until_answering(list(assistant.servers.values()))
    (narrowed,) = assistant.talk("en in Mol?", sender="herstart")
    assert "Haarverzorging duaal" in said(narrowed)
    assert "In Mol zag ik een school" in said(narrowed)


def test_a_stopped_action_server_is_told_and_the_conversation_goes_on_after_it(assistant: Assistant) -> None:
    assistant.talk("hallo", sender="stroompanne")
    assistant.servers["actions"].stop()
    try:
        search, answer = assistant.talk("ik wil kapper worden", "Wat is een OAO?", sender="stroompanne")
        assert "Dat lukt nu even niet" in said(search)
        assert "1700" in said(search)
        # Answers need no action server.
        assert "Nagekeken op" in said(answer)
    finally:
        assistant.servers["actions"] = action_server()
        wait_until_answering(list(assistant.servers.values()))
    deadline = time.monotonic() + 60
    while "duale opleidingen" not in said(assistant.talk("ik wil kapper worden", sender="stroompanne")[0]):
        assert time.monotonic() < deadline, "the conversation did not recover"
        time.sleep(1)


def test_what_points_back_gets_more_of_the_last_answer(assistant: Assistant) -> None:
    _, premium, more = assistant.talk("Ik ben een bedrijf", "Welke premies krijgt mijn bedrijf?", "hoeveel is dat dan?")
    assert "premie kwalificerend werkplekleren" in said(premium)
    assert "premie" in said(more)
    assert said(more) != said(premium)
    assert "Bedoel je" not in said(more)


def test_who_keeps_asking_for_more_is_led_to_a_person(assistant: Assistant) -> None:
    _, more, no_more = assistant.talk("Wat is een OAO?", "Meer uitleg", "Meer uitleg")
    assert "Nagekeken op" in said(more)
    assert "Meer weet ik daar niet over" in said(no_more)
    assert offered(no_more) == ["Stel je vraag aan een medewerker"]


def test_asking_for_the_guide_in_the_guide_only_asks_again(assistant: Assistant) -> None:
    start = "Help mij stap voor stap met de erkenning"
    _, again, answered = assistant.talk(start, start, "bakker")
    assert "We zijn er al mee bezig" in said(again)
    assert said(again).count("Vraag 1.") == 1
    assert "Vraag 2." in said(answered)


def test_who_will_not_give_a_name_after_all_is_let_go(assistant: Assistant) -> None:
    _, gone, search = assistant.talk("ik wil met een mens praten", "nee laat maar", "kapper")
    assert "niets verstuurd" in said(gone)
    assert "Haarverzorging duaal" in said(search)


def test_who_asks_the_guide_why_is_told_and_asked_again(assistant: Assistant) -> None:
    *_, why, answered = assistant.talk("Help mij stap voor stap met de erkenning", "bakker", "hoezo?", "nee")
    assert "toelating om een leerling op te leiden" in said(why)
    assert "Vraag 2." in said(why)
    assert "Vraag 3." in said(answered)


def test_who_writes_in_another_language_is_answered_in_dutch_and_told_so(assistant: Assistant) -> None:
    (english,) = assistant.talk("How long does the recognition of my company stay valid?")
    assert "I answer in simple Dutch" in said(english)
    assert figures()["erkenning_jaren"].text in said(english)
    (french,) = assistant.talk("Quel âge faut-il avoir pour commencer ?")
    assert "je réponds en néerlandais simple" in said(french)
    assert figures()["leeftijd_minimum"].text in said(french)
