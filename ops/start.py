"""From a complete `.venv` to a chat page that answers; Ctrl-C stops everything."""

import argparse
import signal
import sys
import time

from tqdm import tqdm

from catalog import DatabaseError, database_url
from catalog.fill import BadCatalogue, Busy, fill
from ops.report import Stopped, fail, step
from ops.serve import check_free, page_address, running, wait_until_answering
from ops.settings import setting
from ops.train import newest_model, train

WATCH_SECONDS = 5


def prepare() -> None:
    """Fill the database and train, each only where something changed.

    Raises:
        Stopped: one of them failed.
    """
    try:
        changed = fill()
    except BadCatalogue as error:
        raise Stopped(
            f"The catalogue was not filled. {error}. Mend the file in data/catalogue and start again."
        ) from error
    except Busy as error:
        raise Stopped("The catalogue was not filled: an import is running. Wait until it is done.") from error
    except DatabaseError as error:
        reason = getattr(error, "orig", None) or error
        raise Stopped(f"The database {_without_password()} cannot be used: {reason}") from error
    step(f"database {'filled from data/catalogue' if changed else 'is up to date'}")
    step("model trained" if train() else "model is up to date")


def _without_password() -> str:
    from sqlalchemy.engine import make_url

    return make_url(database_url()).render_as_string(hide_password=True)


def serve() -> None:
    """Run the servers until somebody stops them.

    Raises:
        Stopped: there is no model, a port is taken, or a server ended by itself.
    """
    model = newest_model()
    if model is None:
        raise Stopped("There is no model in models/. Run `make train`.")
    step("starting the action server and Rasa")
    with running(model) as servers:
        with tqdm(total=None, bar_format="  {elapsed} waiting for the first answer", leave=False, disable=None) as bar:
            wait_until_answering(servers, bar.update)
        print(f"\n  Duaalwijzer answers at {page_address()}   (Ctrl-C stops)\n", flush=True)
        while True:
            # People keep their page and read "dat lukt nu even niet" until the server is back.
            time.sleep(WATCH_SECONDS)
            for server in servers:
                if server.revive():
                    step(f"the {server.name} server had stopped and was started again; see {server.log}")


def _stop_on_signals() -> None:
    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    # SIGINT too: a shell starts a job in the background with it ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def main() -> int:
    """Command line: ``python -m ops.start``."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    _stop_on_signals()
    try:
        check_free("PORT", setting("HOST"))
        check_free("ACTIONS_PORT", "127.0.0.1")
        prepare()
        serve()
    except Stopped as problem:
        return fail(problem)
    except KeyboardInterrupt:
        step("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
