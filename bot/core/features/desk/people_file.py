"""``people.csv`` and the members of a community: what a file would change, and the members as one.

The format is :mod:`bot.core.matching.files.people_csv`'s; here is what a community adds: its own
themes, its own questions, and how much a profile may hold.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.core.boundary.languages import spoken
from bot.core.matching.definition.availability import parse_window
from bot.core.matching.definition.model import Role as MatchingRole
from bot.core.matching.files.lists import same
from bot.core.matching.files.people_csv import People, Row
from bot.core.matching.files.problems import FileProblem, harmless
from bot.core.programme.community.model import Settings
from bot.core.programme.members.model import MOST_AVOID, MOST_THEMES, Member, Profile, Role, Show

NAME, BIO, TAGS, TAG, LANGUAGES = 80, 600, 10, 60, 8
"""What a profile may hold: characters of a name, of a bio, heritage tags, characters of a tag,
languages."""
HERITAGE, QUESTION = "heritage", "q:"


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody a file brings, with sensitive answers apart (keys as in ``Sensitive``)."""

    key: str
    name: str
    role: Role
    capacity: int
    zone: str
    profile: Profile
    wishes: tuple[str, ...]
    avoid: tuple[str, ...]
    met_recently: tuple[str, ...]
    met_before: tuple[str, ...]
    sensitive: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Read:
    """A file as this community understands it."""

    coming: tuple[Coming, ...]
    problems: tuple[FileProblem, ...]
    questions_left_out: tuple[str, ...]
    """Questions of the file that the community does not ask."""
    remarks: tuple[FileProblem, ...] = ()
    """What was read differently than it is written."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids."""
        return tuple(one.key for one in self.coming)

    @property
    def with_sensitive(self) -> int:
        """For how many people the file holds sensitive answers."""
        return sum(1 for one in self.coming if one.sensitive)


def read(
    people: People, settings: Settings, labels: Mapping[str, str], here: Collection[str]
) -> Read:
    """Every row for this community. ``labels`` are its themes by what they are called, ``here``
    the ids of those who are members already."""
    known = _Known(
        {**{same(key): key for key in labels}, **{same(name): key for key, name in labels.items()}},
        {same(stage): stage for stage in settings.stages},
        {
            **{same(q.key): q.key for q in settings.questions},
            **{same(q.prompt): q.key for q in settings.questions},
        },
        frozenset(question.key for question in settings.questions if question.sensitive),
        ", ".join(labels.values()),
    )
    problems: list[FileProblem] = []
    here = frozenset(here)
    left_out: dict[str, None] = {}
    coming = []
    for row in people.rows:
        problems += _problems(row, known, new=row.id not in here)
        left_out |= dict.fromkeys(q for q in row.answers if same(q) not in known.questions)
        coming.append(_coming(row, known))
    return Read(tuple(coming), tuple(problems), tuple(left_out), people.remarks)


def strangers(people: People, ids: str, example: str) -> list[FileProblem]:
    """The ids that cannot be anybody's on the platform, where they all look like ``ids``."""
    shape = re.compile(ids)
    return [
        FileProblem("id_here", row.number, "id", {"id": harmless(row.id), "example": example})
        for row in people.rows
        if not shape.fullmatch(row.id)
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a community asks: themes, stages and questions by what they may be called."""

    themes: Mapping[str, str]
    stages: Mapping[str, str]
    questions: Mapping[str, str]
    private: frozenset[str]
    """The questions that are sensitive."""
    all_themes: str


def as_row(key: str, name: str, member: Member, profile: Profile, settings: Settings) -> Row:
    """A member as a row for moderators: what matching needs, what they show their circle, nothing
    sensitive and nothing confidential, and nothing that is no longer asked."""
    show, themes = set(profile.show), {theme.key for theme in settings.themes}
    stage = profile.stage if Show.STAGE in show and profile.stage in settings.stages else ""
    return Row(
        id=key,
        name=name[:NAME],
        role=MatchingRole(member.role.value),
        zone=member.zone,
        capacity=member.capacity,
        seeks=tuple(key for key in profile.seeks if key in themes),
        offers=tuple(key for key in profile.offers if key in themes),
        languages=profile.languages,
        preferred_language=profile.preferred_language,
        windows=tuple(map(parse_window, profile.availability)),
        stage=stage,
        bio=profile.bio if Show.BIO in show else "",
    )


def _problems(row: Row, known: _Known, *, new: bool) -> Iterable[FileProblem]:
    for column, sought in (("seeks", row.seeks), ("offers", row.offers)):
        for theme in sought:
            if same(theme) not in known.themes:
                values = {"theme": harmless(theme), "known": known.all_themes}
                yield FileProblem("theme", row.number, column, values)
    if new and row.role is not MatchingRole.MENTOR and not row.seeks:
        yield FileProblem("seeks_missing", row.number, "seeks")
    if new and row.role is not MatchingRole.MENTEE and not row.offers:
        yield FileProblem("offers_missing", row.number, "offers")
    if row.stage and same(row.stage) not in known.stages:
        values = {"cell": harmless(row.stage), "known": ", ".join(known.stages.values())}
        yield FileProblem("stage", row.number, "stage", values)
    yield from _too_much(row)


def _too_much(row: Row) -> Iterable[FileProblem]:
    """What a profile has no room for."""
    for kind, column, much, most in (
        ("long", "name", len(row.name), NAME),
        ("long", "bio", len(row.bio), BIO),
        ("long", HERITAGE, max(map(len, row.heritage), default=0), TAG),
        ("many", HERITAGE, len(row.heritage), TAGS),
        ("many", "languages", len(row.languages), LANGUAGES),
        ("many", "seeks", len(row.seeks), MOST_THEMES),
        ("many", "offers", len(row.offers), MOST_THEMES),
        ("many", "avoid", len(row.avoid), MOST_AVOID),
    ):
        if much > most:
            yield FileProblem(kind, row.number, column, {"most": str(most)})


def _coming(row: Row, known: _Known) -> Coming:
    answers = {
        known.questions[same(asked)]: tags
        for asked, tags in row.answers.items()
        if same(asked) in known.questions and tags
    }
    sensitive = {QUESTION + key: tags for key, tags in answers.items() if key in known.private}
    if row.heritage:
        sensitive[HERITAGE] = row.heritage
    return Coming(
        key=row.id,
        name=row.name or row.id,
        role=Role(row.role.value),
        capacity=row.capacity,
        zone=row.zone,
        profile=Profile(
            seeks=tuple(dict.fromkeys(known.themes.get(same(theme), theme) for theme in row.seeks)),
            offers=tuple(
                dict.fromkeys(known.themes.get(same(theme), theme) for theme in row.offers)
            ),
            languages=tuple(dict.fromkeys(map(spoken, row.languages))),
            preferred_language=spoken(row.preferred_language),
            availability=tuple(map(str, row.windows)),
            stage=known.stages.get(same(row.stage), ""),
            wants_shared_heritage=row.wants_shared_heritage,
            bio=row.bio,
            answers={key: tags for key, tags in answers.items() if key not in known.private},
        ),
        wishes=row.wishes,
        avoid=row.avoid,
        met_recently=row.met_recently,
        met_before=row.met_before,
        sensitive=sensitive,
    )
