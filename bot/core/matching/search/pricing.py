# ruff: noqa: C901, PLR0912, PLR0915, PLR0917 - loops over arrays, as numba
# compiles them best
"""The circles that are worth the most above the prices of their seats, compiled.

For each team of mentors who can meet, it is worked out what every mentee who fits could add at best
(the mentors' part exactly, the other mentees' as good as there is company for). Then mentees are
taken in one by one, and given up on as soon as not even the best company could still make the
circle worth its price.
"""

from typing import NamedTuple

import numpy as np

from bot.core.matching.search.compiling import compiled, inlined, popcount
from bot.core.matching.search.kernel import (
    ANSWERS,
    BARRED,
    BEFORE,
    BEHIND,
    GOALS,
    HELPS,
    HERITAGE,
    KIN,
    LANGUAGE,
    LEAST_MENTEES,
    LEAST_MENTORS,
    MENTEE,
    MENTOR,
    MOST_MENTEES,
    MOST_MENTORS,
    NEAR,
    NEEDED,
    PEER,
    PEERS,
    SIZE,
    STAGE,
    STATED,
    TIME,
    WISH,
    WISHED,
    Numbers,
    People,
    Rules,
    Shares,
    Words,
    common_starts,
    phi,
    themes_met,
    worth,
)

FULL_TIME = 16
"""From so many common starts on, time could not be better (``score.FULL_TIME_STARTS``)."""

NEVER = -1e17
"""What somebody adds who cannot be there."""

FOUND, TEAMS, LOOKED, GIVEN_UP = range(4)
"""Places in ``Workspace.counts``: circles found; teams and nodes looked at; branches given up."""


class Wanted(NamedTuple):
    """What to look for."""

    least: float
    """Circles worth at least so much above their prices."""
    each: int
    """The most for each team and size: the best of them."""
    likely: int
    """Only so many mentees, the likeliest, are considered for each team."""
    nodes: int
    """Below each first mentee, so many nodes are looked at."""
    first: int
    """Teams whose first mentor has this number ..."""
    stride: int
    """... or one that lies a multiple of this further on."""
    share: int
    """How many of 1,024 teams are looked at for each mentor after the first."""
    salt: int
    """Which they are."""


class Workspace(NamedTuple):
    """Room to work in, and what is found."""

    who: Numbers
    team_at: Numbers
    fitting: Numbers
    """[who, common starts with the team], by place."""
    gains: Shares
    """By size, place and common starts (0 to ``FULL_TIME``): what somebody could add, less their
    price. The last place is the team's."""
    order: Numbers
    chosen_at: Numbers
    left: Numbers
    """By depth, who could still join; the last column counts them."""
    left_times: Numbers
    rest: Words
    """By depth, the hours and languages that all have in common."""
    tops: Shares
    circles: Numbers
    """What was found: [mentors, mentees, people without gaps]."""
    above: Shares
    """How much more each is worth than its seats."""
    ceiling: Shares
    """By first mentor, above what no circle is worth more than its seats. Valid only if nobody was
    left out for being unlikely."""
    counts: Numbers


@compiled
def price(
    people: People,
    rules: Rules,
    tutors: Numbers,
    pupils: Numbers,
    mentor_prices: Shares,
    mentee_prices: Shares,
    wanted: Wanted,
    space: Workspace,
) -> None:
    """Fill ``space.circles`` for these tutors and pupils; when it is full, the rest is not kept.

    Needs the table of pairs (``people.pairs``).
    """
    limits, team_at, who = rules.limits, space.team_at, space.who
    space.counts[:] = 0
    space.ceiling[:] = 0.0
    lead = 0
    team_at[0] = wanted.first - wanted.stride
    while lead >= 0:
        team_at[lead] += wanted.stride if lead == 0 else 1
        if team_at[lead] >= tutors.shape[0]:
            lead -= 1
            continue
        who[lead] = tutors[team_at[lead]]
        if common_starts(people, rules, who, lead + 1) < 0:
            continue
        if lead + 1 >= limits[LEAST_MENTORS] and drawn(wanted, who, lead + 1):
            price_team(people, rules, pupils, mentor_prices, mentee_prices, wanted, space, lead + 1)
        if lead + 1 < limits[MOST_MENTORS]:
            lead += 1
            team_at[lead] = team_at[lead - 1]


@inlined
def drawn(wanted: Wanted, who: Numbers, mentors: int) -> bool:
    """Whether a team is among those that are looked at."""
    mixed = np.uint64(wanted.salt)
    for at in range(mentors):
        mixed = (mixed ^ np.uint64(who[at])) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        if at and int(mixed & np.uint64(1023)) >= wanted.share:
            return False
    return True


@compiled
def price_team(
    people: People,
    rules: Rules,
    pupils: Numbers,
    mentor_prices: Shares,
    mentee_prices: Shares,
    wanted: Wanted,
    space: Workspace,
    mentors: int,
) -> None:
    """The circles of one team, which stands in front of ``space.who``."""
    limits, gains, order, fitting = (
        rules.limits,
        space.gains,
        space.order,
        space.fitting,
    )
    least = limits[LEAST_MENTEES]
    space.counts[TEAMS] += 1
    near = gather(people, rules, pupils, space, mentors)
    if near < least:
        return
    times = 0
    for word in range(people.starts.shape[1]):
        times += popcount(space.rest[0, word])
    if near > wanted.likely:
        near = likeliest(people, rules, mentee_prices, space, mentors, near, wanted.likely)
    for at in range(near):
        mentee_gains(people, rules, mentee_prices, space, mentors, at, near)
    for mentees in range(least, min(limits[MOST_MENTEES], near) + 1):
        size = mentees - least
        team = gains.shape[1] - 1
        gains[size, team, :] = 0.0
        for at in range(mentors):
            mentor_gains(people, rules, mentor_prices, space, mentors, at, near, mentees)
        found = 0
        for at in range(near):
            gain = gains[size, at, min(FULL_TIME, fitting[1, at])]
            if gain <= NEVER:
                continue
            place = found
            while place > 0:
                before = order[place - 1]
                if gains[size, before, min(FULL_TIME, fitting[1, before])] >= gain:
                    break
                order[place] = before
                place -= 1
            order[place] = at
            found += 1
        if found < mentees:
            continue
        ceiling = gains[size, team, min(FULL_TIME, times)]
        for place in range(mentees):
            ceiling += gains[size, order[place], min(FULL_TIME, fitting[1, order[place]])]
        if ceiling >= wanted.least:
            descend(
                people,
                rules,
                mentor_prices,
                mentee_prices,
                wanted,
                space,
                mentors,
                mentees,
                found,
            )


@inlined
def gather(people: People, rules: Rules, pupils: Numbers, space: Workspace, mentors: int) -> int:
    """Lay out what the team has in common, and who could join it; returns how many could."""
    who, rest, words = space.who, space.rest, people.starts.shape[1]
    for word in range(words):
        common = people.starts[who[0], word]
        for at in range(1, mentors):
            common &= people.starts[who[at], word]
        rest[0, word] = common
    for word in range(people.languages.shape[1]):
        common = people.languages[who[0], word]
        for at in range(1, mentors):
            common &= people.languages[who[at], word]
        rest[0, words + word] = common
    near = 0
    for one in pupils:
        apart = False
        for at in range(mentors):
            if one == who[at] or people.pairs[one, who[at]] & BARRED:
                apart = True
        if apart:
            continue
        times = shared_times(people, rest, 0, one)
        if times >= rules.limits[NEEDED] and shares_language(people, rest, 0, one):
            space.fitting[0, near] = one
            space.fitting[1, near] = times
            near += 1
    return near


@inlined
def shared_times(people: People, rest: Words, depth: int, one: int) -> int:
    """How many starts somebody has in common with those so far."""
    times = 0
    for word in range(people.starts.shape[1]):
        times += popcount(rest[depth, word] & people.starts[one, word])
    return times


@inlined
def shares_language(people: People, rest: Words, depth: int, one: int) -> bool:
    """Whether somebody has a language in common with those so far."""
    words = people.starts.shape[1]
    for word in range(people.languages.shape[1]):
        if rest[depth, words + word] & people.languages[one, word]:
            return True
    return False


@inlined
def may_be_heard(people: People, space: Workspace, one: int) -> bool:
    """Whether somebody's preferred language may be common to the circle."""
    words = people.starts.shape[1]
    for word in range(people.languages.shape[1]):
        heard = people.preferred[one, word] & people.languages[one, word]
        if heard & space.rest[0, words + word]:
            return True
    return False


@compiled
def likeliest(
    people: People,
    rules: Rules,
    mentee_prices: Shares,
    space: Workspace,
    mentors: int,
    near: int,
    wanted: int,
) -> int:
    """Keep only so many of those who fit: who adds most by themes, language and time alone."""
    weights, fitting, order, likes = (
        rules.weights,
        space.fitting,
        space.order,
        space.tops[0],
    )
    kept = 0
    for at in range(near):
        one = fitting[0, at]
        total = people.totals[one, MENTEE]
        missing = weights[MENTEE, TIME] * (1.0 - min(1.0, fitting[1, at] / FULL_TIME))
        if not may_be_heard(people, space, one):
            missing += weights[MENTEE, LANGUAGE] * 0.6
        missing += weights[MENTEE, GOALS] * (1.0 - themes_met(people, space.who, mentors, one))
        like = phi(max(0.0, 100.0 * (1.0 - missing / total))) - mentee_prices[one]
        if kept == wanted and like <= likes[order[kept - 1]]:
            continue
        likes[at] = like
        place = kept if kept < wanted else kept - 1
        kept = min(kept + 1, wanted)
        while place > 0 and likes[order[place - 1]] < like:
            order[place] = order[place - 1]
            place -= 1
        order[place] = at
    for place in range(kept):
        space.left[0, place] = fitting[0, order[place]]
        space.left_times[0, place] = fitting[1, order[place]]
    for place in range(kept):
        fitting[0, place] = space.left[0, place]
        fitting[1, place] = space.left_times[0, place]
    return kept


@compiled
def mentee_gains(
    people: People,
    rules: Rules,
    mentee_prices: Shares,
    space: Workspace,
    mentors: int,
    at: int,
    near: int,
) -> None:
    """What a mentee could add to a circle of this team, of any size and with any common starts."""
    weights, limits = rules.weights, rules.limits
    fitting = space.fitting
    one = fitting[0, at]
    marks = before = kin = peers = 0
    for lead in range(mentors):
        pair = people.pairs[one, space.who[lead]]
        marks |= pair
        before += pair >> BEFORE & 31
        kin += pair >> KIN & 31
    closest, mates = -1, 0
    for other in range(near):
        if other == at:
            continue
        pair = people.pairs[one, fitting[0, other]]
        if pair & BARRED:
            continue
        mates += 1
        marks |= pair
        peers += pair >> PEER & 31
        kin += pair >> KIN & 31
        if pair >> STATED & 31:
            closest = max(closest, pair >> NEAR & 127)
    total = weights[MENTEE, LANGUAGE] * (1.0 if may_be_heard(people, space, one) else 0.4)
    total += weights[MENTEE, GOALS] * themes_met(people, space.who, mentors, one)
    total += weights[MENTEE, PEERS] * min(1.0, peers / 2)
    if people.stage[one] >= 0:
        total += weights[MENTEE, STAGE] * max(0.5, closest / 3)  # 0.5 where nobody else gave one
    total += shared_gains(people, rules, one, MENTEE, kin, marks)
    for mentees in range(limits[LEAST_MENTEES], limits[MOST_MENTEES] + 1):
        row = space.gains[mentees - limits[LEAST_MENTEES], at]
        sized = total + weights[MENTEE, SIZE] * rules.sizes[mentors, mentees]
        for times in range(FULL_TIME + 1):
            score = 100.0 * (sized + weights[MENTEE, TIME] * times / FULL_TIME)
            score = score / people.totals[one, MENTEE] - 8.0 * before
            row[times] = phi(max(0.0, score)) - mentee_prices[one]
            if mates < mentees - 1:
                row[times] = 2.0 * NEVER


@inlined
def shared_gains(people: People, rules: Rules, one: int, seat: int, kin: int, marks: int) -> float:
    """The terms that mentors and mentees have alike, with so much company to choose from."""
    total = 0.0
    if people.wants[one]:
        total += rules.weights[seat, HERITAGE] * (1.0 if kin > 1 else 0.7 * kin)
    if people.wishing[one] and marks & WISHED:
        total += rules.weights[seat, WISH]
    for question in range(rules.question_at.shape[0] - 1):
        if marks >> (ANSWERS + question) & 1:
            total += rules.question_weights[seat, question]
    return total


@compiled
def mentor_gains(
    people: People,
    rules: Rules,
    mentor_prices: Shares,
    space: Workspace,
    mentors: int,
    at: int,
    near: int,
    mentees: int,
) -> None:
    """Add what a mentor could add to the team's gains.

    Mentees whom the mentor cannot help, or who are further on, take something of it away, at least
    the gentlest slope of phi (1/2) times half: they carry that loss in their own gains.
    """
    weights, fitting = rules.weights, space.fitting
    size = mentees - rules.limits[LEAST_MENTEES]
    one = space.who[at]
    marks = before = kin = helped = behind = 0
    for other in range(mentors):
        if other != at:
            pair = people.pairs[one, space.who[other]]
            marks |= pair
            kin += pair >> KIN & 31
            before += pair >> BEFORE & 31
    for place in range(near):
        pair = people.pairs[one, fitting[0, place]]
        marks |= pair
        kin += pair >> KIN & 31
        helped += pair >> HELPS & 31
        behind += pair >> BEHIND & 31
    staged = people.stage[one] >= 0
    total_weight = people.totals[one, MENTOR]
    if before == 0:
        # then no loss can take the score below 0, where it would cost nothing
        helped = mentees
        for place in range(near):
            pair = people.pairs[one, fitting[0, place]]
            cost = 0.0 if pair >> HELPS & 31 else weights[MENTOR, GOALS]
            if staged and behind and pair >> STATED & 31 and not pair >> BEHIND & 31:
                cost += weights[MENTOR, STAGE]
            if cost > 0.0:
                cost *= 25.0 / (mentees * total_weight)
                for times in range(FULL_TIME + 1):
                    space.gains[size, place, times] -= cost
    total = weights[MENTOR, LANGUAGE] * (1.0 if may_be_heard(people, space, one) else 0.4)
    total += weights[MENTOR, GOALS] * min(1.0, helped / mentees)
    if staged:
        total += weights[MENTOR, STAGE] * (1.0 if behind else 0.5)
    total += shared_gains(people, rules, one, MENTOR, kin, marks)
    team = space.gains[size, space.gains.shape[1] - 1]
    for times in range(FULL_TIME + 1):
        score = 100.0 * (total + weights[MENTOR, TIME] * times / FULL_TIME) / total_weight
        score = max(0.0, score - 8.0 * before)
        team[times] += 0.5 * (phi(score) - 80.0) - mentor_prices[one]


@compiled
def descend(
    people: People,
    rules: Rules,
    mentor_prices: Shares,
    mentee_prices: Shares,
    wanted: Wanted,
    space: Workspace,
    mentors: int,
    mentees: int,
    count: int,
) -> None:
    """Take in mentees one by one, depth first, the most promising first."""
    fitting, left, left_times, at = (
        space.fitting,
        space.left,
        space.left_times,
        space.chosen_at,
    )
    gains = space.gains[mentees - rules.limits[LEAST_MENTEES]]
    rest, who, words = space.rest, space.who, people.starts.shape[1]
    team, counted = gains.shape[0] - 1, left.shape[1] - 1
    first, begun = who[0], space.counts[FOUND]
    least = wanted.least
    for place in range(count):
        left[0, place] = space.order[place]
        left_times[0, place] = fitting[1, space.order[place]]
    left[0, counted] = count
    depth = spent = 0
    branch = 0.0
    at[0] = -1
    while depth >= 0:
        at[depth] += 1
        here = at[depth]
        if here + mentees - depth > left[depth, counted]:
            depth -= 1
            continue
        spent = 0 if depth == 0 else spent + 1
        if spent > wanted.nodes:
            space.counts[GIVEN_UP] += 1
            space.ceiling[first] = max(space.ceiling[first], branch)
            depth = 0
            continue
        space.counts[LOOKED] += 1
        place, times = left[depth, here], left_times[depth, here]
        level = min(FULL_TIME, times)
        ceiling = gains[team, level] + gains[place, level]
        for above in range(depth):
            ceiling += gains[left[above, at[above]], level]
        one = fitting[0, place]
        who[mentors + depth] = one
        if depth + 1 == mentees:
            if ceiling >= least:
                least = keep(
                    people, rules, mentor_prices, mentee_prices, wanted, space, mentors, mentees,
                    begun, least,
                )  # fmt: skip
            continue
        for word in range(words):
            rest[depth + 1, word] = rest[depth, word] & people.starts[one, word]
        for word in range(people.languages.shape[1]):
            spoken = people.languages[one, word]
            rest[depth + 1, words + word] = rest[depth, words + word] & spoken
        wanting, found = mentees - depth - 1, 0
        tops = space.tops[1]
        tops[:wanting] = NEVER
        for entry in range(here + 1, left[depth, counted]):
            place = left[depth, entry]
            other = fitting[0, place]
            if people.pairs[one, other] & BARRED:
                continue
            times = shared_times(people, rest, depth + 1, other)
            if times < rules.limits[NEEDED]:
                continue
            if not shares_language(people, rest, depth + 1, other):
                continue
            left[depth + 1, found] = place
            left_times[depth + 1, found] = times
            found += 1
            gain = gains[place, min(level, times)]
            if gain > tops[wanting - 1]:
                slot = wanting - 1
                while slot > 0 and tops[slot - 1] < gain:
                    tops[slot] = tops[slot - 1]
                    slot -= 1
                tops[slot] = gain
        if found < wanting:
            continue
        for slot in range(wanting):
            ceiling += tops[slot]
        if ceiling < least:
            continue
        if depth == 0:
            branch = ceiling
        left[depth + 1, counted] = found
        depth += 1
        at[depth] = -1


@inlined
def keep(
    people: People,
    rules: Rules,
    mentor_prices: Shares,
    mentee_prices: Shares,
    wanted: Wanted,
    space: Workspace,
    mentors: int,
    mentees: int,
    begun: int,
    least: float,
) -> float:
    """Keep the circle in ``space.who`` if it is good enough; returns what is from now on."""
    who, count = space.who, mentors + mentees
    times = common_starts(people, rules, who, count)
    if times < 0:
        return least
    above = worth(people, rules, who, mentors, mentees, times)
    positive = above > 0.0
    for at in range(count):
        above -= mentor_prices[who[at]] if at < mentors else mentee_prices[who[at]]
    space.ceiling[who[0]] = max(space.ceiling[who[0]], above)
    if above < least or not positive:
        return least
    to = space.counts[FOUND]
    if to - begun >= wanted.each or to >= space.above.shape[0]:
        if to == begun:
            return least
        worst = begun
        for entry in range(begun + 1, to):
            if space.above[entry] < space.above[worst]:
                worst = entry
        if space.above[worst] >= above:
            return float(max(least, space.above[worst]))
        to = worst
    else:
        space.counts[FOUND] += 1
    space.above[to] = above
    space.circles[to, 0], space.circles[to, 1] = mentors, mentees
    for at in range(count):
        space.circles[to, 2 + at] = who[at]
    return least
