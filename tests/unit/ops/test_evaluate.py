"""The report counts what it says it counts."""

from pathlib import Path
from typing import Any

import pytest

from ops.evaluate import entity_f1, is_doubted, read, table
from ops.report import Stopped


def row(label: str, *decision: tuple[str, float], **more: Any) -> dict[str, Any]:
    choices = [{"label": name, "confidence": confidence} for name, confidence in decision]
    plain = {"text": "x", "style": "gewoon", "lang": "nl", "found": [], "seconds": 0.01}
    return {**plain, "label": label, "decision": choices, **more}


ROWS = [
    row("faq/oao", ("faq/oao", 0.9), ("faq/sao", 0.05)),
    row("faq/oao", ("faq/sao", 0.5), ("faq/oao", 0.45)),
    row("groet", ("groet", 1.0)),
    row("faq/oao", ("faq/sao", 0.9), ("faq/oao", 0.05), lang="en"),
    row("buiten_domein", ("groet", 0.3), ("faq/oao", 0.1)),
]


def test_each_line_counts_its_own_questions() -> None:
    lines = {line[:26].rstrip(): line[26:].split("%")[0].strip() for line in table(ROWS, 0.4, 0.1)}
    assert lines["topics, Dutch, top 1"] == "50.0"
    assert lines["topics, Dutch, top 3"] == "100.0"
    assert lines["tasks, Dutch, top 1"] == "100.0"
    assert lines["other languages, top 1"] == "0.0"
    assert lines["out of scope, seen as such"] == "0.0"
    assert lines["out of scope, not answered"] == "100.0"
    assert lines["in scope, asked back"] == "25.0"
    assert lines["in scope, answered wrongly"] == "25.0"


@pytest.mark.parametrize(
    ("decision", "doubted"),
    [
        ([("a", 0.39)], True),
        ([("a", 0.5), ("b", 0.45)], True),
        ([("a", 0.5), ("b", 0.3)], False),
        ([("a", 1.0)], False),
    ],
)
def test_doubt_is_the_policys(decision: list[tuple[str, float]], doubted: bool) -> None:
    assert is_doubted(row("a", *decision), 0.4, 0.1) is doubted


def test_an_alternative_value_is_right_and_an_extra_one_costs() -> None:
    gold = [{"entity": "opleiding", "value": "Kok duaal|Grootkeukenkok duaal"}]
    found = [("opleiding", "Grootkeukenkok duaal"), ("gemeente", "Gent")]
    searched = row("zoek_opleiding", ("zoek_opleiding", 1.0), entities=gold, found=found)
    assert entity_f1([searched]) == pytest.approx(2 / 3)


@pytest.mark.parametrize("content", ["geen json", '{"text": "x"}'])
def test_an_unusable_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "vragen.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Stopped, match=r"vragen\.jsonl"):
        read(path)
