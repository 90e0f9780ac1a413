"""Pausing, quiet and leaving."""

from dataclasses import replace

from bot.core.actions.intros import (
    ChangeQuiet,
    ComeBack,
    Leave,
    PauseFor,
    StartNudges,
    Stay,
    StopNudges,
)
from bot.core.actions.overview import ShowStatus
from bot.core.boundary.events import (
    ActionTaken,
    CommandUsed,
    FormSubmitted,
)
from bot.core.boundary.forms import Filled, Problem, sent
from bot.core.boundary.ids import PersonId
from bot.core.boundary.outcome import (
    Departure,
    FixForm,
    Outcome,
    Replace,
    Say,
    ShowForm,
)
from bot.core.boundary.views import Block, Button, Message
from bot.core.features.intros import rules
from bot.core.features.intros.forms import quiet_form
from bot.core.features.intros.handlers.own import own
from bot.core.features.intros.rules import NotPlacedYet, Paused
from bot.core.features.intros.views import standing as views
from bot.core.programme.checkins.plan import replan_member
from bot.core.programme.members.model import NOT_APPROVED, Member, Standing
from bot.core.programme.unit import Unit
from bot.core.unsent import forget_unsent


def status(person: PersonId, unit: Unit) -> tuple[Block, ...]:
    """Our part of ``/circle status``."""
    member = unit.members.get(person)
    if not rules.takes_part(member):
        half_way = unit.members.draft(person) is not None
        return views.not_joined(unit, half_way=half_way, left=member is not None)
    return views.status(member, unit.members.profile(person), unit)


# ---- Pause --------------------------------------------------------------------------------------


def pause_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle pause [until]``."""
    until, member = event.options.get("until"), own(unit)
    if isinstance(until, str) and until.strip():
        return Outcome(Say(_pause(member, until, unit)))
    if member.standing is Standing.PAUSED:
        return Outcome(Say(views.paused(member, unit)))
    if member.standing in NOT_APPROVED:
        return Outcome(Say(views.said(unit, "intros.pause.waiting")))
    return Outcome(Say(views.ask_pause(unit)))


def pause_for(action: PauseFor, _event: ActionTaken, unit: Unit) -> Outcome:
    """A button under the question how long."""
    return Outcome(Replace(_pause(own(unit), max(action.days, 0), unit)))


def _pause(member: Member, until: str | int, unit: Unit) -> Message:
    match rules.pause(member, until, unit.at):
        case Paused(away):
            unit.members.save(away)
            return views.paused(away, unit)
        case NotPlacedYet():
            return views.said(unit, "intros.pause.waiting")
        case problem:
            return views.ask_pause(unit, problem)


def come_back(_action: ComeBack, _event: ActionTaken, unit: Unit) -> Outcome:
    """The end of a pause, in one tap."""
    member = own(unit)
    if member.standing is Standing.PAUSED:
        unit.members.save(rules.back(member))
    show = Button(unit.words.line("intros.button.status"), ShowStatus())
    return Outcome(Replace(views.said(unit, "intros.back", show)))


# ---- Leave --------------------------------------------------------------------------------------


def leave_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle leave``: asks once."""
    return Outcome(Say(views.ask_leave(unit)))


def leave(_action: Leave, _event: ActionTaken, unit: Unit) -> Outcome:
    """They are sure. Every feature does its part."""
    return Outcome(Replace(views.left(unit)), departed=Departure(own(unit).person, False))


def stay(_action: Stay, _event: ActionTaken, unit: Unit) -> Outcome:
    """They are not."""
    return Outcome(Replace(views.said(unit, "intros.leave.stayed")))


def on_departed(departure: Departure, unit: Unit) -> Outcome:
    """What becomes of a member who goes: no draft, no secrets, and no seat to be given."""
    person = departure.person
    unit.members.save_draft(person, None)
    forget_unsent(person, unit)
    for one in unit.members.sensitive(person):
        unit.members.withdraw(person, one.key)
    member = unit.members.get(person)
    if rules.takes_part(member):
        unit.members.save(replace(member, standing=Standing.LEFT, paused_until=None))
    return Outcome()


# ---- Quiet --------------------------------------------------------------------------------------


def quiet_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle quiet``: how things are, and one tap to stop."""
    return Outcome(Say(views.quiet(own(unit), unit)))


def stop(_action: StopNudges, _event: ActionTaken, unit: Unit) -> Outcome:
    """Nothing unasked any more."""
    return _switched(unit, stopped=True)


def start(_action: StartNudges, _event: ActionTaken, unit: Unit) -> Outcome:
    """Nudges again, as they were."""
    return _switched(unit, stopped=False)


def _switched(unit: Unit, *, stopped: bool) -> Outcome:
    member = replace(own(unit), nudges_stopped=stopped)
    unit.members.save(member)
    note = "intros.quiet.stopped" if stopped else "intros.quiet.started"
    return Outcome(Say(views.quiet(member, unit, note=note)))


def ask_quiet(_action: ChangeQuiet, _event: ActionTaken, unit: Unit) -> Outcome:
    """The form, as things are."""
    member = own(unit)
    most = unit.community.settings.nudges_a_week
    filled = Filled(
        choices={
            "budget": (str(min(member.nudges_a_week, most)),),
            "from": (str(member.quiet_from % 24),),
            "until": (str(member.quiet_until % 24),),
            "private": ("private" if member.private_question else "room",),
        }
    )
    return Outcome(ShowForm(quiet_form(filled, unit)))


def change_quiet(_action: ChangeQuiet, event: FormSubmitted, unit: Unit) -> Outcome:
    """The form came back."""
    filled, member = sent(event), own(unit)
    most = unit.community.settings.nudges_a_week
    allowed = {"budget": most, "from": 23, "until": 23}
    problems = {
        key: Problem("intros.problem.choose_one")
        for key, highest in allowed.items()
        if filled.one(key) not in {str(n) for n in range(highest + 1)}
    }
    if problems:
        return Outcome(FixForm(quiet_form(filled, unit, problems)))
    member = replace(
        member,
        nudges_a_week=int(filled.one("budget")),
        quiet_from=int(filled.one("from")),
        quiet_until=int(filled.one("until")),
        private_question=filled.one("private") == "private",
        nudges_stopped=False,
    )
    unit.members.save(member)
    cancelled = replan_member(member.person, unit)
    return Outcome(Say(views.quiet(member, unit, note="intros.quiet.saved")), cancelled=cancelled)
