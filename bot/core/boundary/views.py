"""What a person sees, as data: messages and forms that every platform can draw.

Constructors enforce :mod:`bot.core.boundary.limits`, so a view that some platform would refuse
cannot be built. Renderers draw what is here and cut nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.core.boundary import limits
from bot.core.boundary.actions import Action
from bot.core.boundary.ids import PersonRef
from bot.core.boundary.text import Text, plain


class TooLarge(ValueError):
    """A view breaks a platform's limit: a mistake in our own code, found by its tests."""


def _fits(what: str, size: int, most: int, least: int = 0) -> None:
    if not least <= size <= most:
        raise TooLarge(f"{what}: {size} is not within {least}–{most}")


class Tone(Enum):
    """What kind of button this is; platforms colour it, the label still says it in words."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: Text

    def __post_init__(self) -> None:
        _fits("paragraph", len(plain(self.text)), limits.PARAGRAPH, 1)


@dataclass(frozen=True, slots=True)
class Quote:
    """A member's own words, set apart from the bot's."""

    text: Text

    def __post_init__(self) -> None:
        _fits("quote", len(plain(self.text)), limits.PARAGRAPH, 1)


@dataclass(frozen=True, slots=True)
class Small:
    """A quiet line: what happens next, who can see this."""

    text: Text

    def __post_init__(self) -> None:
        _fits("small print", len(plain(self.text)), limits.PARAGRAPH, 1)


@dataclass(frozen=True, slots=True)
class Fact:
    """One label and its value."""

    label: str
    value: Text

    def __post_init__(self) -> None:
        _fits("fact label", len(self.label), limits.FIELD_LABEL, 1)
        _fits("fact value", len(plain(self.value)), limits.FACT_VALUE, 1)


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, read down."""

    facts: tuple[Fact, ...]

    def __post_init__(self) -> None:
        _fits("facts", len(self.facts), limits.FACTS, 1)


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press."""

    label: str
    action: Action
    tone: Tone = Tone.PLAIN

    def __post_init__(self) -> None:
        _fits("button label", len(self.label), limits.BUTTON_LABEL, 1)


@dataclass(frozen=True, slots=True)
class Buttons:
    """Up to five buttons side by side."""

    buttons: tuple[Button, ...]

    def __post_init__(self) -> None:
        _fits("buttons", len(self.buttons), limits.BUTTONS, 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select or of a form's choice field."""

    value: str
    label: str
    hint: str = ""

    def __post_init__(self) -> None:
        _fits("choice value", len(self.value), limits.CHOICE_VALUE, 1)
        _fits("choice label", len(self.label), limits.CHOICE_LABEL, 1)
        _fits("choice hint", len(self.hint), limits.CHOICE_HINT)


@dataclass(frozen=True, slots=True)
class Select:
    """A list to choose from inside a message; choosing sends ``action`` with the chosen values."""

    placeholder: str
    choices: tuple[Choice, ...]
    action: Action
    selected: tuple[str, ...] = ()
    least: int = 1
    most: int = 1

    def __post_init__(self) -> None:
        _fits("placeholder", len(self.placeholder), limits.SELECT_PLACEHOLDER, 1)
        _choices(self.choices, self.selected, self.least, self.most)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the words that stand for it; ``svg`` is drawn by us and holds no names."""

    svg: str
    alternative: str

    def __post_init__(self) -> None:
        _fits("alternative", len(self.alternative), limits.PARAGRAPH, 1)


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


Block = Paragraph | Quote | Small | Facts | Buttons | Select | Picture | File


@dataclass(frozen=True, slots=True)
class Message:
    """Something said: a title (may be empty) and blocks, read from top to bottom."""

    title: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        _fits("title", len(self.title), limits.MESSAGE_TITLE)
        _fits("blocks", len(self.blocks), limits.MESSAGE_BLOCKS, 0 if self.title else 1)
        _fits("files", sum(isinstance(b, File | Picture) for b in self.blocks), limits.FILES)
        _fits("message", sum(map(len, words(self))), limits.MESSAGE_TEXT)
        _fits("components", bool(self.title) + sum(map(_size, self.blocks)), limits.COMPONENTS)
        actions = [b.action for b in self.blocks if isinstance(b, Select)]
        actions += [
            b.action for row in self.blocks if isinstance(row, Buttons) for b in row.buttons
        ]
        if len(set(actions)) != len(actions):
            raise TooLarge("two components of a message ask for the same action")


def once(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks; an action offered twice is offered where it came first."""
    offered: set[Action] = set()
    kept: list[Block] = []
    for block in blocks:
        match block:
            case Buttons(buttons):
                fresh = tuple(one for one in buttons if one.action not in offered)
                offered |= {one.action for one in fresh}
                if fresh:
                    kept.append(Buttons(fresh))
            case Select(action=action) if action in offered:
                continue
            case _:
                kept.append(block)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class TextField:
    """A field to type into; ``value`` is what stands there when the form opens."""

    key: str
    label: str
    hint: str = ""
    value: str = ""
    placeholder: str = ""
    required: bool = False
    long: bool = False
    most: int = limits.FIELD_TEXT

    def __post_init__(self) -> None:
        _fits("label", len(self.label), limits.FIELD_LABEL, 1)
        _fits("hint", len(self.hint), limits.FIELD_HINT)
        _fits("placeholder", len(self.placeholder), limits.PLACEHOLDER)
        _fits("field length", self.most, limits.FIELD_TEXT, 1)
        _fits("field value", len(self.value), self.most)


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A field to choose in; ``most`` over one lets several be chosen."""

    key: str
    label: str
    choices: tuple[Choice, ...]
    hint: str = ""
    selected: tuple[str, ...] = ()
    least: int = 0
    most: int = 1

    def __post_init__(self) -> None:
        _fits("label", len(self.label), limits.FIELD_LABEL, 1)
        _fits("hint", len(self.hint), limits.FIELD_HINT)
        _choices(self.choices, self.selected, self.least, self.most)


@dataclass(frozen=True, slots=True)
class Picked:
    """A person somebody chose from the platform's own list."""

    person: PersonRef
    name: str


@dataclass(frozen=True, slots=True)
class PeopleField:
    """A field to choose people of the community in."""

    key: str
    label: str
    hint: str = ""
    selected: tuple[Picked, ...] = ()
    least: int = 0
    most: int = 1

    def __post_init__(self) -> None:
        _fits("label", len(self.label), limits.FIELD_LABEL, 1)
        _fits("hint", len(self.hint), limits.FIELD_HINT)
        _fits("people", len(self.selected), self.most)
        _fits("most people", self.most, limits.CHOICES, 1)


FormField = TextField | ChoiceField | PeopleField


@dataclass(frozen=True, slots=True)
class Form:
    """Up to five fields to fill in together.

    ``submit`` is sent with what was filled in; ``reopen`` shows the form again where a platform
    cannot do so by itself. ``problems`` says, by field key, what to mend.
    """

    title: str
    fields: tuple[FormField, ...]
    submit: Action
    reopen: Action
    submit_label: str
    intro: Text = ()
    problems: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _fits("form title", len(self.title), limits.FORM_TITLE, 1)
        _fits("fields", len(self.fields), limits.FORM_FIELDS, 1)
        _fits("submit label", len(self.submit_label), limits.SUBMIT_LABEL, 1)
        _fits("form intro", len(plain(self.intro)), limits.FORM_INTRO)
        keys = {one.key for one in self.fields}
        if len(keys) != len(self.fields) or not keys.issuperset(self.problems):
            raise TooLarge("field keys must differ, and problems must name fields")


def words(message: Message) -> list[str]:
    """Every piece of text a reader of the message sees, labels of buttons and choices aside."""
    found = [message.title]
    for block in message.blocks:
        match block:
            case Paragraph(text) | Quote(text) | Small(text):
                found.append(plain(text))
            case Facts(facts):
                found.extend(part for fact in facts for part in (fact.label, plain(fact.value)))
            case Picture(alternative=alternative):
                found.append(alternative)
            case Buttons() | Select() | File():
                pass
    return found


def _size(block: Block) -> int:
    """How many components Discord counts in a block, those inside it included."""
    match block:
        case Buttons(buttons):
            return 1 + len(buttons)
        case Select() | Picture():
            return 2
        case _:
            return 1


def _choices(choices: Sequence[Choice], selected: Sequence[str], least: int, most: int) -> None:
    _fits("choices", len(choices), limits.CHOICES, 1)
    _fits("most chosen", most, limits.CHOICES, max(1, least))
    _fits("selected", len(selected), most)
    values = {choice.value for choice in choices}
    if len(values) != len(choices) or not values.issuperset(selected):
        raise TooLarge("choice values must differ, and what is selected must be among them")
