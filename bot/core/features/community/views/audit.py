"""The audit log."""

from collections.abc import Mapping

from bot.core.boundary.ids import PersonId
from bot.core.boundary.text import Style, Text, joined
from bot.core.boundary.views import Message, Paragraph, Small
from bot.core.features.community.views.settings import said
from bot.core.programme.community.store import AuditEntry
from bot.core.programme.unit import Unit


def audit(entries: tuple[AuditEntry, ...], names: Mapping[PersonId, Text], unit: Unit) -> Message:
    """Who did what, and when; never any content."""
    words = unit.words
    if not entries:
        return said(unit, "community.audit.none")
    lines: list[Text] = []
    for one in entries:
        key = f"audit.{one.action}"
        who = names.get(one.actor) if one.actor else words.text("community.audit.itself")
        about = names.get(PersonId(one.subject), ())
        lines.append(
            words.text(
                "community.audit.line",
                at=words.moment(one.at, Style.DAY_TIME),
                who=who or words.text("community.audit.somebody"),
                what=words.text(key) if words.has(key) else one.action,
                about=(" · ", *about) if about else (),
            )
        )
    return Message(
        words.line("community.audit.title"),
        (Paragraph(joined(lines, "\n")), Small(words.text("community.audit.kept"))),
    )
