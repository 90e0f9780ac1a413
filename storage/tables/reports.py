"""Reports to the moderators."""

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

INTERNAL, PERSONAL, SENSITIVE, SECRET = (
    Privacy.INTERNAL,
    Privacy.PERSONAL,
    Privacy.SENSITIVE,
    Privacy.SECRET,
)

REPORTS = table(
    "reports",
    community_id(),
    column("id", sa.String(ID), privacy=INTERNAL, primary_key=True),
    person_id("reporter", erase=Erase.ROW),
    person_id("about", erase=Erase.CLEAR),
    column("words", Sealed, privacy=SENSITIVE, sealed_for="reporter"),
    column("at", Moment, privacy=PERSONAL),
    person_id("handled_by", erase=Erase.CLEAR),
    column(
        "handled_at",
        Moment,
        privacy=PERSONAL,
        nullable=True,
        retention=Retention(setting="audit_kept_days"),
    ),
    # Whom it is about, also once they are forgotten: so that they can never read it.
    column("about_hash", sa.LargeBinary, privacy=SECRET, nullable=True),
    column("about_name", Sealed, privacy=SENSITIVE, sealed_for="reporter", nullable=True),
)
