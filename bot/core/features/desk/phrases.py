"""What the desk says again and again: how good a fit, who is left out, which rule is broken."""

from collections.abc import Iterable, Sequence

from bot.core.boundary.ids import PersonId
from bot.core.boundary.text import Text, joined
from bot.core.boundary.views import Block, Paragraph
from bot.core.boundary.wording import Words
from bot.core.features.desk.bench import Bench
from bot.core.matching.definition.facts import Broken
from bot.core.matching.definition.model import Unplaced
from bot.core.matching.telling.words import (
    Naming,
    blocked_words,
    broken_words,
    help_words,
)
from bot.core.programme.circles.labels import naming
from bot.core.programme.drafts.problem import LeftOut
from bot.core.programme.unit import Unit

LEFT_OUT_SHOWN = 6
_HARDLY, _CLEARLY = 1, 8
"""Points of 100 a person: below the first it is as before, from the second on it is much."""


def fit(score: float, words: Words) -> str:
    """A score from 0 to 100 in words, with the number."""
    return words.line(f"desk.fit.{grade(score)}", score=round(score))


def grade(score: float) -> str:
    """A score from 0 to 100 as one of four words."""
    grades = ((75, "very_good"), (60, "good"), (45, "fair"))
    return next((name for least, name in grades if score >= least), "loose")


def change(gains: Sequence[float]) -> str:
    """How much better or worse off people are on average, as the end of a key. ``gains``: what
    each gained, of a score from 0 to 100."""
    mean = sum(gains) / len(gains) if gains else 0.0
    if abs(mean) < _HARDLY:
        return "same"
    return ("much_" if abs(mean) >= _CLEARLY else "") + ("better" if mean > 0 else "worse")


def left_out(people: Sequence[tuple[PersonId, LeftOut]], unit: Unit, words: Words) -> list[Block]:
    """Who takes no part in matching, by reason."""
    lines: list[Text] = []
    for reason in LeftOut:
        some = [person for person, why in people if why is reason]
        if some:
            known = unit.people.many(some[:LEFT_OUT_SHOWN])
            named: list[Text] = [(person.mention(),) for person in known.values()]
            if len(some) > len(named):
                named.append(words.text("desk.more", n=len(some) - len(named)))
            listed = words.people(named)
            lines.append(words.text(f"desk.left_out.{reason.value}", n=len(some), people=listed))
    return [Paragraph(joined(lines, "\n"))] if lines else []


def unplaced_line(one: Unplaced, words: Words, names: Naming) -> Text:
    person = (names.person(one.id), ": ")
    return joined(
        [(*person, *blocked_words(words, one.why)), help_words(words, one.help, one.why)], " "
    )


def broken_text(broken: Iterable[Broken], words: Words, names: Naming) -> Text:
    """The rules, each once; confidential wishes only as what they are."""
    told = dict.fromkeys(broken_words(words, one, names) for one in broken)
    return joined(told, " ")


def names_for(bench: Bench, people: Iterable[str], unit: Unit, words: Words) -> Naming:
    return naming(people, bench.season.first_monday, unit, words)
