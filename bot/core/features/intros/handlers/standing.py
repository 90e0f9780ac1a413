"""Pausing, quiet, leaving, and what time brings to a member."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.core.actions.intros import (
    ChangeQuiet,
    ComeBack,
    Join,
    Leave,
    PauseFor,
    ShowProfile,
    StartNudges,
    Stay,
    StopNudges,
)
from bot.core.actions.overview import ShowStatus
from bot.core.boundary.events import (
    ActionTaken,
    CommandUsed,
    Delivered,
    FormSubmitted,
    NotDelivered,
    Tick,
)
from bot.core.boundary.forms import Filled, Problem, sent
from bot.core.boundary.ids import PersonId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Delivery,
    Departure,
    Drawn,
    Drop,
    FixForm,
    Hold,
    Outcome,
    Replace,
    Say,
    ShowForm,
    To,
    ToPerson,
)
from bot.core.boundary.views import Block, Button, Message
from bot.core.features.intros import rules
from bot.core.features.intros.handlers.own import own
from bot.core.features.intros.notices import FinishIntro, PauseOver
from bot.core.features.intros.rules import NotPlacedYet, Paused
from bot.core.features.intros.views import standing as views
from bot.core.features.intros.views.forms import quiet_form
from bot.core.programme.checkins.catch_up import HoldUntil, Missed, SendNow
from bot.core.programme.checkins.nudges import may_nudge
from bot.core.programme.checkins.plan import replan_member
from bot.core.programme.members.model import NOT_APPROVED, IntroDraft, Member, Role, Standing
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


# ---- Time ---------------------------------------------------------------------------------------


def on_tick(event: Tick, unit: Unit) -> Outcome:
    """Pauses that are over end; half-filled intros are reminded of, once."""
    over, half_way = unit.members.due(event.at)
    owed: list[Delivery] = []
    for member in over:
        unit.members.save(rules.back(member))
        if member.paused_until is not None and not member.nudges_stopped:
            due = int(member.paused_until.timestamp())
            key = key_of("pause-over", member.person, due)
            owed.append(Delivery(key, ToPerson(member.person), PauseOver(due)))
    for person in half_way:
        draft = unit.members.draft(person)
        if draft is None:
            continue
        unit.members.save_draft(person, replace(draft, reminded=True))
        due = int(rules.remind_at(draft.started_at or unit.at, _zone(draft, unit)).timestamp())
        owed.append(
            Delivery(key_of("finish-intro", person, due), ToPerson(person), FinishIntro(due))
        )
    return Outcome(deliveries=tuple(owed))


def _zone(draft: IntroDraft, unit: Unit) -> str:
    return draft.zone or unit.community.settings.zone


def draw_pause_over(notice: PauseOver, to: To, unit: Unit) -> Drawn:
    """Welcome back: a nudge like any other."""
    member = unit.members.get(to.person) if isinstance(to, ToPerson) else None
    if member is None or member.standing is not Standing.ACTIVE or member.nudges_stopped:
        return Drop("not back, or not to be told")
    show, profile = ("intros.button.status", ShowStatus()), ("intros.button.profile", ShowProfile())
    welcome = views.told(unit.words_for(member.person), "intros.pause_over", show, profile)
    return _when_allowed(welcome, member, notice.due, unit)


def draw_finish_intro(notice: FinishIntro, to: To, unit: Unit) -> Drawn:
    """The one reminder: a nudge too, by the community's own hours."""
    draft = unit.members.draft(to.person) if isinstance(to, ToPerson) else None
    if draft is None or not isinstance(to, ToPerson):
        return Drop("finished or given up")
    settings = unit.community.settings
    reader = Member(
        to.person,
        Standing.LEFT,
        Role.MENTEE,
        _zone(draft, unit),
        nudges_a_week=settings.nudges_a_week,
        quiet_from=settings.quiet_from,
        quiet_until=settings.quiet_until,
    )
    reminder = views.told(
        unit.words_for(to.person), "intros.finish", ("intros.half_way.button", Join())
    )
    return _when_allowed(reminder, reader, notice.due, unit)


def _when_allowed(message: Message, member: Member, due: int, unit: Unit) -> Drawn:
    match may_nudge(member, datetime.fromtimestamp(due, UTC), unit):
        case SendNow():
            return message
        case HoldUntil(until):
            return Hold(until)
        case Missed():
            return Drop("too late")


def told(_notice: PauseOver | FinishIntro, event: Delivered | NotDelivered, unit: Unit) -> Outcome:
    """What was said unasked counts as a nudge."""
    to = event.to
    if isinstance(event, Delivered) and isinstance(to, ToPerson) and unit.people.get(to.person):
        unit.checkins.note_nudge(to.person, event.key, event.at)
    return Outcome()
