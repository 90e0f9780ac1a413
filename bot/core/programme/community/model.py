"""A community and everything that varies by community, each setting with a good default."""

from dataclasses import dataclass, field

from bot.core.boundary.ids import CommunityId, CommunityRef

THEMES = (
    "identity",
    "culture",
    "belonging",
    "confidence",
    "imposter",
    "networking",
    "career",
    "rolemodels",
    "resilience",
    "advocacy",
    "leadership",
    "knowledge",
    "goals",
)
STAGES = ("under 25", "25-34", "35-44", "45-54", "55-64", "65+")
COMFORT_TOPICS = ("politics", "faith", "family", "racism", "money")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that members seek and mentors offer. ``label`` is empty for the built-in wording."""

    key: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the community's own affinity questions, answered with tags.

    ``choices`` empty means free words, separated by commas. A sensitive question needs a purpose,
    and each answer its own consent.
    """

    key: str
    prompt: str
    choices: tuple[str, ...] = ()
    sensitive: bool = False
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many mentors and mentees a circle may have (inclusive)."""

    mentors: tuple[int, int] = (1, 2)
    mentees: tuple[int, int] = (3, 6)


@dataclass(frozen=True, slots=True)
class Settings:
    """What moderators may choose. Hours are local hours of the day, days count from Monday = 0."""

    language: str = "en"
    zone: str = "UTC"
    themes: tuple[Theme, ...] = tuple(Theme(key) for key in THEMES)
    stages: tuple[str, ...] = STAGES
    questions: tuple[Question, ...] = ()
    ask_heritage: bool = False
    """Heritage is sensitive: asked only once a moderator turned it on."""
    ask_stage: bool = True
    ask_comfort: bool = False
    """Topic comfort (politics, faith …) is sensitive: asked only once a moderator turned it on."""
    approve_mentors: bool = True
    sizes: Sizes = Sizes()
    min_common_starts: int = 4
    asks_teams: bool = False
    """Whether joining asks for a team or employer; then no circle holds two of one team."""
    session_minutes: int = 60
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    """Weights that differ from the defaults, under "mentor" and "mentee" by term."""
    season_weeks: int = 12
    slot_weekday: int = 0
    slot_minute: int = 18 * 60
    """When a circle's weekly message comes, in minutes after local midnight."""
    question_weekday: int = 3
    question_minute: int = 18 * 60
    """When the private question comes, on the member's own clock."""
    nudges_a_week: int = 3
    quiet_from: int = 20
    quiet_until: int = 9
    help_line: str = ""
    """The community's own words on where to find help."""
    report_contact: str = ""
    """Who takes reports about the only moderator, in the community's own words."""
    circle_names: str = "trees"
    """Which list of neutral names circles take: trees, rivers or stars."""
    answers_kept_days: int = 90
    audit_kept_days: int = 365
    left_kept_days: int = 30


@dataclass(frozen=True, slots=True)
class Community:
    """One server, workspace or playground, and its programme."""

    id: CommunityId
    ref: CommunityRef
    settings: Settings
    configured: bool = False
    """Whether a moderator has run setup."""
    carries_sensitive: bool = True
    """Whether sensitive answers may be asked for, shown and sent on its platform."""
    room_readers: str = "circles.room.readers"
    """The key of the sentence that says who, besides a circle's people, can read its room."""
    withheld: tuple[str, ...] = ()
    """What a moderator turned on and is not asked, because it may not be carried."""
