"""Figures of merit out of rankings; labels and rankings in, numbers between 0 and 1 out."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

OUT_OF_SCOPE = "buiten_domein"
AUDIENCE = "doelgroep"
# The share of questions in scope that may be turned away when out-of-scope recall is compared.
FALSE_REJECTION = 0.03
BINS = 10
Row = dict[str, Any]


def accuracy(rows: Sequence[Row], within: int = 1) -> float | None:
    """Share of rows whose label is among the first ``within``; None for no rows."""
    hits = [row["label"] in [label for label, _ in row["ranking"][:within]] for row in rows]
    return float(np.mean(hits)) if hits else None


def macro_f1(rows: Sequence[Row]) -> float | None:
    """Mean over the labels of the rows of F1, each label counting the same."""
    if not rows:
        return None
    right = [row["label"] for row in rows]
    said = [row["ranking"][0][0] if row["ranking"] else "" for row in rows]
    return float(f1_score(right, said, average="macro", labels=sorted(set(right)), zero_division=0))


def rejection_score(row: Row) -> float:
    """How much a row looks out of scope, 0 to 1: said so, or else how little sure of anything else."""
    best, confidence = row["ranking"][0] if row["ranking"] else (OUT_OF_SCOPE, 1.0)
    return 1.0 + confidence if best == OUT_OF_SCOPE else 1.0 - confidence


def out_of_scope_recall(rows: Sequence[Row], style: str | None = None) -> float | None:
    """Out-of-scope questions found at the threshold that turns away ``FALSE_REJECTION`` of those in scope."""
    inside = [rejection_score(row) for row in rows if row["label"] != OUT_OF_SCOPE]
    outside = [
        rejection_score(row)
        for row in rows
        if row["label"] == OUT_OF_SCOPE and (style is None or row["style"] == style)
    ]
    if not inside or not outside:
        return None
    threshold = np.quantile(inside, 1 - FALSE_REJECTION)
    return float(np.mean([score > threshold for score in outside]))


def calibration_error(rows: Sequence[Row]) -> float | None:
    """Expected calibration error over ten bins: how far confidence lies from the share that is right."""
    confidence = np.array([row["ranking"][0][1] for row in rows if row["ranking"]])
    right = np.array([row["ranking"][0][0] == row["label"] for row in rows if row["ranking"]])
    if not len(confidence):
        return None
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins)]
    return float(sum(gaps))


def entity_f1(rows: Sequence[Row]) -> float | None:
    """Micro F1 over entities with their value; None when no row has any or nothing was looked for.

    A row without the key ``entities`` is not counted: nobody listed what is in it. Alternatives in a value are parted
    by a bar; the audience is no part of what is searched.
    """
    right = wanted = found = 0
    for row in rows:
        if "entities" in row:
            gold = [(one["entity"], one["value"].split("|")) for one in row["entities"] if one["entity"] != AUDIENCE]
            said = [(kind, value) for kind, value in row["found"] if kind != AUDIENCE]
            right += sum(any(kind == k and v in values for k, v in said) for kind, values in gold)
            wanted += len(gold)
            found += len(said)
    return 2 * right / (wanted + found) if wanted and found else None


def by(rows: Sequence[Row], key: str, score: Callable[[Sequence[Row]], float | None] = accuracy) -> dict[str, Any]:
    """The score of each value of a key."""
    return {value: score([row for row in rows if row[key] == value]) for value in sorted({row[key] for row in rows})}


def scores(rows: Sequence[Row], seconds: Sequence[float]) -> dict[str, Any]:
    """All figures of one candidate."""
    dutch = [row for row in rows if row["lang"] == "nl"]
    topics = [row for row in dutch if row["label"].startswith("faq/")]
    tasks = [row for row in dutch if "/" not in row["label"] and row["label"] != OUT_OF_SCOPE]
    inside = [row for row in rows if row["label"] != OUT_OF_SCOPE]
    return {
        "topics_top1": accuracy(topics),
        "topics_top3": accuracy(topics, 3),
        "topics_macro_f1": macro_f1(topics),
        "tasks_top1": accuracy(tasks),
        "out_of_scope": out_of_scope_recall(rows),
        "out_of_scope_near": out_of_scope_recall(rows, "nabij"),
        "out_of_scope_far": out_of_scope_recall(rows, "ver"),
        "other_languages": accuracy([row for row in inside if row["lang"] != "nl"]),
        "all_top1": accuracy(rows),
        "entity_f1": entity_f1(rows),
        "calibration_error": calibration_error(rows),
        "style": by([row for row in inside if row["lang"] == "nl"], "style"),
        "language": by(inside, "lang"),
        "parse_p50_ms": 1000 * float(np.quantile(seconds, 0.5)),
        "parse_p95_ms": 1000 * float(np.quantile(seconds, 0.95)),
    }
