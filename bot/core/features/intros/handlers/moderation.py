"""What moderators do with members: see who is there, and say yes or *not now* to mentors."""

from dataclasses import replace

from bot.core.actions.intros import Approve, NotNow, ShowMembers, ShowWaiting
from bot.core.boundary.events import ActionTaken, CommandUsed
from bot.core.boundary.ids import PersonId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Delivery,
    Outcome,
    Replace,
    Say,
    ToPerson,
)
from bot.core.boundary.text import Text
from bot.core.boundary.views import Message, Picked
from bot.core.features.intros.notices import MentorApproved, MentorDeclined
from bot.core.features.intros.rules import takes_part
from bot.core.features.intros.views import moderation as views
from bot.core.features.intros.views.standing import said
from bot.core.programme.members.model import NOT_APPROVED, Member, Standing
from bot.core.programme.people import Person
from bot.core.programme.unit import Unit


def members_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin members``."""
    return Outcome(Say(views.members(unit.members.all(), 0, unit)))


def members_page(action: ShowMembers, _event: ActionTaken, unit: Unit) -> Outcome:
    """Another page of it."""
    return Outcome(Replace(views.members(unit.members.all(), action.page, unit)))


def approve_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin approve [person]``: those who wait, or this one, to be read before either
    answer."""
    picked = event.options.get("person")
    if not isinstance(picked, Picked):
        return Outcome(Say(_waiting(0, unit)))
    person = unit.people.find(picked.person)
    member = _not_approved(person.id, unit) if person else None
    if person is None or member is None:
        nobody = unit.words.text("intros.approve.not_waiting", name=picked.name)
        return Outcome(Say(_waiting(0, unit, nobody)))
    return Outcome(Say(views.mentor_waits(person, member, unit, unit.words)))


def approve(action: Approve, _event: ActionTaken, unit: Unit) -> Outcome:
    """The one tap."""
    person = unit.people.get(PersonId(action.person))
    if person is None:
        return Outcome(Replace(said(unit, "intros.approve.gone")))
    member = unit.members.get(person.id)
    if member is None or not takes_part(member):
        return Outcome(Replace(_answered("approve.gone", person, unit)))
    if member.standing not in NOT_APPROVED:
        return Outcome(Replace(_answered("approve.already", person, unit)))
    owed = _approve(member, unit)
    return Outcome(Replace(_answered("approve.done", person, unit)), owed)


def not_now(action: NotNow, _event: ActionTaken, unit: Unit) -> Outcome:
    """The other tap: they are told kindly, and a moderator can think again at any time."""
    person = unit.people.get(PersonId(action.person))
    if person is None:
        return Outcome(Replace(said(unit, "intros.approve.gone")))
    member = unit.members.get(person.id)
    if member is None or not takes_part(member):
        return Outcome(Replace(_answered("approve.gone", person, unit)))
    if member.standing is Standing.DECLINED:
        return Outcome(Replace(_answered("decline.done", person, unit)))
    if member.standing is not Standing.WAITING:
        return Outcome(Replace(_answered("approve.already", person, unit)))
    owed = _answer(member, Standing.DECLINED, MentorDeclined(), unit)
    return Outcome(Replace(_answered("decline.done", person, unit)), owed)


def waiting_page(action: ShowWaiting, _event: ActionTaken, unit: Unit) -> Outcome:
    """Another page of those who wait."""
    return Outcome(Replace(_waiting(action.page, unit)))


def _waiting(page: int, unit: Unit, lead: Text = ()) -> Message:
    """Those who wait, and after them those to whom a moderator said *not now*."""
    waiting, declined = unit.members.all(Standing.WAITING), unit.members.all(Standing.DECLINED)
    return views.waiting(waiting, declined, page, unit, lead=lead)


def _not_approved(person: PersonId, unit: Unit) -> Member | None:
    member = unit.members.get(person)
    return member if member is not None and member.standing in NOT_APPROVED else None


def _approve(member: Member, unit: Unit) -> tuple[Delivery, ...]:
    return _answer(member, Standing.ACTIVE, MentorApproved(), unit)


def _answer(
    member: Member, standing: Standing, notice: MentorApproved | MentorDeclined, unit: Unit
) -> tuple[Delivery, ...]:
    """Keep the moderator's answer, tell whoever offered, and let an earlier answer be unsaid."""
    unit.members.save(replace(member, standing=standing))
    word = "approved" if standing is Standing.ACTIVE else "declined"
    unit.programme.audit(unit.actor.id if unit.actor else None, f"mentor.{word}", member.person)
    key = key_of(f"mentor-{word}", member.person, int(unit.at.timestamp()))
    return (Delivery(key, ToPerson(member.person), notice),)


def _answered(key: str, person: Person, unit: Unit) -> Message:
    return _waiting(0, unit, unit.words.text(f"intros.{key}", name=person.mention()))
