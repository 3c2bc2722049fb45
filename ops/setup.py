"""Make `.venv` complete: packages from the lock files, the spaCy model, for tests also a browser.

Runs on a bare Python 3.10 with nothing installed. Does nothing when all is there; an interrupted run is made anew.
"""

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from ops.report import Stopped, fail, last_lines, step
from ops.settings import LOGS, PROJECT, VAR, setting

VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".duaalwijzer.json"
UNFINISHED = VENV / ".unfinished"
LOG = LOGS / "setup.log"
LOCKS = {"run": ["requirements.lock"], "test": ["requirements.lock", "requirements-dev.lock"]}

MODEL = "nl_core_news_sm"
# The release that fits spaCy 3.4, the newest that Rasa 3.6.21 supports on Python 3.10.
MODEL_VERSION = "3.4.0"
MODEL_URL = (
    f"https://github.com/explosion/spacy-models/releases/download/{MODEL}-{MODEL_VERSION}/"
    f"{MODEL}-{MODEL_VERSION}-py3-none-any.whl"
)
MODEL_SECONDS = 5
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Command line: ``python -m ops.setup run|test``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("level", choices=tuple(LOCKS))
    level = parser.parse_args().level
    try:
        set_up(level)
    except Stopped as problem:
        return fail(problem)
    except KeyboardInterrupt:
        print("\n✗ Interrupted. The next run starts this step again.", file=sys.stderr)
        return 130
    return 0


def set_up(level: str) -> None:
    """Bring the environment to a level; ``test`` includes ``run``.

    Raises:
        Stopped: it cannot be done; says why and what to do.
    """
    check_writable()
    with (VAR / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            step("another set-up is running; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_complete(level):
            install(level)
        if level == "test":
            ensure_browser()


def check_writable() -> None:
    """Everything we make lies in the project's folder."""
    try:
        LOGS.mkdir(parents=True, exist_ok=True)
        probe = PROJECT / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Stopped(
            f"The folder {PROJECT} cannot be written to ({error.strerror}). "
            "Copy the project to a folder of your own, or make this one writable."
        ) from error


def digest(level: str) -> str:
    """What a complete environment of this level was made from."""
    total = hashlib.sha256(sys.version.encode())
    for name in LOCKS[level]:
        total.update((PROJECT / name).read_bytes())
    return total.hexdigest()


def is_complete(level: str) -> bool:
    """Whether the environment was finished, for this level or above, from the present lock files."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    reached = stamp.get("level")
    return reached in LOCKS and (reached == level or level == "run") and stamp.get("digest") == digest(reached)


def install(level: str) -> None:
    """Make the environment anew unless a finished one only has to change."""
    if VENV.exists() and (UNFINISHED.exists() or not STAMP.exists()):
        step("removing an unfinished .venv")
        shutil.rmtree(VENV)
    LOG.write_text("", encoding="utf-8")
    if not VENV.exists():
        step(f"making .venv with Python {sys.version.split()[0]}")
        VENV.mkdir()
        UNFINISHED.touch()
        run([sys.executable, "-m", "venv", str(VENV)], "The virtual environment could not be made.")
    UNFINISHED.touch()
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "-r", "requirements-uv.lock"], "The installer uv could not be fetched.", NETWORK)
    step("installing packages (3 GB on disk; the first time takes a while)")
    # The system's certificates, so that it also works behind a company's proxy.
    uv = [str(VENV / "bin" / "uv"), "--system-certs", "pip", "sync", "--python", str(PYTHON), "--require-hashes"]
    run([*uv, *LOCKS[level], "requirements-uv.lock"], "The packages could not be installed.", NETWORK, shown=True)
    install_model()
    STAMP.write_text(json.dumps({"level": level, "digest": digest(level)}), encoding="utf-8")
    UNFINISHED.unlink()


NETWORK = "Is there a connection to the package index, and room on the disk? Then run the same command again."


def run(command: list[str], problem: str, remedy: str = "Run the same command again.", shown: bool = False) -> None:
    """Run a command with its output in the log; a progress bar of its own stays visible on a terminal."""
    with LOG.open("a", encoding="utf-8") as log:
        errors = None if shown and sys.stderr.isatty() else subprocess.STDOUT
        done = subprocess.run(command, cwd=PROJECT, stdout=log, stderr=errors, check=False)
    if done.returncode:
        raise Stopped(f"{problem} {remedy}\n  {LOG} ends with:\n{last_lines(LOG)}")


def install_model() -> None:
    """Fetch the Dutch spaCy model; where its address cannot be reached, training uses spaCy's built-in Dutch."""
    with TemporaryDirectory() as folder:
        wheel = Path(folder) / f"{MODEL}-{MODEL_VERSION}-py3-none-any.whl"
        url = setting("SPACY_MODEL_URL") or MODEL_URL
        try:
            with urllib.request.urlopen(url, timeout=MODEL_SECONDS) as answer, wheel.open("wb") as out:
                shutil.copyfileobj(answer, out)
        except (urllib.error.URLError, OSError, ValueError):
            step(f"{MODEL}: {url.split('/')[2]} cannot be reached; spaCy's built-in Dutch pipeline serves instead")
            return
        uv = [str(VENV / "bin" / "uv"), "pip", "install", "--python", str(PYTHON), "--no-deps", "--offline"]
        run([*uv, str(wheel)], f"{MODEL} from {url} could not be installed.", "Check SPACY_MODEL_URL.")
        step(f"{MODEL} {MODEL_VERSION} installed")


def find_browser() -> str | None:
    """Path of an installed Chromium."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def ensure_browser() -> None:
    """Chromium from Debian's packages, where it is missing and may be installed."""
    if find_browser():
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise Stopped(
            "The browser test needs Chromium, which is not installed. "
            "Install it (Debian/Ubuntu: sudo apt install chromium) and run the same command again."
        )
    step("installing Chromium from Debian's packages")
    quiet = "DEBIAN_FRONTEND=noninteractive apt-get -qq"
    run(["sh", "-c", f"{quiet} update && {quiet} -y install chromium"], "Chromium could not be installed.", NETWORK)


if __name__ == "__main__":
    sys.exit(main())
