"""Who may join as what, and what becomes of a member's standing. Pure decisions."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeGuard
from zoneinfo import ZoneInfo

from bot.core.boundary.ids import PersonId
from bot.core.boundary.zones import local_moment
from bot.core.features.intros.until import NotADate, Passed, TooFar, read_until
from bot.core.programme.community.model import COMFORT_TOPICS, Settings
from bot.core.programme.members.model import (
    NOT_APPROVED,
    IntroDraft,
    Member,
    Profile,
    Role,
    Standing,
)

PARTS = ("about", "times", "people")
"""The three forms of the intro, in order."""

CONSENT_TEXT = "1"
"""The version of the words that sensitive questions are asked in: raised when they change."""

REMIND_AT = 18 * 60
"""Minutes after local midnight at which a half-filled intro is reminded of, on the second day."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A new member, and whether a moderator must approve them first."""

    member: Member
    waits: bool


@dataclass(frozen=True, slots=True)
class AlreadyIn:
    """They take part already."""

    member: Member


@dataclass(frozen=True, slots=True)
class NeedsRole:
    """Nobody joins without saying as what."""


@dataclass(frozen=True, slots=True)
class NeedsThemes:
    """A mentee seeks, and a mentor offers, at least one theme. Says which of the two is missing."""

    seeks: bool
    offers: bool


def join(
    draft: IntroDraft, earlier: Member | None, settings: Settings, person: PersonId, at: datetime
) -> Joined | AlreadyIn | NeedsRole | NeedsThemes:
    """Whether a filled-in intro makes a member."""
    if takes_part(earlier):
        return AlreadyIn(earlier)
    if not draft.role:
        return NeedsRole()
    role = Role(draft.role)
    missing = themes_missing(role, draft.profile, settings)
    if missing is not None:
        return missing
    waits = role.mentors and settings.approve_mentors
    member = Member(
        person,
        Standing.WAITING if waits else Standing.ACTIVE,
        role,
        draft.zone or settings.zone,
        capacity=int(draft.capacity or 1),
        private_question=bool(draft.private_question),
        nudges_a_week=settings.nudges_a_week,
        quiet_from=settings.quiet_from,
        quiet_until=settings.quiet_until,
        joined_at=at,
    )
    return Joined(member, waits)


def takes_part(member: Member | None) -> TypeGuard[Member]:
    """Whether they joined and have not left."""
    return member is not None and member.standing is not Standing.LEFT


def themes_missing(role: Role, profile: Profile, settings: Settings) -> NeedsThemes | None:
    """Which required themes were not chosen, among those the community has now."""
    known = {theme.key for theme in settings.themes}
    seeks = role is not Role.MENTOR and known.isdisjoint(profile.seeks)
    offers = role.mentors and known.isdisjoint(profile.offers)
    return NeedsThemes(seeks, offers) if seeks or offers else None


def next_part(draft: IntroDraft) -> str:
    """The form a half-filled intro waits at. Without a role it begins at the beginning."""
    return PARTS[0] if not draft.role else PARTS[min(max(draft.step, 1), len(PARTS)) - 1]


def remind_at(at: datetime, zone: str) -> datetime:
    """When to remind of an intro begun at ``at``: towards the evening of the next day but one."""
    there = ZoneInfo(zone)
    return local_moment(at.astimezone(there).date() + timedelta(days=2), REMIND_AT, there)


def with_role(member: Member, role: Role, capacity: int, settings: Settings) -> Member:
    """The member in this role. Who newly offers to mentor waits, where mentors are approved."""
    changed = replace(member, role=role, capacity=capacity)
    if role.mentors and not member.role.mentors and settings.approve_mentors:
        return replace(changed, standing=Standing.WAITING, paused_until=None)
    if member.standing in NOT_APPROVED and not role.mentors:
        return replace(changed, standing=Standing.ACTIVE)
    return changed


@dataclass(frozen=True, slots=True)
class Paused:
    """The member is away; they return by themselves if there is a date."""

    member: Member


@dataclass(frozen=True, slots=True)
class NotPlacedYet:
    """A mentor to whom nobody said yes has nothing to pause."""


def pause(
    member: Member, until: str | int, at: datetime
) -> Paused | NotPlacedYet | NotADate | Passed | TooFar:
    """A pause until what somebody typed, or for so many days (0: until they come back)."""
    if member.standing in NOT_APPROVED:
        return NotPlacedYet()
    there = ZoneInfo(member.zone)
    today = at.astimezone(there).date()
    if until == 0:
        return Paused(replace(member, standing=Standing.PAUSED, paused_until=None))
    day = read_until(until if isinstance(until, str) else f"{until} days", today)
    if not isinstance(day, date):
        return day
    back = local_moment(day, morning(member) * 60, there)
    return Paused(replace(member, standing=Standing.PAUSED, paused_until=back))


def back(member: Member) -> Member:
    """The member once their pause is over."""
    return replace(member, standing=Standing.ACTIVE, paused_until=None)


def morning(member: Member) -> int:
    """The local hour at which a member's day begins: the first from nine on that is not quiet."""
    hours = (hour % 24 for hour in range(9, 9 + 24))
    return next((hour for hour in hours if not _quiet(member, hour)), 9)


def _quiet(member: Member, hour: int) -> bool:
    start, end = member.quiet_from, member.quiet_until
    return start <= hour < end if start <= end else not end <= hour < start


def further_questions(settings: Settings) -> tuple[str, ...]:
    """What may be told under *Add more about you*, as far as the community asks it."""
    asked = [
        *(["stage"] if settings.ask_stage and settings.stages else []),
        *(["heritage"] if settings.ask_heritage else []),
        *(["comfort"] if settings.ask_comfort else []),
    ]
    return (*asked, *(f"q:{question.key}" for question in settings.questions))


def sensitive_keys(what: str, settings: Settings) -> tuple[str, ...]:
    """The keys under which the answer to a further question is sealed; none if it is no secret."""
    if what == "comfort":
        return tuple(f"comfort:{topic}" for topic in COMFORT_TOPICS)
    if what == "heritage":
        return (what,)
    return tuple(
        what
        for question in settings.questions
        if what == f"q:{question.key}" and question.sensitive
    )


def tidy(profile: Profile, settings: Settings) -> Profile:
    """The profile without answers to what is no longer asked, or is asked as a secret now."""
    asked = further_questions(settings)
    open_keys = {q.key for q in settings.questions if not q.sensitive}
    return replace(
        profile,
        answers={key: tags for key, tags in profile.answers.items() if key in open_keys},
        declined=_among(profile.declined, asked),
    )


def _among(values: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value in known)
