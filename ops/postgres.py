"""PostgreSQL for tests and measurements: new databases on the server of ``DATABASE_URL``, or on one started for them.

No table that was there before is ever looked at.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from ops.report import Stopped, last_lines
from ops.serve import die_with_parent
from ops.settings import setting

DEBIAN = Path("/usr/lib/postgresql")
# The server refuses to run as root; these own no files that matter.
USERS = ("postgres", "nobody")
READY_SECONDS = 30
INITDB = ("--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C")
# What is thrown away need not survive a power cut; the time zone is that of a server in Flanders.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "timezone": "Europe/Brussels",
}


class NoPostgres(Exception):
    """No server was named and none can be started here; says why."""


class Server:
    """A PostgreSQL server on which databases are made, and removed with it at the latest."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._made: list[str] = []
        self._admin = create_engine(url, isolation_level="AUTOCOMMIT", future=True)

    def create(self, template: str | None = None) -> str:
        """Address of a new database, empty or a copy of the one at another address.

        Raises:
            Stopped: the server cannot be reached, or lets us make none.
        """
        name = f"duaalwijzer_test_{uuid.uuid4().hex[:12]}"
        copied = f' TEMPLATE "{make_url(template).database}"' if template else ""
        try:
            self._run(f'CREATE DATABASE "{name}"{copied}')
        except SQLAlchemyError as error:
            raise Stopped(
                f"No database could be made on the server of {self._url!r}: {getattr(error, 'orig', error)}\n"
                "  Its user needs CREATEDB; or leave DATABASE_URL empty, then a server is started where there are "
                "programs for it."
            ) from error
        self._made.append(name)
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, address: str) -> None:
        """Remove a database made here, whoever still uses it."""
        name = make_url(address).database
        self._made.remove(str(name))
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Remove every database that is left."""
        for name in list(self._made):
            self.drop(self._url.set(database=name).render_as_string(hide_password=False))
        self._admin.dispose()

    def check(self) -> None:
        """Raises SQLAlchemyError while the server takes no connection."""
        self._run("SELECT 1")

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


def given() -> URL | None:
    """The server that ``DATABASE_URL`` names, if that is PostgreSQL."""
    address = setting("DATABASE_URL")
    url = make_url(address) if address else None
    return url if url and url.get_backend_name() == "postgresql" else None


def programs() -> Path:
    """Folder of ``initdb`` and ``postgres``: in PATH, else the newest of Debian's.

    Raises:
        NoPostgres: there is none.
    """
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    newest = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: -int(path.parts[-3]))
    if not newest:
        raise NoPostgres(f"DATABASE_URL names no PostgreSQL, and initdb is neither in PATH nor in {DEBIAN}")
    return newest[0].parent


def user() -> pwd.struct_passwd:
    """Who may run a server: ourselves, or for root somebody else.

    Raises:
        NoPostgres: root finds nobody.
    """
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres(f"PostgreSQL refuses to run as root, and there is no user {' or '.join(USERS)}")


def told() -> str:
    """In one line, which server would be used."""
    url = given()
    if url:
        return f"new databases on the server of DATABASE_URL ({url!r})"
    try:
        return f"a server of its own, from {programs()}, as user {user().pw_name}"
    except NoPostgres as reason:
        return f"skipped: {reason}"


@contextmanager
def server() -> Iterator[Server]:
    """A server to make databases on; all that was made is gone afterwards.

    Raises:
        NoPostgres: none was named and none can be started.
        Stopped: it does not start, or does not let us in.
    """
    url = given()
    if url:
        running = Server(url)
        try:
            yield running
        finally:
            running.close()
    else:
        with _own_server() as own:
            yield own


@contextmanager
def _own_server() -> Iterator[Server]:
    folder, owner = programs(), user()
    home = Path(tempfile.mkdtemp(prefix="duaalwijzer-pg-"))
    log = home / "server.log"
    try:
        if os.geteuid() == 0:
            os.chown(home, owner.pw_uid, owner.pw_gid)
        _as(owner, [str(folder / "initdb"), "-D", "data", "-U", "duaalwijzer", *INITDB], home, log).wait()
        options = [f"--{name}={value}" for name, value in OPTIONS.items()]
        process = _as(owner, [str(folder / "postgres"), "-D", "data", "-k", str(home), *options], home, log)
        try:
            running = Server(URL.create("postgresql", "duaalwijzer", database="postgres", query={"host": str(home)}))
            _wait_until_ready(running, process, log)
            yield running
            running.close()
        finally:
            # Interrupt means: break off what runs and stop at once.
            process.send_signal(signal.SIGINT)
            process.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _as(owner: pwd.struct_passwd, command: list[str], home: Path, log: Path) -> "subprocess.Popen[bytes]":
    change = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    with log.open("a") as out:
        return subprocess.Popen(
            command,
            cwd=home,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
            **change,  # type: ignore[call-overload]
        )


def _wait_until_ready(running: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            return running.check()
        except SQLAlchemyError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise Stopped(f"PostgreSQL did not start. Its log ends with:\n{last_lines(log, 5)}") from error
            time.sleep(0.1)
