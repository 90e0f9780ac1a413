"""What moderators do with members: see who is there, and approve mentors."""

from dataclasses import replace

from bot.core.actions.intros import Approve, ShowMembers, ShowWaiting
from bot.core.actions.overview import ShowStatus
from bot.core.boundary.events import ActionTaken, CommandUsed
from bot.core.boundary.ids import PersonId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Delivery,
    Drawn,
    Drop,
    Hold,
    Outcome,
    Replace,
    Say,
    To,
    ToPerson,
)
from bot.core.boundary.views import Message, Picked
from bot.core.features.intros.notices import MentorApproved, MentorWaits
from bot.core.features.intros.rules import takes_part
from bot.core.features.intros.views import moderation as views
from bot.core.features.intros.views.standing import said, told
from bot.core.programme.checkins.catch_up import HoldUntil, catch_up
from bot.core.programme.checkins.nudges import rhythm
from bot.core.programme.members.model import Member, Standing
from bot.core.programme.people import Person
from bot.core.programme.unit import Unit


def members_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin members``."""
    return Outcome(Say(views.members(unit.members.all(), 0, unit)))


def members_page(action: ShowMembers, _event: ActionTaken, unit: Unit) -> Outcome:
    """Another page of it."""
    return Outcome(Replace(views.members(unit.members.all(), action.page, unit)))


def approve_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin approve [person]``: those who wait, or this one at once."""
    picked = event.options.get("person")
    if not isinstance(picked, Picked):
        return Outcome(Say(_waiting(0, unit)))
    person = unit.people.find(picked.person)
    waits = _who_waits(person.id, unit) if person else None
    if person is None or waits is None:
        nobody = unit.words.text("intros.approve.not_waiting", name=picked.name)
        return Outcome(Say(views.waiting(_all_waiting(unit), 0, unit, lead=nobody)))
    owed = _approve(waits, unit)
    return Outcome(Say(_approved(person, unit)), owed)


def approve(action: Approve, _event: ActionTaken, unit: Unit) -> Outcome:
    """The one tap."""
    person = unit.people.get(PersonId(action.person))
    if person is None:
        return Outcome(Replace(said(unit, "intros.approve.gone")))
    waits = _who_waits(person.id, unit)
    owed = _approve(waits, unit) if waits else ()
    return Outcome(Replace(_approved(person, unit)), owed)


def waiting_page(action: ShowWaiting, _event: ActionTaken, unit: Unit) -> Outcome:
    """Another page of those who wait."""
    return Outcome(Replace(_waiting(action.page, unit)))


def _waiting(page: int, unit: Unit) -> Message:
    return views.waiting(_all_waiting(unit), page, unit)


def _all_waiting(unit: Unit) -> tuple[Member, ...]:
    return unit.members.all(Standing.WAITING)


def _who_waits(person: PersonId, unit: Unit) -> Member | None:
    member = unit.members.get(person)
    return member if member is not None and member.standing is Standing.WAITING else None


def _approve(member: Member, unit: Unit) -> tuple[Delivery, ...]:
    unit.members.save(replace(member, standing=Standing.ACTIVE))
    unit.programme.audit(unit.actor.id if unit.actor else None, "mentor.approved", member.person)
    key = key_of("mentor-approved", member.person, int(unit.at.timestamp()))
    return (Delivery(key, ToPerson(member.person), MentorApproved()),)


def _approved(person: Person, unit: Unit) -> Message:
    left = _all_waiting(unit)
    member = unit.members.get(person.id)
    key = "intros.approve.done" if takes_part(member) else "intros.approve.gone"
    lead = unit.words.text(key, name=person.mention())
    return views.waiting(left, 0, unit, lead=lead)


def draw_mentor_waits(notice: MentorWaits, to: To, unit: Unit) -> Drawn:
    """Somebody waits for you."""
    person = unit.people.get(PersonId(notice.mentor))
    if person is None or _who_waits(person.id, unit) is None or not isinstance(to, ToPerson):
        return Drop("no longer waiting")
    button = ("intros.button.approve_one", Approve(person.id))
    words = unit.words_for(to.person)
    return told(words, "intros.mentor_waits", button, name=(person.mention(),))


def draw_approved(_notice: MentorApproved, to: To, unit: Unit) -> Drawn:
    """You may mentor. It is about one's own place: only quiet hours hold it back."""
    member = unit.members.get(to.person) if isinstance(to, ToPerson) else None
    if not takes_part(member):
        return Drop("left meanwhile")
    quiet_hours = replace(rhythm(member), most_a_week=7)
    match catch_up((unit.at,), (), unit.at, quiet_hours)[0]:
        case HoldUntil(until):
            return Hold(until)
        case _:
            pass
    return told(
        unit.words_for(member.person), "intros.approved", ("intros.button.status", ShowStatus())
    )
