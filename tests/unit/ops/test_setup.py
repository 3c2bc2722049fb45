"""Set-up is complete or is made again, and says in one line what stops it."""

import json
import subprocess
import urllib.error
from pathlib import Path
from typing import Any

import pytest

from ops import setup
from ops.report import Stopped
from ops.settings import PROJECT


@pytest.fixture()
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished environment at the level `run`, in a folder of the test."""
    folder = tmp_path / ".venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch()
    for name, path in {"VENV": folder, "PYTHON": folder / "bin" / "python"}.items():
        monkeypatch.setattr(setup, name, path)
    monkeypatch.setattr(setup, "STAMP", folder / ".duaalwijzer.json")
    monkeypatch.setattr(setup, "UNFINISHED", folder / ".unfinished")
    monkeypatch.setattr(setup, "LOG", tmp_path / "setup.log")
    stamp(folder, "run", setup.digest("run"))
    return folder


def stamp(folder: Path, level: str, digest: str) -> None:
    (folder / ".duaalwijzer.json").write_text(json.dumps({"level": level, "digest": digest}), encoding="utf-8")


def test_a_finished_environment_is_left_alone(venv: Path) -> None:
    assert setup.is_complete("run")
    assert not setup.is_complete("test")


def test_the_environment_for_tests_also_runs(venv: Path) -> None:
    stamp(venv, "test", setup.digest("test"))
    assert setup.is_complete("run")
    assert setup.is_complete("test")


@pytest.mark.parametrize("harm", ["unfinished", "old lock file", "no python", "garbled stamp"])
def test_anything_less_is_made_again(venv: Path, harm: str) -> None:
    if harm == "unfinished":
        (venv / ".unfinished").touch()
    elif harm == "old lock file":
        stamp(venv, "run", "another digest")
    elif harm == "no python":
        (venv / "bin" / "python").unlink()
    else:
        (venv / ".duaalwijzer.json").write_text("{", encoding="utf-8")
    assert not setup.is_complete("run")


def test_an_interrupted_environment_is_removed_before_the_next_try(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (venv / ".unfinished").touch()
    (venv / "half-copied").touch()
    commands: list[list[str]] = []
    monkeypatch.setattr(setup, "run", lambda command, *_, **__: commands.append(command))
    monkeypatch.setattr(setup, "install_model", lambda: None)
    setup.install("run")
    assert not (venv / "half-copied").exists()
    assert commands[0][1:3] == ["-m", "venv"]
    assert not (venv / ".unfinished").exists()


def test_a_failed_install_stays_marked_as_unfinished(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise Stopped("no network")

    monkeypatch.setattr(setup, "run", fail)
    with pytest.raises(Stopped):
        setup.install("run")
    assert (venv / ".unfinished").exists()


def test_a_failing_command_names_its_log_and_the_remedy(venv: Path) -> None:
    with pytest.raises(Stopped, match=r"did not work\. Do this\.\n.*setup\.log ends with:\n    oops"):
        setup.run(["sh", "-c", "echo oops; exit 3"], "It did not work.", "Do this.")


def test_an_unreachable_model_is_said_in_one_line(
    venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise urllib.error.URLError("refused")

    monkeypatch.setattr(setup.urllib.request, "urlopen", refuse)
    setup.install_model()
    (line,) = capsys.readouterr().out.splitlines()
    assert "cannot be reached" in line
    assert "built-in Dutch pipeline" in line


def test_a_folder_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(Stopped, match=r"cannot be written to \(Read-only file system\)\. Copy the project"):
        setup.check_writable()


@pytest.mark.parametrize("given", ["/no/such/python", "/bin/true"])
def test_a_wrong_python_gets_one_clear_line(given: str) -> None:
    done = subprocess.run(
        [PROJECT / "ops" / "find-python.sh"],
        env={"PYTHON": given, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "is not a working Python 3.10" in done.stderr


def test_no_python_at_all_says_how_to_get_one(tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/bash", PROJECT / "ops" / "find-python.sh"],
        env={"PATH": str(tmp_path), "HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Install it" in done.stderr


def test_a_pyenv_python_is_found_where_its_shim_is_not_active(tmp_path: Path) -> None:
    import sys

    shims, version = tmp_path / "shims", tmp_path / "versions" / "3.10.99" / "bin"
    shims.mkdir()
    version.mkdir(parents=True)
    (shims / "python3.10").write_text("#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n")
    (shims / "python3.10").chmod(0o755)
    (version / "python3.10").symlink_to(sys.executable)
    done = subprocess.run(
        [PROJECT / "ops" / "find-python.sh"],
        env={"PATH": f"{shims}:/usr/bin:/bin", "HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).exists()
