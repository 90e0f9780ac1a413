"""A member of the programme, and what they told about themselves."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.core.boundary.ids import PersonId

MOST_THEMES, MOST_WISHES, MOST_AVOID = 13, 3, 10
"""What a profile may hold of themes sought, of themes offered, and of people named."""


class Role(Enum):
    """What a member takes part as."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"

    @property
    def mentors(self) -> bool:
        """Whether this role may take a mentor's seat."""
        return self is not Role.MENTEE


class Standing(Enum):
    """Where a member stands."""

    WAITING = "waiting"
    """A mentor not yet approved by a moderator: given no new seat, but keeps those they have."""
    DECLINED = "declined"
    """A mentor to whom a moderator said *not now*: as waiting, until a moderator thinks again."""
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


NOT_APPROVED = frozenset({Standing.WAITING, Standing.DECLINED})
"""Mentors to whom no moderator has said yes."""


class Show(Enum):
    """What a member lets their circle see of their profile.

    Sensitive answers are not listed: :attr:`Purpose.MY_CIRCLE` is their owner's consent to that.
    """

    BIO = "bio"
    THEMES = "themes"
    LANGUAGES = "languages"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member told about themselves. Kept sealed, under the member's own key.

    ``availability`` is in the file format's words ("Mon 18:00-20:30"), in the member's own zone.
    ``heritage`` and the answers to sensitive questions are not here: each lies with its consent,
    and is added by the store while that consent is live.
    """

    seeks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    preferred_language: str = "en"
    availability: tuple[str, ...] = ()
    stage: str = ""
    wants_shared_heritage: bool = False
    matters_most: str = ""
    """The term of the score that counts double for them; empty for none."""
    teams: tuple[str, ...] = ()
    """Teams or employers, where the community asks for them."""
    wishes: tuple[PersonId, ...] = ()
    avoid: tuple[PersonId, ...] = ()
    bio: str = ""
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Answers to the community's own questions that are not sensitive, by question key."""
    declined: tuple[str, ...] = ()
    """What the member prefers not to say (keys as in :class:`Sensitive`, and ``stage``)."""
    show: tuple[Show, ...] = (Show.BIO, Show.THEMES, Show.LANGUAGES)
    from_file: dict[str, str] = field(default_factory=dict)
    """Marks of what came from a moderator's file and stands unchanged, by what it is."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who joined."""

    person: PersonId
    standing: Standing
    role: Role
    zone: str
    """IANA; what the member's own hours mean."""
    capacity: int = 1
    """How many circles a mentor takes on at once."""
    private_question: bool = False
    """Whether the weekly question may come privately: nudges are opt-in."""
    nudges_a_week: int = 3
    quiet_from: int = 20
    quiet_until: int = 9
    """Local hours between which no nudge comes; equal means none."""
    nudges_stopped: bool = False
    paused_until: datetime | None = None
    joined_at: datetime | None = None


class Purpose(Enum):
    """What a consent is for. Each is given and withdrawn by itself."""

    MATCHING = "matching"
    MY_CIRCLE = "my_circle"
    """To be shown to the member's own circle, with their name."""
    CHARTER = "charter"
    """Topic comfort: the strictest wish drafts the ground rules, and nobody learns whose it was."""


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A sensitive answer with the purposes its owner's live consents allow.

    ``key`` is ``heritage``, ``comfort:<topic>`` or ``q:<question key>``.
    """

    key: str
    values: tuple[str, ...]
    purposes: frozenset[Purpose]


@dataclass(frozen=True, slots=True)
class IntroDraft:
    """A half-filled intro: what was answered so far, and the step it waits at (1-based)."""

    step: int = 1
    role: str = ""
    capacity: str = ""
    zone: str = ""
    profile: Profile = field(default_factory=Profile)
    private_question: bool | None = None
    started_at: datetime | None = None
    reminded: bool = False
