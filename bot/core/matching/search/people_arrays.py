"""A problem as the arrays that the kernel works on (see :mod:`.arrays`)."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from bot.core.matching.definition.availability import QUARTERS, on_utc, starts
from bot.core.matching.definition.model import (
    QUESTION,
    Person,
    Problem,
    Seat,
    Weights,
    language,
)
from bot.core.matching.definition.score import size_share

MOST_QUESTIONS = 24
"""So many affinity questions the kernel can tell apart; of more, the rest weigh nothing there."""

_TERMS = ("goals", "peers", "heritage", "stage", "language", "time", "wish", "size")

Given = Mapping[str, bytes]


def questions_of(problem: Problem) -> list[str]:
    """The affinity questions that somebody answered, as many as the kernel can tell apart."""
    asked = sorted({question for person in problem.people for question in person.answers})
    return asked[:MOST_QUESTIONS]


def people_arrays(problem: Problem) -> tuple[dict[str, int], dict[str, bytes]]:
    """The sizes that follow from the people and the settings, and the arrays that tell of them."""
    people, settings = problem.people, problem.settings
    number = {person.id: index for index, person in enumerate(people)}
    weeks, hours = _hours(problem)
    languages, preferred = _masks(
        [p.spoken for p in people], [frozenset({language(p.preferred_language)}) for p in people]
    )
    seeks, offers = _masks([p.seeks for p in people], [p.offers for p in people])
    (heritage,) = _masks([p.heritage for p in people])
    questions = questions_of(problem)
    answers = [_masks([p.answers.get(q, _NOTHING) for p in people])[0] for q in questions]
    lists = {
        "barred": [
            problem.kept_apart(p.id) | problem.met_recently(p.id) | problem.teammates(p.id)
            for p in people
        ],
        "before": [problem.met_before(p.id) for p in people],
        "wished": [p.wishes for p in people],
    }
    weights = [_Weighing(problem, person, questions) for person in people]
    given = {
        "starts": hours,
        "weeks": _numbers(weeks),
        "languages": languages.written,
        "preferred": preferred.written,
        "seeks": seeks.written,
        "offers": offers.written,
        "sought": _numbers(len(p.seeks) for p in people),
        "heritage": heritage.written,
        "answers": b"".join(
            mask.written[8 * mask.words * at : 8 * mask.words * (at + 1)]
            for at in range(len(people))
            for mask in answers
        ),
        "question_at": _numbers(accumulate((mask.words for mask in answers), initial=0)),
        "stage": _numbers(-1 if p.stage is None else p.stage for p in people),
        "weights": _shares(w for one in weights for seat in one.terms for w in seat),
        "question_weights": _shares(w for one in weights for seat in one.questions for w in seat),
        "totals": _shares(total for one in weights for total in one.totals),
        "seats": _numbers(n for p in people for n in (p.mentee_seats, p.mentor_seats)),
        "sizes": _shares(
            size_share(mentors, mentees)
            for mentors in range(settings.mentors[1] + 1)
            for mentees in range(settings.mentees[1] + 1)
        ),
    }
    sizes = {
        "people": len(people),
        "kinds": len(weeks),
        "words": -(-QUARTERS // 64),
        "languages": languages.words,
        "themes": seeks.words,
        "tags": heritage.words,
        "answers": sum(mask.words for mask in answers),
        "questions": len(questions),
    }
    for name, named in lists.items():
        given[f"{name}_at"], given[name] = _listed(number, people, named)
        sizes[f"{name}_count"] = len(given[name]) // 4
    return sizes, given


_NOTHING: frozenset[str] = frozenset()


def _hours(problem: Problem) -> tuple[list[int], bytes]:
    """How many weeks there are of each kind, and everybody's starts in each.

    Weeks in which all clocks differ from those of another by the same shift are alike here: what
    is common to some people is shifted too, and neither its length nor who can attend changes.
    """
    people, minutes = problem.people, problem.settings.session_minutes
    clocks = sorted({person.offsets for person in people if person.offsets})
    kinds: dict[tuple[int, ...], list[int]] = {}
    still = any(not person.offsets for person in people)
    for week in range(problem.settings.season_weeks):
        shown = [clock[week] for clock in clocks]
        base = 0 if still or not shown else shown[0]
        kinds.setdefault(tuple(one - base for one in shown), []).append(week)
    chosen = [
        (weeks[0], 0 if still or not clocks else clocks[0][weeks[0]]) for weeks in kinds.values()
    ]
    width = 8 * -(-QUARTERS // 64)
    written = bytearray()
    for person in people:
        local = starts(person.availability, minutes)
        for week, base in chosen:
            offset = person.offsets[week] if person.offsets else 0
            written += on_utc(local, offset - base).to_bytes(width, "little")
    return [len(weeks) for weeks in kinds.values()], bytes(written)


class _Mask:
    """Sets as masks: so many words for each."""

    def __init__(self, masks: Sequence[int], bits: int) -> None:
        self.words = max(1, -(-bits // 64))
        self.written = b"".join(mask.to_bytes(8 * self.words, "little") for mask in masks)


def _masks(*lists: Sequence[frozenset[str]]) -> list[_Mask]:
    """Each set of tags as a mask over all the tags of all the lists; tags that nobody shares
    across all of them are told apart only where there are few."""
    held: dict[str, int] = {}
    for tags in lists:
        for some in tags:
            for tag in some:
                held[tag] = held.get(tag, 0) + 1
    number = {tag: at for at, tag in enumerate(sorted(tag for tag in held if held[tag] > 1))}
    return [
        _Mask([sum(1 << number[tag] for tag in some if tag in number) for some in tags],
              len(number))
        for tags in lists
    ]  # fmt: skip


class _Weighing:
    """What each term weighs for somebody, as mentee and as mentor: 0 where it does not apply."""

    def __init__(self, problem: Problem, person: Person, questions: Sequence[str]) -> None:
        settings = problem.settings
        self.terms: list[list[float]] = []
        self.questions: list[list[float]] = []
        self.totals: list[float] = []
        answered = [question for question, tags in person.answers.items() if tags]
        for seat, weights in (
            (Seat.MENTEE, settings.mentee_weights),
            (Seat.MENTOR, settings.mentor_weights),
        ):
            terms = [
                weights.of(term, person) if applies(person, seat) else 0.0
                for term, applies in zip(_TERMS, _APPLIES, strict=True)
            ]
            self.terms.append(terms)
            self.questions.append([self._weight(weights, person, q) for q in questions])
            total = sum(terms) + sum(self._weight(weights, person, q) for q in answered)
            self.totals.append(total or 1.0)

    def _weight(self, weights: Weights, person: Person, question: str) -> float:
        return weights.of(QUESTION + question, person) if person.answers.get(question) else 0.0


def _always(_person: Person, _seat: Seat) -> bool:
    return True


def _learning(_person: Person, seat: Seat) -> bool:
    return seat is Seat.MENTEE


_APPLIES: tuple[Callable[[Person, Seat], bool], ...] = (
    _always,
    _learning,
    lambda person, _: person.wants_shared_heritage and bool(person.heritage),
    lambda person, _: person.stage is not None,
    _always,
    _always,
    lambda person, _: bool(person.wishes),
    _learning,
)
"""When each term applies, in the order of the terms."""


def _listed(
    number: Mapping[str, int], people: Sequence[Person], named: Sequence[frozenset[str]]
) -> tuple[bytes, bytes]:
    """People named by each, one list after the other, and where each list begins."""
    known = [
        sorted(number[who] for who in some if who in number and who != person.id)
        for person, some in zip(people, named, strict=True)
    ]
    ends = accumulate((len(some) for some in known), initial=0)
    return _numbers(ends), _numbers(one for some in known for one in some)


def _numbers(values: Iterable[int]) -> bytes:
    return _little(array("i", values))


def _shares(values: Iterable[float]) -> bytes:
    return _little(array("d", values))


def _little(values: "array[int] | array[float]") -> bytes:
    from sys import byteorder

    if byteorder == "big":
        values.byteswap()
    return values.tobytes()
