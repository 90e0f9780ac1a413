"""Reports: from anybody, to the moderators they are not about, acknowledged at both ends."""

from dataclasses import replace

from bot.core.actions.safety import (
    HandleReport,
    NextReport,
    OpenReport,
    SendReport,
)
from bot.core.boundary.events import ActionTaken, CommandUsed, FormSubmitted
from bot.core.boundary.forms import Filled, Problem, sent, too_long
from bot.core.boundary.ids import Key, PersonId, ReportId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Delivery,
    Departure,
    Edit,
    FixForm,
    Outcome,
    Replace,
    Say,
    ShowForm,
    ToPerson,
)
from bot.core.boundary.views import Message
from bot.core.features.safety import forms, rules, views
from bot.core.programme.people import Person
from bot.core.programme.reports.notices import ReportCame, ReportHandled
from bot.core.programme.reports.store import Report
from bot.core.programme.unit import Unit


def open_report(event: CommandUsed, unit: Unit) -> Outcome:
    """Show the form to whoever asks, member or not."""
    return Outcome(ShowForm(forms.report_form(unit.words, Filled())))


def open_report_again(action: OpenReport, event: ActionTaken, unit: Unit) -> Outcome:
    """The same from a button."""
    return Outcome(ShowForm(forms.report_form(unit.words, Filled())))


def send_report(action: SendReport, event: FormSubmitted, unit: Unit) -> Outcome:
    """Keep the report and owe it to the moderators it is not about."""
    filled = sent(event)
    typed, picked = filled.text("words"), next(iter(filled.picked("about")), None)
    problems = _problems(filled, typed, unit)
    if problems:
        return Outcome(FixForm(forms.report_form(unit.words, filled, problems)))

    reporter, about = unit.actor, unit.people.find(picked.person) if picked else None
    moderators, settings = unit.programme.moderators(), unit.community.settings
    readers = rules.readers(moderators, _id(reporter), _id(about))
    if not readers:
        told = views.nobody_to_read(
            unit.words, about=bool(moderators), contact=settings.report_contact, typed=typed
        )
        return Outcome(Say(told))

    reporter = unit.people.ensure(event.actor)
    report = Report(ReportId(unit.new_id()), reporter.id, _id(about), typed, unit.at)
    unit.reports.save(report, picked)
    unit.programme.audit(None, "report.sent", report.id)
    return Outcome(
        Say(views.received(unit.words, len(readers), settings.help_line)),
        tuple(_tell(report, reader) for reader in readers),
    )


def show_reports(event: CommandUsed, unit: Unit) -> Outcome:
    """Show a moderator the oldest open report that they may see."""
    return Outcome(Say(_after(None, unit)))


def next_report(action: NextReport, event: ActionTaken, unit: Unit) -> Outcome:
    """Show the one after."""
    return Outcome(Replace(_after(action.report, unit)))


def handle_report(action: HandleReport, event: ActionTaken, unit: Unit) -> Outcome:
    """Keep who took care of it; tell the other moderators, and whoever reported."""
    moderator = unit.people.ensure(event.actor)
    report = unit.reports.get(action.report)
    if report is None or not report.may_be_seen_by(moderator.id):
        return Outcome(Say(views.note(unit.words, "safety.gone")))
    if report.handled_by:
        return Outcome(Replace(views.report_view(report, unit.words, unit)))

    handled = _handled(report, moderator)
    unit.reports.save(handled)
    unit.programme.audit(moderator.id, "report.handled", report.id)
    others = rules.readers(unit.programme.moderators(), moderator.id, report.about)
    edits = tuple(_tell_anew(handled, other) for other in others if other != moderator.id)
    thanks = Delivery(
        key_of("report-handled", report.id), ToPerson(report.reporter), ReportHandled(report.id)
    )
    return Outcome(
        Replace(views.report_view(handled, unit.words, unit)),
        (*edits, thanks) if report.reporter != moderator.id else edits,
    )


def on_departed(departure: Departure, unit: Unit) -> Outcome:
    """Whoever is forgotten is named in no report any more; the reports themselves stay."""
    if departure.forgotten:
        unit.reports.forget_name(departure.person)
    return Outcome()


def _problems(filled: Filled, typed: str, unit: Unit) -> dict[str, Problem]:
    problems: dict[str, Problem] = {}
    if not typed:
        problems["words"] = Problem("safety.report.words.missing")
    elif problem := too_long(typed, rules.MOST_WORDS):
        problems["words"] = problem
    return problems


def _after(report: ReportId | None, unit: Unit) -> Message:
    """The first open report after this one that the moderator may see; from the start again at
    the end."""
    seen = unit.reports.open(_id(unit.actor))
    if not seen:
        return views.note(unit.words, "safety.none_open")
    ids = [one.id for one in seen]
    at = (ids.index(report) + 1) % len(seen) if report in ids else 0
    return views.report_view(seen[at], unit.words, unit, more=len(seen) > 1)


def _id(person: Person | None) -> PersonId | None:
    return person.id if person else None


def _handled(report: Report, moderator: Person) -> Report:
    return replace(report, handled_by=moderator.id)


def _tell(report: Report, moderator: PersonId) -> Delivery:
    # Forgetting whoever wrote it takes it back. Forgetting whom it is about does not: nobody can
    # make a report about themselves disappear.
    notice = ReportCame(report.id, moderator)
    return Delivery(_key(report, moderator), ToPerson(moderator), notice, (report.reporter,))


def _tell_anew(report: Report, moderator: PersonId) -> Delivery:
    key = key_of("report-anew", report.id, moderator)
    return Delivery(key, Edit(_key(report, moderator)), ReportCame(report.id, moderator))


def _key(report: Report, moderator: PersonId) -> Key:
    return key_of("report", report.id, moderator)
