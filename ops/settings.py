"""Every setting, in one table. `docs/operations.md` shows it; a test holds the two together."""

import os
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
VAR = PROJECT / "var"
LOGS = VAR / "log"
MODELS = PROJECT / "models"


class Setting(NamedTuple):
    """An environment variable, its safe default and what it does."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("PORT", "5005", "port of the chat page and of Rasa"),
    Setting(
        "HOST", "127.0.0.1", "address that the chat page listens on; anything but loopback closes the REST channel"
    ),
    Setting("ACTIONS_PORT", "5055", "port of the action server, on loopback only"),
    Setting("ACTIONS_URL", "", "address of an action server elsewhere; empty: the one that `make start` starts"),
    Setting("DATABASE_URL", "", "catalogue and contact requests; empty: SQLite in `var/duaalwijzer.db`"),
    Setting("TRACKER_URL", "", "conversations; empty: SQLite in `var/gesprekken.db`"),
    Setting("LOCK_STORE", "in_memory", "`redis` when several Rasa servers share the conversations"),
    Setting("REDIS_HOST", "localhost", "where Redis runs, for `LOCK_STORE=redis`"),
    Setting("REST_CHANNEL", "", "`on` or `off`: Rasa's REST contract; empty: on while `HOST` is loopback"),
    Setting("ONDERWIJS_API_KEY", "", "key for the official services, for `make import FROM=https://…`"),
    Setting("PYTHON", "", "path of a Python 3.10; empty: the first one found"),
    Setting("SPACY_MODEL_URL", "", "where to fetch nl_core_news_sm; empty: its official release"),
)

# Known noise of Rasa 3.6 and of what it depends on; what matters is in the log all the same.
QUIET = {
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "RASA_TELEMETRY_ENABLED": "false",
    "SANIC_WORKERS": "1",
}


def setting(name: str) -> str:
    """Value of a setting: the environment's, else its default."""
    default = next(known.default for known in SETTINGS if known.name == name)
    return os.environ.get(name) or default


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    return host == "localhost" or host.startswith("127.") or host == "::1"


def environment() -> dict[str, str]:
    """The environment that every process of ours runs in."""
    rest = setting("REST_CHANNEL") or ("on" if is_loopback(setting("HOST")) else "off")
    # Without bytecode on disk every start would compile TensorFlow's 10,000 files again.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **inherited,
        **QUIET,
        "PYTHONPATH": str(PROJECT),
        "ACTIONS_URL": setting("ACTIONS_URL") or f"http://127.0.0.1:{setting('ACTIONS_PORT')}/webhook",
        "DATABASE_URL": setting("DATABASE_URL") or f"sqlite:///{VAR / 'duaalwijzer.db'}",
        "TRACKER_URL": setting("TRACKER_URL") or f"sqlite:///{VAR / 'gesprekken.db'}",
        "LOCK_STORE": setting("LOCK_STORE"),
        "REDIS_HOST": setting("REDIS_HOST"),
        "REST_CHANNEL": rest,
        "SANIC_HOST": "127.0.0.1",
    }
