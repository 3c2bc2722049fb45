"""Ports and processes: a clear word when something is in the way, and nothing left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ops import serve
from ops.report import Stopped
from ops.settings import PROJECT, SETTINGS, environment


@pytest.fixture()
def taken() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_named_with_a_way_out(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(taken))
    with pytest.raises(Stopped, match=rf"Port {taken} .* cannot be used .*PORT={taken + 10} make start"):
        serve.check_free("PORT", "127.0.0.1")


@pytest.mark.parametrize("text", ["abc", "0", "70000", "-1", "50.5"])
def test_no_port_at_all_is_said_so(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Stopped, match=f"PORT={text} is no port"):
        serve.port_of("PORT")


def test_a_server_that_ends_by_itself_is_told_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "LOGS", tmp_path)
    server = serve.Server("proef", [sys.executable, "-c", "raise SystemExit('no such model')"])
    server.process.wait()
    with pytest.raises(Stopped, match=r"proef server stopped \(exit 1\)[\s\S]*no such model"):
        server.check_alive()


def test_a_server_that_ended_is_started_again_but_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "LOGS", tmp_path)
    server = serve.Server("proef", [sys.executable, "-c", "print('here')"])
    for _ in range(serve.MOST_RESTARTS):
        server.process.wait()
        assert server.revive()
    server.process.wait()
    with pytest.raises(Stopped, match="proef server stopped"):
        server.revive()
    assert server.log.read_text().count("here") == serve.MOST_RESTARTS + 1


def test_a_server_that_does_not_listen_is_ended_by_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "LOGS", tmp_path)
    monkeypatch.setattr(serve, "STOP_SECONDS", 0.5)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    server = serve.Server("doof", [sys.executable, "-c", deaf])
    while "up" not in server.log.read_text():
        time.sleep(0.05)
    server.stop()
    assert server.process.poll() is not None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_no_server_outlives_a_killed_parent(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from ops import serve; serve.LOGS = Path(sys.argv[1]);"
            "child = serve.Server('kind', [sys.executable, '-c', 'import time; time.sleep(60)']);"
            "print(child.process.pid, flush=True); time.sleep(60)",
            str(tmp_path),
        ],
        cwd=PROJECT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 10
    while _is_running(child):
        assert time.monotonic() < deadline, "the server is still there"
        time.sleep(0.05)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A zombie waits for its new parent only; it runs no more.
    return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"


def test_the_rest_channel_closes_when_others_can_reach_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REST_CHANNEL", raising=False)
    assert environment()["REST_CHANNEL"] == "on"
    monkeypatch.setenv("HOST", "0.0.0.0")
    assert environment()["REST_CHANNEL"] == "off"


def test_every_setting_stands_in_the_operations_table() -> None:
    page = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        row = f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else ''} | {setting.meaning} |"
        assert row.replace("|  |", "| |") in page, row
