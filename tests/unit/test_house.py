"""The plan of the house: who may import whom, and what stays out of the repository."""

import ast
import subprocess
from pathlib import Path

import pytest

from ops.settings import PROJECT

OURS = {"actions", "answers", "catalog", "channels", "nlu", "ops"}
MAY_IMPORT = {
    "actions": {"catalog", "answers"},
    "answers": set(),
    "catalog": set(),
    "channels": set(),
    "nlu": set(),
    "ops": {"answers", "catalog", "nlu"},
}


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in named}


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_imports_run_one_way(package: str) -> None:
    for path in (PROJECT / package).rglob("*.py"):
        assert imports(path) & OURS - {package} <= MAY_IMPORT[package], path


def test_only_rasa_sides_know_rasa() -> None:
    for package in ("catalog", "actions"):
        for path in (PROJECT / package).rglob("*.py"):
            assert "rasa" not in imports(path), path


def test_actions_use_only_the_public_face_of_the_catalogue() -> None:
    for path in (PROJECT / "actions").glob("*.py"):
        assert "from catalog." not in path.read_text(encoding="utf-8"), path


def test_no_large_file_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout
    files = [PROJECT / name for name in listed.decode().split("\0") if name]
    assert [path.name for path in files if path.exists() and path.stat().st_size > 1_000_000] == []
