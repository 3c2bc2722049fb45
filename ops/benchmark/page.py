"""The page that shows the comparison: a table, three plots, and why this pipeline ships."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from ops.benchmark.candidates import CANDIDATES
from ops.benchmark.scores import OUT_OF_SCOPE

# The same figures give the same files.
matplotlib.rcParams["svg.hashsalt"] = "duaalwijzer"

SHIPPED = "shipped"
MARGIN = 0.1
CONFUSED = 15
Result = dict[str, Any]
COLUMNS = {
    "topics_top1": "topics, top 1",
    "topics_macro_f1": "macro F1",
    "topics_top3": "top 3",
    "tasks_top1": "tasks",
    "other_languages": "other languages",
    "out_of_scope_near": "out of scope, near",
    "out_of_scope_far": "far",
    "calibration_error": "calibration error",
}
COSTS = {
    "train_seconds": "training, s",
    "train_megabytes": "training, MB",
    "ready_seconds": "load, s",
    "resident_megabytes": "resident, MB",
    "parse_p50_ms": "parse p50, ms",
    "parse_p95_ms": "p95, ms",
}


def share(value: float | None) -> str:
    """A share as percent with one decimal."""
    return "-" if value is None else f"{100 * value:.1f} %"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a Markdown table."""
    return [f"| {' | '.join(line)} |" for line in ([*header], ["---"] * len(header), *rows)]


def threshold_curve(answered: Sequence[Result], path: Path) -> None:
    """What each threshold on the confidence would answer rightly, ask back and answer wrongly."""
    inside = [row for row in answered if row["label"] != OUT_OF_SCOPE]
    steps = np.linspace(0, 1, 51)
    right, asked, wrong = [], [], []
    for threshold in steps:
        doubt = [_doubted(row, float(threshold)) for row in inside]
        hit = [row["ranking"][0][0] == row["label"] for row in inside]
        asked.append(np.mean(doubt))
        right.append(np.mean([h and not d for h, d in zip(hit, doubt, strict=True)]))
        wrong.append(np.mean([not h and not d for h, d in zip(hit, doubt, strict=True)]))
    figure = Figure(figsize=(7, 4))
    axes = figure.subplots()
    for values, label in ((right, "answered rightly"), (asked, "asked back"), (wrong, "answered wrongly")):
        axes.plot(steps, values, label=label)
    axes.set(xlabel="threshold on the confidence", ylabel="share of questions in scope", ylim=(0, 1))
    axes.legend()
    _save(figure, path)


def _doubted(row: Result, threshold: float) -> bool:
    first, second = [*(confidence for _, confidence in row["ranking"]), 0.0, 0.0][:2]
    return bool(first < threshold or first - second < MARGIN)


def accuracy_against_latency(results: dict[str, Result], path: Path) -> None:
    """Each candidate by the time of a message and the share of topics understood."""
    figure = Figure(figsize=(7, 4))
    axes = figure.subplots()
    for name, result in results.items():
        axes.scatter(result["parse_p95_ms"], result["topics_top1"] or 0)
        axes.annotate(
            name, (result["parse_p95_ms"], result["topics_top1"] or 0), xytext=(5, 5), textcoords="offset points"
        )
    axes.set(xlabel="parse, p95, ms", ylabel="topics, top 1", xlim=(0, None))
    _save(figure, path)


def confusions(answered: Sequence[Result]) -> list[tuple[str, str, int]]:
    """Labels that were taken for others: right, said, how often."""
    pairs = Counter(
        (row["label"], row["ranking"][0][0])
        for row in answered
        if row["ranking"] and row["ranking"][0][0] != row["label"]
    )
    return [(right, said, count) for (right, said), count in pairs.most_common(CONFUSED)]


def by_style(results: dict[str, Result], path: Path) -> None:
    """Top 1 of each style of asking, candidate beside candidate."""
    styles = sorted({style for result in results.values() for style in result["style"]})
    figure = Figure(figsize=(9, 4))
    axes = figure.subplots()
    width = 0.8 / max(1, len(results))
    for place, (name, result) in enumerate(results.items()):
        at = np.arange(len(styles)) + place * width
        axes.bar(at, [result["style"].get(style) or 0 for style in styles], width, label=name)
    axes.set_xticks(np.arange(len(styles)) + 0.4 - width / 2, styles)
    axes.set(ylabel="top 1, in scope, Dutch", ylim=(0, 1))
    axes.legend(fontsize="small", loc="lower right")
    _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def write_page(page: Path, results: dict[str, Result], questions: int, per_label: int) -> None:
    """Write the page and its plots.

    Args:
        page: where to; the plots go in a folder of the same name beside it.
        results: figures and answered questions of each candidate.
        questions: how many were asked.
        per_label: how many examples of a label were used at most, 0 for all.
    """
    plots = page.with_suffix("")
    chosen = results.get(SHIPPED) or next(iter(results.values()))
    threshold_curve(chosen["answered"], plots / "threshold.svg")
    accuracy_against_latency(results, plots / "latency.svg")
    by_style(results, plots / "style.svg")
    examples = chosen["examples"]
    sample = f"at most {per_label} examples of each label and its title" if per_label else "all examples"
    lines = [
        "# Understanding, measured",
        "",
        "Made by `make benchmark FILE=…`; not to be edited by hand.",
        "",
        f"Every candidate learned from the same {examples} sentences ({sample}) and was asked the same {questions}",
        "questions, none of which stands in any training data. Out-of-scope recall is taken where 3 % of the",
        "questions in scope would be turned away; the calibration error is over ten bins.",
        "",
        *table(["candidate", "what it is"], [[f"`{name}`", CANDIDATES[name].told] for name in results]),
        "",
        *table(
            ["candidate", *COLUMNS.values()],
            [[f"`{name}`", *(share(result[key]) for key in COLUMNS)] for name, result in results.items()],
        ),
        "",
        *table(
            ["candidate", *COSTS.values()],
            [[f"`{name}`", *(f"{result[key]:.0f}" for key in COSTS)] for name, result in results.items()],
        ),
        "",
        "![Share of topics understood against the time of a message](nlu/latency.svg)",
        "",
        "## By style of asking",
        "",
        "![Top 1 by style of asking](nlu/style.svg)",
        "",
        *table(
            ["style", *(f"`{name}`" for name in results)],
            [[style, *(share(result["style"].get(style)) for result in results.values())] for style in chosen["style"]],
        ),
        "",
        "## When it asks back",
        "",
        f"The shipped pipeline, by the threshold on its confidence, with a margin of {MARGIN} to the second label.",
        "",
        "![Answered rightly, asked back, answered wrongly, by threshold](nlu/threshold.svg)",
        "",
        "## What is taken for what",
        "",
        *table(
            ["right", "said", "times"],
            [[right, said, str(count)] for right, said, count in confusions(chosen["answered"])],
        ),
    ]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
