"""The two servers, action server and Rasa: started together, watched, and stopped without leaving a process behind."""

import ctypes
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ops.report import Stopped, last_lines
from ops.settings import LOGS, PROJECT, environment, setting

READY_SECONDS = 180
STOP_SECONDS = 15
MOST_RESTARTS = 5
PR_SET_PDEATHSIG = 1


def port_of(name: str) -> int:
    """A port from the settings.

    Raises:
        Stopped: it is no port number.
    """
    text = setting(name)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stopped(f"{name}={text} is no port: give a number from 1 to 65535, for instance {name}=5005.")
    return int(text)


def check_free(name: str, host: str) -> int:
    """The port, if nothing listens there yet.

    Raises:
        Stopped: it is taken, or the address is not of this machine.
    """
    port = port_of(name)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stopped(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Stop the program that uses it, or choose another: {name}={port + 10} make start"
            ) from error
    return port


def die_with_parent() -> None:
    """Ask the kernel to end this child when its parent is gone, however that went (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Server:
    """A process with its log."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.log = LOGS / f"{name}.log"
        self._command = command
        self._restarts = 0
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log.write_text("", encoding="utf-8")
        self.process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        with self.log.open("a", encoding="utf-8") as log:
            return subprocess.Popen(
                self._command,
                cwd=PROJECT,
                env=environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                # Ctrl-C reaches us alone; we then stop the servers in order.
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def check_alive(self) -> None:
        """Raises Stopped when the process has ended by itself."""
        code = self.process.poll()
        if code is not None:
            raise Stopped(
                f"The {self.name} server stopped (exit {code}). {self.log} ends with:\n{last_lines(self.log, 5)}"
            )

    def revive(self) -> bool:
        """Start the process again when it has ended; whether that was needed.

        Raises:
            Stopped: it ended too often.
        """
        if self.process.poll() is None:
            return False
        if self._restarts == MOST_RESTARTS:
            self.check_alive()
        self._restarts += 1
        self.process = self._start()
        return True

    def stop(self) -> None:
        """End the process; by force when it does not listen."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def action_server() -> Server:
    """Start the action server on loopback."""
    return Server(
        "actions", [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", setting("ACTIONS_PORT")]
    )


def rasa_server(model: Path) -> Server:
    """Start Rasa with the chat page."""
    command = [sys.executable, "-m", "rasa", "run", "--model", str(model), "--endpoints", "endpoints.yml"]
    address = ["--credentials", "credentials.yml", "--interface", setting("HOST"), "--port", setting("PORT")]
    return Server("rasa", [*command, *address])


@contextmanager
def running(model: Path) -> Iterator[list[Server]]:
    """Both servers, stopped at the end whatever happens.

    Raises:
        Stopped: a port is taken.
    """
    check_free("PORT", setting("HOST"))
    check_free("ACTIONS_PORT", "127.0.0.1")
    servers: list[Server] = []
    try:
        if not setting("ACTIONS_URL"):
            servers.append(action_server())
        servers.append(rasa_server(model))
        yield servers
    finally:
        for server in reversed(servers):
            server.stop()


def page_address() -> str:
    """Address of the chat page as a browser on this machine reaches it."""
    host = setting("HOST")
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{setting('PORT')}/chat/"


def ask(text: str) -> list[str]:
    """Ask over the channel of the chat page, as a fresh visitor, and return the texts of the replies."""
    session = uuid.uuid4().hex * 2
    body = json.dumps({"session": session, "message": text}).encode()
    request = urllib.request.Request(f"{page_address()}message", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return [message.get("text", "") for message in json.load(answer)["messages"]]


def wait_until_answering(servers: list[Server], on_wait: Callable[[], object] = lambda: None) -> None:
    """Return when a message really gets an answer.

    Raises:
        Stopped: a server ended, or no answer came in time.
    """
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        for server in servers:
            server.check_alive()
        try:
            replies = ask("Wat kan je allemaal?")
        except (OSError, ValueError, urllib.error.URLError):
            replies = []
        if any("duale opleidingen" in reply for reply in replies):
            return
        on_wait()
        time.sleep(0.5)
    logs = ", ".join(str(server.log) for server in servers)
    raise Stopped(f"No answer within {READY_SECONDS} seconds. See {logs}.")
