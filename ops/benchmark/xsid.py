"""xSID Dutch, a public benchmark of voice commands: sentences that nobody here wrote.

Source: van der Goot et al., *From Masked Language Modeling to Translation*, NAACL 2021; CC BY-SA 4.0.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ops.benchmark.measure import SLASH
from ops.report import Stopped

TRAINED_ON, ASKED = "nl.valid.conll", "nl.test.conll"
# A classifier cannot be calibrated on a label of one or two sentences; such labels are left out for all candidates.
LEAST_SENTENCES = 5
Row = dict[str, Any]


def read(path: Path) -> list[Row]:
    """Sentences as ``text``, ``label`` and ``spans``: start, end and slot type.

    Raises:
        Stopped: there is no such file, or it is not in this format.
    """
    try:
        return [_row(block.splitlines()) for block in path.read_text(encoding="utf-8").split("\n\n") if block.strip()]
    except (OSError, KeyError, ValueError) as error:
        raise Stopped(f"{path} is not a file of xSID: {error}") from error


def _row(lines: list[str]) -> Row:
    told = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# "))
    words = [line.split("\t") for line in lines if line[:1].isdigit()]
    # Words parted by one space: then every span is whole, whatever the sentence looked like.
    text = " ".join(word for _, word, *_ in words)
    return {"text": text, "label": told["intent"], "spans": list(_spans(words)), "style": "xsid", "lang": "nl"}


def _spans(words: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    at, start, kind = 0, 0, ""
    for _, word, *_, tag in [*words, ["", "", "O"]]:
        if kind and not tag.startswith("I-"):
            yield start, at - 1, kind
            kind = ""
        if tag.startswith("B-"):
            start, kind = at, tag[2:]
        at += len(word) + 1


def entities(row: Row) -> list[dict[str, str]]:
    """The slots of a row with the words that fill them, as in the questions of ``make evaluate``."""
    return [{"entity": kind, "value": row["text"][start:end]} for start, end, kind in row["spans"]]


def training_data(rows: list[Row]) -> str:
    """Rasa's NLU data with the slots marked, for every label of ``LEAST_SENTENCES`` or more."""
    by_label: dict[str, list[Row]] = {}
    for row in rows:
        by_label.setdefault(row["label"], []).append(row)
    nlu = [
        {"intent": label.replace("/", SLASH), "examples": "".join(f"- {_marked(row)}\n" for row in found)}
        for label, found in sorted(by_label.items())
        if len(found) >= LEAST_SENTENCES
    ]
    return str(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True))


def _marked(row: Row) -> str:
    text = row["text"]
    for start, end, kind in reversed(row["spans"]):
        text = f"{text[:start]}[{text[start:end]}]({kind}){text[end:]}"
    return str(text)
