"""Time zones as people say them: an IANA name, a city or a country in; an IANA name out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import lru_cache
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

MOST_NEAREST = 4

# Large cities after which no zone is named, and short names that mean one place to most people.
_CITIES = {
    "Africa/Johannesburg": "Cape Town, Durban, Pretoria",
    "America/Bogota": "Medellín, Cali",
    "America/Chicago": "Houston, Dallas, Austin, Minneapolis, San Antonio, St Louis, New Orleans",
    "America/Denver": "Salt Lake City, Albuquerque",
    "America/Edmonton": "Calgary",
    "America/Los_Angeles": "LA, San Francisco, Seattle, San Diego, San Jose, Portland, Las Vegas,"
    " Oakland, Sacramento, Fremont, Irvine",
    "America/Mexico_City": "CDMX, Guadalajara, Puebla",
    "America/New_York": "NYC, Boston, Washington, Washington DC, Philadelphia, Atlanta, Miami,"
    " Charlotte, Pittsburgh, Baltimore, Orlando",
    "America/Sao_Paulo": "Rio de Janeiro, Brasília",
    "America/Toronto": "Ottawa, Montréal, Mississauga, Québec",
    "America/Vancouver": "Victoria, Burnaby, Richmond",
    "Asia/Bangkok": "Chiang Mai",
    "Asia/Dhaka": "Chittagong, Sylhet",
    "Asia/Dubai": "Abu Dhabi, Sharjah",
    "Asia/Ho_Chi_Minh": "Hanoi, Da Nang, HCMC",
    "Asia/Jakarta": "Bandung, Surabaya, Yogyakarta",
    "Asia/Karachi": "Lahore, Islamabad, Rawalpindi, Faisalabad, Peshawar",
    "Asia/Kathmandu": "Pokhara, Lalitpur, Patan",
    "Asia/Kolkata": "Mumbai, Bombay, Delhi, New Delhi, Bangalore, Bengaluru, Chennai, Madras,"
    " Hyderabad, Pune, Ahmedabad, Jaipur, Lucknow, Kochi, Goa, Chandigarh, Guwahati",
    "Asia/Kuala_Lumpur": "KL, Penang, George Town, Johor Bahru",
    "Asia/Makassar": "Bali, Denpasar",
    "Asia/Manila": "Quezon City, Cebu, Davao",
    "Asia/Riyadh": "Jeddah, Mecca",
    "Asia/Seoul": "Busan, Incheon, Daegu",
    "Asia/Shanghai": "Beijing, Shenzhen, Guangzhou, Chengdu, Hangzhou, Wuhan, Nanjing, Xi'an",
    "Asia/Taipei": "Kaohsiung, Taichung, Tainan",
    "Asia/Tokyo": "Osaka, Kyoto, Yokohama, Nagoya, Sapporo, Fukuoka, Kobe",
    "Asia/Yangon": "Mandalay, Rangoon",
    "Australia/Sydney": "Canberra, Newcastle",
    "Europe/Amsterdam": "Rotterdam, The Hague, Utrecht",
    "Europe/Berlin": "Munich, München, Hamburg, Frankfurt, Cologne, Köln, Stuttgart, Düsseldorf",
    "Europe/London": "UK, England, Manchester, Birmingham, Leeds, Glasgow, Edinburgh, Bristol",
    "Europe/Madrid": "Barcelona, Valencia, Seville",
    "Europe/Paris": "Lyon, Marseille, Toulouse, Lille",
    "Europe/Rome": "Milan, Naples, Turin, Florence",
    "Europe/Zurich": "Geneva, Basel, Bern, Lausanne",
    "Pacific/Auckland": "Wellington, Christchurch",
    "UTC": "GMT, Zulu",
}
# Countries with several zones, and those in which most of their people live.
_COUNTRIES = {
    "United States, United States of America, USA, US, America": (
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
    ),
    "Australia": (
        "Australia/Sydney",
        "Australia/Brisbane",
        "Australia/Adelaide",
        "Australia/Perth",
    ),
    "Brazil": ("America/Sao_Paulo", "America/Fortaleza", "America/Manaus"),
    "Canada": ("America/Toronto", "America/Vancouver", "America/Edmonton", "America/Halifax"),
    "Indonesia": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    "Russia": ("Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Vladivostok"),
}


@dataclass(frozen=True, slots=True)
class NoZone:
    """Nothing is called that; these are nearest (none, when nothing is near)."""

    nearest: tuple[str, ...]


def find_zone(words: str) -> str | NoZone:
    """The IANA zone somebody means by its name, a city or a country with a single zone."""
    wanted = _folded(words)
    names = _names()
    zones = names.get(wanted, ())
    if len(zones) == 1:
        return zones[0]
    near = list(zones)
    for name in get_close_matches(wanted, names, n=MOST_NEAREST, cutoff=0.7):
        near += [zone for zone in names[name] if zone not in near]
    return NoZone(tuple(near[:MOST_NEAREST]))


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


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    """Everything a zone may be called, folded. A country has as many zones as it has."""
    territories = set(get_global("zone_territories")) - {"Etc/Unknown"}
    english = Locale.parse("en")
    names: dict[str, tuple[str, ...]] = {}
    for code, zones in get_global("territory_zones").items():
        country = english.territories.get(code)
        if country:
            names[_folded(country)] = tuple(zones)
    for alias, zone in get_global("zone_aliases").items():
        if zone in territories:
            names[_folded(alias)] = (zone,)
            names.setdefault(_folded(alias.rpartition("/")[2]), (zone,))
    for zone in [*territories, "UTC"]:
        names[_folded(zone)] = (zone,)
        names[_folded(zone.rpartition("/")[2])] = (zone,)
    for zone, cities in _CITIES.items():
        names |= {_folded(city): (zone,) for city in cities.split(",")}
    for countries, several in _COUNTRIES.items():
        names |= {_folded(country): several for country in countries.split(",")}
    return names


def _folded(words: str) -> str:
    letters = normalize("NFKD", words.replace("_", " ").casefold())
    return " ".join("".join(c for c in letters if not combining(c)).split())
