"""The settings as a moderator fills them in: which belong together, and what each may be."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.boundary.forms import Filled, Problem, Problems, read_zone, too_long
from bot.core.boundary.languages import NoLanguage, find_language, language_name
from bot.core.programme.community.model import Settings, Sizes

PARTS: Mapping[str, tuple[str, ...]] = {
    "setup": ("language", "zone", "slot_weekday", "slot_hour", "season_weeks"),
    "rooms": ("language", "zone", "slot_weekday", "slot_hour", "circle_names"),
    "season": ("season_weeks", "session_minutes", "question_weekday", "question_hour"),
    "circles": ("mentors", "mentees_least", "mentees_most", "min_common_starts"),
    "messages": ("nudges_a_week", "quiet_from", "quiet_until", "approve_mentors"),
    "safety": ("help_line", "report_contact"),
    "asking": ("asking", "stages"),
}
"""The forms, each with its fields."""

MOST_PEOPLE = 12
"""In a circle, mentors and mentees together."""

_DAYS = tuple(map(str, range(7)))
_HOURS = tuple(map(str, range(24)))
_YES_NO = ("yes", "no")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "slot_weekday": _DAYS,
    "slot_hour": _HOURS,
    "question_weekday": _DAYS,
    "question_hour": _HOURS,
    "quiet_from": _HOURS,
    "quiet_until": _HOURS,
    "circle_names": ("trees", "rivers", "stars"),
    "season_weeks": tuple(map(str, range(4, 27))),
    "session_minutes": ("30", "45", "60", "75", "90", "120"),
    "mentors": ("1-1", "1-2", "2-2"),
    "mentees_least": tuple(map(str, range(1, 9))),
    "mentees_most": tuple(map(str, range(1, 12))),
    "min_common_starts": tuple(map(str, (1, 2, 4, 6, 8, 12, 16))),
    "nudges_a_week": tuple(map(str, range(4))),
    "approve_mentors": _YES_NO,
    "asking": ("stage", "heritage", "comfort"),
}
"""The fields that are chosen; all others are typed."""

SENSITIVE = frozenset({"heritage", "comfort"})
"""What of ``asking`` cannot be chosen where nothing sensitive may be carried."""

TEXTS: Mapping[str, int] = {
    "language": 60,
    "zone": 80,
    "help_line": 1000,
    "report_contact": 300,
    "stages": 600,
}
"""The fields that are typed, with their greatest length."""

MOST_STAGES = 20
STAGE_LENGTH = 60


def filled_from(settings: Settings, reader: str) -> Filled:
    """Every field as it now stands."""
    least, most = settings.sizes.mentors
    asking = {
        "stage": settings.ask_stage,
        "heritage": settings.ask_heritage,
        "comfort": settings.ask_comfort,
    }
    numbers = {
        "slot_weekday": settings.slot_weekday,
        "slot_hour": settings.slot_minute // 60,
        "question_weekday": settings.question_weekday,
        "question_hour": settings.question_minute // 60,
        "quiet_from": settings.quiet_from,
        "quiet_until": settings.quiet_until,
        "season_weeks": settings.season_weeks,
        "session_minutes": settings.session_minutes,
        "mentees_least": settings.sizes.mentees[0],
        "mentees_most": settings.sizes.mentees[1],
        "min_common_starts": settings.min_common_starts,
        "nudges_a_week": settings.nudges_a_week,
    }
    return Filled(
        {
            "language": language_name(settings.language, reader),
            "zone": settings.zone,
            "help_line": settings.help_line,
            "report_contact": settings.report_contact,
            "stages": "\n".join(settings.stages),
        },
        {
            **{key: (str(number),) for key, number in numbers.items()},
            "circle_names": (settings.circle_names,),
            "mentors": (f"{least}-{most}",),
            "approve_mentors": ("yes" if settings.approve_mentors else "no",),
            "asking": tuple(key for key, asked in asking.items() if asked),
        },
    )


def read_settings(
    part: str, filled: Filled, settings: Settings, reader: str
) -> Settings | Problems:
    """The settings with one form's fields changed, or what to mend."""
    problems: dict[str, Problem] = {}
    for key in PARTS[part]:
        if key in CHOICES and key != "asking" and filled.one(key) not in CHOICES[key]:
            problems[key] = Problem("community.problem.choose")
        elif key in TEXTS and (problem := too_long(filled.text(key), TEXTS[key])):
            problems[key] = problem
    if problems:
        return problems
    changed = settings
    for key in PARTS[part]:
        if key in _SET:
            changed = _SET[key](changed, filled.one(key) or filled.text(key))
        elif key in _READ:
            read = _READ[key](key, filled, changed, reader)
            if isinstance(read, Problem):
                problems[key] = read
            else:
                changed = read
    return problems or changed


_SET: Mapping[str, Callable[[Settings, str], Settings]] = {
    "slot_weekday": lambda now, value: replace(now, slot_weekday=int(value)),
    "slot_hour": lambda now, value: replace(now, slot_minute=int(value) * 60),
    "question_weekday": lambda now, value: replace(now, question_weekday=int(value)),
    "question_hour": lambda now, value: replace(now, question_minute=int(value) * 60),
    "quiet_from": lambda now, value: replace(now, quiet_from=int(value)),
    "quiet_until": lambda now, value: replace(now, quiet_until=int(value)),
    "season_weeks": lambda now, value: replace(now, season_weeks=int(value)),
    "session_minutes": lambda now, value: replace(now, session_minutes=int(value)),
    "min_common_starts": lambda now, value: replace(now, min_common_starts=int(value)),
    "nudges_a_week": lambda now, value: replace(now, nudges_a_week=int(value)),
    "circle_names": lambda now, value: replace(now, circle_names=value),
    "approve_mentors": lambda now, value: replace(now, approve_mentors=value == "yes"),
    "help_line": lambda now, value: replace(now, help_line=value),
    "report_contact": lambda now, value: replace(now, report_contact=value),
}
"""What each field that stands by itself changes. The rest are read together, below."""


def _asking(key: str, filled: Filled, settings: Settings, _reader: str) -> Settings:
    asked = filled.chosen(key)
    return replace(
        settings,
        ask_stage="stage" in asked,
        ask_heritage="heritage" in asked,
        ask_comfort="comfort" in asked,
    )


def _language(key: str, filled: Filled, settings: Settings, reader: str) -> Settings | Problem:
    typed = filled.text(key)
    if not typed:
        return Problem("core.language.missing")
    found = find_language(typed, reader)
    if not isinstance(found, NoLanguage):
        return replace(settings, language=found)
    if found.nearest:
        return Problem("core.language.nearest", {"typed": typed, "nearest": found.nearest})
    return Problem("core.language.unknown", {"typed": typed})


def _zone(key: str, filled: Filled, settings: Settings, _reader: str) -> Settings | Problem:
    zone = read_zone(filled.text(key))
    return zone if isinstance(zone, Problem) else replace(settings, zone=zone)


def _sizes(_key: str, filled: Filled, settings: Settings, _reader: str) -> Settings | Problem:
    fewest, most = map(int, filled.one("mentors").split("-"))
    mentees = int(filled.one("mentees_least")), int(filled.one("mentees_most"))
    if mentees[0] > mentees[1]:
        return Problem("community.problem.sizes")
    if most + mentees[1] > MOST_PEOPLE:
        return Problem("community.problem.crowd", {"most": MOST_PEOPLE})
    return replace(settings, sizes=Sizes((fewest, most), mentees))


def _stages(key: str, filled: Filled, settings: Settings, _reader: str) -> Settings | Problem:
    lines = (line.strip() for line in filled.text(key).splitlines())
    stages = tuple(dict.fromkeys(line for line in lines if line))
    if not stages:
        return Problem("community.problem.no_stages")
    if len(stages) > MOST_STAGES:
        return Problem("community.problem.stages_most", {"most": MOST_STAGES})
    for stage in stages:
        if problem := too_long(stage, STAGE_LENGTH):
            return problem
    return replace(settings, stages=stages)


_READ: Mapping[str, Callable[[str, Filled, Settings, str], Settings | Problem]] = {
    "language": _language,
    "zone": _zone,
    "mentees_most": _sizes,
    "stages": _stages,
    "asking": _asking,
}
