"""Every circle that some people could form, where there are not too many."""

from collections.abc import Sequence
from itertools import combinations

from bot.core.matching.search.roster import IMPOSSIBLE, Roster
from bot.core.matching.search.seating import Seats


class _TooMany(Exception):
    pass


def feasible(
    roster: Roster, mentors: Sequence[int], mentees: Sequence[int], limit: int
) -> dict[Seats, float] | None:
    """All feasible circles of these people and what each is worth; None beyond ``limit`` of them.

    A circle worth nothing or less is left out: no best arrangement needs it.
    """
    found = _Found(roster, mentees, limit)
    least, most = roster.sizes[0]
    try:
        for size in range(least, most + 1):
            for team in combinations(sorted(mentors), size):
                found.led_by(team)
    except _TooMany:
        return None
    return found.circles


class _Found:
    def __init__(self, roster: Roster, mentees: Sequence[int], limit: int) -> None:
        self.circles: dict[Seats, float] = {}
        self._roster = roster
        self._mentees = sorted(mentees)
        self._limit = limit
        self._looked = 0

    def led_by(self, team: tuple[int, ...]) -> None:
        """All circles with these mentors."""
        roster = self._roster
        self._looked += 1
        if self._looked > 4 * self._limit:
            raise _TooMany
        if not roster.fits(team):
            return
        common, languages, barred = -1, -1, 0
        for who in team:
            common &= roster.starts[who]
            languages &= roster.languages[who]
            barred |= roster.barred[who] | 1 << who
        self._grow(team, (), self._mentees, common, languages, barred)

    def _grow(  # noqa: PLR0917 - a recursion carries its state
        self,
        team: tuple[int, ...],
        circle: tuple[int, ...],
        candidates: list[int],
        common: int,
        languages: int,
        barred: int,
    ) -> None:
        """All circles that begin with these mentees and go on with some of the candidates."""
        roster = self._roster
        least, most = roster.sizes[1]
        fitting = [
            who
            for who in candidates
            if not barred >> who & 1
            and languages & roster.languages[who]
            and (common & roster.starts[who]).bit_count() >= roster.needed
        ]
        for index, who in enumerate(fitting):
            if len(circle) + len(fitting) - index < least:
                break
            grown = (*circle, who)
            if len(grown) >= least:
                self._keep((team, grown))
            if len(grown) < most:
                self._grow(
                    team,
                    grown,
                    fitting[index + 1 :],
                    common & roster.starts[who],
                    languages & roster.languages[who],
                    barred | roster.barred[who],
                )

    def _keep(self, seats: Seats) -> None:
        value = self._roster.value(*seats)
        if value != IMPOSSIBLE and value > 0.0:
            self.circles[seats] = value
        self._looked += 1
        if len(self.circles) > self._limit or self._looked > 4 * self._limit:
            raise _TooMany
