"""What an editor forgets, the check says: which file, which words, what to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from answers.content import BadContent, topic, topics
from ops import check_content
from ops.content.checks import House, faults_of, house, valid_address

TODAY = date(2026, 11, 21)


EXAMPLES = """
moek met pasen gaan werken
Krijgt mijn dochter verlof in de zomer?
Onze bakkerij sluit in augustus, wat dan met de jongen die bij ons leert
schoolvakantie werkplek
ik wil naar mijn land in juli, baas moet zeggen goed?
Hoeveel dagen thuis heb je op een jaar
den herfst is druk bij ons, kunnen wij onze stagiair inplannen
is tijdens krokus de garage ook toe voor mij
Mogen leerlingen tussen kerst en nieuw bijspringen als iedereen akkoord gaat?
betalen ze u door wanneer de klas leeg is
kzou ne keer nen dag willen pakken voor een festival
Wij boeken drie weken Spanje, moet hij daarvoor iets vragen
grote congé zonder bazen
vrije dagen inhalen na drukke periode, hoe regelt de school dat
Wanneer mag zij rusten?
""".split("\n")[1:-1]


def content() -> dict[str, Any]:
    """A topic as it should be."""
    first = {
        "text": "Je bent vrij in de vakantie. Je baas mag je dan niet vragen.",
        "metadata": {
            "meer": "Wil je toch werken? Dan zegt de school ook ja.",
            "voor": ["leerling"],
            "bronnen": [{"naam": "Vlaamse overheid", "url": "https://www.vlaanderen.be/duaal-leren"}],
            "nagekeken": "2026-11-01",
            "eigenaar": "redactie",
            "zekerheid": "hoog",
            "veranderlijk": "nee",
            "vervolg": ["oao", "zoek_opleiding"],
        },
    }
    company = {
        "condition": [{"type": "slot", "name": "doelgroep", "value": "bedrijf"}],
        "text": "Je leerling is vrij in de vakantie.",
        "metadata": {"meer": "Plan die weken dus zonder je leerling.", "vervolg": ["premies_bedrijf"]},
    }
    question = {
        "intent": "faq/proef",
        "metadata": {"titel": "Ben ik vrij?", "doelgroepen": ["leerling", "bedrijf"]},
        "examples": "".join(f"- {sentence}\n" for sentence in EXAMPLES),
    }
    return {"nlu": [question], "responses": {"utter_faq/proef": [first, company]}}


Change = Callable[[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any]], Any]


@lru_cache
def beside() -> House:
    """All that stands beside the topics, read once."""
    return house(TODAY, topics())


def found(tmp_path: Path, change: Change) -> list[tuple[str, str]]:
    made = content()
    question, answers = made["nlu"][0], made["responses"]["utter_faq/proef"]
    change(question, answers[0], answers[0]["metadata"], answers[1])
    path = tmp_path / "proef.yml"
    path.write_text(yaml.safe_dump(made, allow_unicode=True), encoding="utf-8")
    return [(fault.rule, fault.words) for fault in faults_of(topic(path), beside())]


def test_a_topic_as_it_should_be_has_no_fault(tmp_path: Path) -> None:
    assert found(tmp_path, lambda *_: None) == []


LONG_SENTENCE = " ".join(["dag"] * 26)
FAULTS: dict[str, tuple[Change, tuple[str, str]]] = {
    "no title": (lambda q, a, m, v: q["metadata"].pop("titel"), ("volledig", "titel")),
    "no answer": (lambda q, a, m, v: a.update(text=" "), ("volledig", "antwoord")),
    "no owner": (lambda q, a, m, v: m.pop("eigenaar"), ("volledig", "eigenaar")),
    "no longer version": (lambda q, a, m, v: v["metadata"].pop("meer"), ("volledig", "meer (bedrijf)")),
    "no confidence": (lambda q, a, m, v: m.update(zekerheid="vast"), ("volledig", "zekerheid")),
    "too few examples": (lambda q, a, m, v: q.update(examples="- een\n- twee\n"), ("volledig", "voorbeeldvragen")),
    "no review date": (lambda q, a, m, v: m.pop("nagekeken"), ("nagekeken", "")),
    "no date": (lambda q, a, m, v: m.update(nagekeken="gisteren"), ("nagekeken", "gisteren")),
    "a date to come": (lambda q, a, m, v: m.update(nagekeken="2027-01-01"), ("nagekeken", "2027-01-01")),
    "older than a year": (lambda q, a, m, v: m.update(nagekeken="2025-11-20"), ("nagekeken", "2025-11-20")),
    "volatile, older than half a year": (
        lambda q, a, m, v: m.update(nagekeken="2026-05-01", veranderlijk="ja"),
        ("nagekeken", "2026-05-01"),
    ),
    "no source": (lambda q, a, m, v: m.pop("bronnen"), ("bron", "bronnen")),
    "no address": (
        lambda q, a, m, v: m.update(bronnen=[{"naam": "A", "url": "vlaanderen"}]),
        ("bron", "vlaanderen"),
    ),
    "a source without name": (
        lambda q, a, m, v: m.update(bronnen=[{"url": "https://a.be"}]),
        ("bron", "https://a.be"),
    ),
    "an audience without answer": (
        lambda q, a, m, v: q["metadata"]["doelgroepen"].append("ouder"),
        ("doelgroep", "ouder"),
    ),
    "an audience whose variant went": (
        lambda q, a, m, v: v["condition"][0].update(value="school"),
        ("doelgroep", "bedrijf"),
    ),
    "an audience that does not exist": (lambda q, a, m, v: m["voor"].append("buur"), ("doelgroep", "buur")),
    "too long": (lambda q, a, m, v: a.update(text="Ja, dat is zo. " * 21), ("lengte", "Ja, dat is zo. " * 21)),
    "a long sentence": (lambda q, a, m, v: m.update(meer=f"{LONG_SENTENCE}."), ("lange zin", f"{LONG_SENTENCE}.")),
    "hard words": (
        lambda q, a, m, v: v.update(text="Arbeidsovereenkomsten voorafgaand ondertekenen."),
        ("leesgemak", "Arbeidsovereenkomsten voorafgaand ondertekenen."),
    ),
    "an abbreviation": (lambda q, a, m, v: a.update(text="Je tekent een OAO."), ("afkorting", "OAO")),
    "a typed figure": (lambda q, a, m, v: v.update(text="Je krijgt 600 euro."), ("cijfer", "600 euro")),
    "a figure that is not there": (lambda q, a, m, v: m.update(meer="Je krijgt {veel}."), ("cijfer", "{veel}")),
    "examples one word apart": (
        lambda q, a, m, v: q.update(examples=q["examples"] + "- moek met kerst gaan werken\n"),
        ("variatie", "moek met pasen gaan werken / moek met kerst gaan werken"),
    ),
    "examples from one head": (
        lambda q, a, m, v: q.update(
            examples="".join(f"- mag ik {a} {b} vrij van mijn baas\n" for a in "abcd" for b in "efgh")
        ),
        ("variatie", "voorbeeldvragen"),
    ),
    "no way on": (lambda q, a, m, v: m.update(vervolg=[]), ("knop", "vervolg")),
    "a button to nowhere": (lambda q, a, m, v: v["metadata"].update(vervolg=["nergens"]), ("knop", "nergens")),
    "a button to itself": (lambda q, a, m, v: m.update(vervolg=["proef"]), ("knop", "proef")),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_found(tmp_path: Path, name: str) -> None:
    change, fault = FAULTS[name]
    assert fault in found(tmp_path, change)


def test_a_word_that_most_examples_share_is_named(tmp_path: Path) -> None:
    path = tmp_path / "proef.yml"
    path.write_text(yaml.safe_dump(content()), encoding="utf-8")
    told_by_one_word = replace(beside(), keywords={"proef": ("vakant", 0.6)})
    (fault,) = faults_of(topic(path), told_by_one_word)
    assert (fault.rule, fault.words) == ("kernwoord", "vakant")
    assert "60%" in fault.advice


def test_a_reviewed_exception_excuses_what_it_names_and_no_more(tmp_path: Path) -> None:
    def change(question: Any, answer: Any, metadata: Any, variant: Any) -> None:
        answer["text"] = "Je krijgt 600 euro of 700 euro."
        metadata["uitzonderingen"] = [{"regel": "cijfer", "bij": "600 euro", "reden": "een voorbeeld"}]

    assert found(tmp_path, change) == [("cijfer", "700 euro")]


@pytest.mark.parametrize(
    "exception",
    [{"regel": "cijfer", "bij": "600 euro", "reden": "niet meer waar"}, {"regel": "cijfer", "bij": "600 euro"}],
)
def test_an_exception_that_excuses_nothing_is_a_fault(tmp_path: Path, exception: dict[str, str]) -> None:
    faults = found(tmp_path, lambda q, a, m, v: m.update(uitzonderingen=[exception]))
    assert [rule for rule, _ in faults] == ["uitzondering"]


@pytest.mark.parametrize("text", ["[]", "nlu: x", "nlu:\n- a: [b"])
def test_a_file_that_is_no_topic_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "stuk.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadContent, match=r"stuk\.yml"):
        topic(path)


@pytest.mark.parametrize(
    ("address", "valid"),
    [
        ("https://www.vlaanderen.be/duaal-leren?x=1", True),
        ("http://a.be", True),
        ("www.vlaanderen.be", False),
        ("https://vlaanderen", False),
        ("https://", False),
        ("https://a b.be", False),
        ("ftp://a.be", False),
        ("https://[x", False),
    ],
)
def test_addresses(address: str, valid: bool) -> None:
    assert valid_address(address) is valid


def test_the_command_says_what_to_mend_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = content()
    made["responses"]["utter_faq/proef"][0]["text"] = "Je krijgt 600 euro."
    path = check_content.PROJECT / "data" / "faq" / "proef.yml"
    file = tmp_path / "proef.yml"
    file.write_text(yaml.safe_dump(made), encoding="utf-8")
    shown = replace(topic(file), path=path)
    monkeypatch.setattr(check_content, "check", lambda today: ([shown], faults_of(shown, beside())))
    assert check_content.main([]) == 1
    out, err = capsys.readouterr()
    assert "proef" in out
    assert 'data/faq/proef.yml: cijfer "600 euro": iedereen, kort: zet dit in data/figures.yml' in err
    assert "1 dingen te verbeteren" in err


def test_no_example_may_copy_what_is_measured_on(tmp_path: Path) -> None:
    measured = tmp_path / "vragen.jsonl"
    measured.write_text('{"text": "Moet ik tijdens de schoolvakanties naar mijn werkplek"}\n', encoding="utf-8")
    (fault,) = check_content.copied(measured)
    assert (fault.topic, fault.rule) == ("vakantie", "kopie")


def test_an_evaluation_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_content, "check", lambda today: ([], []))
    assert check_content.main(["--against", str(tmp_path / "weg.jsonl")]) == 1
    assert "weg.jsonl" in capsys.readouterr().err


def test_the_command_knows_no_topic_that_is_not_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_content, "check", lambda today: ([], []))
    assert check_content.main(["--only", "bestaatniet"]) == 1
    assert "geen onderwerp bestaatniet" in capsys.readouterr().err


def test_the_report_holds_every_topic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = check_content.PROJECT / "var" / "test-content.md"
    some = [found for found in topics() if found.path.parent.name == "werkplek"]
    monkeypatch.setattr(check_content, "PAGE", page)
    monkeypatch.setattr(check_content, "check", lambda today: (some, []))
    try:
        assert check_content.main(["--report"]) == 0
        told = page.read_text(encoding="utf-8")
    finally:
        page.unlink(missing_ok=True)
    assert told.count("\n| ") == 1 + len(some)
    assert "| vakantie |" in told
