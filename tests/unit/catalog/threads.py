"""Do a thing many times at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Result = TypeVar("Result")


def at_once(what: Callable[[], Result], times: int) -> list[Result]:
    """What each of so many threads made of it, all started together."""
    together = Barrier(times)

    def one(_: int) -> Result:
        together.wait()
        return what()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
