"""Time zones as people say them: an IANA name, a city, a country or a clock in; an IANA name out.

One finder for forms and files. What could mean several clocks is asked, with places, and never
guessed: "IST" is India's, Ireland's and Israel's. An offset ("GMT+8") has its sign as people write
it, plus being east of Greenwich; the ``Etc/`` zones, whose signs are the other way round, are
neither offered nor accepted.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.core.boundary.zone_names import (
    Meaning,
    alike,
    all_zones,
    folded,
    names,
    places,
    shifts,
    short_forms,
)
from bot.core.boundary.zone_places import LARGE

MOST_NEAREST = 4
MAX_WORDS = 80
"""Characters; nothing longer is a zone."""
_HARDLY = 0.1
"""How much less like the words a name may be than the one most like them, of 1."""

_OFFSET = re.compile(
    r"(etc/)?(?:utc|gmt|ut)? ?([+-]) ?([0-9]{1,2})(?:[:.h]?([0-9]{2})|\.(5))? ?(?:h|hours|hrs)?"
)
_PARTS = re.compile(r"[,;()\[\]|]| - ")
_STEM = re.compile(r"^(?:posix|right)/|(?: local| standard| daylight| summer)? time(?: ?zone)?$")
_BRACKETS = re.compile(r"^\(([^()]*)\)\s*(.+)$")


@dataclass(frozen=True, slots=True)
class NoZone:
    """Nobody can say which zone is meant; these are to be asked about (none: nothing is near).

    ``offset`` is set where only a clock's distance from Greenwich was told: "UTC+8". ``misspelt``:
    the words mean nothing, and these are of places that are spelt nearly so.
    """

    nearest: tuple[str, ...]
    offset: str = ""
    misspelt: bool = False


def find_zone(words: str, *, near: bool = True) -> str | NoZone:
    """The zone somebody means; or what to ask, where it may be several or is none we know.

    Without ``near`` nothing that is spelt alike is looked for, which takes some 10 ms.
    """
    if len(words) > MAX_WORDS:
        return NoZone(())
    wanted = folded(words)
    found = _named(wanted) or _composed(wanted)
    if found is None:
        nearest = _near(wanted) if near else ()
        return NoZone(nearest, misspelt=bool(nearest))
    if len(found.zones) == 1 and not found.doubtful:
        return found.zones[0]
    return NoZone(found.zones[:MOST_NEAREST], found.offset)


def zone_or(name: str | None, other: str) -> str:
    """The zone a platform tells of, or the other where that is none that we know."""
    found = find_zone(name) if name else NoZone(())
    return other if isinstance(found, NoZone) else found


def local_moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which a local clock shows so many minutes after midnight.

    Of a time that comes twice the first; a time inside a gap moves forward by the gap.
    """
    clock = datetime.combine(day, time()) + timedelta(minutes=minute)
    return clock.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _named(wanted: str, *, behind: bool = False) -> Meaning | None:
    """What these words mean by themselves. ``behind`` a name, short forms count: "TX", "FR"."""
    shift = _offset(wanted)
    if shift is not None:
        zones = _zones_at(shift)
        offset = "" if len(zones) == 1 else _offset_words(shift)
        return Meaning(zones, clock=True, offset=offset) if zones else None
    found = names().get(wanted) or (short_forms().get(wanted) if behind else None)
    if found or not _STEM.search(wanted):
        return found
    return names().get(_STEM.sub("", wanted).strip())


def _composed(wanted: str) -> Meaning | None:
    """What a name with more around it means: "London, UK", "(UTC+05:45) Kathmandu"."""
    parts = [part.strip() for part in _PARTS.split(wanted) if part.strip()]
    bracket = _BRACKETS.fullmatch(wanted)
    if bracket and _named(bracket[2]):  # "(UTC-05:00) Eastern Time (US & Canada)"
        parts = [bracket[2], bracket[1]]
    meanings = [_named(part, behind=index > 0) for index, part in enumerate(parts)]
    known = [meaning for meaning in meanings if meaning]
    if len(parts) < 2 or not known:
        return None
    # A place says most, and a clock's name more than its offset.
    first, *others = sorted(known, key=lambda one: (one.clock, bool(one.offset)))
    zones = first.zones
    for other in others:
        zones = _both(zones, other) or tuple(dict.fromkeys((*zones, *other.zones)))
    if not first.clock and alike(zones):
        zones = zones[:1]
    last = meanings[-1]
    understood = len(known) == len(parts) or (last is not None and not last.clock)
    return Meaning(zones, first.clock, first.offset, doubtful=not understood)


def _both(zones: tuple[str, ...], other: Meaning) -> tuple[str, ...]:
    """Those of the zones that the other meaning allows too."""
    if not other.clock:
        return tuple(zone for zone in zones if any(alike((zone, one)) for one in other.zones))
    shift = _offset(folded(other.offset))
    allowed = (
        {shift} if shift is not None else {one for zone in other.zones for one in shifts(zone)}
    )
    return tuple(zone for zone in zones if allowed & {*shifts(zone)})


def _near(wanted: str) -> tuple[str, ...]:
    """Zones of places that are spelt nearly so: the nearest, and those hardly less near."""
    if len(wanted) < 4:
        return ()
    near = get_close_matches(wanted, places(), n=MOST_NEAREST, cutoff=0.75)
    if near:
        least = SequenceMatcher(None, near[0], wanted).ratio() - _HARDLY
        near = [name for name in near if SequenceMatcher(None, name, wanted).ratio() >= least]
    zones = dict.fromkeys(zone for name in near for zone in names()[name].zones)
    return tuple(zones)[:MOST_NEAREST]


def _offset(wanted: str) -> int | None:
    """Minutes east of Greenwich, if the words say only that."""
    found = _OFFSET.fullmatch(wanted)
    if found is None:
        return None
    turned, sign, hours, minutes, half = found.groups()
    shift = int(hours) * 60 + (int(minutes) if minutes else 30 if half else 0)
    return -shift if (sign == "-") != bool(turned) else shift


def _offset_words(shift: int) -> str:
    hours, minutes = divmod(abs(shift), 60)
    sign = "\N{MINUS SIGN}" if shift < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")


@lru_cache(maxsize=128)
def _zones_at(shift: int) -> tuple[str, ...]:
    """The zones whose clocks are ever so far from Greenwich, those of many people first: two with
    a summer time, then those without, then the others."""
    there = [zone for zone in all_zones() if shift in shifts(zone)]
    large = [zone for zone in LARGE if zone in there]
    turning = [zone for zone in large if len({*shifts(zone)}) > 1]
    steady = [zone for zone in large if zone not in turning]
    return tuple(dict.fromkeys([*turning[:2], *steady, *turning[2:], *there]))
