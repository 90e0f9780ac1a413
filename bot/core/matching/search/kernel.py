# ruff: noqa: C901, PLR0912, PLR0917, SIM110 - loops over arrays, as numba compiles them best
"""The search for large communities, compiled: annealing on words of bits.

The same kind of search as in ``anneal``, written over flat arrays for numba. No arithmetic here
depends on the machine's mathematics library.

A circle is a row of people: mentors from the left of ``limits[MOST_MENTORS]`` places, mentees in
the places after them. A move writes the circles it touches to a *trial*; the trial is valued, and
then committed or forgotten.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.search.compiling import compiled, inlined, popcount

Words = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]

NO = -1.0e18
"""What breaks a hard rule is worth."""

LEAST_MENTORS, MOST_MENTORS, LEAST_MENTEES, MOST_MENTEES, NEEDED = range(5)
GOALS, PEERS, HERITAGE, STAGE, LANGUAGE, TIME, WISH, SIZE = range(8)
MENTEE, MENTOR = range(2)
# What somebody is to another, in one word: counts that may be added over a circle of up to 31
# people, then marks that may be joined.
KIN, PEER, HELPS, BEFORE, STATED, BEHIND, NEAR = range(0, 35, 5)
"""Where each count begins: five bits each, and seven for NEAR, which counts thirds."""

COUNTS = (1 << 37) - 1
BARRED, WISHED, ANSWERS = 1 << 37, 1 << 38, 39
QUESTIONS = 24
"""How many questions there is room for."""

PERSON = (1 << 32) - 1
"""Who is meant, in an entry of who could take which places."""

POOLED = 2
"""Where ``counts`` tells how many circles were put into the pool."""

TRIALS = 16
"""The most circles one move may touch."""


class People(NamedTuple):
    """What is known of people, by number. Masks are rows of words; lists are cut by ``*_at``."""

    starts: Words
    languages: Words
    preferred: Words
    seeks: Words
    offers: Words
    sought: Numbers
    heritage: Words
    wants: Numbers
    """1 where shared heritage counts."""
    answers: Words
    stage: Numbers
    wishing: Numbers
    totals: Shares
    """The weights that apply, added up, by person and seat."""
    barred_at: Numbers
    barred: Numbers
    before_at: Numbers
    before: Numbers
    wished_at: Numbers
    wished: Numbers
    pairs: Numbers
    """What each is to each (see :func:`relate`), where there are few enough people; else empty."""


class Rules(NamedTuple):
    """Settings."""

    limits: Numbers
    weights: Shares
    """By seat and term."""
    question_at: Numbers
    question_weights: Shares
    """By seat and question."""
    sizes: Shares


class Board(NamedTuple):
    """An arrangement while it is searched."""

    rows: Numbers
    mentors: Numbers
    mentees: Numbers
    values: Shares
    place: Numbers
    spare: Numbers
    led_at: Numbers
    led: Numbers
    """Which circles each mentor leads; as many entries as seats offered."""
    leads: Numbers
    """How many of those are in use."""
    empty: Numbers
    counts: Numbers
    """[empty slots, circles in the trial, circles in the pool]"""
    kept: Numbers
    """Who may not leave a circle, by slot; -1 where nobody. -2 in front: nothing may change."""
    pupils: Numbers
    """Everyone who seeks a mentee's seat."""
    tutors: Numbers
    near: Numbers
    """For each pupil, tutors they fit with; -1 where there are no more."""
    reach: Numbers
    """For each tutor, pupils they fit with."""
    known: Numbers
    """By slot, how many ``joining`` and ``leading`` hold; -1 where they are out of date."""
    joining: Numbers
    """By slot, who could take a mentee's place there, and at which places (see :func:`look`)."""
    leading: Numbers
    """By slot, who could take a mentor's place there, and at which places."""
    rest: Words
    """Room for the hours and languages that all but one of a circle have in common."""
    looked: Numbers
    """Room to lay out the circle that is looked at."""
    pool: Numbers
    """Circles seen: [mentors, mentees, people without gaps]."""
    pool_values: Shares
    pool_keys: Words
    """The marks of those circles, each near the place that it gives; 0 where there is none."""
    trial: Numbers
    trial_rows: Numbers
    trial_mentors: Numbers
    trial_mentees: Numbers
    trial_values: Shares
    trial_times: Numbers
    who: Numbers
    """Room to lay out one circle."""
    likes: Shares
    chance: Words


@inlined
def bits(chance: Words) -> np.uint64:
    chance[0] += np.uint64(0x9E3779B97F4A7C15)
    mixed = chance[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.uint64(mixed ^ (mixed >> np.uint64(31)))


@inlined
def below(chance: Words, limit: int) -> int:
    return int(np.int64((bits(chance) >> np.uint64(32)) * np.uint64(limit) >> np.uint64(32)))


@inlined
def share(chance: Words) -> float:
    return np.float64(bits(chance) >> np.uint64(11)) * 2.0**-53


@inlined
def survives(loss: float) -> float:
    """About exp(-loss)."""
    if loss > 16.0:
        return 0.0
    grown = 1.0 + loss / 64.0
    for _ in range(6):
        grown *= grown
    return 1.0 / grown


@inlined
def phi(score: float) -> float:
    if score <= 40.0:
        return 1.5 * score
    if score <= 60.0:
        return 20.0 + score
    return 50.0 + 0.5 * score


@compiled
def pair_fits(people: People, needed: int, one: int, other: int) -> bool:
    """Whether two could sit in one circle."""
    times = 0
    for word in range(people.starts.shape[1]):
        times += popcount(people.starts[one, word] & people.starts[other, word])
    if times < needed:
        return False
    spoken = False
    for word in range(people.languages.shape[1]):
        if people.languages[one, word] & people.languages[other, word]:
            spoken = True
    if not spoken:
        return False
    for at in range(people.barred_at[one], people.barred_at[one + 1]):
        if people.barred[at] == other:
            return False
    return True


@inlined
def named(entries: Numbers, start: int, end: int, other: int) -> bool:
    """Whether somebody is in this part of a list."""
    for entry in range(start, end):
        if entries[entry] == other:
            return True
    return False


@inlined
def shares_tag(masks: Words, one: int, other: int, start: int, end: int) -> bool:
    """Whether two have a bit in common."""
    for word in range(start, end):
        if masks[one, word] & masks[other, word]:
            return True
    return False


@inlined
def relate(people: People, rules: Rules, one: int, other: int) -> int:
    """What somebody is to another."""
    pair = 0
    if named(people.barred, people.barred_at[one], people.barred_at[one + 1], other):
        pair |= BARRED
    if named(people.before, people.before_at[one], people.before_at[one + 1], other):
        pair |= 1 << BEFORE
    if named(people.wished, people.wished_at[one], people.wished_at[one + 1], other):
        pair |= WISHED
    if shares_tag(people.heritage, one, other, 0, people.heritage.shape[1]):
        pair |= 1 << KIN
    if shares_tag(people.seeks, one, other, 0, people.seeks.shape[1]):
        pair |= 1 << PEER
    for word in range(people.seeks.shape[1]):
        if people.offers[one, word] & people.seeks[other, word]:
            pair |= 1 << HELPS
    if people.stage[one] >= 0 and people.stage[other] >= 0:
        between = people.stage[other] - people.stage[one]
        pair |= 1 << STATED
        if between <= 0:
            pair |= 1 << BEHIND
        pair |= max(0, 3 - abs(between)) << NEAR
    for question in range(rules.question_at.shape[0] - 1):
        start, end = rules.question_at[question], rules.question_at[question + 1]
        if shares_tag(people.answers, one, other, start, end):
            pair |= 1 << (ANSWERS + question)
    return pair


@compiled
def relate_all(people: People, rules: Rules, pairs: Numbers) -> None:
    """Fill the table of pairs."""
    for one in range(pairs.shape[0]):
        for other in range(pairs.shape[0]):
            pairs[one, other] = relate(people, rules, one, other)
            if one != other and not pair_fits(people, rules.limits[NEEDED], one, other):
                pairs[one, other] |= BARRED


@inlined
def common_starts(people: People, rules: Rules, who: Numbers, count: int) -> int:
    """How many starts these share, or -1 if a hard rule keeps them apart."""
    times = 0
    for word in range(people.starts.shape[1]):
        common = people.starts[who[0], word]
        for at in range(1, count):
            common &= people.starts[who[at], word]
        times += popcount(common)
    if times < rules.limits[NEEDED]:
        return -1
    spoken = False
    for word in range(people.languages.shape[1]):
        common = people.languages[who[0], word]
        for at in range(1, count):
            common &= people.languages[who[at], word]
        if common:
            spoken = True
    if not spoken:
        return -1
    table = people.pairs.shape[0] > 0
    for at in range(count):
        one = who[at]
        for other in range(at):
            if who[other] == one:
                return -1
            if table and people.pairs[one, who[other]] & BARRED:
                return -1
        if not table:
            for entry in range(people.barred_at[one], people.barred_at[one + 1]):
                for other in range(at):
                    if who[other] == people.barred[entry]:
                        return -1
    return times


@inlined
def heard(people: People, who: Numbers, count: int) -> int:
    """Whose preferred language is common to the circle: a bit for each place."""
    found = 0
    for word in range(people.languages.shape[1]):
        common = people.languages[who[0], word]
        for at in range(1, count):
            common &= people.languages[who[at], word]
        for at in range(count):
            if people.preferred[who[at], word] & common:
                found |= 1 << at
    return found


@inlined
def themes_met(people: People, who: Numbers, mentors: int, one: int) -> float:
    """The share of somebody's sought themes that the mentors offer."""
    met = 0
    for word in range(people.seeks.shape[1]):
        offered = np.uint64(0)
        for at in range(mentors):
            offered |= people.offers[who[at], word]
        met += popcount(people.seeks[one, word] & offered)
    return met / people.sought[one] if people.sought[one] else 0.0


@inlined
def company(
    people: People,
    rules: Rules,
    who: Numbers,
    start: int,
    end: int,
    at: int,
) -> tuple[int, int]:
    """What the people at these places are to the one at another place: counts, then marks."""
    one = who[at]
    counts = marks = 0
    for place in range(start, end):
        if place != at:
            if people.pairs.shape[0]:
                pair = people.pairs[one, who[place]]
            else:
                pair = relate(people, rules, one, who[place])
            counts += pair & COUNTS
            marks |= pair
    return counts, marks


@inlined
def score(
    people: People,
    rules: Rules,
    who: Numbers,
    mentors: int,
    count: int,
    at: int,
    time: float,
    listening: int,
) -> float:
    """The score of the member at this place of the circle."""
    one = who[at]
    seat = MENTOR if at < mentors else MENTEE
    leading, led_marks = company(people, rules, who, 0, mentors, at)
    learning, marks = company(people, rules, who, mentors, count, at)
    marks |= led_marks
    both = leading + learning
    weights = rules.weights
    total = weights[seat, TIME] * time
    total += weights[seat, LANGUAGE] * (1.0 if listening >> at & 1 else 0.4)
    stated = learning >> STATED & 31
    if seat == MENTOR:
        total += weights[seat, GOALS] * (learning >> HELPS & 31) / (count - mentors)
        stages = float(learning >> BEHIND & 31)
    else:
        total += weights[seat, GOALS] * themes_met(people, who, mentors, one)
        total += weights[seat, PEERS] * min(1.0, (learning >> PEER & 31) / 2)
        total += weights[seat, SIZE] * rules.sizes[mentors, count - mentors]
        stages = (learning >> NEAR & 127) / 3
    if people.stage[one] >= 0:
        total += weights[seat, STAGE] * (stages / stated if stated else 0.5)
    if people.wants[one]:
        kin = both >> KIN & 31
        total += weights[seat, HERITAGE] * (1.0 if kin > 1 else 0.7 * kin)
    if people.wishing[one] and marks & WISHED:
        total += weights[seat, WISH]
    for question in range(rules.question_at.shape[0] - 1):
        if marks >> (ANSWERS + question) & 1:
            total += rules.question_weights[seat, question]
    return max(0.0, float(100.0 * total / people.totals[one, seat] - 8.0 * (both >> BEFORE & 31)))


@inlined
def possible(people: People, rules: Rules, who: Numbers, mentors: int, mentees: int) -> int:
    """How many starts a circle has (its people without gaps); -1 if it breaks a rule."""
    limits = rules.limits
    if mentors < limits[LEAST_MENTORS] or mentors > limits[MOST_MENTORS]:
        return -1
    if mentees < limits[LEAST_MENTEES] or mentees > limits[MOST_MENTEES]:
        return -1
    return common_starts(people, rules, who, mentors + mentees)


@inlined
def worth(
    people: People,
    rules: Rules,
    who: Numbers,
    mentors: int,
    mentees: int,
    times: int,
) -> float:
    """What a possible circle is worth."""
    total = 0.0
    count = mentors + mentees
    time = min(1.0, times / 16)
    listening = heard(people, who, count)
    for at in range(count):
        counted = phi(score(people, rules, who, mentors, count, at, time, listening))
        total += 0.5 * (counted - 80.0) if at < mentors else counted
    return total


@compiled
def circle_value(people: People, rules: Rules, who: Numbers, mentors: int, mentees: int) -> float:
    """What a circle is worth; NO if it breaks a rule."""
    times = possible(people, rules, who, mentors, mentees)
    return worth(people, rules, who, mentors, mentees, times) if times >= 0 else NO


@compiled
def circle_values(
    people: People,
    rules: Rules,
    circles: Numbers,
    mentors: Numbers,
    mentees: Numbers,
    values: Shares,
) -> None:
    """The values of many circles at once (rows without gaps)."""
    for index in range(circles.shape[0]):
        values[index] = circle_value(people, rules, circles[index], mentors[index], mentees[index])


# ---- Trials -------------------------------------------------------------------------------------


@inlined
def touch(board: Board, slot: int) -> int:
    """The place of this circle in the trial; -1 if the trial is full or it may not change."""
    count = int(board.counts[1])
    for at in range(count):
        if board.trial[at] == slot:
            return at
    if count == TRIALS or board.kept[slot, 0] == -2:
        return -1
    board.trial[count] = slot
    for index in range(board.rows.shape[1]):
        board.trial_rows[count, index] = board.rows[slot, index]
    board.trial_mentors[count] = board.mentors[slot]
    board.trial_mentees[count] = board.mentees[slot]
    board.counts[1] = count + 1
    return count


@inlined
def take_out(board: Board, rules: Rules, at: int, one: int) -> None:
    """Take a mentee out of a circle of the trial."""
    first, count = rules.limits[MOST_MENTORS], board.trial_mentees[at]
    for index in range(first, first + count):
        if board.trial_rows[at, index] == one:
            board.trial_rows[at, index] = board.trial_rows[at, first + count - 1]
            board.trial_mentees[at] = count - 1
            return


@inlined
def put_in(board: Board, rules: Rules, at: int, one: int) -> bool:
    """Put a mentee into a circle of the trial; False where it is full."""
    count = board.trial_mentees[at]
    if count >= rules.limits[MOST_MENTEES]:
        return False
    board.trial_rows[at, rules.limits[MOST_MENTORS] + count] = one
    board.trial_mentees[at] = count + 1
    return True


@inlined
def take_lead(board: Board, at: int, one: int) -> None:
    """Take a mentor out of a circle of the trial."""
    count = board.trial_mentors[at]
    for index in range(count):
        if board.trial_rows[at, index] == one:
            board.trial_rows[at, index] = board.trial_rows[at, count - 1]
            board.trial_mentors[at] = count - 1
            return


@inlined
def put_lead(board: Board, rules: Rules, at: int, one: int) -> bool:
    """Put a mentor into a circle of the trial; False where there are enough."""
    count = board.trial_mentors[at]
    if count >= rules.limits[MOST_MENTORS]:
        return False
    board.trial_rows[at, count] = one
    board.trial_mentors[at] = count + 1
    return True


@inlined
def trial_circle(rules: Rules, board: Board, at: int, who: Numbers) -> bool:
    """The people of a circle of the trial, without gaps; False if somebody locked is missing."""
    mentors, mentees = board.trial_mentors[at], board.trial_mentees[at]
    first = rules.limits[MOST_MENTORS]
    for index in range(mentors):
        who[index] = board.trial_rows[at, index]
    for index in range(mentees):
        who[mentors + index] = board.trial_rows[at, first + index]
    slot = board.trial[at]
    for index in range(board.kept.shape[1]):
        if board.kept[slot, index] < 0:
            break
        if not named(who, 0, mentors + mentees, board.kept[slot, index]):
            return False
    return True


@compiled
def trial_value(people: People, rules: Rules, board: Board, at: int, who: Numbers) -> float:
    """What a circle of the trial is worth; an empty one nothing."""
    if not trial_circle(rules, board, at, who):
        return NO
    mentors, mentees = board.trial_mentors[at], board.trial_mentees[at]
    if mentors + mentees == 0:
        return 0.0
    return circle_value(people, rules, who, mentors, mentees)


@compiled
def judge(people: People, rules: Rules, board: Board, who: Numbers) -> float:
    """How much more the arrangement is worth with the trial; NO if it breaks a rule."""
    for at in range(board.counts[1]):
        mentors, mentees = board.trial_mentors[at], board.trial_mentees[at]
        if not trial_circle(rules, board, at, who):
            return NO
        board.trial_times[at] = 0
        if mentors + mentees:
            board.trial_times[at] = possible(people, rules, who, mentors, mentees)
            if board.trial_times[at] < 0:
                return NO
    gain = 0.0
    for at in range(board.counts[1]):
        mentors, mentees = board.trial_mentors[at], board.trial_mentees[at]
        value = 0.0
        if mentors:
            trial_circle(rules, board, at, who)
            value = worth(people, rules, who, mentors, mentees, board.trial_times[at])
        board.trial_values[at] = value
        gain += value - board.values[board.trial[at]]
    return gain


@compiled
def commit(rules: Rules, board: Board) -> None:
    """Make the trial the arrangement."""
    first = rules.limits[MOST_MENTORS]
    for at in range(board.counts[1]):
        slot = board.trial[at]
        for index in range(board.mentors[slot]):
            one = board.rows[slot, index]
            start = board.led_at[one]
            last = start + board.leads[one] - 1
            for entry in range(start, last + 1):
                if board.led[entry] == slot:
                    board.led[entry] = board.led[last]
                    break
            board.leads[one] -= 1
            board.spare[one] += 1
        for index in range(board.mentees[slot]):
            board.place[board.rows[slot, first + index]] = -1
    for at in range(board.counts[1]):
        slot = board.trial[at]
        board.known[slot, 0] = -1
        was_empty = board.mentors[slot] == 0
        for index in range(board.rows.shape[1]):
            board.rows[slot, index] = board.trial_rows[at, index]
        board.mentors[slot] = board.trial_mentors[at]
        board.mentees[slot] = board.trial_mentees[at]
        board.values[slot] = board.trial_values[at]
        for index in range(board.mentors[slot]):
            one = board.rows[slot, index]
            board.led[board.led_at[one] + board.leads[one]] = slot
            board.leads[one] += 1
            board.spare[one] -= 1
        for index in range(board.mentees[slot]):
            board.place[board.rows[slot, first + index]] = slot
        if board.mentors[slot] == 0 and not was_empty:
            board.empty[board.counts[0]] = slot
            board.counts[0] += 1
        elif was_empty and board.mentors[slot] > 0:
            for entry in range(board.counts[0]):
                if board.empty[entry] == slot:
                    board.empty[entry] = board.empty[board.counts[0] - 1]
                    break
            board.counts[0] -= 1


# ---- Moves: each writes a trial, and says whether there is anything to judge ---------------------


@inlined
def pick_near(board: Board, one: int) -> int:
    """Some tutor that this pupil fits with, or -1."""
    tutor = board.near[one, below(board.chance, board.near.shape[1])]
    return int(tutor if tutor >= 0 else board.near[one, 0])


@inlined
def pick_led(board: Board, tutor: int) -> int:
    """Some circle that this tutor leads, or -1."""
    if board.leads[tutor] == 0:
        return -1
    return int(board.led[board.led_at[tutor] + below(board.chance, board.leads[tutor])])


@inlined
def pick_member(board: Board, rules: Rules, slot: int) -> int:
    """Some mentee of this circle."""
    first = rules.limits[MOST_MENTORS]
    return int(board.rows[slot, first + below(board.chance, board.mentees[slot])])


@inlined
def all_but(masks: Words, who: Numbers, count: int, rest: Words) -> None:
    """What all but each of these have in common, place by place; at the end, what all have."""
    for word in range(masks.shape[1]):
        before = ~np.uint64(0)
        for at in range(count):
            rest[at, word] = before
            before &= masks[who[at], word]
        rest[count, word] = before
        after = ~np.uint64(0)
        for at in range(count - 1, -1, -1):
            rest[at, word] &= after
            after &= masks[who[at], word]


@inlined
def has_rest(people: People, rules: Rules, board: Board, at: int, one: int) -> bool:
    """Whether somebody has hours and a language in common with all but one of ``looked``."""
    words = people.starts.shape[1]
    times = 0
    for word in range(words):
        times += popcount(board.rest[at, word] & people.starts[one, word])
    if times < rules.limits[NEEDED]:
        return False
    for word in range(people.languages.shape[1]):
        if board.rest[at, words + word] & people.languages[one, word]:
            return True
    return False


@compiled
def places(
    people: People, rules: Rules, board: Board, count: int, start: int, end: int, one: int
) -> int:
    """At which of these places of ``looked`` somebody could sit, instead of who sits there.

    A bit for each place, and the bit after the last one for an additional place.
    """
    apart, where = 0, -1
    if people.pairs.shape[0]:
        for at in range(count):
            if people.pairs[one, board.looked[at]] & BARRED:
                apart += 1
                where = at
    else:
        for entry in range(people.barred_at[one], people.barred_at[one + 1]):
            for at in range(count):
                if board.looked[at] == people.barred[entry]:
                    apart += 1
                    where = at
    if apart > 1 or (apart == 1 and not start <= where < end):
        return 0
    if apart == 0 and has_rest(people, rules, board, count, one):
        return (2 << (end - start)) - 1
    found = 0
    for at in range(start, end):
        if (apart == 0 or at == where) and has_rest(people, rules, board, at, one):
            found |= 1 << (at - start)
    return found


@compiled
def look(people: People, rules: Rules, board: Board, slot: int) -> None:
    """Find who could take a place in this circle: entries of ``places << 32 | who``."""
    who, first = board.looked, rules.limits[MOST_MENTORS]
    mentors, mentees = board.mentors[slot], board.mentees[slot]
    count = mentors + mentees
    for index in range(mentors):
        who[index] = board.rows[slot, index]
    for index in range(mentees):
        who[mentors + index] = board.rows[slot, first + index]
    words = people.starts.shape[1]
    all_but(people.starts, who, count, board.rest[:, :words])
    all_but(people.languages, who, count, board.rest[:, words:])
    for side in range(2):
        lists = board.joining if side == MENTEE else board.leading
        likely = board.reach if side == MENTEE else board.near
        start, end = (mentors, count) if side == MENTEE else (0, mentors)
        fitting = who[0] if side == MENTEE else who[mentors]
        found = 0
        for entry in range(likely.shape[1]):
            one = likely[fitting, entry]
            if one < 0 or found >= lists.shape[1] or named(who, 0, count, one):
                continue
            where = places(people, rules, board, count, start, end, one)
            if where:
                lists[slot, found] = where << 32 | one
                found += 1
        board.known[slot, side] = found


@inlined
def joining(people: People, rules: Rules, board: Board, slot: int) -> int:
    """How many could take a mentee's place in this circle."""
    if board.known[slot, 0] < 0:
        look(people, rules, board, slot)
    return int(board.known[slot, MENTEE])


@inlined
def some_bit(chance: Words, bits_: int, places: int) -> int:
    """One of the bits that are set (at least one of the first so many is)."""
    at = below(chance, places)
    while not bits_ >> at & 1:
        at = at + 1 if at + 1 < places else 0
    return at


@inlined
def pick_slot(board: Board) -> int:
    """Some circle that there is, or -1."""
    for _ in range(4):
        slot = pick_led(board, board.tutors[below(board.chance, board.tutors.shape[0])])
        if slot >= 0:
            return slot
    return -1


@inlined
def in_trial(board: Board, slot: int) -> bool:
    """Whether the trial touches this circle."""
    for at in range(board.counts[1]):
        if board.trial[at] == slot:
            return True
    return False


@compiled
def places_for(people: People, rules: Rules, board: Board, slot: int, one: int) -> int:
    """At which places of a circle somebody could sit as a mentee (see :func:`places`)."""
    for entry in range(joining(people, rules, board, slot)):
        if board.joining[slot, entry] & PERSON == one:
            return int(board.joining[slot, entry] >> 32)
    return 0


@inlined
def seat_of(board: Board, rules: Rules, slot: int, one: int) -> int:
    """The place of a mentee among those of their circle."""
    at = 0
    while board.rows[slot, rules.limits[MOST_MENTORS] + at] != one:
        at += 1
    return at


@compiled
def waits(board: Board, rules: Rules, one: int) -> bool:
    """Whether somebody is in none of the mentees' places of the trial."""
    first = rules.limits[MOST_MENTORS]
    for at in range(board.counts[1]):
        if named(board.trial_rows[at], first, first + board.trial_mentees[at], one):
            return False
    return True


@compiled
def settle(people: People, rules: Rules, board: Board, one: int, tries: int) -> bool:
    """Find a circle outside the trial, with room, for a mentee."""
    for _ in range(tries):
        tutor = pick_near(board, one)
        to = pick_led(board, tutor) if tutor >= 0 else -1
        if to < 0 or board.mentees[to] >= rules.limits[MOST_MENTEES] or in_trial(board, to):
            continue
        if places_for(people, rules, board, to, one) >> board.mentees[to] & 1:
            there = touch(board, to)
            return there >= 0 and put_in(board, rules, there, one)
    return False


@compiled
def refill(people: People, rules: Rules, board: Board, here: int, left: int) -> bool:
    """Somebody takes the place that a mentee has left in a circle of the trial."""
    slot = board.trial[here]
    found = joining(people, rules, board, slot)
    at = seat_of(board, rules, slot, left)
    offset = below(board.chance, found) if found else 0
    for step in range(found):
        entry = board.joining[slot, (offset + step) % found]
        one = entry & PERSON
        if not entry >> 32 >> at & 1:
            continue
        origin = board.place[one]
        if origin >= 0:
            if in_trial(board, origin) or board.mentees[origin] <= rules.limits[LEAST_MENTEES]:
                continue
            there = touch(board, origin)
            if there < 0:
                continue
            take_out(board, rules, there, one)
        elif not waits(board, rules, one):
            continue
        return put_in(board, rules, here, one)
    return False


@compiled
def move_pupil(people: People, rules: Rules, board: Board) -> bool:
    """Somebody joins a circle they fit in, or takes the place of somebody who moves on."""
    chance, least = board.chance, rules.limits[LEAST_MENTEES]
    slot = pick_slot(board)
    found = joining(people, rules, board, slot) if slot >= 0 else 0
    if found == 0:
        return False
    entry = board.joining[slot, below(chance, found)]
    one, where = entry & PERSON, entry >> 32
    mentees, origin = board.mentees[slot], board.place[one]
    there = touch(board, slot)
    here = touch(board, origin) if origin >= 0 else -1
    if there < 0 or (origin >= 0 and here < 0):
        return False
    if here >= 0:
        take_out(board, rules, here, one)
    if where >> mentees & 1 and mentees < rules.limits[MOST_MENTEES] and below(chance, 2) == 0:
        put_in(board, rules, there, one)
        if here >= 0 and (board.mentees[origin] <= least or below(chance, 4) == 0):
            return refill(people, rules, board, here, one)
        return True
    at = some_bit(chance, where, mentees)
    other = board.rows[slot, rules.limits[MOST_MENTORS] + at]
    take_out(board, rules, there, other)
    put_in(board, rules, there, one)
    kind = below(chance, 4)
    if here >= 0:
        swaps = places_for(people, rules, board, origin, other) if kind < 2 else 0
        if swaps >> seat_of(board, rules, origin, one) & 1:
            return put_in(board, rules, here, other)
        small = board.mentees[origin] <= least
        if (small or kind == 2) and not refill(people, rules, board, here, one):
            return False
    if (here >= 0 or kind) and waits(board, rules, other):
        settle(people, rules, board, other, 3)
    return True


@compiled
def move_tutor(people: People, rules: Rules, board: Board) -> bool:
    """A mentor joins a circle they fit in, or takes the place of one who leaves."""
    chance, least = board.chance, rules.limits[LEAST_MENTORS]
    slot = pick_slot(board)
    here = touch(board, slot) if slot >= 0 else -1
    if here < 0:
        return False
    joining(people, rules, board, slot)
    found = board.known[slot, MENTOR]
    if found == 0:
        return False
    entry = board.leading[slot, below(chance, found)]
    tutor, where = entry & PERSON, entry >> 32
    mentors, old = board.mentors[slot], -1
    if mentors == rules.limits[MOST_MENTORS] or not where >> mentors & 1 or below(chance, 2):
        old = board.rows[slot, some_bit(chance, where, mentors)]
        take_lead(board, here, old)
    put_lead(board, rules, here, tutor)
    if board.spare[tutor] > 0:
        return True
    other = pick_led(board, tutor)
    there = touch(board, other) if other >= 0 else -1
    if there < 0:
        return False
    take_lead(board, there, tutor)
    enough = board.trial_mentors[there] >= least
    if enough and below(chance, 2):
        return True
    if old >= 0 and below(chance, 3):
        return put_lead(board, rules, there, old)
    if enough:
        return True
    for _ in range(3):
        partner = pick_near(board, pick_member(board, rules, other))
        if partner >= 0 and partner != tutor and board.spare[partner] > 0:
            return put_lead(board, rules, there, partner)
    board.trial_mentors[there] = board.trial_mentees[there] = 0
    disperse(people, rules, board, other)
    return True


@compiled
def disperse(people: People, rules: Rules, board: Board, slot: int) -> None:
    """Those who were mentees of a circle, and now wait, go where there is room for them."""
    first = rules.limits[MOST_MENTORS]
    for index in range(board.mentees[slot]):
        one = board.rows[slot, first + index]
        if waits(board, rules, one):
            settle(people, rules, board, one, 4)


@compiled
def rebuild(people: People, rules: Rules, board: Board, who: Numbers) -> bool:
    """The mentors of a circle gather other mentees; those they had go where there is a place."""
    chance, limits = board.chance, rules.limits
    slot = pick_slot(board)
    here = touch(board, slot) if slot >= 0 else -1
    if here < 0:
        return False
    first, mentors = limits[MOST_MENTORS], board.mentors[slot]
    for index in range(mentors):
        who[index] = board.rows[slot, index]
    board.trial_mentees[here] = 0
    count = mentors
    width = board.reach.shape[1]
    wanted = limits[LEAST_MENTEES] + below(chance, limits[MOST_MENTEES] - limits[LEAST_MENTEES] + 1)
    offset = below(chance, width)
    for step in range(width):
        one = board.reach[who[0], (offset + step) % width]
        if one < 0:
            continue
        origin = board.place[one]
        if origin >= 0 and origin != slot:
            if below(chance, 2) or in_trial(board, origin):
                continue
            if board.mentees[origin] <= limits[LEAST_MENTEES]:
                continue
        who[count] = one
        if common_starts(people, rules, who, count + 1) < 0:
            continue
        if origin >= 0 and origin != slot:
            left = touch(board, origin)
            if left < 0:
                continue
            take_out(board, rules, left, one)
        board.trial_rows[here, first + count - mentors] = one
        board.trial_mentees[here] += 1
        count += 1
        if count - mentors >= wanted:
            break
    if board.trial_mentees[here] < limits[LEAST_MENTEES]:
        return False
    disperse(people, rules, board, slot)
    return True


@compiled
def drop_tutor(rules: Rules, board: Board) -> bool:
    """A circle goes on with one mentor fewer."""
    slot = board.place[board.pupils[below(board.chance, board.pupils.shape[0])]]
    if slot < 0 or board.mentors[slot] <= rules.limits[LEAST_MENTORS]:
        return False
    here = touch(board, slot)
    if here < 0:
        return False
    take_lead(board, here, board.rows[slot, below(board.chance, board.mentors[slot])])
    return True


@compiled
def open_circle(people: People, rules: Rules, board: Board, who: Numbers, tutor: int) -> bool:
    """A mentor opens a circle with pupils who wait, or can be spared."""
    chance, limits = board.chance, rules.limits
    if board.counts[0] == 0:
        return False
    if board.spare[tutor] == 0:
        slot = pick_led(board, tutor)
        if slot < 0 or board.mentors[slot] <= limits[LEAST_MENTORS]:
            return False
        left = touch(board, slot)
        if left < 0:
            return False
        take_lead(board, left, tutor)
    new = touch(board, board.empty[board.counts[0] - 1])
    put_lead(board, rules, new, tutor)
    first, count = limits[MOST_MENTORS], 1
    who[0] = tutor
    while count < limits[LEAST_MENTORS]:
        partner = board.tutors[below(chance, board.tutors.shape[0])]
        if board.spare[partner] == 0 or not pair_fits(people, limits[NEEDED], tutor, partner):
            return False
        who[count] = partner
        put_lead(board, rules, new, partner)
        count += 1
    lead = count
    wanted = limits[LEAST_MENTEES] + below(chance, 3)
    width = board.reach.shape[1]
    for turn in range(2):
        offset = below(chance, width)
        for step in range(width):
            if count - lead >= min(wanted, limits[MOST_MENTEES]):
                return True
            one = board.reach[tutor, (offset + step) % width]
            if one < 0:
                continue
            origin = board.place[one]
            if (origin < 0) == (turn == 1):
                continue
            who[count] = one
            if common_starts(people, rules, who, count + 1) < 0:
                continue
            if origin >= 0:
                if count - lead >= limits[LEAST_MENTEES]:
                    continue
                left = touch(board, origin)
                if left < 0 or board.trial_mentees[left] <= limits[LEAST_MENTEES]:
                    continue
                take_out(board, rules, left, one)
            board.trial_rows[new, first + count - lead] = one
            board.trial_mentees[new] += 1
            count += 1
    return bool(count - lead >= limits[LEAST_MENTEES])


@compiled
def close_circle(people: People, rules: Rules, board: Board, who: Numbers) -> bool:
    """A circle ends; each of its mentees goes where they add most, of a few places."""
    slot = board.place[board.pupils[below(board.chance, board.pupils.shape[0])]]
    if slot < 0:
        return False
    here = touch(board, slot)
    if here < 0:
        return False
    first, mentees = rules.limits[MOST_MENTORS], board.mentees[slot]
    board.trial_mentors[here] = 0
    board.trial_mentees[here] = 0
    for index in range(mentees):
        one = board.rows[slot, first + index]
        best, best_gain = -1, 0.0
        for _ in range(6):
            tutor = pick_near(board, one)
            to = pick_led(board, tutor) if tutor >= 0 else -1
            if to < 0 or to == slot or board.counts[1] >= TRIALS - 1:
                continue
            there = touch(board, to)
            if there < 0:
                continue
            before = trial_value(people, rules, board, there, who)
            if put_in(board, rules, there, one):
                after = trial_value(people, rules, board, there, who)
                if after > NO and after - before > best_gain:
                    best, best_gain = there, after - before
                take_out(board, rules, there, one)
        if best >= 0:
            put_in(board, rules, best, one)
    return True


@compiled
def propose(people: People, rules: Rules, board: Board, who: Numbers) -> bool:
    """Write one trial; False where the dice fell on nothing sensible."""
    board.counts[1] = 0
    roll = below(board.chance, 1000)
    if roll < 780:
        return move_pupil(people, rules, board)
    if roll < 940:
        return move_tutor(people, rules, board)
    if roll < 950:
        return drop_tutor(rules, board)
    if roll < 970:
        return rebuild(people, rules, board, who)
    if roll < 990:
        tutor = board.tutors[below(board.chance, board.tutors.shape[0])]
        return open_circle(people, rules, board, who, tutor)
    return close_circle(people, rules, board, who)


@inlined
def mark(board: Board, slot: int, first: int) -> np.uint64:
    """A number that hardly any other circle has, whatever the order of its people."""
    total = np.uint64(0)
    for index in range(board.mentors[slot] + board.mentees[slot]):
        leads = index < board.mentors[slot]
        at = index if leads else first + index - board.mentors[slot]
        mixed = np.uint64(2 * board.rows[slot, at] + leads + 1) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
        total += mixed ^ (mixed >> np.uint64(29))
    return total | np.uint64(1)


@compiled
def remember(board: Board, rules: Rules) -> None:
    """Put the circles of the trial, just committed, into the pool; of too many, the newest stay."""
    first, size = rules.limits[MOST_MENTORS], board.pool_keys.shape[0]
    for at in range(board.counts[1]):
        slot = board.trial[at]
        if board.mentors[slot] == 0:
            continue
        key = mark(board, slot, first)
        entry = int(np.int64(key % np.uint64(size)))
        while board.pool_keys[entry] and board.pool_keys[entry] != key:
            entry = entry + 1 if entry + 1 < size else 0
        if board.pool_keys[entry]:
            continue
        row = board.counts[POOLED] % board.pool.shape[0]
        if row == 0:
            board.pool_keys[:] = 0
        board.pool_keys[entry] = key
        board.counts[POOLED] += 1
        board.pool_values[row] = board.values[slot]
        mentors, mentees = board.mentors[slot], board.mentees[slot]
        board.pool[row, 0], board.pool[row, 1] = mentors, mentees
        for index in range(mentors):
            board.pool[row, 2 + index] = board.rows[slot, index]
        for index in range(mentees):
            board.pool[row, 2 + mentors + index] = board.rows[slot, first + index]


@compiled
def run(
    people: People,
    rules: Rules,
    board: Board,
    steps: int,
    heat: float,
    cooling: float,
    mild: float,
) -> float:
    """So many steps, cooling by this factor after each; returns how much was gained.

    Once the heat is below ``mild``, every circle that comes about is put into the pool.
    """
    who = board.who
    total = 0.0
    for _ in range(steps):
        heat *= cooling
        if not propose(people, rules, board, who):
            continue
        gain = judge(people, rules, board, who)
        if gain == NO:
            continue
        if gain >= 0.0 or share(board.chance) < survives(-gain / heat):
            commit(rules, board)
            total += gain
            if heat < mild and board.pool.shape[0]:
                remember(board, rules)
    return total


# ---- Before the search --------------------------------------------------------------------------


@compiled
def likings(people: People, rules: Rules, pupil: int, tutor: int) -> float:
    """A rough guess of what this pair is worth, to look at likely company first."""
    met = 0
    for word in range(people.seeks.shape[1]):
        met += popcount(people.seeks[pupil, word] & people.offers[tutor, word])
    times = 0
    for word in range(people.starts.shape[1]):
        times += popcount(people.starts[pupil, word] & people.starts[tutor, word])
    kin = shares_tag(people.heritage, pupil, tutor, 0, people.heritage.shape[1])
    return float(30.0 * met / max(1, people.sought[pupil]) + 0.5 * min(times, 60) + 5.0 * kin)


@compiled
def acquaint(people: People, rules: Rules, board: Board, looks: int) -> None:
    """Fill ``near`` and ``reach``: half the likeliest company, half any that fits."""
    pupils, tutors = board.pupils, board.tutors
    needed = rules.limits[NEEDED]
    for side in range(2):
        ones, others = (pupils, tutors) if side == 0 else (tutors, pupils)
        lists = board.near if side == 0 else board.reach
        width = lists.shape[1]
        likes = board.likes
        for one in ones:
            best, seen = 0, 0
            half = width // 2
            offset = below(board.chance, others.shape[0])
            for step in range(min(looks, others.shape[0])):
                other = others[(offset + step) % others.shape[0]]
                if other == one or not pair_fits(people, needed, one, other):
                    continue
                pupil, tutor = (one, other) if side == 0 else (other, one)
                like = likings(people, rules, pupil, tutor)
                moved = other
                if best < half:
                    lists[one, best] = moved
                    likes[best] = like
                    best += 1
                    continue
                least = 0
                for at in range(1, half):
                    if likes[at] < likes[least]:
                        least = at
                if like > likes[least]:
                    moved = lists[one, least]
                    lists[one, least] = other
                    likes[least] = like
                if seen < width - half:
                    lists[one, half + seen] = moved
                else:
                    at = below(board.chance, seen + 1)
                    if at < width - half:
                        lists[one, half + at] = moved
                seen += 1


@compiled
def begin(people: People, rules: Rules, board: Board) -> float:
    """A first arrangement: every mentor opens what circles they can, if that gains anything."""
    who = board.who
    total = 0.0
    for tutor in board.tutors:
        for _ in range(board.spare[tutor]):
            board.counts[1] = 0
            if open_circle(people, rules, board, who, tutor):
                gain = judge(people, rules, board, who)
                if gain > 0.0:
                    commit(rules, board)
                    total += gain
    return total


@compiled
def fill(people: People, rules: Rules, board: Board) -> None:
    """Whoever waits goes to the circle with room where they add most, while anybody adds anything.

    Every circle is looked at, so that whoever still waits does so for a reason.
    """
    who = board.who
    again = True
    while again:
        again = False
        for one in board.pupils:
            if board.place[one] >= 0:
                continue
            best, best_gain = -1, 1e-9
            for slot in range(board.rows.shape[0]):
                if board.mentors[slot] == 0 or board.mentees[slot] >= rules.limits[MOST_MENTEES]:
                    continue
                if not pair_fits(people, rules.limits[NEEDED], one, board.rows[slot, 0]):
                    continue
                board.counts[1] = 0
                there = touch(board, slot)
                if there < 0 or not put_in(board, rules, there, one):
                    continue
                gain = judge(people, rules, board, who)
                if gain > best_gain:
                    best, best_gain = slot, gain
            if best >= 0:
                board.counts[1] = 0
                put_in(board, rules, touch(board, best), one)
                judge(people, rules, board, who)
                commit(rules, board)
                again = True
