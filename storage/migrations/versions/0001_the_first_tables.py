"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Go forward. There is no way back but a backup."""
    op.create_table(
        "communities",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("platform", sa.String(length=40), nullable=False),
        sa.Column("ref_hash", sa.LargeBinary(), nullable=False),
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("settings", sa.LargeBinary(), nullable=False),
        sa.Column("configured", sa.Boolean(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communities")),
        sa.UniqueConstraint("ref_hash", name=op.f("uq_communities_ref_hash")),
    )
    op.create_table(
        "erasures",
        sa.Column("ref_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ref_hash", name=op.f("pk_erasures")),
    )
    op.create_table(
        "installation",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
    )
    op.create_table(
        "installations",
        sa.Column("name_hash", sa.LargeBinary(), nullable=False),
        sa.Column("group_hash", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name_hash", name=op.f("pk_installations")),
    )
    with op.batch_alter_table("installations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_installations_group_hash"), ["group_hash"], unique=False
        )

    op.create_table(
        "drafts",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("season", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_drafts_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "season", "version", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_at"), ["at"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("event_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_inbox_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "event_hash", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_at"), ["at"], unique=False)

    op.create_table(
        "met",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("one_hash", sa.LargeBinary(), nullable=False),
        sa.Column("other_hash", sa.LargeBinary(), nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_met_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "one_hash", "other_hash", name=op.f("pk_met")),
    )
    op.create_table(
        "people",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("ref_hash", sa.LargeBinary(), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_people_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_people")),
        sa.UniqueConstraint(
            "community_id", "ref_hash", name=op.f("uq_people_community_id_ref_hash")
        ),
    )
    op.create_table(
        "rooms",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("ref_hash", sa.LargeBinary(), nullable=False),
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_rooms_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_rooms")),
        sa.UniqueConstraint(
            "community_id", "ref_hash", name=op.f("uq_rooms_community_id_ref_hash")
        ),
    )
    op.create_table(
        "seasons",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tick_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_seasons_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_seasons")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_seasons_community_id_number")),
    )
    with op.batch_alter_table("seasons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seasons_tick_at"), ["tick_at"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=12), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "actor"],
            ["people.community_id", "people.id"],
            name=op.f("fk_audit_community_id_actor_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_audit_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_audit_community_id_actor"), ["community_id", "actor"], unique=False
        )

    op.create_table(
        "circle_weeks",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("circle", sa.String(length=12), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fate", sa.String(length=10), nullable=False),
        sa.Column("host", sa.String(length=12), nullable=True),
        sa.Column("tick_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "host"],
            ["people.community_id", "people.id"],
            name=op.f("fk_circle_weeks_community_id_host_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_circle_weeks_community_id_communities"),
        ),
        sa.PrimaryKeyConstraint("community_id", "circle", "week", name=op.f("pk_circle_weeks")),
        sa.UniqueConstraint(
            "community_id",
            "circle",
            "local_date",
            name=op.f("uq_circle_weeks_community_id_circle_local_date"),
        ),
    )
    with op.batch_alter_table("circle_weeks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_circle_weeks_community_id_host"), ["community_id", "host"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_circle_weeks_tick_at"), ["tick_at"], unique=False)

    op.create_table(
        "circles",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("season", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=80), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("host", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "host"],
            ["people.community_id", "people.id"],
            name=op.f("fk_circles_community_id_host_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_circles_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_circles")),
        sa.UniqueConstraint("community_id", "name", name=op.f("uq_circles_community_id_name")),
        sa.UniqueConstraint("community_id", "room", name=op.f("uq_circles_community_id_room")),
    )
    with op.batch_alter_table("circles", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_circles_community_id_host"), ["community_id", "host"], unique=False
        )
        batch_op.create_index("ix_circles_seasons", ["community_id", "season"], unique=False)

    op.create_table(
        "consents",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.String(length=80), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("given_in", sa.String(length=40), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_consents_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_consents_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consents_community_id_person"), ["community_id", "person"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consents_withdrawn_at"), ["withdrawn_at"], unique=False
        )

    op.create_table(
        "imports",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("moderator", sa.String(length=12), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "moderator"],
            ["people.community_id", "people.id"],
            name=op.f("fk_imports_community_id_moderator_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_imports_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "moderator", name=op.f("pk_imports")),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imports_at"), ["at"], unique=False)

    op.create_table(
        "intro_drafts",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("draft", sa.LargeBinary(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_intro_drafts_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_intro_drafts_community_id_communities"),
        ),
        sa.PrimaryKeyConstraint("community_id", "person", name=op.f("pk_intro_drafts")),
    )
    with op.batch_alter_table("intro_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intro_drafts_remind_at"), ["remind_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_intro_drafts_touched_at"), ["touched_at"], unique=False
        )

    op.create_table(
        "match_runs",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("season", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("asked_by", sa.String(length=12), nullable=True),
        sa.Column("effort", sa.String(length=10), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("best", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "asked_by"],
            ["people.community_id", "people.id"],
            name=op.f("fk_match_runs_community_id_asked_by_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_match_runs_community_id_communities"),
        ),
        sa.PrimaryKeyConstraint("community_id", "season", name=op.f("pk_match_runs")),
    )
    with op.batch_alter_table("match_runs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_match_runs_community_id_asked_by"),
            ["community_id", "asked_by"],
            unique=False,
        )

    op.create_table(
        "members",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("private_question", sa.Boolean(), nullable=False),
        sa.Column("nudges_a_week", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("nudges_stopped", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_members_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_members_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "person", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_members_left_at"), ["left_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_members_paused_until"), ["paused_until"], unique=False)

    op.create_table(
        "moderators",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_moderators_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_moderators_community_id_communities"),
        ),
        sa.PrimaryKeyConstraint("community_id", "person", name=op.f("pk_moderators")),
    )
    op.create_table(
        "nudges",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_nudges_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_nudges_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "key", name=op.f("pk_nudges")),
    )
    with op.batch_alter_table("nudges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nudges_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_nudges_community_id_person"), ["community_id", "person"], unique=False
        )

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("lane", sa.String(length=220), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("person", sa.String(length=12), nullable=True),
        sa.Column("person_ref", sa.LargeBinary(), nullable=True),
        sa.Column("room", sa.String(length=12), nullable=True),
        sa.Column("original", sa.String(length=200), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waits_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("claimant", sa.String(length=12), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("perhaps_done", sa.Boolean(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_outbox_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_outbox_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("community_id", "key", name=op.f("uq_outbox_community_id_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outbox_community_id_person"), ["community_id", "person"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_outbox_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index(
            "ix_outbox_lanes",
            ["community_id", "lane", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('due', 'claimed')"),
            postgresql_where=sa.text("state IN ('due', 'claimed')"),
        )
        batch_op.create_index(
            "ix_outbox_unfinished",
            ["due"],
            unique=False,
            sqlite_where=sa.text("state IN ('due', 'claimed')"),
            postgresql_where=sa.text("state IN ('due', 'claimed')"),
        )

    op.create_table(
        "profiles",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_profiles_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_profiles_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "person", name=op.f("pk_profiles")),
    )
    op.create_table(
        "questions",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("season", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fate", sa.String(length=10), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tick_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_questions_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_questions_community_id_communities")
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "season", "person", "week", name=op.f("pk_questions")
        ),
        sa.UniqueConstraint(
            "community_id",
            "season",
            "person",
            "local_date",
            name=op.f("uq_questions_community_id_season_person_local_date"),
        ),
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index("ix_questions_people", ["community_id", "person"], unique=False)
        batch_op.create_index(batch_op.f("ix_questions_tick_at"), ["tick_at"], unique=False)

    op.create_table(
        "reports",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("reporter", sa.String(length=12), nullable=False),
        sa.Column("about", sa.String(length=12), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_by", sa.String(length=12), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "about"],
            ["people.community_id", "people.id"],
            name=op.f("fk_reports_community_id_about_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "handled_by"],
            ["people.community_id", "people.id"],
            name=op.f("fk_reports_community_id_handled_by_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "reporter"],
            ["people.community_id", "people.id"],
            name=op.f("fk_reports_community_id_reporter_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_reports_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_reports")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reports_community_id_about"), ["community_id", "about"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reports_community_id_handled_by"),
            ["community_id", "handled_by"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_reports_community_id_reporter"),
            ["community_id", "reporter"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_reports_handled_at"), ["handled_at"], unique=False)

    op.create_table(
        "responses",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("season", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("shared_with", sa.String(length=12), nullable=True),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("season_ends", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_responses_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_responses_community_id_communities")
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "season", "person", "week", name=op.f("pk_responses")
        ),
    )
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.create_index("ix_responses_people", ["community_id", "person"], unique=False)
        batch_op.create_index(batch_op.f("ix_responses_season_ends"), ["season_ends"], unique=False)

    op.create_table(
        "unsent_forms",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("form", sa.String(length=100), nullable=False),
        sa.Column("filled", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_unsent_forms_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_unsent_forms_community_id_communities"),
        ),
        sa.PrimaryKeyConstraint("community_id", "person", "form", name=op.f("pk_unsent_forms")),
    )
    with op.batch_alter_table("unsent_forms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unsent_forms_at"), ["at"], unique=False)

    op.create_table(
        "outbox_about",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_outbox_about_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_outbox_about_community_id_communities"),
        ),
        sa.ForeignKeyConstraint(
            ["delivery"],
            ["outbox.id"],
            name=op.f("fk_outbox_about_delivery_outbox"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "delivery", "person", name=op.f("pk_outbox_about")),
    )
    with op.batch_alter_table("outbox_about", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_about_people", ["community_id", "person"], unique=False)

    op.create_table(
        "seats",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("circle", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("seat", sa.String(length=10), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "circle"],
            ["circles.community_id", "circles.id"],
            name=op.f("fk_seats_community_id_circle_circles"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_seats_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_seats_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", "circle", "person", name=op.f("pk_seats")),
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_index("ix_seats_people", ["community_id", "person"], unique=False)

    op.create_table(
        "sensitive_answers",
        sa.Column("community_id", sa.String(length=12), nullable=False),
        sa.Column("consent", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "consent"],
            ["consents.community_id", "consents.id"],
            name=op.f("fk_sensitive_answers_community_id_consent_consents"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "person"],
            ["people.community_id", "people.id"],
            name=op.f("fk_sensitive_answers_community_id_person_people"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_sensitive_answers_community_id_communities"),
        ),
        sa.PrimaryKeyConstraint("community_id", "consent", name=op.f("pk_sensitive_answers")),
    )
    with op.batch_alter_table("sensitive_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sensitive_answers_community_id_person"),
            ["community_id", "person"],
            unique=False,
        )
