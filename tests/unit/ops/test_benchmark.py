"""The comparison counts what it says it counts."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from answers.content import examples_by_label
from ops.benchmark import xsid
from ops.benchmark.__main__ import training_data, without_questions
from ops.benchmark.candidates import CANDIDATES
from ops.benchmark.measure import ranking
from ops.benchmark.page import write_page
from ops.benchmark.scores import accuracy, calibration_error, macro_f1, out_of_scope_recall, scores
from ops.report import Stopped


def row(label: str, *ranked: tuple[str, float], style: str = "gewoon", lang: str = "nl") -> dict[str, Any]:
    return {"label": label, "ranking": list(ranked), "style": style, "lang": lang, "found": []}


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
    shipped = {**figures, **costs, "answered": ROWS}
    default = {**shipped, "topics_top1": 0.25, "train_seconds": 10, "train_megabytes": 2, "resident_megabytes": 1}
    public = {"all_top1": 0.9, "entity_f1": None, "train_seconds": 3}
    write_page(tmp_path / "nlu.md", {"diet": default, "shipped": {**shipped, "xsid": public}}, len(ROWS), 4)
    page = (tmp_path / "nlu.md").read_text(encoding="utf-8")
    assert "| `shipped` | 50.0 % |" in page
    assert "| faq/sao | faq/oao | 1 |" in page
    assert "| topics, top 1 | at least 95.0 % | 50.0 % | **no** |" in page
    # Half wrong against three quarters wrong.
    assert "| error on topics | at most 60.0 % | 66.7 % | **no** |" in page
    assert "| training time | at most 25.0 % | 10.0 % | yes |" in page
    assert "| `shipped` | 90.0 % | - | 3 |" in page
    assert {path.name for path in (tmp_path / "nlu").iterdir()} == {
        "threshold.svg",
        "latency.svg",
        "style.svg",
        "confusions.svg",
    }


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
def test_every_candidate_learns_from_the_same_sentences(flat: bool) -> None:
    data, count = training_data(4, flat)
    content = yaml.safe_load(data)
    assert len(content["nlu"]) == len(examples_by_label()) > 100
    assert count == sum(len(block["examples"].splitlines()) for block in content["nlu"])
    assert ("responses" in content) is not flat


def test_at_least_six_candidates_among_them_what_ships() -> None:
    assert len(CANDIDATES) >= 6
    names = [component["name"] for component in CANDIDATES["shipped"].pipeline()]
    assert "nlu.classifier.QuestionClassifier" in names


SENTENCE = """# id = 1
# text = Wek me om 7 uur
# intent = alarm/set_alarm
1\tWek\talarm/set_alarm\tO
2\tme\talarm/set_alarm\tB-reference
3\tom\talarm/set_alarm\tB-datetime
4\t7\talarm/set_alarm\tI-datetime
5\tuur\talarm/set_alarm\tI-datetime
"""


def test_a_sentence_of_the_public_benchmark_keeps_its_slots(tmp_path: Path) -> None:
    path = tmp_path / "nl.valid.conll"
    path.write_text("\n".join([SENTENCE] * 5), encoding="utf-8")
    rows = xsid.read(path)
    assert len(rows) == 5
    assert xsid.entities(rows[0]) == [
        {"entity": "reference", "value": "me"},
        {"entity": "datetime", "value": "om 7 uur"},
    ]
    (block,) = yaml.safe_load(xsid.training_data(rows))["nlu"]
    assert block["intent"] == "alarm__set_alarm"
    assert block["examples"].splitlines()[0] == "- Wek [me](reference) [om 7 uur](datetime)"


def test_a_file_that_is_not_of_the_public_benchmark_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nl.test.conll"
    path.write_text("1\tgeen kop", encoding="utf-8")
    with pytest.raises(Stopped, match=r"nl\.test\.conll"):
        xsid.read(path)


def test_the_figures_go_without_the_questions() -> None:
    kept = without_questions({"shipped": {"topics_top1": 0.5, "answered": ROWS, "xsid": {"answered": ROWS}}})
    assert kept == {"shipped": {"topics_top1": 0.5, "xsid": {}}}
