"""The rules that every topic holds to, one function a rule; what they find is told in the editor's language."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from answers.content import AUDIENCES, VOLATILE_FOR, Answer, Figure, Topic, figures, fill, titles
from answers.content import topics as read_topics
from answers.glossary import glossary
from answers.guide import as_topic
from ops.content.abbreviations import Abbreviations
from ops.content.reading import Reading, length
from ops.content.typed_figures import typed_figures
from ops.content.variety import Variety, keywords

LEAST_EXAMPLES = 15
LEAST_DISTINCT_PAIRS = 0.65
LEAST_DISTANCE = 0.6
MOST_WITH_KEYWORD = 0.5
MOST_WORDS = 80
LEAST_EASE = 60
MOST_WORDS_IN_SENTENCE = 25
MOST_BUTTONS = 3
# How long a review holds; of a volatile answer only VOLATILE_FOR.
VALID_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Fault:
    """Something to mend: in which topic, against which rule, about which words, and how."""

    topic: str
    rule: str
    words: str
    advice: str


@dataclass(frozen=True)
class House:
    """What a topic is checked against."""

    today: date
    figures: dict[str, Figure]
    labels: frozenset[str]
    abbreviations: Abbreviations
    keywords: dict[str, tuple[str, float]]

    @property
    def written(self) -> dict[str, str]:
        """Figures as they are written."""
        return {name: figure.text for name, figure in self.figures.items()}


Rule = Callable[[Topic, House], Iterator[Fault]]


def house(today: date, every: Sequence[Topic]) -> House:
    """All that stands beside the topics, as it is now.

    Raises:
        BadContent: a file cannot be read; says which.
    """
    told = keywords({found.name: found.examples for found in every})
    return House(today, figures(), frozenset(titles()), Abbreviations(glossary()), told)


def check(today: date) -> tuple[list[Topic], list[Fault]]:
    """Every topic, and everything to mend.

    Raises:
        BadContent: a file cannot be read; says which.
    """
    every = read_topics()
    beside = house(today, every)
    faults = [fault for topic in every for fault in faults_of(topic, beside)]
    guide = as_topic()
    return every, [*faults, *guide_faults(guide, beside), *figures_unused([*every, guide], beside)]


def faults_of(topic: Topic, beside: House) -> list[Fault]:
    """What is wrong with one topic, less the exceptions that were reviewed."""
    found = [fault for rule in RULES for fault in rule(topic, beside)]
    allowed = topic.provenance.get("uitzonderingen") or []
    kept = [fault for fault in found if not any(_excuses(one, fault) for one in allowed)]
    return [*kept, *_idle_exceptions(topic, allowed, found)]


def _excuses(exception: dict[str, Any], fault: Fault) -> bool:
    return (
        bool(exception.get("regel") == fault.rule and exception.get("reden")) and str(exception["bij"]) in fault.words
    )


def _idle_exceptions(topic: Topic, allowed: list[dict[str, Any]], found: list[Fault]) -> Iterator[Fault]:
    for one in allowed:
        if not {"regel", "bij", "reden"} <= set(one):
            yield Fault(topic.name, "uitzondering", str(one), "Een uitzondering heeft regel, bij en reden.")
        elif not any(_excuses(one, fault) for fault in found):
            yield Fault(
                topic.name, "uitzondering", str(one["bij"]), "Deze uitzondering is niet meer nodig: haal ze weg."
            )


def complete(topic: Topic, beside: House) -> Iterator[Fault]:
    """Title, audiences, answers, owner and the small fields are there."""

    def missing(what: str, advice: str) -> Fault:
        return Fault(topic.name, "volledig", what, advice)

    if not topic.title:
        yield missing("titel", "Zet de vraag zoals ze op een knop staat bij metadata, titel.")
    if not topic.answers or not topic.answers[0].text.strip():
        yield missing("antwoord", f"Schrijf een antwoord onder responses, utter_faq/{topic.name}.")
    if not topic.provenance.get("eigenaar"):
        yield missing("eigenaar", "Zet wie het antwoord bijhoudt bij eigenaar.")
    for field, choices in (("zekerheid", ("hoog", "middel", "laag")), ("veranderlijk", ("ja", "nee"))):
        if topic.provenance.get(field) not in choices:
            yield missing(field, f"Kies een van: {', '.join(choices)}.")
    if len(topic.examples) < LEAST_EXAMPLES:
        count = len(topic.examples)
        yield missing("voorbeeldvragen", f"Er zijn {count} voorbeeldvragen. Schrijf er minstens {LEAST_EXAMPLES}.")
    for answer in topic.answers:
        if answer.text.strip() and not answer.more.strip():
            yield missing(f"meer ({whom(answer)})", "Schrijf de langere uitleg bij meer.")


def reviewed(topic: Topic, beside: House) -> Iterator[Fault]:
    """The answer was checked not too long ago."""
    given = str(topic.provenance.get("nagekeken") or "")
    try:
        day = date.fromisoformat(given)
    except ValueError:
        yield Fault(topic.name, "nagekeken", given, 'Zet de dag van nakijken bij nagekeken, zoals "2026-11-21".')
        return
    limit = VOLATILE_FOR if topic.provenance.get("veranderlijk") == "ja" else VALID_FOR
    if day > beside.today:
        yield Fault(topic.name, "nagekeken", given, "Deze dag moet nog komen.")
    if beside.today - day > limit:
        months = 6 if limit == VOLATILE_FOR else 12
        yield Fault(
            topic.name, "nagekeken", given, f"Langer dan {months} maanden geleden. Kijk na en zet de nieuwe dag."
        )


def sourced(topic: Topic, beside: House) -> Iterator[Fault]:
    """At least one source, each with a name and a valid address."""
    sources = topic.provenance.get("bronnen") or []
    if not sources:
        yield Fault(topic.name, "bron", "bronnen", "Zet minstens één bron: naam en volledig adres.")
    for source in sources:
        name, address = source.get("naam"), str(source.get("url") or "")
        if not name:
            yield Fault(topic.name, "bron", address, "Deze bron heeft geen naam.")
        if not valid_address(address):
            yield Fault(
                topic.name, "bron", address, "Dit is geen volledig adres, zoals https://www.vlaanderen.be/duaal-leren."
            )


def valid_address(address: str) -> bool:
    """Whether this is a complete web address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    host = re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", parts.hostname or "")
    return parts.scheme in ("http", "https") and host is not None and not re.search(r"[\s<>\"]", address)


def audiences(topic: Topic, beside: House) -> Iterator[Fault]:
    """Everybody who asks this is answered: by a variant, or by a common answer that says it is for them too."""
    common = tuple(topic.provenance.get("voor") or ())
    if not topic.audiences:
        yield Fault(topic.name, "doelgroep", "doelgroepen", "Zet bij metadata, doelgroepen wie deze vraag stelt.")
    for audience in {*topic.audiences, *common, *topic.variants} - set(AUDIENCES):
        yield Fault(topic.name, "doelgroep", str(audience), f"Kies uit: {', '.join(AUDIENCES)}.")
    for audience in topic.audiences:
        if audience not in common and audience not in topic.variants:
            advice = "Schrijf er een antwoord voor, of zet ze bij voor als het eerste antwoord ook voor hen klopt."
            yield Fault(topic.name, "doelgroep", audience, advice)
    for audience in {*common, *topic.variants} - set(topic.audiences):
        yield Fault(topic.name, "doelgroep", str(audience), "Staat niet bij doelgroepen van dit onderwerp.")
    if [answer.audience for answer in topic.answers].count(None) > 1 or len(set(topic.variants)) < len(topic.variants):
        yield Fault(topic.name, "doelgroep", topic.name, "Elke doelgroep heeft hoogstens één antwoord.")


def short(topic: Topic, beside: House) -> Iterator[Fault]:
    """The first answer can be read at a glance."""
    for answer in topic.answers:
        words = Reading(fill(answer.text, beside.written)).words
        if words > MOST_WORDS:
            advice = f"{whom(answer)}: {words} woorden. Hoogstens {MOST_WORDS}; zet de rest bij meer."
            yield Fault(topic.name, "lengte", answer.text, advice)


def readable(topic: Topic, beside: House) -> Iterator[Fault]:
    """Short words in short sentences."""
    for answer in topic.answers:
        for part, text in parts(answer):
            reading = Reading(fill(text, beside.written))
            if reading.ease < LEAST_EASE:
                advice = (
                    f"{whom(answer)}, {part}: leesgemak {reading.ease:.0f}, minstens {LEAST_EASE}. Kortere woorden."
                )
                yield Fault(topic.name, "leesgemak", text, advice)
            for sentence in reading.sentences:
                if length(sentence) > MOST_WORDS_IN_SENTENCE:
                    advice = f"{whom(answer)}, {part}: een zin van {length(sentence)} woorden. Knip hem in twee."
                    yield Fault(topic.name, "lange zin", sentence, advice)


def abbreviations(topic: Topic, beside: House) -> Iterator[Fault]:
    """The first time, an abbreviation comes with its meaning."""
    for answer in topic.answers:
        before = ""
        for part, text in parts(answer):
            filled = fill(text, beside.written)
            for name in beside.abbreviations.unexplained(filled, before):
                advice = (
                    f"{whom(answer)}, {part}: zeg de eerste keer wat {name} betekent, en zet het in data/glossary.yml."
                )
                yield Fault(topic.name, "afkorting", name, advice)
            before = filled


def named_figures(topic: Topic, beside: House) -> Iterator[Fault]:
    """A figure that can change is named, and the name exists."""
    for answer in topic.answers:
        for part, text in parts(answer):
            for words in typed_figures(text, beside.written.values()):
                advice = (
                    f"{whom(answer)}, {part}: zet dit in data/figures.yml en schrijf hier de naam tussen accolades."
                )
                yield Fault(topic.name, "cijfer", words, advice)
            for name in set(re.findall(r"\{(\w*)\}", text)) - set(beside.figures):
                yield Fault(
                    topic.name, "cijfer", f"{{{name}}}", f"{whom(answer)}, {part}: staat niet in data/figures.yml."
                )


def buttons(topic: Topic, beside: House) -> Iterator[Fault]:
    """Each answer offers a way on, and each button leads somewhere else."""
    for answer in topic.answers:
        if not 1 <= len(answer.follow) <= MOST_BUTTONS:
            yield Fault(topic.name, "knop", "vervolg", f"{whom(answer)}: zet één tot drie namen bij vervolg.")
        for name in answer.follow:
            if name not in beside.labels:
                yield Fault(topic.name, "knop", name, f"{whom(answer)}: er is geen onderwerp of taak met deze naam.")
            if name == topic.name:
                yield Fault(topic.name, "knop", name, f"{whom(answer)}: deze knop leidt naar hetzelfde antwoord.")


def varied(topic: Topic, beside: House) -> Iterator[Fault]:
    """The examples come from many heads: no two alike, and most without the word that tells the topic."""
    variety = Variety(topic.examples)
    for one, other in variety.one_word_apart():
        yield Fault(
            topic.name, "variatie", f"{one} / {other}", "Deze vragen verschillen in één woord: haal er een weg."
        )
    if variety.distinct_pairs < LEAST_DISTINCT_PAIRS or variety.distance < LEAST_DISTANCE:
        measured = f"{variety.distinct_pairs:.2f} en {variety.distance:.2f}"
        advice = f"De vragen lijken te veel op elkaar ({measured}). Laat anderen er een paar schrijven."
        yield Fault(topic.name, "variatie", "voorbeeldvragen", advice)
    word, share = beside.keywords.get(topic.name, ("", 0.0))
    if share > MOST_WITH_KEYWORD:
        advice = f"{share:.0%} van de vragen heeft dit woord, hoogstens {MOST_WITH_KEYWORD:.0%}. Schrijf er zonder."
        yield Fault(topic.name, "kernwoord", word, advice)


RULES: tuple[Rule, ...] = (
    complete,
    reviewed,
    sourced,
    audiences,
    short,
    readable,
    abbreviations,
    named_figures,
    buttons,
    varied,
)


def guide_faults(guide: Topic, beside: House) -> Iterator[Fault]:
    """The recognition guide: each of its sentences may be read alone, so abbreviations are explained in each."""
    whole = "\n\n".join(answer.text for answer in guide.answers)
    for rule in (reviewed, sourced, abbreviations, named_figures):
        yield from rule(guide, beside)
    yield from readable(replace(guide, answers=(Answer(None, whole, "", ()),)), beside)


def figures_unused(every: list[Topic], beside: House) -> Iterator[Fault]:
    """A figure that no text names is forgotten, not kept."""
    texts = [text for topic in every for answer in topic.answers for _, text in parts(answer)]
    texts += [term.explanation for term in glossary().terms]
    named = {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}
    for name in sorted(set(beside.figures) - named):
        yield Fault("figures.yml", "cijfer", name, "Geen enkel antwoord gebruikt dit cijfer: haal het weg.")


def parts(answer: Answer) -> tuple[tuple[str, str], tuple[str, str]]:
    """Both texts of an answer, in the order in which they are read."""
    return ("kort", answer.text), ("meer", answer.more)


def whom(answer: Answer) -> str:
    """For whom an answer is."""
    return answer.audience or "iedereen"
