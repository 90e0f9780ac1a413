"""The intro's forms, read: what somebody filled in becomes what we keep, or what to mend."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core.boundary.forms import Filled, Problem, Problems, read_languages, read_zone, too_long
from bot.core.boundary.ids import PersonRef
from bot.core.boundary.languages import language_names
from bot.core.features.intros.times import BLOCKS, tap, tapped
from bot.core.programme.community.model import COMFORT_TOPICS, Settings
from bot.core.programme.members.model import (
    MOST_AVOID,
    MOST_THEMES,
    MOST_WISHES,
    IntroDraft,
    Member,
    Profile,
    Purpose,
    Role,
    Show,
)

CAPACITIES = ("1", "2", "3", "4")
BIO_LENGTH = 600
MOST_TAGS = 10
TAG_LENGTH = 60
COMFORT = ("welcome", "if_i_raise_it", "not_here")
"""What a member may wish of a topic, from the least strict to the strictest."""


def as_draft(member: Member, profile: Profile) -> IntroDraft:
    """What a member told, in the shape of an intro, so that the same forms change it."""
    return IntroDraft(
        role=member.role.value,
        capacity=str(member.capacity),
        zone=member.zone,
        profile=profile,
        private_question=member.private_question,
    )


# ---- Role and themes ----------------------------------------------------------------------------


def about_filled(draft: IntroDraft) -> Filled:
    """The first form as it was left."""
    profile = draft.profile
    return Filled(
        choices={
            "role": (draft.role,),
            "capacity": (draft.capacity or CAPACITIES[0],),
            "seeks": profile.seeks,
            "offers": profile.offers,
        }
    )


def read_about(draft: IntroDraft, filled: Filled, settings: Settings) -> IntroDraft | Problems:
    """The first form. Only what the role uses is kept: seeks for mentees, offers for mentors."""
    if filled.one("role") not in {role.value for role in Role}:
        return {"role": Problem("intros.problem.role")}
    role = Role(filled.one("role"))
    known = {theme.key for theme in settings.themes}
    seeks = tuple(key for key in filled.chosen("seeks") if key in known)
    offers = tuple(key for key in filled.chosen("offers") if key in known)
    problems: dict[str, Problem] = {}
    if role is not Role.MENTOR and not seeks:
        problems["seeks"] = Problem("intros.problem.seeks")
    if role.mentors and not offers:
        problems["offers"] = Problem("intros.problem.offers")
    for key, chosen in (("seeks", seeks), ("offers", offers)):
        if len(chosen) > MOST_THEMES:
            problems[key] = Problem("intros.problem.themes_most", {"most": MOST_THEMES})
    if problems:
        return problems
    capacity = filled.one("capacity")
    return replace(
        draft,
        role=role.value,
        capacity=capacity
        if role.mentors and capacity in (*CAPACITIES, draft.capacity)
        else CAPACITIES[0],
        profile=replace(
            draft.profile,
            seeks=seeks if role is not Role.MENTOR else (),
            offers=offers if role.mentors else (),
        ),
    )


# ---- Time zone, times, languages, a few words ---------------------------------------------------


def times_filled(draft: IntroDraft, reader: str) -> Filled:
    """The second form as it was left, or filled in from the platform."""
    profile = draft.profile
    return Filled(
        {
            "zone": draft.zone,
            "languages": language_names(profile.languages, reader),
            "preferred": language_names([profile.preferred_language], reader),
            "bio": profile.bio,
        },
        {"availability": tapped(profile.availability, BLOCKS)},
    )


def read_times(draft: IntroDraft, filled: Filled, reader: str) -> IntroDraft | Problems:
    """The second form; ``reader`` is the language its names are given in."""
    problems: dict[str, Problem] = {}
    zone = read_zone(filled.text("zone"))
    if isinstance(zone, Problem):
        problems["zone"] = zone
    languages = read_languages(filled.text("languages"), reader)
    if isinstance(languages, Problem):
        problems["languages"] = languages
    preferred = read_languages(filled.text("preferred"), reader) if filled.text("preferred") else ()
    if isinstance(preferred, Problem):
        problems["preferred"] = preferred
    elif not {*preferred}.issubset(languages if isinstance(languages, tuple) else preferred):
        problems["preferred"] = Problem("intros.problem.preferred")
    if problem := too_long(filled.text("bio"), BIO_LENGTH):
        problems["bio"] = problem
    if (
        isinstance(zone, Problem)
        or isinstance(languages, Problem)
        or isinstance(preferred, Problem)
        or problems
    ):
        return problems
    profile = draft.profile
    return replace(
        draft,
        zone=zone,
        profile=replace(
            profile,
            availability=tap(profile.availability, BLOCKS, filled.chosen("availability")),
            languages=languages,
            preferred_language=next(iter(preferred), languages[0]),
            bio=filled.text("bio"),
        ),
    )


# ---- People, what may be shown, what is sent ----------------------------------------------------


def read_people(draft: IntroDraft, filled: Filled, me: PersonRef) -> IntroDraft | Problems:
    """The third form, except for the people named: those are refs until they are made known."""
    wishes = {one.person for one in filled.picked("wishes")}
    avoid = {one.person for one in filled.picked("avoid")}
    problems: dict[str, Problem] = {}
    if len(wishes) > MOST_WISHES:
        problems["wishes"] = Problem("intros.problem.people_most", {"most": MOST_WISHES})
    if len(avoid) > MOST_AVOID:
        problems["avoid"] = Problem("intros.problem.people_most", {"most": MOST_AVOID})
    if me in wishes:
        problems["wishes"] = Problem("intros.problem.yourself")
    if me in avoid:
        problems["avoid"] = Problem("intros.problem.yourself")
    elif wishes & avoid:
        problems["avoid"] = Problem("intros.problem.both_ways")
    if problems:
        return problems
    shown = tuple(show for show in Show if show.value in filled.chosen("show"))
    profile = replace(draft.profile, show=shown)
    return replace(draft, profile=profile, private_question=filled.one("private") == "private")


# ---- Add more about you -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to a further question: its tags, and what a sensitive one may be used for."""

    values: tuple[str, ...]
    uses: frozenset[Purpose] = frozenset()
    wants_shared: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """How open a circle should be about each topic."""

    by_topic: Mapping[str, str]


def read_stage(filled: Filled, settings: Settings) -> Told | Problems:
    """The life stage, one of the community's."""
    if filled.one("stage") not in settings.stages:
        return {"stage": Problem("intros.problem.choose_one")}
    return Told((filled.one("stage"),))


def read_heritage(filled: Filled) -> Told | Problems:
    """Heritage in the member's own words, with what it may be used for."""
    problems: dict[str, Problem] = {}
    tags = _tags(filled.text("heritage"))
    if isinstance(tags, Problem):
        problems["heritage"] = tags
    uses = _uses(filled)
    wants = filled.one("shared") == "yes"
    if not uses:
        problems["uses"] = Problem("intros.problem.uses")
    elif wants and Purpose.MATCHING not in uses:
        problems["uses"] = Problem("intros.problem.uses_matching")
    if problems or isinstance(tags, Problem):
        return problems
    return Told(tags, uses, wants)


def read_comfort(filled: Filled) -> Wishes | Problems:
    """The wish for each topic that has one."""
    wishes = {topic: filled.one(topic) for topic in COMFORT_TOPICS if filled.one(topic) in COMFORT}
    return Wishes(wishes) if wishes else {COMFORT_TOPICS[0]: Problem("intros.problem.choose_one")}


def read_question(filled: Filled, choices: tuple[str, ...], *, sensitive: bool) -> Told | Problems:
    """An answer to one of the community's own questions."""
    problems: dict[str, Problem] = {}
    tags: tuple[str, ...] | Problem
    if choices:
        tags = tuple(value for value in filled.chosen("answer") if value in choices)
        tags = tags or Problem("intros.problem.choose_one")
    else:
        tags = _tags(filled.text("answer"))
    if isinstance(tags, Problem):
        problems["answer"] = tags
    uses = _uses(filled) if sensitive else frozenset()
    if sensitive and not uses:
        problems["uses"] = Problem("intros.problem.uses")
    return problems if problems or isinstance(tags, Problem) else Told(tags, uses)


def _uses(filled: Filled) -> frozenset[Purpose]:
    offered = (Purpose.MATCHING, Purpose.MY_CIRCLE)
    return frozenset(use for use in offered if use.value in filled.chosen("uses"))


def _tags(typed: str) -> tuple[str, ...] | Problem:
    parts = [" ".join(part.split()) for part in re.split(r"[,;\n]", typed)]
    tags = tuple(dict.fromkeys(part for part in parts if part))
    if not tags:
        return Problem("intros.problem.words")
    if len(tags) > MOST_TAGS:
        return Problem("intros.problem.tags_most", {"most": MOST_TAGS})
    for one in tags:
        if problem := too_long(one, TAG_LENGTH):
            return problem
    return tags
