"""Seasons in the database."""

from datetime import datetime

import sqlalchemy as sa

from bot.core.boundary.ids import SeasonId
from bot.core.programme.seasons.model import Season, Stage
from storage.ground import Ground
from storage.tables.seasons import SEASONS


class SqlSeasons:
    """The seasons of one community."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def current(self) -> Season | None:
        """The season that is open or running, if any; there is at most one."""
        return self._first(SEASONS.c.stage != Stage.ENDED.value)

    def get(self, season: SeasonId) -> Season | None:
        """One season."""
        return self._first(SEASONS.c.id == season)

    def latest(self) -> Season | None:
        """The newest season, also when it has ended."""
        return self._first(sa.true())

    def save(self, season: Season) -> None:
        """Keep the season as it now is."""
        self._ground.keep(
            SEASONS,
            id=season.id,
            number=season.number,
            stage=season.stage.value,
            starts_on=season.starts_on,
            weeks=season.weeks,
            ends_at=season.ends_at,
            tick_at=season.ends_at if season.stage is Stage.RUNNING else None,
        )

    def due(self, at: datetime) -> tuple[Season, ...]:
        """Running seasons whose end has come."""
        return self._select(SEASONS.c.tick_at <= at)

    def _first(self, condition: sa.ColumnElement[bool]) -> Season | None:
        return next(iter(self._select(condition)), None)

    def _select(self, condition: sa.ColumnElement[bool]) -> tuple[Season, ...]:
        rows = self._ground.connection.execute(
            self._ground.select(SEASONS).where(condition).order_by(SEASONS.c.number.desc())
        )
        return tuple(
            Season(
                SeasonId(row.id),
                row.number,
                Stage(row.stage),
                row.starts_on,
                row.weeks,
                row.ends_at,
            )
            for row in rows
        )
