"""What a circle talks about in which week, for a season of any length.

Every season has the same frame: people arrive, say what they hope for, look back half-way, hear
that the end is near, and say goodbye. In between they meet live every two weeks for the sessions
of their theme; the weeks without a meeting bring one small prompt. Knows no words: each step is
the key under which the catalogue holds them.
"""

from dataclasses import dataclass

SESSIONS = 6
"""Sessions in a theme's run sheet."""
PROMPTS = 6
"""Prompts for weeks without a meeting; a long season takes them round again."""
EVERY = 2
"""Weeks from one live meeting to the next."""
_ROOM_FOR_GOALS = 6
_ROOM_FOR_FRAME = 8
"""Shorter seasons keep their few weeks for meeting; the end is announced all the same."""


@dataclass(frozen=True, slots=True)
class Step:
    """One week. ``again``: the session was begun at the last meeting, and goes on."""

    key: str
    live: bool
    announces_end: bool = False
    again: bool = False

    @property
    def without_session(self) -> bool:
        """Whether it is a week between sessions, with something to talk about in the room."""
        return self.key.startswith("between.")


def agenda(weeks: int, theme: str) -> tuple[Step, ...]:
    """The steps of a season of ``weeks`` (at least 1) for a circle with this theme."""
    frame = _frame(weeks)
    live = _live(weeks, frame)
    order = _sessions(len(live))
    steps, prompts, met = [], 0, 0
    for week in range(1, weeks + 1):
        ends = weeks > EVERY and week == weeks - EVERY
        if week in frame:
            key = f"frame.{frame[week]}"
            steps.append(Step(key, frame[week] in ("arrival", "farewell"), ends))
        elif week in live:
            session = order[met]
            again = met > 0 and order[met - 1] == session
            steps.append(Step(f"session.{theme}.{session}", True, ends, again))
            met += 1
        else:
            steps.append(Step(f"between.{prompts % PROMPTS + 1}", False, ends))
            prompts += 1
    return tuple(steps)


def step_of(weeks: int, first: int, week: int, theme: str) -> Step:
    """The step of one week of a season for a circle whose own first week was ``first``.

    A circle that began late takes the agenda of a shorter season, so that it too arrives.
    """
    return agenda(weeks - first + 1, theme)[week - first]


def _frame(weeks: int) -> dict[int, str]:
    """The weeks that every circle shares; with one week, that is the farewell."""
    frame: dict[int, str] = {1: "arrival"}
    if weeks >= _ROOM_FOR_GOALS:
        frame[2] = "goals"
    if weeks >= _ROOM_FOR_FRAME:
        frame[weeks // 2] = "halfway"
        frame[weeks - EVERY] = "ending"
    frame[weeks] = "farewell"
    return frame


def _live(weeks: int, frame: dict[int, str]) -> tuple[int, ...]:
    """The weeks of themed sessions: every two weeks from the arrival on, frame permitting."""
    live: list[int] = []
    last = 1
    for week in range(1 + EVERY, weeks):
        if week not in frame and week - last >= EVERY:
            live.append(week)
            last = week
    return tuple(live)


def _sessions(meetings: int) -> tuple[int, ...]:
    """Which session each meeting takes.

    In their order, always ending with the last; with more meetings than sessions, some sessions
    take two meetings or more. In their order rather than spread, so that a season made longer
    half-way goes on where it was.
    """
    if meetings <= SESSIONS:
        return (*range(1, meetings), SESSIONS) if meetings > 1 else (1,) * meetings
    return tuple(-(-(meeting * SESSIONS) // meetings) for meeting in range(1, meetings + 1))
