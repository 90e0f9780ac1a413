"""Telling moderators what they can put right, without telling them about anybody."""

from datetime import timedelta

from bot.core.actions.safety import ReportCame, ReportHandled
from bot.core.actions.trouble import Trouble
from bot.core.boundary.events import NotDelivered, Why
from bot.core.boundary.ids import PersonId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import Delivery, Drawn, Drop, Outcome, To, ToPerson
from bot.core.boundary.views import Message, Paragraph, Small
from bot.core.programme.unit import Unit

_STILL_NEWS = timedelta(days=2)


def undelivered(event: NotDelivered, unit: Unit) -> Outcome:
    """Tell every moderator of the cause, once a day; never of a notice of this very kind."""
    if event.why in (Why.EXPIRED, Why.DROPPED) or isinstance(event.what, Trouble):
        return Outcome()
    day = event.at.date().isoformat()
    told = [one for one in unit.programme.moderators() if _may_hear(one, event, unit)]
    return Outcome(
        deliveries=tuple(
            Delivery(
                key_of("trouble", event.why.value, day, moderator),
                ToPerson(moderator),
                Trouble(event.why.value),
                expires=event.at + _STILL_NEWS,
            )
            for moderator in told
        )
    )


def _may_hear(moderator: PersonId, event: NotDelivered, unit: Unit) -> bool:
    """Of what is owed about a report, whom it is about hears nothing, nor that it failed."""
    if not isinstance(event.what, ReportCame | ReportHandled):
        return True
    report = unit.reports.get(event.what.report)
    return report is not None and report.may_be_seen_by(moderator)


def draw(notice: Trouble, to: To, unit: Unit) -> Drawn:
    """The cause, and what helps against it."""
    if not isinstance(to, ToPerson):
        return Drop("not a person")
    words = unit.words_for(to.person)
    return Message(
        words.line("trouble.title"),
        (
            Paragraph(words.text(f"trouble.{notice.why}")),
            Small(words.text(f"trouble.{notice.why}.next")),
        ),
    )
