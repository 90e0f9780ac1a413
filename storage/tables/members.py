"""Members, what they told, and under which consents."""

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

MEMBERS = table(
    "members",
    community_id(),
    person_id(erase=Erase.ROW, primary_key=True),
    column("standing", sa.String(20), privacy=PERSONAL),
    column("role", sa.String(20), privacy=PERSONAL),
    column("zone", sa.String(60), privacy=PERSONAL),
    column("capacity", sa.Integer, privacy=PERSONAL),
    column("private_question", sa.Boolean, privacy=PERSONAL),
    column("nudges_a_week", sa.Integer, privacy=PERSONAL),
    column("quiet_from", sa.Integer, privacy=PERSONAL),
    column("quiet_until", sa.Integer, privacy=PERSONAL),
    column("nudges_stopped", sa.Boolean, privacy=PERSONAL),
    column("paused_until", Moment, privacy=PERSONAL, nullable=True, due=True),
    column("joined_at", Moment, privacy=PERSONAL, nullable=True),
    column(
        "left_at",
        Moment,
        privacy=PERSONAL,
        nullable=True,
        retention=Retention(setting="left_kept_days", forgets=True),
    ),
)

PROFILES = table(
    "profiles",
    community_id(),
    person_id(erase=Erase.ROW, primary_key=True),
    column("told", Sealed, privacy=SENSITIVE, sealed_for="person"),
)

DRAFTS = table(
    "intro_drafts",
    community_id(),
    person_id(erase=Erase.ROW, primary_key=True),
    column("draft", Sealed, privacy=SENSITIVE, sealed_for="person"),
    column("touched_at", Moment, privacy=PERSONAL, retention=Retention(days=30)),
    column("remind_at", Moment, privacy=PERSONAL, nullable=True, due=True),
)

# What was filled into a form that had something to mend or was set aside: it comes back for a day.
# When it was filled in lies sealed with it; ``at`` is earlier where it is to go sooner than that.
UNSENT = table(
    "unsent_forms",
    community_id(),
    person_id(erase=Erase.ROW, primary_key=True),
    column("form", sa.String(100), privacy=INTERNAL, primary_key=True),
    column("filled", Sealed, privacy=SENSITIVE, sealed_for="person"),
    column("at", Moment, privacy=INTERNAL, retention=Retention(days=1)),
)

CONSENTS = table(
    "consents",
    community_id(),
    column("id", sa.String(ID), privacy=INTERNAL, primary_key=True),
    person_id(erase=Erase.ROW),
    column("answer", sa.String(80), privacy=PERSONAL),
    column("purpose", sa.String(20), privacy=PERSONAL),
    column("text_version", sa.String(20), privacy=PERSONAL),
    column("given_in", sa.String(40), privacy=PERSONAL),
    column("given_at", Moment, privacy=PERSONAL),
    column(
        "withdrawn_at",
        Moment,
        privacy=PERSONAL,
        nullable=True,
        retention=Retention(setting="audit_kept_days"),
    ),
)

# One row for each purpose, so that each consent takes its own copy with it when it goes.
SENSITIVE_ANSWERS = table(
    "sensitive_answers",
    community_id(),
    column("consent", sa.String(ID), privacy=INTERNAL, primary_key=True),
    person_id(erase=Erase.ROW),
    column("told", Sealed, privacy=SENSITIVE, sealed_for="person"),
    sa.ForeignKeyConstraint(["community_id", "consent"], ["consents.community_id", "consents.id"]),
)
