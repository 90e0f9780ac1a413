"""The matching problem of a season: who takes part, and with what.

Open to other features. Sensitive answers come in only through their owner's live consent to
matching; names never do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from zoneinfo import ZoneInfo

from bot.core.boundary.ids import PersonId
from bot.core.matching.definition.availability import local_week, offsets, parse_window
from bot.core.matching.definition.model import (
    MENTEE_WEIGHTS,
    MENTOR_WEIGHTS,
    QUESTION,
    Person,
    Problem,
    Role,
    Settings,
    Weights,
    tag,
)
from bot.core.programme.circles.model import CircleState
from bot.core.programme.community.model import Settings as CommunitySettings
from bot.core.programme.members.model import Member, Profile, Purpose, Sensitive, Standing
from bot.core.programme.members.secrets import usable
from bot.core.programme.seasons.model import Season
from bot.core.programme.unit import Unit


class LeftOut(Enum):
    """Why a member takes no part in this matching at all."""

    WAITING = "waiting"
    PAUSED = "paused"
    NO_HOURS = "no_hours"


@dataclass(frozen=True, slots=True)
class Pool:
    """Everybody of a season: those to be matched, and those left out with the reason."""

    problem: Problem
    left_out: tuple[tuple[PersonId, LeftOut], ...]

    @property
    def mentors(self) -> int:
        """How many could mentor a circle."""
        return sum(1 for person in self.problem.people if person.mentor_seats)

    @property
    def mentees(self) -> int:
        """How many could be somebody's mentee."""
        return sum(1 for person in self.problem.people if person.mentee_seats)


def pool(season: Season, unit: Unit) -> Pool:
    """The problem as the members, their profiles and their consents now are.

    Whoever already sits in a circle of the season is part of it, also while they pause.
    """
    circles = unit.circles.of_season(season.id)
    seated = {who for one in circles if one.state is not CircleState.ENDED for who in one.people}
    members = unit.members.all(Standing.ACTIVE, Standing.PAUSED, Standing.WAITING)
    profiles = unit.members.profiles(tuple(member.person for member in members))
    left_out = [
        (member.person, reason)
        for member in members
        if member.person not in seated
        if (reason := _left_out(member, profiles.get(member.person, Profile())))
    ]
    gone = {person for person, _ in left_out}
    taking_part = [member for member in members if member.person not in gone]
    ids = tuple(member.person for member in taking_part)
    sensitive = usable(ids, Purpose.MATCHING, unit)
    recently, before = met(unit.circles.met(), season.number)
    settings = matching_settings(unit.community.settings, season)
    people = [
        replace(
            matchable(
                member,
                profiles.get(member.person, Profile()),
                sensitive.get(member.person, ()),
                settings,
            ),
            met_recently=recently.get(member.person, frozenset()),
            met_before=before.get(member.person, frozenset()),
        )
        for member in taking_part
    ]
    return Pool(
        Problem(tuple(sorted(people, key=lambda person: person.id)), settings), tuple(left_out)
    )


def matchable(
    member: Member, profile: Profile, sensitive: Iterable[Sensitive], settings: Settings
) -> Person:
    """A member as somebody to be matched. ``sensitive`` are those with consent to matching."""
    private = {answer.key: answer.values for answer in sensitive}
    answers = {key: frozenset(map(tag, values)) for key, values in profile.answers.items()}
    answers |= {
        key.removeprefix(QUESTION): frozenset(map(tag, values))
        for key, values in private.items()
        if key.startswith(QUESTION)
    }
    windows = tuple(map(parse_window, profile.availability))
    stages = settings.stages
    return Person(
        id=member.person,
        role=Role(member.role.value),
        languages=profile.languages,
        preferred_language=profile.preferred_language,
        availability=local_week(windows),
        offsets=offsets(ZoneInfo(member.zone), settings.season_start, settings.season_weeks),
        capacity=member.capacity,
        seeks=frozenset(profile.seeks),
        offers=frozenset(profile.offers),
        stage=stages.index(profile.stage) if profile.stage in stages else None,
        heritage=frozenset(map(tag, private.get("heritage", ()))),
        wants_shared_heritage=profile.wants_shared_heritage,
        matters_most=profile.matters_most,
        teams=frozenset(map(tag, profile.teams)),
        wishes=frozenset(profile.wishes),
        avoid=frozenset(profile.avoid),
        answers={key: tags for key, tags in answers.items() if tags},
    )


def matching_settings(settings: CommunitySettings, season: Season) -> Settings:
    """The community's settings as matching knows them."""
    return Settings(
        season_start=season.starts_on,
        season_weeks=min(52, max(1, season.weeks)),
        separate_teams=settings.asks_teams,
        min_common_starts=settings.min_common_starts,
        session_minutes=settings.session_minutes,
        mentors=settings.sizes.mentors,
        mentees=settings.sizes.mentees,
        mentee_weights=_weights(MENTEE_WEIGHTS, settings.weights.get("mentee", {})),
        mentor_weights=_weights(MENTOR_WEIGHTS, settings.weights.get("mentor", {})),
        stages=settings.stages,
        sensitive_questions=frozenset(one.key for one in settings.questions if one.sensitive),
    )


def met(
    pairs: Iterable[tuple[PersonId, PersonId, int]], season: int
) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Whom each person met in the season before this one, and whom in earlier ones."""
    recently: dict[str, frozenset[str]] = {}
    before: dict[str, frozenset[str]] = {}
    for one, other, number in pairs:
        if number >= season:
            continue  # this season's own circles, while late joiners are being placed
        found = recently if number == season - 1 else before
        found[one] = found.get(one, frozenset()) | {other}
        found[other] = found.get(other, frozenset()) | {one}
    return recently, before


def _left_out(member: Member, profile: Profile) -> LeftOut | None:
    if member.standing is Standing.WAITING:
        return LeftOut.WAITING
    if member.standing is Standing.PAUSED:
        return LeftOut.PAUSED
    return None if profile.availability else LeftOut.NO_HOURS


def _weights(defaults: Weights, chosen: Mapping[str, float]) -> Weights:
    """The defaults with what the community chose; ``q:<key>`` is one question's weight."""
    own = {field.name for field in fields(Weights)} - {"questions"}
    questions = {
        name.removeprefix(QUESTION): weight
        for name, weight in chosen.items()
        if name.startswith(QUESTION)
    }
    terms = {name: weight for name, weight in chosen.items() if name in own}
    return Weights(
        goals=terms.get("goals", defaults.goals),
        peers=terms.get("peers", defaults.peers),
        heritage=terms.get("heritage", defaults.heritage),
        stage=terms.get("stage", defaults.stage),
        affinity=terms.get("affinity", defaults.affinity),
        language=terms.get("language", defaults.language),
        time=terms.get("time", defaults.time),
        wish=terms.get("wish", defaults.wish),
        size=terms.get("size", defaults.size),
        questions=questions,
    )
