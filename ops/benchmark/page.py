"""The page that shows the comparison: a table, three plots, and why this pipeline ships."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from ops.benchmark.candidates import CANDIDATES
from ops.benchmark.scores import OUT_OF_SCOPE

# The same figures give the same files.
matplotlib.rcParams["svg.hashsalt"] = "duaalwijzer"

SHIPPED, WHOLE, DEFAULT = "shipped", "shipped_whole", "diet"
WHY = Path(__file__).with_name("why.md")
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
    "entity_f1": "entities F1",
    "calibration_error": "calibration error",
}
COSTS = {
    "train_seconds": "training, s",
    "train_megabytes": "training, MB",
    "ready_seconds": "ready, s",
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
    save(figure, path)


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
    save(figure, path)


def confusions(answered: Sequence[Result]) -> list[tuple[str, str, int]]:
    """Labels that were taken for others: right, said, how often."""
    pairs = Counter(
        (row["label"], row["ranking"][0][0])
        for row in answered
        if row["ranking"] and row["ranking"][0][0] != row["label"]
    )
    return [(right, said, count) for (right, said), count in pairs.most_common(CONFUSED)]


def confusion_plot(answered: Sequence[Result], path: Path) -> None:
    """How often each label that was mistaken was taken for which other."""
    pairs = confusions(answered)
    rows, columns = sorted({right for right, _, _ in pairs}), sorted({said for _, said, _ in pairs})
    counts = np.zeros((max(1, len(rows)), max(1, len(columns))))
    for right, said, count in pairs:
        counts[rows.index(right), columns.index(said)] = count
    figure = Figure(figsize=(9, 6))
    axes = figure.subplots()
    figure.colorbar(axes.imshow(counts, cmap="Blues"), label="questions")
    axes.set_xticks(range(len(columns)), columns, rotation=60, ha="right", fontsize="small")
    axes.set_yticks(range(len(rows)), rows, fontsize="small")
    axes.set(xlabel="taken for", ylabel="right")
    save(figure, path)


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
    save(figure, path)


def save(figure: Figure, path: Path) -> None:
    """Write a plot; the same figures give the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


@dataclass(frozen=True)
class Bound:
    """What was asked of a figure: at least or at most so much."""

    told: str
    key: str
    value: float
    most: bool = False
    percent: bool = True

    def line(self, measured: float | None) -> list[str]:
        """Cells of the table of targets."""
        if measured is None:
            return [self.told, self._shown(self.value), "-", "not measured"]
        kept = measured <= self.value if self.most else measured >= self.value
        asked = f"at {'most' if self.most else 'least'} {self._shown(self.value)}"
        return [self.told, asked, self._shown(measured), "yes" if kept else "**no**"]

    def _shown(self, value: float) -> str:
        return share(value) if self.percent else f"{value:.0f}"


TARGETS = (
    Bound("topics, top 1", "topics_top1", 0.95),
    Bound("topics, macro F1", "topics_macro_f1", 0.94),
    Bound("topics, top 3", "topics_top3", 0.985),
    Bound("tasks, top 1", "tasks_top1", 0.96),
    Bound("out of scope found, at 3 % false rejection", "out_of_scope", 0.85),
    Bound("English and French, top 1", "other_languages", 0.88),
    Bound("entities, micro F1", "entity_f1", 0.92),
    Bound("training with no vector known, s", "train_seconds", 90, most=True, percent=False),
    Bound("training again with known vectors, s", "retrain_seconds", 90, most=True, percent=False),
    Bound("training, MB", "train_megabytes", 1500, most=True, percent=False),
    Bound("ready, s", "ready_seconds", 20, most=True, percent=False),
    Bound("resident, MB", "resident_megabytes", 700, most=True, percent=False),
    Bound("parse, p95, ms", "parse_p95_ms", 40, most=True, percent=False),
)


def targets(whole: Result) -> list[str]:
    """What ships, with every example, against what was asked of it."""
    return table(["what", "asked", "measured", "kept"], [bound.line(whole.get(bound.key)) for bound in TARGETS])


def against_default(results: dict[str, Result]) -> list[str]:
    """The same sentences, Rasa's default beside what ships."""
    if not {DEFAULT, SHIPPED} <= set(results):
        return []
    theirs, ours = results[DEFAULT], results[SHIPPED]
    ratios = (
        ("error on topics", 0.6, (1 - ours["topics_top1"]) / (1 - theirs["topics_top1"])),
        ("training time", 0.25, ours["train_seconds"] / theirs["train_seconds"]),
        ("memory in training", 0.6, ours["train_megabytes"] / theirs["train_megabytes"]),
        ("memory of the server", 0.6, ours["resident_megabytes"] / theirs["resident_megabytes"]),
    )
    bounds = [Bound(told, "", most, most=True).line(ratio) for told, most, ratio in ratios]
    return ["", *table(["what ships, as a share of Rasa's default", "asked", "measured", "kept"], bounds)]


def on_xsid(results: dict[str, Result]) -> list[str]:
    """The section on sentences that nobody here wrote; nothing when they were not given."""
    measured = {name: result["xsid"] for name, result in results.items() if "xsid" in result}
    if not measured:
        return []
    rows = [
        [f"`{name}`", share(found["all_top1"]), share(found["entity_f1"]), f"{found['train_seconds']:.0f}"]
        for name, found in measured.items()
    ]
    return [
        "## On Dutch that nobody here wrote",
        "",
        "xSID (van der Goot et al., 2021): voice commands about weather, alarms and music; trained on its 300 Dutch",
        "sentences, asked its 500. Two of its fifteen intents have one or two sentences there and are left out of",
        "the training of all. Slots are those of a learned extractor; what ships looks names up and learns none.",
        "",
        *table(["candidate", "intents", "slots, F1", "training, s"], rows),
        "",
    ]


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
    accuracy_against_latency(results, plots / "latency.svg")
    by_style(results, plots / "style.svg")
    whole = results.get(WHOLE) or chosen
    threshold_curve(whole["answered"], plots / "threshold.svg")
    confusion_plot(whole["answered"], plots / "confusions.svg")
    sample = f"at most {per_label} examples of each label and its title" if per_label else "all examples"
    lines = [
        "# Understanding, measured",
        "",
        "Made by `make benchmark FILE=…`; not to be edited by hand.",
        "",
        f"Every candidate learned from the same {chosen['examples']} sentences ({sample}) and was asked the same",
        f"{questions} questions, none of which stands in any training data; `{WHOLE}` learned from all",
        f"{whole['examples']}. Out-of-scope recall is taken where 3 % of the questions in scope would be turned away;",
        "the calibration error is over ten bins. Each was trained and asked in a process of its own, with no sentence",
        "vector known before. *Ready* is from the start of that process to a loaded model. Entities are names of",
        "programmes and places; no example marks them, so only a candidate that looks names up finds any.",
        "",
        *(WHY.read_text(encoding="utf-8").splitlines()),
        "",
        "## What was asked, and what is reached",
        "",
        *targets(whole),
        *against_default(results),
        "",
        "## Side by side",
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
        *on_xsid(results),
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
        f"What ships, by the threshold on its confidence, with a margin of {MARGIN} to the second label.",
        "",
        "![Answered rightly, asked back, answered wrongly, by threshold](nlu/threshold.svg)",
        "",
        "## What is taken for what",
        "",
        *table(
            ["right", "said", "times"],
            [[right, said, str(count)] for right, said, count in confusions(whole["answered"])],
        ),
        "",
        "![Which label was taken for which](nlu/confusions.svg)",
    ]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
