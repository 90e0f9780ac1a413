"""Made-up communities, the same for the same seed on every machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.matching.definition.availability import Window
from bot.core.matching.definition.model import DEFAULT_STAGES, Problem, Role, Settings
from bot.core.matching.files.people_csv import Row
from bot.core.matching.search.chance import Chance

THEMES = (
    "identity", "culture", "belonging", "confidence", "imposter feelings", "networking",
    "career growth", "role models", "resilience", "advocacy", "leadership", "knowledge sharing",
    "personal goals",
)  # fmt: skip
AMERICAS = ("America/New_York", "America/Los_Angeles", "America/Toronto", "America/Vancouver")
ASIA = ("Asia/Kolkata", "Asia/Kathmandu", "Asia/Singapore", "Asia/Tokyo", "Australia/Adelaide")
EUROPE = ("Europe/London", "Europe/Berlin", "Europe/Paris")
WORLD = (*AMERICAS, *ASIA, *EUROPE, "America/St_Johns", "Pacific/Chatham", "Pacific/Auckland")
LANGUAGES = ("en", "zh", "hi", "ko", "ja", "vi", "tl", "ta")
TAGS = ("Hakka", "Tamil", "Filipino", "Korean", "Hapa", "Punjabi", "Vietnamese", "Japanese")
TEAMS = ("Ops", "Legal", "OPS", "Research", "Sales")
HOBBIES = ("cooking", "climbing", "film", "games", "music", "books")


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of community to make up."""

    zones: Sequence[str] = AMERICAS
    mentors: float = 0.25
    """The share of people who mentor."""
    windows: tuple[int, int] = (2, 5)
    """How many stretches of free time people have."""
    season_start: date = date(2026, 9, 7)


KINDS: Mapping[str, Kind] = {
    "one continent": Kind(windows=(3, 7)),
    "world": Kind(zones=WORLD, windows=(3, 7)),
    "few mentors": Kind(zones=(*AMERICAS, *EUROPE), mentors=0.12),
    "sparse hours": Kind(zones=(*AMERICAS, *ASIA), windows=(1, 3)),
    "clock change": Kind(zones=(*EUROPE, *AMERICAS), season_start=date(2026, 10, 25)),
}


def community(size: int, seed: int, kind: Kind = KINDS["one continent"]) -> Problem:
    """A problem with this many people."""
    settings = Settings(
        season_start=kind.season_start,
        sensitive_questions=frozenset({"faith"}),
        consent_obtained=True,
    )
    return Problem(tuple(row.person(settings) for row in rows(size, seed, kind)), settings)


def rows(size: int, seed: int, kind: Kind = KINDS["one continent"]) -> list[Row]:
    """The same people as the rows of a file."""
    chance = Chance(seed)
    others = Chance(seed + 1_000_000)
    return [_with_choices(_row(chance, number, size, kind), others) for number in range(size)]


def _with_choices(row: Row, chance: Chance) -> Row:
    """The row, with what matters most to some, and the team of a few."""
    most = ("goals", "heritage", "stage", "language", "time", "wish", "q:hobbies", "q:faith")
    return replace(
        row,
        matters_most=most[chance.below(len(most))] if chance.share() < 0.3 else "",
        teams=(TEAMS[chance.below(len(TEAMS))],) if chance.share() < 0.2 else (),
    )


def _row(chance: Chance, number: int, size: int, kind: Kind) -> Row:
    def maybe(share: float) -> bool:
        return chance.share() < share

    def some(of: Sequence[str], least: int, most: int) -> tuple[str, ...]:
        wanted = least + chance.below(most - least + 1)
        return tuple(dict.fromkeys(of[chance.below(len(of))] for _ in range(wanted)))

    def others(most: int) -> tuple[str, ...]:
        named = (chance.below(size) for _ in range(chance.below(most) + 1))
        return tuple(dict.fromkeys(f"p{other:05d}" for other in named if other != number))

    role = Role.MENTEE
    if maybe(kind.mentors):
        role = Role.BOTH if maybe(0.2) else Role.MENTOR
    zone = kind.zones[chance.below(len(kind.zones))]
    home = "en" if zone not in ASIA or maybe(0.6) else LANGUAGES[1 + chance.below(7)]
    languages = tuple(sorted({home, *(["en"] if maybe(0.9) else []), *some(LANGUAGES, 0, 1)}))
    return Row(
        id=f"p{number:05d}",
        name=f"Person {number}",
        role=role,
        capacity=1 if maybe(0.8) else 2,
        seeks=() if role is Role.MENTOR else some(THEMES, 1, 4),
        offers=() if role is Role.MENTEE else some(THEMES, 2, 5),
        languages=languages,
        preferred_language=home,
        zone=zone,
        windows=_hours(chance, kind),
        stage=DEFAULT_STAGES[chance.below(6)] if maybe(0.8) else "",
        heritage=some(TAGS, 1, 2) if maybe(0.6) else (),
        wants_shared_heritage=maybe(0.5),
        wishes=others(3) if maybe(0.15) else (),
        avoid=others(2) if maybe(0.05) else (),
        met_recently=others(4) if maybe(0.3) else (),
        met_before=others(6) if maybe(0.3) else (),
        answers={
            question: some(of, 1, 2)
            for question, of in (("hobbies", HOBBIES), ("faith", TAGS))
            if maybe(0.4)
        },
    )


def _hours(chance: Chance, kind: Kind) -> tuple[Window, ...]:
    windows = []
    for _ in range(kind.windows[0] + chance.below(kind.windows[1] - kind.windows[0] + 1)):
        day = chance.below(7)
        first, last = (9, 19) if day >= 5 else (17, 20)
        start = (first + chance.below(last - first + 1)) * 4 + chance.below(4)
        windows.append(Window(day, start, start + 6 + chance.below(9)))
    return tuple(windows)
