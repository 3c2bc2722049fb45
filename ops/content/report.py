"""The state of the content, topic by topic: a table for the terminal and a page for the repository."""

from collections import Counter
from collections.abc import Sequence

from answers.content import Topic, figure_texts, fill
from ops.content.checks import Fault, parts
from ops.content.reading import Reading, length
from ops.content.variety import Variety, keywords


class Row:
    """What is told of one topic."""

    def __init__(self, topic: Topic, faults: int, written: dict[str, str], keyword: tuple[str, float]) -> None:
        short = [Reading(fill(answer.text, written)) for answer in topic.answers]
        whole = [Reading(fill(text, written)) for answer in topic.answers for _, text in parts(answer) if text]
        self.group = topic.path.parent.name
        self.name = topic.name
        self.title = topic.title
        self.audiences = ", ".join(
            f"{audience}*" if audience in topic.variants else audience for audience in topic.audiences
        )
        self.examples = len(topic.examples)
        variety = Variety(topic.examples)
        self.pairs, self.distance = f"{variety.distinct_pairs:.2f}", f"{variety.distance:.2f}"
        self.keyword = f"{keyword[0]} {keyword[1]:.0%}"
        self.words = max((reading.words for reading in short), default=0)
        self.ease = min((round(reading.ease) for reading in whole), default=0)
        self.longest = max((length(reading.longest) for reading in whole), default=0)
        self.sources = len(topic.provenance.get("bronnen") or ())
        self.checked = str(topic.provenance.get("nagekeken") or "")
        self.confidence = str(topic.provenance.get("zekerheid") or "")
        self.volatile = str(topic.provenance.get("veranderlijk") or "")
        self.exceptions = len(topic.provenance.get("uitzonderingen") or ())
        self.faults = faults

    def cells(self) -> list[str]:
        """The columns of ``HEADER``."""
        values = (
            self.name,
            self.audiences,
            self.examples,
            self.pairs,
            self.distance,
            self.keyword,
            self.words,
            self.ease,
            self.longest,
            self.sources,
            self.checked,
            self.confidence,
            self.volatile,
            self.exceptions,
            self.faults or "",
        )
        return [str(value) for value in values]


HEADER = [
    "onderwerp",
    "doelgroepen",
    "vragen",
    "distinct-2",
    "afstand",
    "kernwoord",
    "woorden",
    "leesgemak",
    "langste zin",
    "bronnen",
    "nagekeken",
    "zekerheid",
    "veranderlijk",
    "uitzonderingen",
    "te verbeteren",
]


def rows(topics: Sequence[Topic], faults: Sequence[Fault]) -> list[Row]:
    """One row a topic."""
    counts = Counter(fault.topic for fault in faults)
    written = figure_texts()
    words = keywords({topic.name: topic.examples for topic in topics})
    return [Row(topic, counts[topic.name], written, words[topic.name]) for topic in topics]


def table(topics: Sequence[Topic], faults: Sequence[Fault]) -> str:
    """The rows in columns as wide as they need; a star marks an audience with an answer of its own."""
    lines = [HEADER, *(row.cells() for row in rows(topics, faults))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in padded)


def page(topics: Sequence[Topic], faults: Sequence[Fault]) -> str:
    """The same as Markdown, by group, with the totals and what they mean."""
    every = rows(topics, faults)
    examples = sum(row.examples for row in every)
    told = [
        "# De inhoud, onderwerp per onderwerp",
        "",
        "Gemaakt door `make check-content REPORT=1`. Niet met de hand aanpassen.",
        "",
        f"- {len(every)} onderwerpen. {sum(1 for topic in topics if topic.variants)} daarvan hebben een eigen antwoord",
        "  voor minstens één doelgroep (met een \\*).",
        f"- {sum(len(topic.answers) for topic in topics)} antwoorden, elk met een langere uitleg.",
        f"- {examples} voorbeeldvragen, gemiddeld {examples / max(1, len(every)):.0f} per onderwerp.",
        f"- Het langste korte antwoord telt {max((row.words for row in every), default=0)} woorden (hoogstens 80).",
        f"- De langste zin telt {max((row.longest for row in every), default=0)} woorden (hoogstens 25).",
        f"- Het laagste leesgemak is {min((row.ease for row in every), default=0)} (minstens 60). Het is de maat van",
        "  Flesch-Douma: 0 is heel moeilijk, 100 heel makkelijk. We nemen het moeilijkste stuk van elk onderwerp.",
        "- Distinct-2 is het deel van de woordparen dat maar één keer voorkomt. Afstand is hoe ver een vraag gemiddeld",
        "  van haar naaste buur ligt (0 is gelijk, 1 heeft geen woord gemeen). Kernwoord is het begin van het woord",
        "  dat het onderwerp het best verraadt, met het deel van de vragen waar het in staat.",
        f"- {sum(row.exceptions for row in every)} nagelezen uitzonderingen.",
    ]
    for group in dict.fromkeys(row.group for row in every):
        told += ["", f"## {group}", "", f"| {' | '.join(HEADER)} |", f"|{'---|' * len(HEADER)}"]
        told += [f"| {' | '.join(row.cells())} |".replace("*", r"\*") for row in every if row.group == group]
    return "\n".join(told) + "\n"
