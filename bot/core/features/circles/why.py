"""Why somebody is in a circle, made only of what the others agreed to show.

The matching score is worked out once more over a company that holds nothing else: others' answers
that they do not show, and every sensitive answer, are simply not there. So the words are the same
whether or not a sensitive answer took part, and they follow at once when somebody shows less.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.core.boundary.ids import PersonId
from bot.core.matching.definition.model import Circle as Company
from bot.core.matching.definition.model import Problem, ScoredCircle
from bot.core.matching.definition.rules import week_starts
from bot.core.matching.definition.score import score_circle
from bot.core.programme.circles.model import Circle
from bot.core.programme.drafts.problem import matchable, matching_settings
from bot.core.programme.members.model import Member, Profile, Show
from bot.core.programme.seasons.model import Season
from bot.core.programme.unit import Unit


def company_for(person: PersonId, circle: Circle, season: Season, unit: Unit) -> ScoredCircle:
    """The circle, scored over what this member may know of it."""
    members = _members(circle, unit)
    profiles = unit.members.profiles(tuple(members))
    seen = {
        who: profiles.get(who, Profile()) if who == person else shown(profiles.get(who, Profile()))
        for who in members
    }
    scored = score_circle(_problem(members, seen, season, unit), _company(circle, members))
    if all(Show.LANGUAGES in profiles.get(who, Profile()).show for who in members):
        return scored
    return _without_language(scored)


def starts_of(circle: Circle, season: Season, unit: Unit) -> Callable[[date], tuple[int, ...]]:
    """The quarter-hours at which everybody in the circle can start, in the UTC week that begins on
    this Monday; outside the season's weeks none."""
    members = _members(circle, unit)
    problem = _problem(members, unit.members.profiles(tuple(members)), season, unit)
    common = week_starts(problem, problem.people) if members else ()
    by_week = {week: one.starts for one in common for week in one.weeks}
    return lambda monday: by_week.get(season.week_on(monday), ())


def shown(profile: Profile) -> Profile:
    """What others may see of a profile, and their hours: those only ever show as common ones."""
    show = set(profile.show)
    return replace(
        profile,
        seeks=profile.seeks if Show.THEMES in show else (),
        offers=profile.offers if Show.THEMES in show else (),
        stage=profile.stage if Show.STAGE in show else "",
        answers={},
        wishes=(),
        avoid=(),
    )


def _without_language(scored: ScoredCircle) -> ScoredCircle:
    """What a common language says of everybody is not said when somebody keeps theirs private."""
    members = tuple(
        replace(member, terms=tuple(term for term in member.terms if term.name != "language"))
        for member in scored.members
    )
    return replace(scored, members=members, languages=())


def _members(circle: Circle, unit: Unit) -> dict[PersonId, Member]:
    found = {person: unit.members.get(person) for person in circle.people}
    return {person: member for person, member in found.items() if member}


def _company(circle: Circle, members: Mapping[PersonId, Member]) -> Company:
    return Company(
        tuple(who for who in circle.mentors if who in members),
        tuple(who for who in circle.mentees if who in members),
    )


def _problem(
    members: Mapping[PersonId, Member],
    profiles: Mapping[PersonId, Profile],
    season: Season,
    unit: Unit,
) -> Problem:
    settings = matching_settings(unit.community.settings, season)
    people = [
        matchable(member, profiles.get(who, Profile()), (), settings)
        for who, member in members.items()
    ]
    return Problem(tuple(people), settings)
