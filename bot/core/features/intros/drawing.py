"""Puts what is owed to members, and of them to moderators, into words when it is sent."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.core.actions.intros import (
    Fill,
    Join,
    ShowProfile,
)
from bot.core.actions.overview import ShowStatus
from bot.core.boundary.ids import PersonId
from bot.core.boundary.outcome import (
    Drawn,
    Drop,
    Hold,
    To,
    ToPerson,
)
from bot.core.boundary.views import Message
from bot.core.features.intros.notices import (
    FinishIntro,
    MentorApproved,
    MentorDeclined,
    MentorWaits,
    PauseOver,
)
from bot.core.features.intros.rules import takes_part
from bot.core.features.intros.ticks import zone_of
from bot.core.features.intros.views import moderation
from bot.core.features.intros.views import standing as views
from bot.core.features.intros.views.standing import told
from bot.core.programme.checkins.catch_up import HoldUntil, Missed, SendNow, catch_up
from bot.core.programme.checkins.nudges import may_nudge, rhythm
from bot.core.programme.members.model import Member, Role, Standing
from bot.core.programme.unit import Unit


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
        zone_of(draft, unit),
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


def draw_mentor_waits(notice: MentorWaits, to: To, unit: Unit) -> Drawn:
    """Somebody waits for you."""
    person = unit.people.get(PersonId(notice.mentor))
    member = unit.members.get(person.id) if person else None
    if person is None or member is None or not isinstance(to, ToPerson):
        return Drop("no longer there")
    if member.standing is not Standing.WAITING:
        return Drop("no longer waiting")
    return moderation.mentor_waits(person, member, unit, unit.words_for(to.person))


def draw_approved(_notice: MentorApproved, to: To, unit: Unit) -> Drawn:
    """You may mentor."""
    return _drawn_answer("intros.approved", to, unit)


def draw_declined(_notice: MentorDeclined, to: To, unit: Unit) -> Drawn:
    """Not now, said kindly."""
    return _drawn_answer("intros.declined", to, unit)


def _drawn_answer(key: str, to: To, unit: Unit) -> Drawn:
    """A moderator's answer, as long as it stands. It is about one's own place: only quiet hours
    hold it back."""
    member = unit.members.get(to.person) if isinstance(to, ToPerson) else None
    if not takes_part(member):
        return Drop("left meanwhile")
    if (member.standing is Standing.DECLINED) != (key == "intros.declined"):
        return Drop("a moderator thought again")
    quiet_hours = replace(rhythm(member), most_a_week=7)
    match catch_up((unit.at,), (), unit.at, quiet_hours)[0]:
        case HoldUntil(until):
            return Hold(until)
        case _:
            pass
    words = unit.words_for(member.person)
    about = ("intros.button.about", Fill("about"))
    status = ("intros.button.status", ShowStatus())
    return told(words, key, *((about,) if key == "intros.declined" else ()), status)
