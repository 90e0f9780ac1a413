"""Facts in words. The catalogue has the sentences; here is which sentence, with which values."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields

from bot.core.boundary.languages import find_language, language_name
from bot.core.boundary.text import Mention, Text
from bot.core.boundary.wording import Value, Words
from bot.core.matching.definition.availability import DAY, DAYS, QUARTERS, utc_label
from bot.core.matching.definition.facts import (
    AnswersShared,
    Broken,
    CircleSize,
    Fact,
    HeritageShared,
    LanguageShared,
    MenteesHelped,
    PeersAlike,
    PrivateAnswer,
    StagesNear,
    StepsAhead,
    ThemesOffered,
    TimesShared,
    TooFewStarts,
    WeekStarts,
    WishesMet,
    WrongSize,
)
from bot.core.matching.definition.model import language as primary
from bot.core.matching.definition.seatless import (
    AllTeammates,
    Blocked,
    EnoughMentors,
    Help,
    MetAllRecently,
    NoCircleFits,
    NoHours,
    NoSharedHours,
    NoSharedLanguage,
    TooFew,
)

_STRETCHES = 2
"""How many stretches of common time a reason names."""


def _same(words: str) -> str:
    return words


def _utc(first: int, last: int, _week: int) -> str:
    """``Mon 18:00–20:00 UTC``, both given as quarter-hours of the UTC week."""
    start, end = utc_label(first % QUARTERS), utc_label(last % QUARTERS)
    if start[:3] == end[:3]:
        end = end[4:]
    return f"{start}–{end} UTC"


@dataclass(frozen=True, slots=True)
class Naming:
    """What things are called for this reader."""

    person: Callable[[str], str | Mention] = _same
    theme: Callable[[str], str] = _same
    question: Callable[[str], str] = _same
    stretch: Callable[[int, int, int], str] = _utc
    """A stretch of the UTC week, from quarter-hour to quarter-hour, in this week of the season (1
    is the first), as the reader's own time."""
    week: Callable[[int], str] | None = None
    """The day on which this week of the season begins; without it, its number is told."""


def fact_words(  # noqa: C901, PLR0912 - one case a fact reads best
    words: Words, fact: Fact, naming: Naming, session_minutes: int = 60
) -> Text:
    """The fact behind a term, in words. Sensitive facts all read the same."""
    tell = _Teller(words, naming)
    match fact:
        case ThemesOffered():
            return tell.themes_offered(fact)
        case MenteesHelped():
            if not fact.helped:
                return words.text("matching.fact.mentees_helped.none")
            people, n = tell.people(fact.helped), len(fact.helped)
            key = "matching.fact.mentees_helped"
            return words.text(key, n=n, mentees=fact.mentees, people=people)
        case PeersAlike():
            if not fact.peers:
                return words.text("matching.fact.peers_alike.none")
            people, themes = tell.people(fact.peers), tell.themes(fact.themes)
            key = "matching.fact.peers_alike"
            return words.text(key, n=len(fact.peers), people=people, themes=themes)
        case HeritageShared() | PrivateAnswer():
            return words.text("matching.fact.private")
        case StagesNear():
            return tell.stages_near(fact)
        case StepsAhead():
            return tell.steps_ahead(fact)
        case AnswersShared():
            return tell.answers_shared(fact)
        case LanguageShared():
            return tell.language_shared(fact)
        case TimesShared():
            return tell.times_shared(fact, session_minutes)
        case WishesMet():
            if not fact.here:
                return words.text("matching.fact.wishes_met.none")
            people = tell.people(fact.here)
            return words.text("matching.fact.wishes_met", n=len(fact.here), people=people)
        case CircleSize():
            mentors, mentees = tell.size(fact.mentors, fact.mentees)
            return words.text("matching.fact.circle_size", mentors=mentors, mentees=mentees)


def broken_words(words: Words, broken: Broken, naming: Naming) -> Text:
    """The rule that a circle would break, in words."""
    key = f"matching.broken.{_key(broken)}"
    if isinstance(broken, WrongSize):
        mentors, mentees = _Teller(words, naming).size(broken.mentors, broken.mentees)
        return words.text(key, mentors=mentors, mentees=mentees)
    if isinstance(broken, TooFewStarts):
        if not broken.starts:
            return words.text(f"{key}.none")
        return words.text(key, n=broken.starts, needed=broken.needed)
    values: dict[str, Value] = {}
    for one in fields(broken):
        value = getattr(broken, one.name)
        name = {"who": "person", "one": "person", "capacity": "n"}.get(one.name, one.name)
        values[name] = value if isinstance(value, int) else naming.person(value)
    return words.text(key, **values)


def blocked_words(words: Words, why: Blocked) -> Text:
    """Why somebody has no seat, in words. Names nobody."""
    key = f"matching.blocked.{_key(why)}"
    match why:
        case NoHours():
            if not why.starts:
                return words.text(f"{key}.none")
            return words.text(key, n=why.starts, needed=why.needed)
        case TooFew():
            return words.text(f"{key}.{why.among}", needed=why.needed)
        case EnoughMentors() if why.left:
            return words.text(f"{key}.left", n=why.left, needed=why.needed)
        case NoSharedHours() | NoSharedLanguage() | MetAllRecently() | AllTeammates():
            return words.text(f"{key}.{why.among}")
        case NoCircleFits():
            if why.hours == why.circles:
                return words.text(f"{key}.hours")
            counts = {
                "hours": why.hours,
                "language": why.language,
                "met": why.met,
                "team": why.team,
                "clash": why.clash,
            }
            parts = [words.line(f"{key}.part.{name}", n=n) for name, n in counts.items() if n]
            return words.text(key, reasons=words.list(parts))
        case _:
            return words.text(key)


def help_words(words: Words, what: Help, why: Blocked | None = None) -> Text:
    """What would help, in words; of hours, which would be enough, where that was found."""
    if what is Help.MORE_HOURS and isinstance(why, NoCircleFits) and why.window:
        first, last = why.window
        day, end = DAYS[first // DAY % 7], last % DAY
        window = f"{day} {_hour(first % DAY)}–{_hour(end or DAY)}"
        return words.text("matching.help.this_window", window=window)
    return words.text(f"matching.help.{what.value}")


def _hour(quarter: int) -> str:
    return f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"


def bound_words(words: Words, gap: float) -> str:
    """How near the best this is, for a moderator. ``gap`` is a share; it is rounded up."""
    tenths = -int(-gap * 1000 // 1)
    if tenths == 0:
        return words.line("matching.bound.optimal")
    return words.line("matching.bound", percent=f"{tenths / 10:.1f}")


def stretches(starts: Iterable[int], session_minutes: int) -> list[tuple[int, int]]:
    """Common time as stretches, longest first: the quarter-hours it begins and ends at."""
    length = -(-session_minutes // 15)
    have = set(starts)
    if len(have) == QUARTERS:
        return [(0, QUARTERS)]
    found = []
    for first in sorted(have):
        if (first - 1) % QUARTERS in have:
            continue
        last = first
        while (last + 1) % QUARTERS in have:
            last += 1
        found.append((first, last + length))
    return sorted(found, key=lambda one: (one[0] - one[1], one[0]))


def spans(
    words: Words, common: Iterable[WeekStarts], naming: Naming, session_minutes: int
) -> list[tuple[int, str]]:
    """From which week of the season on which times are common, as the reader's clock shows them;
    weeks in which it shows the same are one span. No times are no words."""
    by_week = {week: one.starts for one in common for week in one.weeks}
    told: list[tuple[int, str]] = []
    for week in sorted(by_week):
        found = stretches(by_week[week], session_minutes)
        labels = [naming.stretch(first, last, week) for first, last in found[:_STRETCHES]]
        times = words.list(labels) if labels else ""
        if not told or told[-1][1] != times:
            told.append((week, times))
    return told


def week_words(words: Words, naming: Naming, week: int) -> str:
    """Since when: the day on which a week begins, or its number."""
    if naming.week is not None:
        return naming.week(week)
    return words.line("matching.week", n=week)


def _key(value: object) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(value).__name__).lower()


class _Teller:
    """The facts that take more than one sentence to choose from."""

    def __init__(self, words: Words, naming: Naming) -> None:
        self._words = words
        self._naming = naming

    def people(self, who: Iterable[str]) -> Text:
        """Names in a list."""
        return self._words.people([_text(self._naming.person(one)) for one in who])

    def themes(self, themes: Iterable[str]) -> str:
        """Themes in a list."""
        return self._words.list([self._naming.theme(one) for one in themes])

    def size(self, mentors: int, mentees: int) -> tuple[str, str]:
        """Both halves of a circle, counted."""
        key = "matching.fact.circle_size"
        return (
            self._words.line(f"{key}.mentors", n=mentors),
            self._words.line(f"{key}.mentees", n=mentees),
        )

    def themes_offered(self, fact: ThemesOffered) -> Text:
        """What is sought, and who offers it."""
        key = "matching.fact.themes_offered"
        missing = self.themes(fact.missing)
        if not fact.offered:
            return self._words.text(f"{key}.none", missing=missing)
        offered = [theme for theme, _ in fact.offered]
        sought, themes = self.themes([*offered, *fact.missing]), self.themes(offered)
        mentors = self.people(dict.fromkeys(who for _, some in fact.offered for who in some))
        kind = "some" if fact.missing else "all"
        values: dict[str, Value] = {"themes": themes, "mentors": mentors, "sought": sought}
        return self._words.text(f"{key}.{kind}", **values)

    def stages_near(self, fact: StagesNear) -> Text:
        """The other mentees' stages."""
        key = "matching.fact.stages_near"
        if not fact.peers:
            return self._words.text(f"{key}.none")
        same = [who for who, between in fact.peers if not between]
        if len(same) == len(fact.peers):
            return self._words.text(f"{key}.same", n=len(same), people=self.people(same))
        near = sum(1 for _, between in fact.peers if between <= 1)
        return self._words.text(key, n=near, mentees=len(fact.peers))

    def steps_ahead(self, fact: StepsAhead) -> Text:
        """How many mentees this mentor is ahead of."""
        key = "matching.fact.steps_ahead"
        if not fact.stated:
            return self._words.text(f"{key}.none")
        if not fact.behind:
            return self._words.text(f"{key}.young")
        if fact.stated == 1:
            return self._words.text(f"{key}.only")
        return self._words.text(key, n=len(fact.behind), stated=fact.stated)

    def answers_shared(self, fact: AnswersShared) -> Text:
        """Answers in common."""
        key = "matching.fact.answers_shared"
        question = self._naming.question(fact.question)
        if not fact.circlemates:
            return self._words.text(f"{key}.none", question=question)
        people, answers = self.people(fact.circlemates), self._words.list(fact.tags)
        return self._words.text(key, question=question, people=people, answers=answers)

    def language_shared(self, fact: LanguageShared) -> Text:
        """The language they will speak."""
        key = "matching.fact.language_shared"
        if primary(fact.preferred) in set(map(primary, fact.common)):
            return self._words.text(key, language=self._language(fact.preferred))
        languages = self._words.list([self._language(one) for one in fact.common])
        return self._words.text(
            f"{key}.other", languages=languages, language=self._language(fact.preferred)
        )

    def _language(self, tag: str) -> str:
        """What a language is called, however its tag is spelled."""
        found = find_language(tag, self._words.language)
        return language_name(found if isinstance(found, str) else tag, self._words.language)

    def times_shared(self, fact: TimesShared, session_minutes: int) -> Text:
        """When they can all meet, for as long as that is so."""
        key = "matching.fact.times_shared"
        told = spans(self._words, fact.common, self._naming, session_minutes)
        if not any(times for _, times in told):
            return self._words.text(f"{key}.none")
        if len(told) == 1:
            return self._words.text(key, people=fact.people, times=told[0][1])
        parts = [self._words.line(f"{key}.first", times=told[0][1])] if told[0][1] else []
        if not told[0][1]:
            parts = [self._words.line(f"{key}.first.none")]
        for week, times in told[1:]:
            since = week_words(self._words, self._naming, week)
            kind = "then" if times else "then.none"
            parts.append(self._words.line(f"{key}.{kind}", since=since, times=times))
        return self._words.text(
            f"{key}.changing", people=fact.people, parts=self._words.list(parts)
        )


def _text(name: str | Mention) -> Text:
    return (name,)
