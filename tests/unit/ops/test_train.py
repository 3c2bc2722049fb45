"""Training happens when something changed, and a failed one costs nothing."""

import os
from pathlib import Path

import pytest

from ops import train
from ops.report import Stopped


@pytest.fixture()
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setattr(train, "MODELS", folder)
    monkeypatch.setattr(train, "STAMP", folder / "trained.json")
    monkeypatch.setattr(train, "VAR", tmp_path)
    monkeypatch.setattr(train, "LOG", tmp_path / "train.log")
    return folder


def pretend(monkeypatch: pytest.MonkeyPatch, code: int = 0) -> list[Path]:
    """Stand in for Rasa: it leaves a model, or fails."""
    runs: list[Path] = []

    def run(workshop: Path) -> int:
        runs.append(workshop)
        train.LOG.write_text("YAML error in data/faq/basis/x.yml line 3\n", encoding="utf-8")
        workshop.mkdir(parents=True, exist_ok=True)
        if code == 0:
            (workshop / f"model-{len(runs)}.tar.gz").touch()
        return code

    monkeypatch.setattr(train, "_run_rasa", run)
    return runs


def test_trains_once_and_again_only_after_a_change(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = pretend(monkeypatch)
    assert train.train() is True
    assert train.train() is False
    monkeypatch.setattr(train, "fingerprint", lambda: "something changed")
    assert train.train() is True
    assert len(runs) == 2


def test_a_lost_model_is_trained_again(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    train.train()
    next(models.glob("*.tar.gz")).unlink()
    assert train.train() is True


def test_a_failed_training_keeps_the_last_model_and_names_the_fault(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (models / "old.tar.gz").touch()
    pretend(monkeypatch, code=1)
    with pytest.raises(Stopped, match=r"YAML error in data/faq/basis/x\.yml"):
        train.train()
    assert [path.name for path in models.glob("*.tar.gz")] == ["old.tar.gz"]
    assert not train.is_current()


def test_only_the_newest_models_are_kept(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for age in range(5):
        path = models / f"old-{age}.tar.gz"
        path.touch()
        os.utime(path, (age, age))
    pretend(monkeypatch)
    train.train()
    assert len(list(models.glob("*.tar.gz"))) == train.KEPT
    newest = train.newest_model()
    assert newest is not None and newest.name == "model-1.tar.gz"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("INFO Starting to train component 'QuestionClassifier'.", 10),
        ("sentence vectors:   0%|          | 0/90", 10),
        ("sentence vectors:  50%|#####     | 45/90", 40),
        ("INFO nlu.classifier - held-out accuracy 0.9", 90),
        ("something else", 0),
    ],
)
def test_the_bar_follows_the_log(line: str, at: int) -> None:
    assert train.percent(line) == at
