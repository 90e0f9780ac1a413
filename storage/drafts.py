"""The moderators' desk in the database."""

from dataclasses import asdict

import msgspec
import sqlalchemy as sa

from bot.core.boundary.ids import Key, PersonId, SeasonId
from bot.core.programme.drafts.model import Draft, Run
from storage.ground import Ground
from storage.tables.drafts import DRAFTS, IMPORTS, RUNS


class SqlDrafts:
    """The drafts, searches and waiting files of one community."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def draft(self, season: SeasonId) -> Draft | None:
        """The newest version of the draft, if one was made."""
        return self._draft(DRAFTS.c.season == season)

    def version(self, season: SeasonId, version: int) -> Draft | None:
        """An earlier version."""
        return self._draft((DRAFTS.c.season == season) & (DRAFTS.c.version == version))

    def save(self, draft: Draft) -> None:
        """Keep a new version."""
        self._ground.keep(
            DRAFTS,
            season=draft.season,
            version=draft.version,
            draft=msgspec.json.encode(draft).decode(),
            at=self._ground.at,
        )

    def run(self, season: SeasonId) -> Run | None:
        """The search under way for a season, if there is one."""
        return self._run(RUNS.c.season == season)

    def run_of(self, key: Key) -> Run | None:
        """The search that is owed under this key, if it is still wanted."""
        return self._run(RUNS.c.key == key)

    def _run(self, condition: sa.ColumnElement[bool]) -> Run | None:
        row = self._ground.connection.execute(self._ground.select(RUNS).where(condition)).first()
        if row is None:
            return None
        asked_by = PersonId(row.asked_by) if row.asked_by else None
        return Run(
            SeasonId(row.season),
            Key(row.key),
            asked_by,
            row.effort,
            row.seed,
            row.base,
            row.started_at,
            row.share,
            row.best,
        )

    def save_run(self, run: Run) -> None:
        """Keep a search as it now is; a season has at most one."""
        self._ground.keep(RUNS, **asdict(run))

    def end_run(self, season: SeasonId) -> None:
        """There is no search for this season any more."""
        self._ground.delete(RUNS, RUNS.c.season == season)

    def keep_import(self, moderator: PersonId, content: bytes) -> None:
        """Keep a file until its sender has decided, in the place of an earlier one."""
        sealed = self._ground.seals.seal(IMPORTS.c.content, content, moderator)
        self._ground.keep(IMPORTS, moderator=moderator, content=sealed, at=self._ground.at)

    def kept_import(self, moderator: PersonId) -> bytes | None:
        """The file this moderator has still to decide about."""
        sealed = self._ground.connection.scalar(
            self._ground.select(IMPORTS.c.content).where(IMPORTS.c.moderator == moderator)
        )
        if sealed is None:
            return None
        return self._ground.seals.open(IMPORTS.c.content, sealed, bytes, moderator)

    def drop_import(self, moderator: PersonId) -> None:
        """Delete it."""
        self._ground.delete(IMPORTS, IMPORTS.c.moderator == moderator)

    def _draft(self, condition: sa.ColumnElement[bool]) -> Draft | None:
        written = self._ground.connection.scalar(
            self._ground.select(DRAFTS.c.draft)
            .where(condition)
            .order_by(DRAFTS.c.version.desc())
            .limit(1)
        )
        return msgspec.json.decode(written, type=Draft) if written else None
