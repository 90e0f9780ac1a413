"""Circles in the database, with their seats, and who has met whom."""

from collections.abc import Iterable, Sequence
from itertools import combinations

import sqlalchemy as sa

from bot.core.boundary.ids import CircleId, PersonId, RoomId, SeasonId
from bot.core.programme.circles.model import Circle, CircleState, Seat, Seated
from storage.ground import Ground
from storage.tables.circles import CIRCLES, MET, SEATS
from storage.tables.people import PEOPLE


class SqlCircles:
    """The circles of one community."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def get(self, circle: CircleId) -> Circle | None:
        """One circle."""
        return self._first(CIRCLES.c.id == circle)

    def by_room(self, room: RoomId) -> Circle | None:
        """The circle whose room this is."""
        return self._first(CIRCLES.c.room == room)

    def of_season(self, season: SeasonId) -> tuple[Circle, ...]:
        """Every circle of a season, in the order of their names."""
        return self._select(CIRCLES.c.season == season)

    def all(self) -> tuple[Circle, ...]:
        """Every circle there ever was."""
        return self._select(sa.true())

    def of_person(self, person: PersonId) -> tuple[Circle, ...]:
        """The circles not yet ended in which this person has a seat."""
        seated = self._ground.select(SEATS.c.circle).where(SEATS.c.person == person)
        not_ended = CIRCLES.c.state != CircleState.ENDED.value
        return self._select(not_ended & CIRCLES.c.id.in_(seated))

    def save(self, circle: Circle) -> None:
        """Keep the circle and its seats as they now are (a seat left out is given up)."""
        self._ground.keep(
            CIRCLES,
            id=circle.id,
            season=circle.season,
            name=circle.name,
            theme=circle.theme,
            zone=circle.zone,
            weekday=circle.weekday,
            minute=circle.minute,
            room=circle.room,
            state=circle.state.value,
            host=circle.host,
            room_number=circle.room_number,
        )
        self._ground.delete(SEATS, SEATS.c.circle == circle.id)
        rows = [
            {
                "circle": circle.id,
                "person": seat.person,
                "seat": seat.seat.value,
                "place": place,
                "signed_at": seat.signed_at,
                "membership": seat.membership,
                "outside": seat.outside,
            }
            for place, seat in enumerate(circle.seats)
        ]
        self._ground.add_all(SEATS, rows)

    def names_taken(self) -> frozenset[str]:
        """Every circle name ever used in the community."""
        return frozenset(self._ground.connection.scalars(self._ground.select(CIRCLES.c.name)))

    def met(self) -> tuple[tuple[PersonId, PersonId, int], ...]:
        """Pairs of still-known people who shared a circle, with the newest such season's number."""
        known = {marked: person for person, marked in self._hashes(None).items()}
        rows = self._ground.connection.execute(
            self._ground.select(MET.c.one_hash, MET.c.other_hash, MET.c.season).order_by(
                MET.c.one_hash, MET.c.other_hash
            )
        )
        return tuple(
            (known[row.one_hash], known[row.other_hash], row.season)
            for row in rows
            if row.one_hash in known and row.other_hash in known
        )

    def note_met(self, people: Sequence[PersonId], season: int) -> None:
        """Keep that all of these shared a circle in the season with this number."""
        hashes = sorted(self._hashes(people).values())
        among = MET.c.one_hash.in_(hashes) & MET.c.other_hash.in_(hashes)
        known = {
            (bytes(row.one_hash), bytes(row.other_hash)): row.season
            for row in self._ground.connection.execute(self._ground.select(MET).where(among))
        }
        pairs = list(combinations(hashes, 2))
        new = [
            {"one_hash": one, "other_hash": other, "season": season}
            for one, other in pairs
            if (one, other) not in known
        ]
        self._ground.add_all(MET, new)
        if any(number < season for number in known.values()):
            self._ground.update(MET, among, MET.c.season < season, season=season)

    def _hashes(self, people: Iterable[PersonId] | None) -> dict[PersonId, bytes]:
        """What these people (or all) are known by among the met: a hash of their ref's hash."""
        query = self._ground.select(PEOPLE.c.id, PEOPLE.c.ref_hash)
        if people is not None:
            query = query.where(PEOPLE.c.id.in_(list(people)))
        return {
            PersonId(row.id): self._ground.seals.hash("met", bytes(row.ref_hash).hex())
            for row in self._ground.connection.execute(query)
        }

    def _first(self, condition: sa.ColumnElement[bool]) -> Circle | None:
        return next(iter(self._select(condition)), None)

    def _select(self, condition: sa.ColumnElement[bool]) -> tuple[Circle, ...]:
        rows = self._ground.connection.execute(
            self._ground.select(CIRCLES).where(condition).order_by(CIRCLES.c.name)
        ).all()
        if not rows:
            return ()
        seats: dict[str, list[Seated]] = {row.id: [] for row in rows}
        taken = self._ground.connection.execute(
            self._ground.select(SEATS)
            .where(SEATS.c.circle.in_(list(seats)))
            .order_by(SEATS.c.circle, SEATS.c.place)
        )
        for row in taken:
            who, kind = PersonId(row.person), Seat(row.seat)
            seat = Seated(who, kind, row.signed_at, row.membership, row.outside)
            seats[row.circle].append(seat)
        return tuple(
            Circle(
                id=CircleId(row.id),
                season=SeasonId(row.season),
                name=row.name,
                theme=row.theme,
                zone=row.zone,
                weekday=row.weekday,
                minute=row.minute,
                room=RoomId(row.room),
                state=CircleState(row.state),
                seats=tuple(seats[row.id]),
                host=PersonId(row.host) if row.host else None,
                room_number=row.room_number,
            )
            for row in rows
        )
