"""Telling moderators what they can put right: once for each cause, and of nothing confidential."""

from bot.core.actions.trouble import HaveRead, ReadUnread
from bot.core.boundary.events import ActionTaken, NotDelivered
from bot.core.boundary.ids import PersonId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import Delivery, Outcome, Replace, Say, ToPerson
from bot.core.features.trouble import views
from bot.core.features.trouble.doubtful import ask_somebody_there
from bot.core.features.trouble.notices import Trouble
from bot.core.features.trouble.rules import cause_of
from bot.core.programme.reports.notices import ReportCame, ReportHandled
from bot.core.programme.unit import Unit


def undelivered(event: NotDelivered, unit: Unit) -> Outcome:
    """Tell every other moderator of the cause, once a season; have doubts settled."""
    if isinstance(event.what, Trouble):
        return Outcome()
    cause = cause_of(event, unit)
    if cause is None:
        return ask_somebody_there(event, unit)
    season = unit.seasons.current()
    told = (cause.why.value, cause.subject, season.id if season else "")
    about = (cause.person,) if cause.person else ()
    notice = Trouble(cause.why.value, cause.person or "", cause.circle or "")
    return Outcome(
        deliveries=tuple(
            Delivery(key_of("trouble", *told, moderator), ToPerson(moderator), notice, about)
            for moderator in unit.programme.moderators()
            if moderator != cause.person and _may_hear(moderator, event, unit)
        )
    )


def _may_hear(moderator: PersonId, event: NotDelivered, unit: Unit) -> bool:
    """Of what is owed about a report, whom it is about hears nothing, nor that it failed."""
    if not isinstance(event.what, ReportCame | ReportHandled):
        return True
    report = unit.reports.get(event.what.report)
    return report is not None and report.may_be_seen_by(moderator)


def read_unread(_action: ReadUnread, _event: ActionTaken, unit: Unit) -> Outcome:
    """Show it: what is still unread comes in the place of this answer, by ``bot.core.unread``."""
    return Outcome(Say(views.note(unit.words, "trouble.letters.none")))


def have_read(action: HaveRead, _event: ActionTaken, unit: Unit) -> Outcome:
    """It was read; what is left comes in its place."""
    if unit.actor:
        unit.mail.have_read(unit.actor.id, action.number)
    return Outcome(Replace(views.note(unit.words, "trouble.letters.read")))
