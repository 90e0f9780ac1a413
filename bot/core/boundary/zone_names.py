"""Everything a time zone may be called, and what each name can mean."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

from bot.core.boundary.zone_places import (
    CITIES,
    CLOCKS,
    COUNTRIES,
    LARGE,
    SEVERAL,
    SPLIT_STATES,
    STATES,
)

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63"), "-")
_MOMENTS = tuple(
    datetime(year, month, 15, 12, tzinfo=UTC) for year in (2026, 2027) for month in range(1, 13)
)
"""Zones whose clocks agree at all of these are taken for one clock."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The zones that words can mean, those of many people first.

    ``clock``: they name a clock and no place. ``offset`` is the clock's, where they give no more.
    ``doubtful``: part of the words was not understood.
    """

    zones: tuple[str, ...]
    clock: bool = False
    offset: str = ""
    doubtful: bool = False


def folded(words: str) -> str:
    """The words without case, accents, underscores and typographic dashes."""
    letters = normalize("NFKD", words.replace("_", " ").translate(_DASHES).casefold())
    return " ".join("".join(c for c in letters if not combining(c)).split())


@lru_cache(maxsize=1)
def all_zones() -> tuple[str, ...]:
    """Every zone that is a place, under its present name."""
    old = get_global("zone_aliases")
    known = files("tzdata").joinpath("zones").read_text(encoding="ascii").split()
    return tuple(zone for zone in known if zone not in old and "/" in zone and zone[:4] != "Etc/")


@lru_cache(maxsize=1024)
def shifts(zone: str) -> tuple[int, ...]:
    """Minutes east of Greenwich, month by month."""
    there = ZoneInfo(zone)
    told = (moment.astimezone(there).utcoffset() for moment in _MOMENTS)
    return tuple(int(shift.total_seconds()) // 60 for shift in told if shift is not None)


def alike(zones: tuple[str, ...]) -> bool:
    """Whether these show the same time all year round."""
    return len(zones) == 1 or len({shifts(zone) for zone in zones}) == 1


@lru_cache(maxsize=1)
def names() -> Mapping[str, Meaning]:
    """What each name means, folded. Of a country with one clock the zone of most people stands
    for all."""
    found: dict[str, Meaning] = {}
    for called, zones in (*_from_cldr(), *_own()):
        found[folded(called)] = Meaning(zones[:1] if alike(zones) else zones)
    for called, zones in CLOCKS.items():
        found |= {folded(one): Meaning(zones, clock=True) for one in called.split(",")}
    return found


@lru_cache(maxsize=1)
def places() -> tuple[str, ...]:
    """The names that are no clock's: what somebody may have misspelt."""
    return tuple(name for name, meant in names().items() if not meant.clock)


@lru_cache(maxsize=1)
def short_forms() -> Mapping[str, Meaning]:
    """Codes of countries and states, which count only behind another name ("Austin, TX")."""
    short: dict[str, tuple[str, ...]] = {}
    known = set(all_zones())
    for code, zones in get_global("territory_zones").items():
        short[code.casefold()] = tuple(zone for zone in zones if zone in known)
    for state, zones in _states():
        code = state.rpartition(" ")[2].casefold()
        short[code] = (*zones, *short.get(code, ()))
    return {code: Meaning(zones) for code, zones in short.items() if zones}


Named = Iterable[tuple[str, tuple[str, ...]]]


def _from_cldr() -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the libraries know: weakest first, for what comes later wins."""
    now, known = get_global("zone_aliases"), set(all_zones())
    current = {alias: zone for alias, zone in now.items() if zone in known}
    for alias, zone in current.items():
        yield alias.rpartition("/")[2], (zone,)
    for windows, zone in get_global("windows_zone_mapping").items():
        if now.get(zone, zone) in known:
            yield windows, (now.get(zone, zone),)
    for state, zones in _states():
        yield state.rpartition(" ")[0], zones
    yield from _countries(known)
    for alias, zone in current.items():
        yield alias, (zone,)
    for zone in all_zones():
        yield zone.rpartition("/")[2], (zone,)
        yield zone, (zone,)


def _own() -> Named:
    """What the libraries lack or give otherwise than people mean it."""
    for zone, cities in CITIES.items():
        yield from ((city, (zone,)) for city in cities.split(","))
    for called, zones in (*COUNTRIES.items(), *SEVERAL.items()):
        yield from ((one, zones) for one in called.split(","))


def _states() -> Named:
    for zone, states in STATES.items():
        yield from ((state, (zone,)) for state in states.split(","))
    yield from SPLIT_STATES.items()


def _countries(known: set[str]) -> Named:
    """Each country by its English name, the zones of many people first."""
    english, large = Locale.parse("en").territories, {*LARGE, *CITIES}
    for code, zones in get_global("territory_zones").items():
        there = sorted((zone for zone in zones if zone in known), key=lambda z: (z not in large, z))
        if there and english.get(code):
            yield str(english[code]), tuple(there)
