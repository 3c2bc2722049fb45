"""The comparison counts what it says it counts."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ops.benchmark.__main__ import training_data
from ops.benchmark.candidates import CANDIDATES
from ops.benchmark.measure import ranking
from ops.benchmark.page import write_page
from ops.benchmark.scores import accuracy, calibration_error, macro_f1, out_of_scope_recall, scores


def row(label: str, *ranked: tuple[str, float], style: str = "gewoon", lang: str = "nl") -> dict[str, Any]:
    return {"label": label, "ranking": list(ranked), "style": style, "lang": lang}


ROWS = [
    row("faq/oao", ("faq/oao", 0.9), ("faq/sao", 0.1)),
    row("faq/sao", ("faq/oao", 0.6), ("faq/sao", 0.4)),
    row("groet", ("groet", 0.8)),
    row("buiten_domein", ("buiten_domein", 0.7), style="ver"),
    row("buiten_domein", ("faq/oao", 0.99), style="nabij"),
]


def test_accuracy_within_one_and_three() -> None:
    assert accuracy(ROWS[:2]) == 0.5
    assert accuracy(ROWS[:2], 3) == 1.0
    assert accuracy([]) is None


def test_every_label_counts_the_same_in_macro_f1() -> None:
    # oao: precision 1/2, recall 1 -> 2/3; sao: 0.
    assert macro_f1(ROWS[:2]) == pytest.approx(1 / 3)


def test_out_of_scope_is_compared_at_equal_false_rejection() -> None:
    assert out_of_scope_recall(ROWS, "ver") == 1.0
    # As sure of a topic as the surest question in scope.
    assert out_of_scope_recall(ROWS, "nabij") == 0.0
    assert out_of_scope_recall(ROWS[:2]) is None


def test_confidence_that_means_what_it_says_has_no_error() -> None:
    sure = [row("a", ("a", 1.0)), row("b", ("b", 1.0))]
    assert calibration_error(sure) == 0.0
    assert calibration_error([row("a", ("b", 1.0))]) == 1.0


def test_all_figures_are_there_for_the_page(tmp_path: Path) -> None:
    figures = scores(ROWS, [0.01, 0.03])
    assert figures["topics_top1"] == 0.5
    assert figures["parse_p50_ms"] == pytest.approx(20)
    costs = {"examples": 9, "train_seconds": 1, "train_megabytes": 1, "ready_seconds": 1, "resident_megabytes": 1}
    write_page(tmp_path / "nlu.md", {"shipped": {**figures, **costs, "answered": ROWS}}, len(ROWS), 4)
    page = (tmp_path / "nlu.md").read_text(encoding="utf-8")
    assert "| `shipped` | 50.0 % |" in page
    assert "| faq/sao | faq/oao | 1 |" in page
    assert {path.name for path in (tmp_path / "nlu").iterdir()} == {"threshold.svg", "latency.svg", "style.svg"}


def test_rankings_of_every_kind_of_pipeline_are_one() -> None:
    assert ranking({"decision": [{"label": "faq/oao", "confidence": 0.8}]}, False) == [("faq/oao", 0.8)]
    flat = {"intent": {}, "intent_ranking": [{"name": "faq__oao", "confidence": 0.7}]}
    assert ranking(flat, True) == [("faq/oao", 0.7)]
    two_steps = {
        "intent_ranking": [{"name": "faq", "confidence": 0.8}, {"name": "groet", "confidence": 0.2}],
        "response_selector": {"faq": {"ranking": [{"intent_response_key": "faq/oao", "confidence": 0.5}]}},
    }
    assert ranking(two_steps, False) == [("faq/oao", 0.4), ("groet", 0.2)]


@pytest.mark.parametrize("flat", [False, True])
def test_every_candidate_learns_from_the_same_sentences(tmp_path: Path, flat: bool) -> None:
    count = training_data(tmp_path / "nlu.yml", 4, flat)
    content = yaml.safe_load((tmp_path / "nlu.yml").read_text(encoding="utf-8"))
    assert len(content["nlu"]) == 129
    assert count == sum(len(block["examples"].splitlines()) for block in content["nlu"])
    assert ("responses" in content) is not flat


def test_at_least_six_candidates_among_them_what_ships() -> None:
    assert len(CANDIDATES) >= 6
    names = [component["name"] for component in CANDIDATES["shipped"].pipeline()]
    assert "nlu.classifier.QuestionClassifier" in names
