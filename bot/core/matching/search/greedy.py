"""A first arrangement: one circle after the other, each filled with whoever adds most.

Mentors who could meet the fewest mentees choose first.
"""

from bot.core.matching.search.roster import IMPOSSIBLE
from bot.core.matching.search.seating import EMPTY, Seating, Seats, with_one

_CANDIDATES = 40
"""How many mentees are looked at for one seat."""


def construct(seating: Seating) -> None:
    """Open circles while that helps, then seat whoever is left wherever they fit."""
    roster = seating.roster
    reach = [_reach(seating, mentor) for mentor in range(len(roster.ids))]
    mentors = [index for index, seats in enumerate(seating.spare) if seats > 0]
    for mentor in sorted(mentors, key=lambda index: (len(reach[index]), index)):
        while seating.spare[mentor] > 0:
            seats = _fill(seating, mentor, reach[mentor])
            if seats == EMPTY:
                break
            seating.open(seats)
    for mentee in seating.waiting():
        _settle(seating, mentee)


def _reach(seating: Seating, mentor: int) -> list[int]:
    """The mentees whom this mentor could meet, those with the fewest hours first."""
    roster = seating.roster
    if not seating.spare[mentor]:
        return []
    near = [who for who in seating.waiting() if who != mentor and roster.fits((mentor, who))]
    return sorted(near, key=lambda who: (roster.starts[who].bit_count(), who))


def _fill(seating: Seating, mentor: int, reach: list[int]) -> Seats:
    """The circle this mentor gets: the best fitting mentees, added one by one."""
    roster = seating.roster
    least, most = roster.sizes[1]
    best: Seats = EMPTY
    best_value = 0.0
    leads: list[tuple[int, ...]] = [(mentor,)]
    if roster.sizes[0][0] > 1:
        leads = _teams(seating, mentor, roster.sizes[0][0])
    for lead in leads[:3]:
        free = [who for who in reach if seating.place[who] < 0 and who not in lead]
        circle: tuple[int, ...] = ()
        while len(circle) < most:
            fitting = [who for who in free if roster.fits((*lead, *circle, who))]
            choice = _choose(seating, lead, circle, fitting[:_CANDIDATES], least)
            if choice < 0:
                break
            circle = with_one(circle, choice)
            free = [who for who in fitting if who != choice]
            value = seating.value((lead, circle))
            if value > best_value:
                best, best_value = (lead, circle), value
    return best


def _choose(
    seating: Seating, lead: tuple[int, ...], circle: tuple[int, ...], fitting: list[int], least: int
) -> int:
    """Who joins next: the most valuable, or, while there are too few, the most flexible."""
    if len(circle) + 1 < least:
        roster = seating.roster
        common = -1
        for who in (*lead, *circle):
            common &= roster.starts[who]
        return max(
            fitting, key=lambda who: ((common & roster.starts[who]).bit_count(), -who), default=-1
        )
    values = {who: seating.value((lead, with_one(circle, who))) for who in fitting}
    choice = max(fitting, key=lambda who: (values[who], -who), default=-1)
    return choice if choice >= 0 and values[choice] > IMPOSSIBLE else -1


def _teams(seating: Seating, mentor: int, size: int) -> list[tuple[int, ...]]:
    """Mentors to lead together, where the settings ask for several."""
    roster = seating.roster
    teams: list[tuple[int, ...]] = [(mentor,)]
    free = [who for who, seats in enumerate(seating.spare) if seats > 0 and who != mentor]
    for _ in range(size - 1):
        teams = [
            with_one(team, who)
            for team in teams
            for who in free
            if who not in team and roster.fits((*team, who))
        ][:_CANDIDATES]
    return teams


def _settle(seating: Seating, mentee: int) -> None:
    """Seat one mentee where that adds most, if anywhere."""
    best, best_gain = -1, 0.0
    for slot, (mentors, mentees) in enumerate(seating.circles):
        if not mentors or slot in seating.fixed or mentee in mentors:
            continue
        gain = seating.gain({slot: (mentors, with_one(mentees, mentee))})
        if gain > best_gain:
            best, best_gain = slot, gain
    if best >= 0:
        mentors, mentees = seating.circles[best]
        seating.apply({best: (mentors, with_one(mentees, mentee))})
