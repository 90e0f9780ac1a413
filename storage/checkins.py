"""Check-ins in the database. What somebody answered lies under their own key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.ids import CircleId, PersonId, SeasonId
from bot.core.programme.checkins.model import CircleWeek, Fate, Met, Question, Response
from storage.ground import Ground
from storage.tables.checkins import CIRCLE_WEEKS, NUDGES, QUESTIONS, RESPONSES


@dataclass(frozen=True, slots=True)
class _Said:
    """The sealed part of an answer."""

    answer: Met
    line: str


class SqlCheckIns:
    """The weekly messages, questions and answers of one community."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def weeks_due(self, at: datetime) -> tuple[CircleWeek, ...]:
        """Weekly messages still due whose moment is at or before ``at``, oldest first."""
        return self._weeks(CIRCLE_WEEKS.c.tick_at <= at)

    def weeks_of(self, circle: CircleId) -> tuple[CircleWeek, ...]:
        """Every weekly message of a circle, by week."""
        return self._weeks(CIRCLE_WEEKS.c.circle == circle)

    def weeks_hosted_by(self, person: PersonId) -> tuple[CircleWeek, ...]:
        """Every weekly message that names this person as the host."""
        return self._weeks(CIRCLE_WEEKS.c.host == person)

    def save_week(self, week: CircleWeek) -> None:
        """Keep a weekly message as it now is."""
        self._ground.keep(
            CIRCLE_WEEKS,
            circle=week.circle,
            week=week.week,
            local_date=week.local_date,
            due_at=week.due_at,
            fate=week.fate.value,
            host=week.host,
            tick_at=week.due_at if week.fate is Fate.DUE else None,
        )

    def questions_due(self, at: datetime) -> tuple[Question, ...]:
        """Private questions still due whose moment is at or before ``at``, oldest first."""
        return self._questions(QUESTIONS.c.tick_at <= at)

    def questions_of(self, person: PersonId) -> tuple[Question, ...]:
        """Every private question of a member, oldest first."""
        return self._questions(QUESTIONS.c.person == person)

    def save_question(self, question: Question) -> None:
        """Keep a private question as it now is."""
        self._ground.keep(
            QUESTIONS,
            season=question.season,
            person=question.person,
            week=question.week,
            local_date=question.local_date,
            due_at=question.due_at,
            fate=question.fate.value,
            sent_at=question.sent_at,
            tick_at=question.due_at if question.fate is Fate.DUE else None,
        )

    def nudged(self, person: PersonId, since: datetime) -> tuple[datetime, ...]:
        """When nudges were sent to the person after ``since`` (UTC), oldest first."""
        found = self._ground.connection.scalars(
            self._ground.select(NUDGES.c.at)
            .where(NUDGES.c.person == person, NUDGES.c.at > since)
            .order_by(NUDGES.c.at)
        )
        return tuple(found)

    def note_nudge(self, person: PersonId, key: str, at: datetime) -> None:
        """Count a nudge, once by its delivery's key."""
        self._ground.add_once(NUDGES, key=key, person=person, at=at)

    def responses(self, season: SeasonId, person: PersonId) -> tuple[Response, ...]:
        """What the member answered in a season, by week."""
        return self._responses(RESPONSES.c.season == season, RESPONSES.c.person == person)

    def responses_since(self, season: SeasonId, week: int) -> tuple[Response, ...]:
        """What all members answered in a season from this week on, by week."""
        return self._responses(RESPONSES.c.season == season, RESPONSES.c.week >= week)

    def respond(self, response: Response, season_ends: datetime) -> None:
        """Keep an answer, in the place of an earlier one for the same week."""
        said = _Said(response.answer, response.line)
        self._ground.keep(
            RESPONSES,
            season=response.season,
            person=response.person,
            week=response.week,
            said=self._ground.seals.seal(RESPONSES.c.said, said, response.person),
            shared_with=response.shared_with,
            posts=response.posts,
            at=response.at,
            season_ends=season_ends,
        )

    def season_ends(self, season: SeasonId, at: datetime) -> None:
        """The season now ends at ``at``: how long its answers are kept counts from there."""
        self._ground.update(RESPONSES, RESPONSES.c.season == season, season_ends=at)

    def _weeks(self, condition: sa.ColumnElement[bool]) -> tuple[CircleWeek, ...]:
        rows = self._ground.connection.execute(
            self._ground.select(CIRCLE_WEEKS)
            .where(condition)
            .order_by(CIRCLE_WEEKS.c.due_at, CIRCLE_WEEKS.c.week, CIRCLE_WEEKS.c.circle)
        )
        return tuple(
            CircleWeek(
                CircleId(row.circle),
                row.week,
                row.local_date,
                row.due_at,
                Fate(row.fate),
                PersonId(row.host) if row.host else None,
            )
            for row in rows
        )

    def _questions(self, condition: sa.ColumnElement[bool]) -> tuple[Question, ...]:
        rows = self._ground.connection.execute(
            self._ground.select(QUESTIONS)
            .where(condition)
            .order_by(QUESTIONS.c.due_at, QUESTIONS.c.week, QUESTIONS.c.person)
        )
        return tuple(
            Question(
                SeasonId(row.season),
                PersonId(row.person),
                row.week,
                row.local_date,
                row.due_at,
                Fate(row.fate),
                row.sent_at,
            )
            for row in rows
        )

    def _responses(self, *conditions: sa.ColumnElement[bool]) -> tuple[Response, ...]:
        rows = self._ground.connection.execute(
            self._ground.select(RESPONSES)
            .where(*conditions)
            .order_by(RESPONSES.c.week, RESPONSES.c.person)
        )
        return tuple(self._response(row) for row in rows)

    def _response(self, row: sa.Row[Any]) -> Response:
        person = PersonId(row.person)
        said = self._ground.seals.open(RESPONSES.c.said, row.said, _Said, person)
        shared_with = CircleId(row.shared_with) if row.shared_with else None
        return Response(
            SeasonId(row.season),
            person,
            row.week,
            said.answer,
            said.line,
            row.at,
            shared_with,
            row.posts,
        )
