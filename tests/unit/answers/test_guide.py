"""The guide's rules: every way through it ends in a list that says what the facts say, and no more."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from answers.content import DATA, BadContent, figures, read_yaml
from answers.guide import FILE, KNOWN, SKIPPED, UNKNOWN, as_topic, guide

GUIDE = guide()
FIGURES = {name: figure.text for name, figure in figures().items()}
MENTOR_FOUND = {"mentor": "ja", "uittreksel": "ja", "mentoropleiding": "ja"}
NEW = {"sector": "voeding", "erkend": "nee", "opleiding": "Slagerij duaal", "vestiging": "Mol"}


def told(answers: dict[str, str], card: str) -> str:
    return " ".join(rule.sentence for rule in GUIDE.lines(answers).get(card, []))


def every_way(answers: dict[str, str] | None = None) -> Iterator[dict[str, str]]:
    """All combinations of answers; a free question is answered and not answered, a sector is one of three."""
    so_far = answers or {}
    question = next((one for one in GUIDE.path(so_far) if one.name not in so_far), None)
    if question is None:
        yield so_far
        return
    values = [choice.value for choice in question.choices]
    if question.name == "sector":
        values = ["horeca", "hout en bouw", UNKNOWN]
    if question.free:
        values.append("iets")
    for value in values:
        yield from every_way({**so_far, question.name: value})


WAYS = list(every_way())


def test_every_way_ends_in_a_list_that_helps() -> None:
    assert len(WAYS) > 100
    for way in WAYS:
        lines = GUIDE.lines(way)
        assert lines.get("te_doen") or lines.get("na_te_vragen"), way
        assert FIGURES["erkenning_jaren"] in told(way, "termijnen"), way
        assert "{" not in " ".join(rule.sentence + rule.short for rules in lines.values() for rule in rules), way


def test_no_list_says_the_same_twice_or_that_something_is_both_done_and_to_do() -> None:
    for way in WAYS:
        sentences = [rule.sentence for rules in GUIDE.lines(way).values() for rule in rules]
        assert len(sentences) == len(set(sentences)), way
        done = told(way, "in_orde")
        if "uittreksel" in done:
            assert "uittreksel" not in told(way, "te_doen"), way
        if "volgde een mentoropleiding" in done:
            assert "mentoropleiding" not in told(way, "te_doen"), way


def test_a_mentor_of_the_right_age_and_experience_is_in_order() -> None:
    done = told({**NEW, **MENTOR_FOUND}, "in_orde")
    assert FIGURES["mentor_leeftijd"] in done
    assert FIGURES["mentor_ervaring"] in done
    assert "596.2" in done
    assert "mentor" not in told({**NEW, **MENTOR_FOUND}, "te_doen").split("Kijk je bedrijf na")[0]


def test_a_younger_mentor_is_for_the_sector_to_decide() -> None:
    answers = {**NEW, "mentor": "nee", "mentor_jong": "ja", "uittreksel": "ja", "mentoropleiding": "ja"}
    assert FIGURES["mentor_leeftijd_uitzondering"] in told(answers, "na_te_vragen")
    assert "De sector bepaalt dat" in told(answers, "na_te_vragen")
    assert "Je hebt een mentor" not in told(answers, "in_orde")
    # What was found for one sector is told to that sector only.
    assert FIGURES["mentor_ervaring_uitzondering"] not in told(answers, "na_te_vragen")
    logistics = {**answers, "sector": "administratie, handel en logistiek"}
    assert FIGURES["mentor_ervaring_uitzondering"] in told(logistics, "na_te_vragen")


def test_too_young_means_another_mentor() -> None:
    answers = {**NEW, "mentor": "nee", "mentor_jong": "nee"}
    assert "Zoek een andere mentor" in told(answers, "te_doen")
    assert "596.2" in told(answers, "te_doen")
    assert told(answers, "in_orde") == ""
    assert [one.name for one in GUIDE.path(answers)][-2:] == ["opleiding", "vestiging"]


@pytest.mark.parametrize("unknown", [{"mentor": UNKNOWN}, {"mentor": "nee", "mentor_jong": UNKNOWN}])
def test_an_unknown_mentor_is_to_be_looked_up(unknown: dict[str, str]) -> None:
    answers = {**NEW, **unknown}
    assert "Kijk na wie mentor kan zijn" in told(answers, "te_doen")
    assert "uittreksel" not in [one.name for one in GUIDE.path(answers)]


def test_a_missing_mentor_training_has_a_term() -> None:
    answers = {**NEW, "mentor": "ja", "uittreksel": "ja", "mentoropleiding": "nee"}
    assert FIGURES["mentoropleiding_termijn"] in told(answers, "te_doen")
    assert "Sommige sectoren geven minder tijd" in told(answers, "te_doen")
    building = {**answers, "sector": "hout en bouw"}
    assert FIGURES["mentoropleiding_termijn_bouw"] in told(building, "na_te_vragen")


@pytest.mark.parametrize("unknown", [{"mentor": UNKNOWN}, {"mentor": "nee", "mentor_jong": "nee"}])
def test_a_builder_without_a_mentor_hears_of_the_shorter_term_too(unknown: dict[str, str]) -> None:
    assert FIGURES["mentoropleiding_termijn_bouw"] in told({**NEW, **unknown, "sector": "hout en bouw"}, "na_te_vragen")


@pytest.mark.parametrize("place", ["elders", "Brussel", "Sint-Jans-Molenbeek", "Vorst"])
def test_an_establishment_outside_the_region_is_told_so_whatever_its_name(place: str) -> None:
    assert "duaal@tracebrussel.be" in told({**NEW, **MENTOR_FOUND, "vestiging": place}, "na_te_vragen")
    assert "tracebrussel" not in told({**NEW, **MENTOR_FOUND}, "na_te_vragen")


def test_every_municipality_of_brussels_is_outside_the_region() -> None:
    with (DATA / "catalogue" / "municipalities.csv").open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["province"] == "Brussel"]
    assert len(names) == 19
    assert {GUIDE.question("vestiging").meant(name) for name in names} == {"elders"}


def test_who_wants_to_be_mentor_in_person_is_told_that_the_sources_do_not_say() -> None:
    assert "Wil je als zaakvoerder zelf mentor zijn" in told({**NEW, **MENTOR_FOUND, "mentor": "zelf"}, "na_te_vragen")
    # Whose mentor is a colleague is spared it.
    assert "zaakvoerder" not in told({**NEW, **MENTOR_FOUND}, "na_te_vragen")
    assert "zaakvoerder" not in told({"sector": "horeca", "erkend": "ja", "plan": "niets"}, "na_te_vragen")


@pytest.mark.parametrize("plan", ["niets", "vernieuwen", UNKNOWN])
def test_a_recognised_company_that_changed_needs_an_additional_recognition(plan: str) -> None:
    assert "Is er iets veranderd" in told({"sector": "voeding", "erkend": "ja", "plan": plan}, "te_doen")


@pytest.mark.parametrize("plan", ["opleiding", "vestiging"])
def test_a_recognised_company_that_wants_more_needs_an_additional_recognition(plan: str) -> None:
    answers = {**NEW, **MENTOR_FOUND, "erkend": "ja", "plan": plan}
    assert "aanvullende erkenning" in told(answers, "te_doen")
    assert "wettelijke vertegenwoordiger" not in told(answers, "te_doen")
    assert "al erkend" in told(answers, "in_orde")


def test_a_recognised_company_that_wants_nothing_new_may_start() -> None:
    answers = {"sector": "horeca", "erkend": "ja", "plan": "niets"}
    assert len(GUIDE.path(answers)) == 3
    assert "overeenkomst sluiten" in told(answers, "in_orde")
    assert FIGURES["erkenning_beslissing"] not in told(answers, "termijnen")


def test_what_the_sources_do_not_say_is_said_to_be_unknown() -> None:
    answers = {"sector": "horeca", "erkend": "ja", "plan": "vernieuwen"}
    assert "vonden we niet" in told(answers, "na_te_vragen")


def test_the_terms_are_those_of_the_figures() -> None:
    terms = told({**NEW, **MENTOR_FOUND}, "termijnen")
    for name in ("erkenning_beslissing", "erkenning_jaren", "beroep_termijn"):
        assert FIGURES[name] in terms


def test_an_official_name_need_not_be_looked_up_and_words_of_ones_own_must() -> None:
    assert "Zoek de officiële naam" not in told({**NEW, **MENTOR_FOUND}, "te_doen")
    assert NEW["opleiding"] in told({**NEW, **MENTOR_FOUND}, "te_doen")
    assert "Zoek de officiële naam van de opleiding op: iets met vis" in told(
        {**NEW, "opleiding": "iets met vis"}, "te_doen"
    )


def test_each_of_several_establishments_needs_its_own_recognition() -> None:
    assert "Elke vestiging heeft een eigen erkenning" in told({**NEW, "vestiging": "Mol en Lier"}, "te_doen")
    assert "Elke vestiging" not in told(NEW, "te_doen")


def test_an_answer_that_is_off_the_path_counts_no_more() -> None:
    changed = {"erkend": "ja", "plan": "niets", "mentor": "nee", "mentor_jong": SKIPPED}
    assert [one.name for one in GUIDE.path(changed)] == ["sector", "erkend", "plan"]


def content() -> dict[str, Any]:
    made: dict[str, Any] = read_yaml(DATA / FILE)
    return made


def written(tmp_path: Path, changed: dict[str, Any]) -> Path:
    (tmp_path / FILE).write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    (tmp_path / "figures.yml").write_text((DATA / "figures.yml").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda c: c["regels"][0].update(zin="Het duurt {weken_lang}."), "weken_lang"),
        (lambda c: c["regels"][0].update(als={"erkennd": "ja"}), "geen vraag erkennd"),
        (lambda c: c["regels"][0].update(als={"erkend": "jaa"}), "jaa is geen antwoord op erkend"),
        (lambda c: c["regels"][0].update(kaart="klaar"), "kaart klaar"),
        (lambda c: c["regels"][0].pop("zin"), "zin ontbreekt"),
        (lambda c: c["vragen"][1].pop("vraag"), "vraag ontbreekt"),
        (lambda c: c["vragen"][3].update(genoeg="jawel"), "genoeg is jawel"),
        (lambda c: c["vragen"][4].update(liever={"vraag": "baas", "zeg": "x"}), "geen vraag baas"),
        (lambda c: c["vragen"][3]["antwoorden"][1].update(preciseert="jawel"), "preciseert is jawel"),
        (lambda c: c["tussendoor"][0].pop("zeg"), "zeg ontbreekt"),
        (lambda c: c["vragen"][1]["antwoorden"].append({"waarde": "straks"}), "gebruikt het antwoord straks"),
        (lambda c: c["vragen"][3].update(minstens={"leeftijd": "leeftijd_van_de_baas"}), "leeftijd_van_de_baas"),
        (lambda c: c["vragen"][3].update(minstens={"lengte": "mentor_leeftijd"}), "kent lengte niet"),
        (lambda c: c["vragen"][0].update(catalogus="dier"), "catalogus is dier"),
        (lambda c: c["vragen"].append(c["vragen"][0]), "dezelfde naam"),
        (lambda c: c["kaarten"].pop("termijnen"), "termijnen"),
        (lambda c: c.pop("loket"), "loket ontbreekt"),
    ],
)
def test_a_mistake_of_an_editor_is_named(tmp_path: Path, change: Any, complaint: str) -> None:
    changed = content()
    change(changed)
    with pytest.raises(BadContent, match=complaint):
        guide(written(tmp_path, changed))


def test_a_file_that_is_no_guide_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadContent, match="geen gids"):
        guide(written(tmp_path, ["vragen"]))  # type: ignore[arg-type]


def test_the_guide_is_checked_like_a_topic() -> None:
    made = as_topic()
    assert made.name == "erkenningsgids"
    assert made.provenance["bronnen"]
    assert any("{erkenning_beslissing}" in answer.text for answer in made.answers)


def test_every_sector_of_a_button_is_in_the_catalogue() -> None:
    lines = (DATA / "catalogue" / "sector_words.csv").read_text(encoding="utf-8").splitlines()
    sectors = {line.partition(",")[2].strip('"') for line in lines[1:]}
    named = {choice.value for choice in GUIDE.question("sector").choices} - {UNKNOWN}
    asked = {value for rule in GUIDE.rules for one in rule.when for value in one.get("sector", ())} - {KNOWN, UNKNOWN}
    assert named | asked <= sectors
