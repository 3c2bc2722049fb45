"""The trained model, asked without a server."""

import asyncio
import json
import logging
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from ops.train import newest_model

Parse = Callable[[str], dict[str, Any]]
QUESTIONS = Path(__file__).parent / "questions.jsonl"


def questions() -> list[dict[str, str]]:
    """Questions that stand in no training data, written by somebody who did not see it."""
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def parse() -> Parse:
    import structlog
    from rasa.core.agent import Agent

    # Rasa sets its level of logging on its own command line only.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    model = newest_model()
    assert model is not None, "run `make train` first"
    agent = Agent.load(model)
    return lru_cache(maxsize=None)(lambda text: asyncio.run(agent.parse_message(text)))
