"""What is asked of circles and members week by week, and what they answered."""

import sqlalchemy as sa

from storage.catalogue import (
    ID,
    Erase,
    Moment,
    Privacy,
    Retention,
    Sealed,
    column,
    community_id,
    person_id,
    table,
)

INTERNAL, PERSONAL, SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE

CIRCLE_WEEKS = table(
    "circle_weeks",
    community_id(),
    column("circle", sa.String(ID), privacy=INTERNAL, primary_key=True),
    column("week", sa.Integer, privacy=INTERNAL, primary_key=True),
    column("local_date", sa.Date, privacy=INTERNAL),
    column("due_at", Moment, privacy=INTERNAL),
    column("fate", sa.String(10), privacy=INTERNAL),
    person_id("host", erase=Erase.CLEAR),
    column("tick_at", Moment, privacy=INTERNAL, due=True, nullable=True),
    sa.UniqueConstraint("community_id", "circle", "local_date"),
)

QUESTIONS = table(
    "questions",
    community_id(),
    column("season", sa.String(ID), privacy=INTERNAL, primary_key=True),
    person_id(erase=Erase.ROW, primary_key=True),
    column("week", sa.Integer, privacy=PERSONAL, primary_key=True),
    column("local_date", sa.Date, privacy=PERSONAL),
    column("due_at", Moment, privacy=INTERNAL),
    column("fate", sa.String(10), privacy=PERSONAL),
    column("sent_at", Moment, privacy=PERSONAL, nullable=True),
    column("tick_at", Moment, privacy=INTERNAL, due=True, nullable=True),
    sa.UniqueConstraint("community_id", "season", "person", "local_date"),
    sa.Index("ix_questions_people", "community_id", "person"),
)

NUDGES = table(
    "nudges",
    community_id(),
    column("key", sa.String(200), privacy=INTERNAL, primary_key=True),
    person_id(erase=Erase.ROW),
    column("at", Moment, privacy=PERSONAL, retention=Retention(days=30)),
)

RESPONSES = table(
    "responses",
    community_id(),
    column("season", sa.String(ID), privacy=INTERNAL, primary_key=True),
    person_id(erase=Erase.ROW, primary_key=True),
    column("week", sa.Integer, privacy=PERSONAL, primary_key=True),
    column("said", Sealed, privacy=SENSITIVE, sealed_for="person"),
    column("shared_with", sa.String(ID), privacy=PERSONAL, nullable=True),
    column("posts", sa.Integer, privacy=INTERNAL),
    column("at", Moment, privacy=PERSONAL),
    column(
        "season_ends",
        Moment,
        privacy=INTERNAL,
        retention=Retention(setting="answers_kept_days"),
    ),
    sa.Index("ix_responses_people", "community_id", "person"),
)
