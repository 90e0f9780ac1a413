"""The kernel at work on one problem: its memory laid out, told what to do, and read.

Each machine has a memory of its own. While the kernel works, other threads of Python do too.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from struct import pack
from typing import cast

from wasmtime import Engine, Func, Instance, Memory, Module, Store

from bot.core.matching.definition.model import Circle, Locks, Problem
from bot.core.matching.search.arrays import ARRAYS, PLAN, SIZES
from bot.core.matching.search.people_arrays import people_arrays

KERNEL = Path(__file__).with_name("kernel.wasm")

_PAGE = 1 << 16
_BYTES = {"i32": 4, "f64": 8, "u64": 8}
_NEAR, _REACH = 48, 96
_TABLE = 3_000
"""Up to so many people, what each is to each is looked up and not worked out each time."""

_COLUMNS, _HASHED, _FOUND, _SEEN = 40_000, 1 << 17, 30_000, 15_000
MOST_MENTORS, MOST_MENTEES = 4, 20


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to do, in steps and not in seconds; see :data:`.arrays.PLAN`."""

    heat: float = 12.0
    cooling: float = 1.0
    share: float = 0.1
    steps: int = 400
    looks: int = 8
    each: int = 3
    likely: int = 20
    nodes: int = 20
    most: int = 8_000
    teams: int = 1_500
    near_nodes: int = 20
    near_teams: int = 200
    width: int = 16
    work: int = 0
    bound: int = 0
    exchanges: int = 8_000
    listing: int = 400_000
    proving: int = 20_000_000
    diving: int = 1


@lru_cache(maxsize=1)
def _module() -> tuple[Engine, Module]:
    engine = Engine()
    return engine, Module(engine, KERNEL.read_bytes())


class Machine:
    """One problem in the kernel's memory."""

    def __init__(self, problem: Problem, *, searching: bool = True) -> None:
        engine, module = _module()
        self._store = Store(engine)
        self._exports = Instance(self._store, module, []).exports(self._store)
        self._memory = cast(Memory, self._exports["memory"])
        self._problem = problem
        self._number = {person.id: index for index, person in enumerate(problem.people)}
        sizes, given = people_arrays(problem)
        self.sizes = _sizes(problem, sizes, searching=searching)
        self._places: dict[str, int] = {}
        self._lay_out(given)
        self._call("relate_all")

    def begin(self, circles: Iterable[Circle] = (), locks: Locks | None = None) -> None:
        """Seat these circles, and those of which something is locked, and nobody else."""
        sizes, locks = self.sizes, locks or Locks()
        width, slots = sizes["width"], sizes["slots"]
        kept = array("i", [-1]) * (slots * width)
        rows = array("i", [0]) * (slots * sizes["row"])
        seated: list[tuple[Circle, list[int]]] = []
        for index in sorted(locks.circles | {index for index, _ in locks.seats}):
            stay = sorted(self._number[who] for at, who in locks.seats if at == index)
            seated.append((locks.draft[index], [-2] if index in locks.circles else stay))
        seated += [(circle, []) for circle in circles]
        for slot, (circle, staying) in enumerate(seated):
            row = self._row(circle)
            rows[slot * sizes["row"] : slot * sizes["row"] + len(row)] = array("i", row)
            kept[slot * width : slot * width + len(staying)] = array("i", staying)
        self._write("kept", kept.tobytes())
        self._write("best_rows", rows.tobytes())
        self._call("begin")

    def search(
        self, plan: Plan, seed: int, watch: Callable[[float, float], None], prices: bytes = b""
    ) -> None:
        """Search on from what is seated."""
        self._told(plan, seed)
        if prices:
            self._write("prices", prices)
            self._write("kept_prices", prices)
        self._call("set_out")
        self._run(watch)

    def _told(self, plan: Plan, seed: int) -> None:
        packed = b"".join(
            pack("<d" if PLAN[one.name][0] == "f64" else "<i", getattr(plan, one.name))
            for one in fields(plan)
        )
        self._memory.write(self._store, packed, self._call("plan_at"))
        self._write("chance", pack("<Q", seed & ((1 << 64) - 1)))

    def _run(self, watch: Callable[[float, float], None]) -> None:
        done = 0.0
        while done < 1.0:
            watch(done, self.total)
            done = self._advance()

    def go_on(self, plan: Plan, seed: int, watch: Callable[[float, float], None]) -> None:
        """Search on from the best arrangement so far, with what is known already."""
        self._told(plan, seed)
        self._call("go_on")
        self._run(watch)

    def tighten(self, plan: Plan, watch: Callable[[float, float], None]) -> None:
        """Work out a bound, from the prices that the search has left."""
        self._told(plan, 1)
        self._call("set_out_bound")
        self._run(watch)

    def top_up(self) -> None:
        """Seat whoever waits where there is room, while that gains anything."""
        self._call("top_up")

    def value(self, circle: Circle) -> float | None:
        """What a circle is worth; None if it breaks a rule."""
        self._write("asked", array("i", self._row(circle)).tobytes())
        value = float(self._float("value"))
        return None if value < -1e17 else value

    def clash(self, one: Circle, other: Circle) -> bool:
        """Whether nobody could be at both of these circles."""
        gap = self.sizes["row"] - len(self._row(one))
        rows = [*self._row(one), *([0] * gap), *self._row(other)]
        self._write("asked", array("i", rows).tobytes())
        return bool(self._call("clashing"))

    @property
    def total(self) -> float:
        """What the best arrangement so far is worth."""
        return float(self._float("worth_now"))

    @property
    def bound(self) -> float | None:
        """What no arrangement is worth more than, if the search looked for that."""
        found = float(self._float("bound"))
        return found if found < 1e299 else None

    @property
    def prices(self) -> bytes:
        """Of each seat, as the search last settled them."""
        return self._read("kept_prices")

    def circles(self) -> list[Circle]:
        """The best arrangement, by id, in the order of the people."""
        ids = [person.id for person in self._problem.people]
        rows = array("i", self._read("best_rows"))
        width, found = self.sizes["row"], []
        for start in range(0, len(rows), width):
            mentors, mentees = rows[start], rows[start + 1]
            if not mentors:
                continue
            first = start + 2 + mentors
            found.append(
                Circle(
                    tuple(ids[who] for who in sorted(rows[start + 2 : first])),
                    tuple(ids[who] for who in sorted(rows[first : first + mentees])),
                )
            )
        return found

    def _row(self, circle: Circle) -> list[int]:
        people = [self._number[who] for who in circle.people]
        return [len(circle.mentors), len(circle.mentees), *people]

    def _lay_out(self, given: Mapping[str, bytes]) -> None:
        heap = self._call("heap_at")
        for name, dtype, shape, _ in ARRAYS:
            self._places[name] = heap
            heap += -(-self._bytes(dtype, shape) // 16) * 16
        missing = -(-heap // _PAGE) - self._memory.size(self._store)
        if missing > 0:
            self._memory.grow(self._store, missing)
        self._memory.write(
            self._store,
            b"".join(pack("<i", self.sizes[name]) for name in SIZES),
            self._call("sizes_at"),
        )
        places = b"".join(pack("<I", self._places[one.name]) for one in ARRAYS)
        self._memory.write(self._store, places, self._call("arrays_at"))
        for name, written in given.items():
            self._write(name, written)

    def _bytes(self, dtype: str, shape: Sequence[str]) -> int:
        size = _BYTES[dtype]
        for one in shape:
            size *= self.sizes[one]
        return size

    def _write(self, name: str, written: bytes) -> None:
        if written:
            self._memory.write(self._store, written, self._places[name])

    def _read(self, name: str) -> bytes:
        array_ = next(one for one in ARRAYS if one.name == name)
        start = self._places[name]
        end = start + self._bytes(array_.dtype, array_.shape)
        return bytes(self._memory.read(self._store, start, end))

    def _call(self, name: str) -> int:
        return cast(int, cast(Func, self._exports[name])(self._store))

    def _float(self, name: str) -> float:
        return cast(float, cast(Func, self._exports[name])(self._store))

    def _advance(self) -> float:
        return self._float("advance")


def _sizes(problem: Problem, known: Mapping[str, int], *, searching: bool) -> dict[str, int]:
    """Every size of the table."""
    (least_mentors, most_mentors), (least_mentees, most_mentees) = (
        problem.settings.mentors,
        problem.settings.mentees,
    )
    people, width = known["people"], most_mentors + most_mentees
    seats = sum(person.mentor_seats for person in problem.people)
    pupils = sum(1 for person in problem.people if person.mentee_seats)
    tutors = sum(1 for person in problem.people if person.mentor_seats)
    columns = _COLUMNS if searching else 0
    sizes: dict[str, int] = dict.fromkeys(SIZES, 0)
    sizes.update(known)
    sizes |= {
        "questions_end": known["questions"] + 1,
        "people_end": people + 1,
        "seats": 2 * people,
        "paired": people if people <= _TABLE and searching else 0,
        "led_count": seats,
        "slots": seats // least_mentors + 1,
        "width": width,
        "row": width + 2,
        "mentor_sizes": most_mentors + 1,
        "mentee_sizes": most_mentees + 1,
        "near": min(_NEAR, max(2, tutors)),
        "reach": min(_REACH, max(2, pupils)),
        "columns": columns,
        "two_columns": 2 * columns,
        "hashed": _HASHED if searching else 0,
        "two_hashed": 2 * _HASHED if searching else 0,
        "found": _FOUND if searching else 0,
        "branched": 8 * columns,
        "depths": 256 if searching else 0,
        "seen": _SEEN,
        "hours_spoken": known["kinds"] * known["words"] + known["languages"],
        "least_mentors": least_mentors,
        "most_mentors": most_mentors,
        "least_mentees": least_mentees,
        "most_mentees": most_mentees,
        "needed": problem.settings.min_common_starts,
        "spare_weeks": problem.settings.spare_weeks,
        "session": -(-problem.settings.session_minutes // 15),
        "one": 1,
        "two": 2,
        "terms": 8,
        "row_limit": 28,
    }
    return sizes
