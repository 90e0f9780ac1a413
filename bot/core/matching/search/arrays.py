"""A problem as the flat arrays that the compiled search works on."""

from collections.abc import Iterable, Sequence

import numpy as np

from bot.core.matching.definition.availability import QUARTERS, starts
from bot.core.matching.definition.model import Person, Problem, Weights
from bot.core.matching.definition.score import size_share
from bot.core.matching.search.kernel import (
    QUESTIONS,
    TRIALS,
    Board,
    Numbers,
    People,
    Rules,
    Words,
    relate_all,
)
from bot.core.matching.search.pricing import FULL_TIME, Workspace

_NEAR, _REACH = 48, 96
"""How many likely mentors are kept for each mentee, and likely mentees for each mentor."""

_JOINING = 64
"""How many are kept, for each circle, who could take a place there."""

_TABLE = 3_000
"""Up to so many people, what each is to each is looked up and not worked out each time."""


def arrays(problem: Problem) -> tuple[People, Rules]:
    """The people and the settings."""
    people = people_arrays(problem)
    rules = rules_arrays(problem)
    count = len(problem.people)
    if 0 < count <= _TABLE:
        pairs = np.zeros((count, count), np.int64)
        relate_all(people, rules, pairs)
        people = people._replace(pairs=pairs)
    return people, rules


def people_arrays(problem: Problem) -> People:
    """Everything about the people that a score can depend on."""
    people = problem.people
    number = {person.id: index for index, person in enumerate(people)}
    settings = problem.settings
    spoken = [person.spoken for person in people]
    preferred = [frozenset({person.preferred_language.casefold()}) for person in people]
    languages, preferred_masks = _masks(spoken, preferred)
    seeks, offers = _masks([p.seeks for p in people], [p.offers for p in people])
    (heritage,) = _masks(_shared([p.heritage for p in people]))
    questions = questions_of(problem)
    answers = [
        _masks(_shared([p.answers.get(question, frozenset()) for p in people]))[0]
        for question in questions
    ]
    barred = _lists(
        number, [(problem.kept_apart(p.id) | problem.met_recently(p.id)) - {p.id} for p in people]
    )
    before = _lists(number, [problem.met_before(p.id) - {p.id} for p in people])
    wished = _lists(number, [p.wishes - {p.id} for p in people])
    return People(
        starts=_words([starts(p.availability, settings.session_minutes) for p in people], QUARTERS),
        languages=languages,
        preferred=preferred_masks,
        seeks=seeks,
        offers=offers,
        sought=_numbers(len(p.seeks) for p in people),
        heritage=heritage,
        wants=_numbers(int(p.wants_shared_heritage and bool(p.heritage)) for p in people),
        answers=np.ascontiguousarray(np.hstack(answers))
        if answers
        else np.zeros((len(people), 0), np.uint64),
        stage=_numbers(-1 if p.stage is None else p.stage for p in people),
        wishing=_numbers(int(bool(p.wishes)) for p in people),
        totals=np.array(
            [
                [_total(p, settings.mentee_weights, 1), _total(p, settings.mentor_weights, 0)]
                for p in people
            ],
            np.float64,
        ).reshape(-1, 2),
        barred_at=barred[0],
        barred=barred[1],
        before_at=before[0],
        before=before[1],
        wished_at=wished[0],
        wished=wished[1],
        pairs=np.zeros((0, 0), np.int64),
    )


def rules_arrays(problem: Problem) -> Rules:
    """The settings."""
    settings = problem.settings
    questions = questions_of(problem)
    widths = [
        _masks(_shared([p.answers.get(question, frozenset()) for p in problem.people]))[0].shape[1]
        for question in questions
    ]
    seats = (settings.mentee_weights, settings.mentor_weights)
    sizes = np.zeros((settings.mentors[1] + 1, settings.mentees[1] + 1))
    for mentors in range(1, settings.mentors[1] + 1):
        for mentees in range(settings.mentees[1] + 1):
            sizes[mentors, mentees] = size_share(mentors, mentees)
    return Rules(
        limits=_numbers([*settings.mentors, *settings.mentees, settings.min_common_starts]),
        weights=np.array(
            [
                [w.goals, w.peers, w.heritage, w.stage, w.language, w.time, w.wish, w.size]
                for w in seats
            ],
            np.float64,
        ),
        question_at=_numbers([sum(widths[:index]) for index in range(len(widths) + 1)]),
        question_weights=np.array(
            [[w.question(question) for question in questions] for w in seats], np.float64
        ).reshape(2, len(questions)),
        sizes=sizes,
    )


def board_arrays(problem: Problem, people: People, seed: int, pool: int = 0) -> Board:
    """An empty arrangement, with room for so many remembered circles."""
    settings = problem.settings
    count = len(problem.people)
    seats = [person.mentor_seats for person in problem.people]
    slots = sum(seats) // settings.mentors[0] + 1
    width = settings.mentors[1] + settings.mentees[1]
    pupils = [index for index, person in enumerate(problem.people) if person.mentee_seats]
    tutors = [index for index, held in enumerate(seats) if held]
    return Board(
        rows=np.full((slots, width), -1, np.int64),
        mentors=np.zeros(slots, np.int64),
        mentees=np.zeros(slots, np.int64),
        values=np.zeros(slots),
        place=np.full(count, -1, np.int64),
        spare=_numbers(seats),
        led_at=_numbers(np.concatenate(([0], np.cumsum(seats)))),
        led=np.full(sum(seats), -1, np.int64),
        leads=np.zeros(count, np.int64),
        empty=np.arange(slots)[::-1].copy(),
        counts=_numbers([slots, 0, 0]),
        kept=np.full((slots, width), -1, np.int64),
        pupils=_numbers(pupils),
        tutors=_numbers(tutors),
        near=np.full((count, min(_NEAR, max(2, len(tutors)))), -1, np.int64),
        reach=np.full((count, min(_REACH, max(2, len(pupils)))), -1, np.int64),
        known=np.full((slots, 2), -1, np.int64),
        joining=np.full((slots, _JOINING), -1, np.int64),
        leading=np.full((slots, _JOINING), -1, np.int64),
        rest=np.zeros((width + 1, people.starts.shape[1] + people.languages.shape[1]), np.uint64),
        looked=np.zeros(width + 2, np.int64),
        pool=np.zeros((pool, width + 2), np.int64),
        pool_values=np.zeros(pool),
        pool_keys=np.zeros(2 * pool + 1, np.uint64),
        trial=np.zeros(TRIALS, np.int64),
        trial_rows=np.full((TRIALS, width), -1, np.int64),
        trial_mentors=np.zeros(TRIALS, np.int64),
        trial_mentees=np.zeros(TRIALS, np.int64),
        trial_values=np.zeros(TRIALS),
        trial_times=np.zeros(TRIALS, np.int64),
        who=np.zeros(width + 2, np.int64),
        likes=np.zeros(max(_NEAR, _REACH)),
        chance=np.array([seed & ((1 << 64) - 1)], np.uint64),
    )


def workspace_arrays(problem: Problem, people: People, most: int) -> Workspace:
    """Room to look for circles among these people, and for so many of them."""
    (_, mentors), (least, mentees) = problem.settings.mentors, problem.settings.mentees
    count, width = len(problem.people) + 1, mentors + mentees + 2
    words = people.starts.shape[1] + people.languages.shape[1]
    return Workspace(
        who=np.zeros(width, np.int64),
        team_at=np.zeros(width, np.int64),
        fitting=np.zeros((2, count), np.int64),
        gains=np.zeros((mentees - least + 1, count + 1, FULL_TIME + 1)),
        order=np.zeros(count, np.int64),
        chosen_at=np.zeros(width, np.int64),
        left=np.zeros((mentees + 1, count), np.int64),
        left_times=np.zeros((mentees + 1, count), np.int64),
        rest=np.zeros((mentees + 1, words), np.uint64),
        tops=np.zeros((2, count)),
        circles=np.zeros((most, width), np.int64),
        above=np.zeros(most),
        ceiling=np.zeros(count - 1),
        counts=np.zeros(4, np.int64),
    )


def questions_of(problem: Problem) -> list[str]:
    """The affinity questions that somebody answered, as many as the search has room for."""
    asked = sorted({question for person in problem.people for question in person.answers})
    return asked[:QUESTIONS]


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int64)


def _words(masks: Sequence[int], bits: int) -> Words:
    """Whole numbers as rows of 64-bit words, lowest first."""
    width = max(1, -(-bits // 64))
    flat = b"".join(mask.to_bytes(8 * width, "little") for mask in masks)
    return np.frombuffer(flat, "<u8").astype(np.uint64).reshape(-1, width)


def _masks(*lists: Sequence[frozenset[str]]) -> list[Words]:
    """Each set of tags as a mask over all the tags of all the lists."""
    every = {tag for tags in lists for some in tags for tag in some}
    number = {tag: index for index, tag in enumerate(sorted(every))}
    return [
        _words([sum(1 << number[tag] for tag in some) for some in tags], len(number))
        for tags in lists
    ]


def _shared(tags: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Without the tags that only one person has: they can be shared with nobody."""
    held: dict[str, int] = {}
    for some in tags:
        for tag in some:
            held[tag] = held.get(tag, 0) + 1
    return [frozenset(tag for tag in some if held[tag] > 1) for some in tags]


def _lists(number: dict[str, int], named: Sequence[frozenset[str]]) -> tuple[Numbers, Numbers]:
    """People named by each, one list after the other, and where each list begins."""
    known = [sorted(number[who] for who in some if who in number) for some in named]
    ends = np.cumsum([0, *(len(some) for some in known)])
    return _numbers(ends), _numbers(one for some in known for one in some)


def _total(person: Person, w: Weights, as_mentee: int) -> float:
    """The weights of the terms that apply."""
    total = w.goals + w.language + w.time + as_mentee * (w.peers + w.size)
    total += w.heritage * (person.wants_shared_heritage and bool(person.heritage))
    total += w.stage * (person.stage is not None) + w.wish * bool(person.wishes)
    total += sum(w.question(question) for question, tags in person.answers.items() if tags)
    return total or 1.0
