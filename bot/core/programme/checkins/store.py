"""What the core asks of storage about check-ins."""

from datetime import datetime
from typing import Protocol

from bot.core.boundary.ids import CircleId, Key, PersonId, SeasonId
from bot.core.programme.checkins.model import CircleWeek, Question, Response


class CheckIns(Protocol):
    """The weekly messages, questions and answers of one community."""

    def weeks_due(self, at: datetime) -> tuple[CircleWeek, ...]:
        """Weekly messages still due whose moment is at or before ``at``, oldest first."""

    def weeks_of(self, circle: CircleId) -> tuple[CircleWeek, ...]:
        """Every weekly message of a circle, by week."""

    def weeks_hosted_by(self, person: PersonId) -> tuple[CircleWeek, ...]:
        """Every weekly message that names this person as the host."""

    def save_week(self, week: CircleWeek) -> None:
        """Keep a weekly message as it now is."""

    def questions_due(self, at: datetime) -> tuple[Question, ...]:
        """Private questions still due whose moment is at or before ``at``, oldest first."""

    def questions_of(self, person: PersonId) -> tuple[Question, ...]:
        """Every private question of a member, oldest first."""

    def save_question(self, question: Question) -> None:
        """Keep a private question as it now is."""

    def nudged(self, person: PersonId, since: datetime) -> tuple[datetime, ...]:
        """When nudges were sent to the person after ``since`` (UTC), oldest first."""

    def note_nudge(self, person: PersonId, key: Key, at: datetime) -> None:
        """Count a nudge, once by its delivery's key."""

    def responses(self, season: SeasonId, person: PersonId) -> tuple[Response, ...]:
        """What the member answered in a season, by week."""

    def responses_since(self, season: SeasonId, week: int) -> tuple[Response, ...]:
        """What all members answered in a season from this week on, by week."""

    def respond(self, response: Response, season_ends: datetime) -> None:
        """Keep an answer, in the place of an earlier one for the same week.

        How long it is kept counts from ``season_ends`` (UTC).
        """

    def season_ends(self, season: SeasonId, at: datetime) -> None:
        """The season now ends at ``at``: how long its answers are kept counts from there."""
