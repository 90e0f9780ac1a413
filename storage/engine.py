"""The database: SQLite in a file, or PostgreSQL, opened with its key and its ledger.

It gives out units, each one transaction, and the turns of the outbox. Every method may raise
:class:`bot.shell.ports.RunAgain`, or a :class:`storage.errors.Fault` when the operator must act.
"""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.events import Actor
from bot.core.boundary.ids import CommunityRef
from bot.core.boundary.outcome import Notice
from bot.core.boundary.wording import Wording
from bot.shell.ports import Apart, Owed, RunAgain, Uncertain
from storage import sqlite
from storage.chance import Chance, SecretChance
from storage.claims import Claims, orphaned
from storage.codec import Codec
from storage.community import present, ref_of, seals_of
from storage.due import due_communities, first_moments
from storage.errors import Fault, StorageFault
from storage.facts import ask_for_clean_up
from storage.faults import explained
from storage.house import House
from storage.installations import SqlInstallations
from storage.keyfile import KeySource
from storage.ledger import Ledger
from storage.migrations.apply import upgrade
from storage.opening import address_of, file_of, nothing_there, postgres, unlocked
from storage.together import Reading, Writing
from storage.unit import Entered, Means, Rules, SqlUnit

log = logging.getLogger("banyan.storage")


class Database(House):
    """An open database. Made by :meth:`open`."""

    def __init__(
        self,
        engine: sa.Engine,
        means: Means,
        ledger: Ledger,
        *,
        file: Path | None,
        lock: sqlite.Lock | None,
    ) -> None:
        super().__init__(engine, means.vault, file)
        self._readers = (
            sqlite.reader(engine.url)
            if file
            else engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        )
        self._writing: Writing | None = None
        self._reading = threading.local()
        self._means = means
        self._ledger = ledger
        self._lock = lock
        self._claims = Claims(means.vault, means.codec, means.chance)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        keys: KeySource,
        ledger: Path,
        wording: Wording,
        kinds: Iterable[type[Notice]],
        chance: Chance | None = None,
    ) -> "Database":
        """Open and, if need be, make or migrate the database behind an SQLAlchemy URL.

        ``ledger`` is the file of the erasure ledger, ``kinds`` are the notices that may lie in the
        outbox. Raises a :class:`storage.errors.Fault`.
        """
        address = address_of(url)
        file = file_of(address)
        lock = sqlite.Lock(file) if file else None
        engine: sa.Engine | None = None
        try:
            if lock:
                lock.check()
            engine = sqlite.engine(address) if file else postgres(address)
            with explained():
                if file:
                    sqlite.check(engine, file)
                upgrade(engine, lambda: nothing_there(keys))
                vault = unlocked(engine, keys)
                with engine.begin() as connection:
                    if file:
                        orphaned(connection)
                    if came_back := Ledger(ledger).apply(connection):
                        log.warning("erased again after a restore", extra={"people": came_back})
                        ask_for_clean_up(connection)
            if lock:
                lock.mark()
        except BaseException as error:
            if engine:
                engine.dispose()
            if lock:
                lock.release()
            if isinstance(error, RunAgain):
                raise StorageFault("The database cannot be reached.") from error
            raise
        codec = Codec({kind.name: kind for kind in kinds})
        means = Means(vault, codec, wording, chance or SecretChance())
        return cls(engine, means, Ledger(ledger), file=file, lock=lock)

    def close(self) -> None:
        """Let go of the database."""
        self._readers.dispose()
        self.engine.dispose()
        if self._lock:
            self._lock.release()

    def serves(self, platform: str, *, carries_sensitive: bool, room_readers: str) -> None:
        """Have every community of this platform shown to the core as its rules allow, and with
        who can read along in its rooms."""
        self._means.platforms[platform] = Rules(carries_sensitive, room_readers)

    @contextmanager
    def unit(self, community: CommunityRef, actor: Actor | None, at: datetime) -> Iterator[SqlUnit]:
        """One transaction on one community, committed when the block ends well.

        Inside :meth:`together` it is a part of that one, undone alone when the block raises.
        """
        shared = self._writing
        with shared.part() if shared else self._begin(self._units) as connection:
            unit = self._unit(connection, community, actor, at)
            yield unit
            unit.carry_out_erasures()
            if unit.erased:
                ask_for_clean_up(connection)
        if shared:
            shared.erased.append((unit.erased, at))
        else:
            self._ledger.add(unit.erased, at)

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction for all units of the block, which wait for the disk once.

        Raises :class:`Apart` where the database fails: then none of it stands.
        """
        try:
            with self._begin(self._units) as connection:
                shared = self._writing = Writing(connection)
                try:
                    yield
                finally:
                    self._writing = None
        except (RunAgain, Fault) as error:
            raise Apart from error
        for erased, at in shared.erased:
            self._ledger.add(erased, at)

    @contextmanager
    def reading(
        self, community: CommunityRef, actor: Actor | None, at: datetime
    ) -> Iterator[SqlUnit]:
        """A unit that changes nothing, on whichever thread, also while another one writes.

        Raises :class:`bot.shell.ports.Writes` when it would, and when it cannot read now.
        """
        with self.looking() as shared, shared.unit() as connection:
            entered = shared.entered.get(community)
            unit = self._unit(connection, community, actor, at, entered=entered)
            shared.entered[community] = unit.entered
            yield unit

    @contextmanager
    def looking(self) -> Iterator[Reading]:
        """One moment for all units of the block that read, which are asked on one thread."""
        standing: Reading | None = getattr(self._reading, "now", None)
        if standing is not None:
            yield standing
            return
        with explained(), self._connect(self._readers) as connection:
            self._reading.now = shared = Reading(connection)
            try:
                yield shared
            finally:
                self._reading.now = None
                shared.close()

    def due_communities(self, at: datetime) -> tuple[CommunityRef, ...]:
        """Communities in which something (other than a delivery) is due at ``at``."""
        with self._begin(self._units) as connection:
            return self._refs(connection.execute(due_communities(), {"at": at}).all(), connection)

    def communities(self, platform: str) -> tuple[CommunityRef, ...]:
        """The communities of a platform that the bot has not gone from."""
        with self._begin(self._units) as connection:
            return self._refs(connection.execute(present(platform)).all(), connection)

    def next_due(self) -> datetime | None:
        """The next moment at which anything is due, deliveries included."""
        with self._begin(self._units) as connection:
            found = [connection.scalar(first) for first in first_moments()]
        return min((moment for moment in found if moment is not None), default=None)

    # --- the outbox -------------------------------------------------------------------------------

    def claim(self, platforms: Sequence[str], at: datetime, limit: int) -> tuple[Owed, ...]:
        """Claim deliveries to make now: due, first in their lane, not claimed by anybody alive."""
        with self._begin(self.engine) as connection:
            return self._claims.claim(connection, platforms, at, limit)

    def put_back(
        self, owed: Owed, due: datetime, *, perhaps_done: bool, failed: bool = True
    ) -> None:
        """Give a claim back, to be made at ``due``; a try that ``failed`` counts as one."""
        with self._begin(self.engine) as connection:
            self._claims.put_back(connection, owed, due, perhaps_done=perhaps_done, failed=failed)

    def release(self) -> None:
        """Give back every claim of this process: on a graceful stop."""
        with self._begin(self.engine) as connection:
            self._claims.release(connection)

    def uncertain(self) -> tuple[Uncertain, ...]:
        """Every delivery of which nobody knows whether it arrived, oldest first."""
        with self._begin(self.engine) as connection:
            return self._claims.uncertain(connection)

    def resolve(self, row: int, at: datetime, *, arrived: bool) -> bool:
        """Say of an uncertain delivery that it arrived, or that it is to be made again now."""
        with self._begin(self.engine) as connection:
            return self._claims.resolve(connection, row, at, arrived=arrived)

    # --- outside any community --------------------------------------------------------------------

    @cached_property
    def installations(self) -> SqlInstallations:
        """What adapters keep about where they are installed."""
        return SqlInstallations(self.engine, self._vault)

    def _refs(
        self, rows: Sequence[sa.Row[Any]], connection: sa.Connection
    ) -> tuple[CommunityRef, ...]:
        return tuple(
            ref_of(seals_of(connection, self._vault, row.id, row.key), row.ref) for row in rows
        )

    def _unit(
        self,
        connection: sa.Connection,
        community: CommunityRef,
        actor: Actor | None,
        at: datetime,
        entered: Entered | None = None,
    ) -> SqlUnit:
        return SqlUnit(connection, self._means, community, actor, at, entered=entered)
