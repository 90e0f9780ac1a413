"""Everything somebody told, as they alone see it, with a way to change each part."""

from collections.abc import Iterable
from itertools import groupby

from bot.core.actions.intros import (
    ChooseHours,
    Fill,
    FinerTimes,
    PreferNot,
    ShowMore,
    ShowProfile,
    TellMore,
    Withdraw,
)
from bot.core.boundary.forms import zone_now
from bot.core.boundary.ids import PersonId
from bot.core.boundary.languages import language_name
from bot.core.boundary.limits import CHOICE_LABEL, FACT_VALUE
from bot.core.boundary.text import Text, plain
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Choice,
    Fact,
    Facts,
    Message,
    Paragraph,
    Quote,
    Select,
    Small,
    Tone,
)
from bot.core.boundary.wording import Words
from bot.core.features.intros.forms import question_of
from bot.core.features.intros.rules import further_questions, sensitive_keys
from bot.core.features.intros.times import as_windows, hours_of, quarters, tapped
from bot.core.matching.definition.availability import parse_window
from bot.core.programme.community.themes import theme_labels
from bot.core.programme.members.model import Member, Profile, Purpose, Sensitive
from bot.core.programme.unit import Unit


def profile(member: Member, told: Profile, unit: Unit, *, note: str = "") -> Message:
    """The whole profile. ``note`` is a key said first."""
    words = unit.words
    blocks: list[Block] = [Paragraph(words.text(note))] if note else []
    blocks.append(Facts(tuple(_facts(member, told, unit))))
    if told.bio:
        blocks += [
            Small(words.text("intros.profile.bio")),
            Quote((shortened(told.bio, _BIO_SHOWN),)),
        ]
    parts = [Button(words.line(f"intros.button.{part}"), Fill(part)) for part in _PARTS]
    blocks.append(Buttons((*parts, Button(words.line("intros.button.finer"), FinerTimes()))))
    if further_questions(unit.community.settings):
        blocks.append(Buttons((Button(words.line("intros.button.more"), ShowMore()),)))
    blocks.append(Small(words.text("intros.profile.private")))
    return Message(words.line("intros.profile.title"), tuple(blocks))


_PARTS = ("about", "times", "people")
_BIO_SHOWN = 1000
"""Characters; whoever wrote more, in a file, finds all of it in the form."""


def _facts(member: Member, told: Profile, unit: Unit) -> list[Fact]:
    words, settings = unit.words, unit.community.settings
    none = words.text("intros.none")

    def fact(key: str, value: Text) -> Fact:
        return Fact(words.line(f"intros.fact.{key}"), value if plain(value) else none)

    def several(labels: Iterable[str]) -> str:
        return shortened(words.list(labels), FACT_VALUE)

    facts = [fact("role", role(member, words))]
    if seeks := theme_labels(told.seeks, settings, words):
        facts.append(fact("seeks", (several(seeks),)))
    if offers := theme_labels(told.offers, settings, words):
        facts.append(fact("offers", (several(offers),)))
    spoken = [language_name(tag, words.language) for tag in told.languages]
    preferred = language_name(told.preferred_language, words.language)
    return [
        *facts,
        fact("zone", zone_now(member.zone, unit.at, words)),
        fact("times", times(told.availability, words)),
        fact(
            "languages",
            words.text(
                "intros.spoken", all=shortened(words.list(spoken), FACT_VALUE // 2), first=preferred
            ),
        ),
        fact("wishes", _people(told.wishes, unit)),
        fact("avoid", _people(told.avoid, unit)),
        fact("show", (" · ".join(words.line(f"intros.show.{one.value}") for one in told.show),)),
        fact("private", words.text(f"intros.asks.{_asks(member)}")),
    ]


def role(member: Member, words: Words) -> Text:
    """Mentor (of so many circles), mentee, or both."""
    name = words.line(f"intros.role.{member.role.value}")
    if not member.role.mentors:
        return (name,)
    return words.text("intros.role.of", role=name, n=member.capacity)


def times(windows: tuple[str, ...], words: Words) -> Text:
    """The hours of a week: day by day, or how many in all where that would be too long."""
    free = quarters(windows)
    tidy = [parse_window(one) for one in as_windows(free)]
    days = [
        f"{words.weekday(day)} {', '.join(str(one)[4:].replace('-', '–') for one in group)}"
        for day, group in groupby(tidy, key=lambda one: one.day)
    ]
    text = "\n".join(days)
    if len(text) <= FACT_VALUE:
        return (text,) if text else ()
    return words.text("intros.times.many", n=len(free) // 4)


def _people(people: tuple[PersonId, ...], unit: Unit) -> Text:
    known = unit.people.many(list(people))
    mentions = [known[one].mention() for one in people if one in known]
    while len(plain(unit.words.people(mentions))) > FACT_VALUE:  # only an import names so many
        mentions.pop()
    return unit.words.people(mentions) if mentions else unit.words.text("intros.nobody")


def _asks(member: Member) -> str:
    return "private" if member.private_question else "room"


# ---- Finer times --------------------------------------------------------------------------------


def finer(told: Profile, unit: Unit) -> Message:
    """Choose a day."""
    words = unit.words
    days = tuple(Choice(str(day), words.weekday(day)) for day in range(7))
    now = times(told.availability, words) or words.text("intros.none")
    return Message(
        words.line("intros.finer.title"),
        (
            Paragraph(now),
            Select(words.line("intros.finer.day"), days, FinerTimes()),
            Buttons((_back(words),)),
        ),
    )


def hours(day: int, told: Profile, unit: Unit, *, note: str = "") -> Message:
    """Tap the hours of one day."""
    words = unit.words
    blocks = hours_of(day)
    choices = tuple(
        Choice(str(hour), f"{hour:02d}:00–{hour + 1:02d}:00") for hour in range(len(blocks))
    )
    free = set(tapped(told.availability, blocks))
    chosen = tuple(str(hour) for hour, block in enumerate(blocks) if block.value in free)
    lead = words.text(note or "intros.finer.hours", day=words.weekday(day))
    now = times(told.availability, words)
    select = Select(
        words.line("intros.finer.choose"), choices, ChooseHours(day), chosen, 0, len(choices)
    )
    other = Button(words.line("intros.button.other_day"), FinerTimes())
    return Message(
        words.line("intros.finer.title"),
        (
            Paragraph(lead),
            *([Small(now)] if now else []),
            select,
            Buttons((other, _back(words))),
        ),
    )


def _back(words: Words) -> Button:
    return Button(words.line("intros.button.profile"), ShowProfile())


# ---- Add more about you -------------------------------------------------------------------------


def more(told: Profile, secrets: tuple[Sensitive, ...], unit: Unit) -> Message:
    """What else one may tell, with what was told so far."""
    words, settings = unit.words, unit.community.settings
    asked = further_questions(settings)
    if not asked:
        nothing = Paragraph(words.text("intros.more.nothing"))
        return Message("", (nothing, Buttons((_back(words),))))
    choices = tuple(
        Choice(
            what,
            shortened(name_of(what, unit), CHOICE_LABEL),
            words.line(f"intros.more.state.{_state(what, told, secrets, unit)}"),
        )
        for what in asked
    )
    return Message(
        words.line("intros.more.title"),
        (
            Paragraph(words.text("intros.more.lead")),
            Select(words.line("intros.more.choose"), choices, ShowMore()),
            Buttons((_back(words),)),
        ),
    )


def card(
    what: str, told: Profile, secrets: tuple[Sensitive, ...], unit: Unit, *, note: str = ""
) -> Message:
    """One further question: why it is asked, what was told, and every way to answer it."""
    words, settings = unit.words, unit.community.settings
    state = _state(what, told, secrets, unit)
    blocks: list[Block] = [Paragraph(words.text(note))] if note else []
    blocks.append(Paragraph(_why(what, unit)))
    facts = _told(what, told, secrets, unit)
    if facts:
        blocks.append(Facts(facts))
    elif state == "declined":
        blocks.append(Small(words.text("intros.more.declined")))
    if sensitive_keys(what, settings):
        blocks.append(Small(words.text("intros.more.consent")))
    buttons = [Button(words.line("intros.button.answer"), TellMore(what), Tone.PRIMARY)]
    if state != "declined":
        buttons.append(Button(words.line("intros.button.prefer_not"), PreferNot(what)))
    if state == "told":
        buttons.append(Button(words.line("intros.button.withdraw"), Withdraw(what), Tone.DANGER))
    buttons.append(Button(words.line("intros.button.more_back"), ShowMore()))
    blocks.append(Buttons(tuple(buttons)))
    return Message(shortened(name_of(what, unit), 150), tuple(blocks))


def name_of(what: str, unit: Unit) -> str:
    """What a further question is called."""
    question = question_of(what, unit)
    return question.prompt if question else unit.words.line(f"intros.{what}.name")


def shortened(name: str, most: int) -> str:
    """The name where there is little room, with an ellipsis for what does not fit."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _why(what: str, unit: Unit) -> Text:
    question = question_of(what, unit)
    if question is None:
        return unit.words.text(f"intros.{what}.why")
    if question.sensitive:
        return unit.words.text("intros.question.purpose", purpose=question.purpose)
    return unit.words.text("intros.question.why")


def _state(what: str, told: Profile, secrets: tuple[Sensitive, ...], unit: Unit) -> str:
    if _told(what, told, secrets, unit):
        return "told"
    return "declined" if what in told.declined else "open"


def _told(what: str, told: Profile, secrets: tuple[Sensitive, ...], unit: Unit) -> tuple[Fact, ...]:
    words = unit.words
    label = words.line("intros.more.your_answer")
    if what == "stage":
        return (Fact(label, (told.stage,)),) if told.stage else ()
    if what == "comfort":
        wishes = [(one.key.partition(":")[2], one.values[0]) for one in secrets if _comfort(one)]
        return tuple(
            Fact(words.line(f"intros.comfort.{topic}"), words.text(f"intros.comfort.{wish}"))
            for topic, wish in wishes
        )
    kept = next((one for one in secrets if one.key == what), None)
    if kept is None:
        tags = told.answers.get(what.removeprefix("q:"), ())
        return (Fact(label, (shortened(", ".join(tags), FACT_VALUE),)),) if tags else ()
    uses = [words.line(f"intros.use.{one.value}") for one in Purpose if one in kept.purposes]
    facts = [
        Fact(label, (shortened(", ".join(kept.values), FACT_VALUE),)),
        Fact(words.line("intros.uses"), (" · ".join(uses),)),
    ]
    if what == "heritage":
        wish = words.text(f"intros.shared.{'yes' if told.wants_shared_heritage else 'no'}")
        facts.append(Fact(words.line("intros.heritage.shared"), wish))
    return tuple(facts)


def _comfort(one: Sensitive) -> bool:
    return one.key.startswith("comfort:")
