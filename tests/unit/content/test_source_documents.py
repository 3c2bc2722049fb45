"""The five source documents can be asked about in full, whoever asks."""

import re

import pytest

from answers.content import AUDIENCES, DATA, figures, fill, topic

WRITTEN = {name: figure.text for name, figure in figures().items()}
# For each document: the topics that tell it, and what has to be in them, as patterns.
DOCUMENTS: dict[str, tuple[list[str], list[str]]] = {
    "stad Antwerpen": (
        ["beleid/antwerpen"],
        [
            r"twee speerpunten|speerpunt 1[\s\S]*speerpunt 2",
            r"bekender maken|op de kaart zetten",
            r"overgang",
            r"regisseur",
            r"31 augustus 2025",
            r"geen school, geen werk",
            r"twee infofiches",
            r"formulier",
            r"nieuwsbrieven",
        ],
    ),
    "provincie Limburg": (
        ["beleid/limburg"],
        [
            r"ESF",
            r"Europees Sociaal Fonds",
            r"betere begeleiding|beter begeleid",
            r"mentor",
            r"trajectbegeleider",
            r"netwerkdagen",
            r"2018-2019",
            r"2019-2020",
            r"mobiliteit|vervoer",
            r"rol van de ouders",
            r"leren solliciteren|te leren solliciteren",
            r"stages, werkplekleren en duaal leren",
            r"Flankerend Onderwijs",
            r"011 30 58 40",
            r"onderwijs@limburg\.be",
        ],
    ),
    "GO!": (
        ["beleid/go_visie", "beleid/go_en_vdab"],
        [
            r"april 2020",
            r"twee ideeën|twee uitgangspunten",
            r"talent",
            r"duurzaam, gelijkwaardig en goed",
            r"2030",
            r"drie doelen",
            r"vier ambities",
            r"hybride",
            r"VDAB",
            r"vijf dingen|vijf beloftes",
            r"loopbaan",
            r"technologie",
            r"investe",
        ],
    ),
    "Vlaamse overheid": (
        ["beleid/sectorconvenants"],
        [
            r"1,5 miljoen euro per jaar, twee jaar",
            r"19 addenda|negentien addenda|19 sectoren|negentien sectoren",
            r"18|achttien",
            r"handel",
            r"bijna drie keer",
            r"bijna dubbel",
            r"16 sectoren hielpen om (?:een|de) erkenning te vernieuwen",
            r"17 sectoren",
            r"12 sectoren",
            r"kwaliteit",
            r"mentoropleiding",
            r"lerende netwerken",
        ],
    ),
    "Streekplatform Kempen": (
        ["beleid/kempen"],
        [
            r"vijf",
            r"ROP",
            r"BuSO",
            r"ROF",
            r"oktober 2018",
            r"drie doelen",
            r"helikoptergroep",
            r"\(G\)OUD",
            r"vluchtelingen",
            r"inclusieve economie",
            r"cijfers",
        ],
    ),
}


@pytest.mark.parametrize("audience", [None, *AUDIENCES])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_source_document_is_told_in_full(document: str, audience: str | None) -> None:
    names, wanted = DOCUMENTS[document]
    answers = [topic(DATA / "faq" / f"{name}.yml").answer_for(audience) for name in names]
    told = "\n".join(fill(f"{answer.text}\n{answer.more}", WRITTEN) for answer in answers)
    assert [part for part in wanted if not re.search(part, told, re.I)] == []
