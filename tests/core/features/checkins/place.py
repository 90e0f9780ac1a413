"""A community on a real database in which only check-ins happen, and time that a test moves."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.core.boundary.ids import CircleId, CommunityRef, PersonId, RoomId, RoomRef, SeasonId
from bot.core.boundary.outcome import Departure, Outcome
from bot.core.boundary.views import Message
from bot.core.boundary.wording import load
from bot.core.decide import Bot
from bot.core.features.checkins.feature import CHECKINS
from bot.core.programme.checkins.model import Fate, Question
from bot.core.programme.checkins.plan import plan
from bot.core.programme.circles.model import Circle, CircleState, Seat, Seated
from bot.core.programme.members.model import Member as Joined
from bot.core.programme.members.model import Role, Standing
from bot.core.programme.seasons.model import Season, Stage
from bot.shell.clock import MovableClock, Timekeeper
from bot.shell.dispatcher import Dispatcher
from bot.shell.ports import Parcel, PostInRoom, Receipt, TellPerson
from bot.shell.postman import Postman
from bot.shell.worker import Worker
from storage.engine import Database
from storage.keyfile import KeySource
from storage.unit import SqlUnit
from tests.databases import with_tables
from tests.paper import Member, Paper, Sheet, ref

HOME = CommunityRef(ref("home"))
SEASON = SeasonId("season1")
MONDAY = date(2026, 3, 2)
"""The clocks change in New York in week 1 of a season from here, in London in week 4."""
START = datetime(2026, 2, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


class DatedPaper(Paper):
    """Paper that also writes down when something arrived."""

    def __init__(self, clock: MovableClock) -> None:
        super().__init__()
        self._clock = clock
        self.posts: list[tuple[datetime, str, PostInRoom]] = []
        self.nudges: list[tuple[datetime, str, Message]] = []

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Do it, and note the moment."""
        made = await super().deliver(parcel)
        match parcel.task:
            case PostInRoom(room) as post:
                self.posts.append((self._clock.now(), room.key, post))
            case TellPerson(person, message):
                self.nudges.append((self._clock.now(), person.key, message))
            case _:
                pass
        return made


class Place:
    """One community, its database and its clock."""

    def __init__(self, folder: Path, url: str, at: datetime) -> None:
        self.bot = Bot((CHECKINS,))
        wording = load()
        self.database = Database.open(
            url,
            keys=KeySource(folder / "key"),
            ledger=folder / "erased",
            wording=wording,
            kinds=self.bot.notice_kinds,
        )
        self.clock = MovableClock(folder / "clock.json", frozen=True)
        self.clock.reset(at)
        self.paper = DatedPaper(self.clock)
        self.worker = Worker()
        self.dispatcher = Dispatcher(self.bot, self.database, self.worker, wording, self.clock)
        self.postman = Postman(
            self.bot,
            self.database,
            self.worker,
            self.dispatcher,
            self.clock,
            adapters={self.paper.platform: self.paper},
        )
        self.time = Timekeeper(
            self.clock, self.database, self.worker, self.dispatcher, self.postman
        )
        self.people: dict[str, Member] = {}
        self.ids: dict[str, PersonId] = {}

    @contextmanager
    def unit(self) -> Iterator[SqlUnit]:
        """A unit that nobody acts in."""
        with self.database.unit(HOME, None, self.clock.now()) as unit:
            yield unit

    def join(self, name: str, zone: str = "Europe/London", *, private: bool = True) -> Member:
        """Somebody joins."""
        member = Member(name, self.dispatcher, self.paper, self.clock.now, zone=zone)
        with self.unit() as unit:
            person = unit.people.ensure(member.actor)
            unit.people.set_clock(person.id, zone)
            unit.members.save(
                Joined(person.id, Standing.ACTIVE, Role.BOTH, zone, private_question=private)
            )
        self.people[name], self.ids[name] = member, person.id
        return member

    def season(self, weeks: int = 12, starts_on: date = MONDAY) -> Season:
        """A season that runs."""
        season = Season(SEASON, 1, Stage.RUNNING, starts_on, weeks).of_length(weeks)
        with self.unit() as unit:
            unit.seasons.save(season)
        return season

    def form(
        self, name: str, *people: str, zone: str = "Europe/London", weekday: int = 0
    ) -> Circle:
        """A circle of these people, the first of them its mentor, meets and is planned."""
        seats = tuple(
            Seated(self.ids[one], Seat.MENTEE if index else Seat.MENTOR)
            for index, one in enumerate(people)
        )
        room = RoomId(f"room{name.lower()}")
        circle = Circle(
            CircleId(f"circle{name.lower()}"),
            SEASON,
            name,
            "belonging",
            zone,
            weekday,
            18 * 60,
            room,
            CircleState.MEETING,
            seats,
            host=self.ids[people[0]],
        )
        self.paper.rooms[name] = Sheet(name)
        with self.unit() as unit:
            unit.rooms.opened(room, RoomRef(ref(name)))
            unit.circles.save(circle)
            season = unit.seasons.get(SEASON)
            assert season
            unit.cancel(plan(circle, season, unit))
        return circle

    def change(self, name: str, **changes: object) -> None:
        """The member changes in some field."""
        with self.unit() as unit:
            member = unit.members.get(self.ids[name])
            assert member
            unit.members.save(replace(member, **changes))  # type: ignore[arg-type]

    async def move_on(self, by: timedelta) -> None:
        """Let time pass, the bot awake all the while."""
        await self.time.advance(self.clock.now() + by)

    async def to_the_end(self) -> None:
        """Let time pass to the last day of the season."""
        with self.unit() as unit:
            season = unit.seasons.get(SEASON)
            assert season
            assert season.ends_at
        await self.time.advance(season.ends_at - timedelta(hours=1))

    async def sleep(self, by: timedelta) -> None:
        """Let time pass with the bot switched off."""
        await self.time.sleep_until(self.clock.now() + by)

    async def depart(self, name: str, *, forgotten: bool) -> None:
        """Somebody leaves or is forgotten."""
        with self.unit() as unit:
            departure = Outcome(departed=Departure(self.ids[name], forgotten))
            outcome = self.bot._complete(departure, unit)
            unit.cancel(outcome.cancelled)
            unit.owe(outcome.deliveries)
            unit.carry_out_erasures()
        await self.postman.drain()

    def fates(self, name: str) -> list[Fate]:
        """How each of a member's questions ended, by week."""
        return [question.fate for question in self.questions(name)]

    def questions(self, name: str) -> tuple[Question, ...]:
        """A member's questions."""
        with self.unit() as unit:
            return unit.checkins.questions_of(self.ids[name])

    def week_fates(self, circle: Circle) -> list[Fate]:
        """How each of a circle's weekly messages ended, by week."""
        with self.unit() as unit:
            return [week.fate for week in unit.checkins.weeks_of(circle.id)]

    def nudged(self, name: str) -> list[datetime]:
        """When somebody was nudged."""
        return [at for at, who, _ in self.paper.nudges if who == self.people[name].key]

    def posted(self, circle: str) -> list[datetime]:
        """When something was posted in a circle's room."""
        return [at for at, where, _ in self.paper.posts if where == circle]


@asynccontextmanager
async def place(folder: Path, url: str = "", at: datetime = START) -> AsyncIterator[Place]:
    """A place in ``folder``."""
    one = Place(folder, url or with_tables(folder / "banyan.sqlite3"), at)
    try:
        yield one
    finally:
        await one.postman.stop()
        one.worker.close()
        one.database.close()
