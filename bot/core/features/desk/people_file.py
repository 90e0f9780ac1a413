"""``people.csv`` and the members of a community: what a file would change, and the members as one.

The format is :mod:`bot.core.matching.files.people_csv`'s; here is what a community adds: its own
themes, its own questions, and how much a profile may hold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.core.boundary.ids import PersonId
from bot.core.matching.definition.availability import parse_window
from bot.core.matching.definition.model import Role as MatchingRole
from bot.core.matching.files.people_csv import Row
from bot.core.matching.files.problems import FileProblem, harmless
from bot.core.programme.community.model import Settings
from bot.core.programme.members.model import Member, Profile, Role, Show, Standing

MAX_FILE = 2 * 1024 * 1024
"""Bytes of a file sent in chat; larger ones are for the command line."""

NAME, BIO, TAGS, TAG = 80, 600, 10, 60
"""What a profile may hold: characters of a name, of a bio, heritage tags, characters of a tag."""
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

    @property
    def with_sensitive(self) -> int:
        """For how many people the file holds sensitive answers."""
        return sum(1 for one in self.coming if one.sensitive)


def read(rows: Iterable[Row], settings: Settings, labels: Mapping[str, str]) -> Read:
    """Every row for this community. ``labels`` are its themes by what they are called."""
    themes = {name.casefold(): key for key, name in labels.items()}
    themes |= {key.casefold(): key for key in labels}
    questions = {q.prompt.casefold(): q.key for q in settings.questions}
    questions |= {q.key.casefold(): q.key for q in settings.questions}
    private = {question.key for question in settings.questions if question.sensitive}
    problems: list[FileProblem] = []
    left_out: dict[str, None] = {}
    coming = []
    for number, row in enumerate(rows, start=2):
        problems += _problems(number, row, themes, ", ".join(labels.values()))
        answers = {
            questions[asked.casefold()]: tags
            for asked, tags in row.answers.items()
            if asked.casefold() in questions and tags
        }
        left_out |= dict.fromkeys(q for q in row.answers if q.casefold() not in questions)
        coming.append(_coming(row, themes, answers, private))
    return Read(tuple(coming), tuple(problems), tuple(left_out))


def updated(member: Member | None, profile: Profile, one: Coming) -> tuple[Member, Profile]:
    """The member and the profile once this row is in; what the file cannot say stays."""
    base = member or Member(PersonId(""), Standing.ACTIVE, one.role, one.zone)
    member = replace(base, role=one.role, zone=one.zone, capacity=one.capacity)
    told = one.profile
    return member, replace(
        profile,
        seeks=told.seeks,
        offers=told.offers,
        languages=told.languages,
        preferred_language=told.preferred_language,
        availability=told.availability,
        stage=told.stage or profile.stage,
        wants_shared_heritage=told.wants_shared_heritage,
        bio=told.bio or profile.bio,
        answers={**profile.answers, **told.answers},
    )


def as_row(key: str, name: str, member: Member, profile: Profile) -> Row:
    """A member as a row for moderators: what matching needs, what they show their circle, nothing
    sensitive and nothing confidential."""
    show = set(profile.show)
    return Row(
        id=key,
        name=name,
        role=MatchingRole(member.role.value),
        zone=member.zone,
        capacity=member.capacity,
        seeks=profile.seeks,
        offers=profile.offers,
        languages=profile.languages,
        preferred_language=profile.preferred_language,
        windows=tuple(map(parse_window, profile.availability)),
        stage=profile.stage if Show.STAGE in show else "",
        bio=profile.bio if Show.BIO in show else "",
    )


def _problems(
    number: int, row: Row, themes: Mapping[str, str], known: str
) -> Iterable[FileProblem]:
    for column, sought in (("seeks", row.seeks), ("offers", row.offers)):
        for theme in sought:
            if theme.casefold() not in themes:
                values = {"theme": harmless(theme), "known": known}
                yield FileProblem("theme", number, column, values)
    for column, length, most in (
        ("name", len(row.name), NAME),
        ("bio", len(row.bio), BIO),
        (HERITAGE, max(map(len, row.heritage), default=0), TAG),
    ):
        if length > most:
            yield FileProblem("long", number, column, {"most": str(most)})
    if len(row.heritage) > TAGS:
        yield FileProblem("many", number, HERITAGE, {"most": str(TAGS)})


def _coming(
    row: Row,
    themes: Mapping[str, str],
    answers: Mapping[str, tuple[str, ...]],
    private: set[str],
) -> Coming:
    sensitive = {QUESTION + key: tags for key, tags in answers.items() if key in private}
    if row.heritage:
        sensitive[HERITAGE] = row.heritage
    return Coming(
        key=row.id,
        name=row.name or row.id,
        role=Role(row.role.value),
        capacity=row.capacity,
        zone=row.zone,
        profile=Profile(
            seeks=tuple(themes.get(theme.casefold(), theme) for theme in row.seeks),
            offers=tuple(themes.get(theme.casefold(), theme) for theme in row.offers),
            languages=row.languages,
            preferred_language=row.preferred_language,
            availability=tuple(map(str, row.windows)),
            stage=row.stage,
            wants_shared_heritage=row.wants_shared_heritage,
            bio=row.bio,
            answers={key: tags for key, tags in answers.items() if key not in private},
        ),
        wishes=row.wishes,
        avoid=row.avoid,
        met_recently=row.met_recently,
        met_before=row.met_before,
        sensitive=sensitive,
    )
