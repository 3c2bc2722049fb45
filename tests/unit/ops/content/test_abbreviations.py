"""Nobody meets an abbreviation before its meaning."""

import pytest

from answers.glossary import Glossary
from ops.content.abbreviations import Abbreviations


@pytest.fixture(scope="module")
def abbreviations() -> Abbreviations:
    return Abbreviations(Glossary())


@pytest.mark.parametrize(
    "text",
    [
        "Een OAO (overeenkomst alternerende opleiding) is een contract. Een OAO teken je eerst.",
        "Een overeenkomst alternerende opleiding (OAO) is een contract.",
        "OAO: een contract waarbij je betaald wordt.",
        "Een overeenkomst alternerende opleiding, kort OAO, is een contract.",
        "Mail naar info@OAO.be of kijk op https://OAO.be.",
        "Met Actiris en een A-attest.",
    ],
)
def test_explained_at_its_first_use(abbreviations: Abbreviations, text: str) -> None:
    assert list(abbreviations.unexplained(text)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Je tekent een OAO. Een OAO (overeenkomst alternerende opleiding) geeft loon.", ["OAO"]),
        ("Vraag het aan een kmo.", ["kmo"]),
        ("Vraag het aan de XQZ.", ["XQZ"]),
    ],
)
def test_not_explained(abbreviations: Abbreviations, text: str, names: list[str]) -> None:
    assert list(abbreviations.unexplained(text)) == names


def test_what_was_read_before_counts(abbreviations: Abbreviations) -> None:
    assert list(abbreviations.unexplained("De OAO duurt lang.", "Een OAO (overeenkomst alternerende opleiding).")) == []
