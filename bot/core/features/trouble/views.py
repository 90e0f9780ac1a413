"""What is said about deliveries that failed or may have failed."""

from collections.abc import Mapping, Sequence

from bot.core.actions.trouble import SettleDoubtful, ShowDoubtful
from bot.core.boundary.ids import PersonId
from bot.core.boundary.limits import CHOICES, FACTS
from bot.core.boundary.text import RoomLink, Text, plain
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Choice,
    Fact,
    Facts,
    Message,
    Paragraph,
    Select,
    Small,
)
from bot.core.boundary.wording import Words
from bot.core.programme.circles.model import Circle
from bot.core.programme.mail.saying import in_words
from bot.core.programme.mail.store import Letter
from bot.core.programme.people import Person
from bot.core.programme.unit import Unit

_LISTED = 5
"""Kinds of messages named in one sentence; the rest is counted."""


def trouble(why: str, person: Person | None, circle: Circle | None, words: Words) -> Message:
    """To a moderator: what could not be delivered, and what can be done."""
    key = f"trouble.{why}"
    if person and words.has(f"{key}.person"):
        key = f"{key}.person"
    elif circle and words.has(f"{key}.circle"):
        key = f"{key}.circle"
    named = {"person": person.mention() if person else "", "circle": circle.name if circle else ""}
    return Message(
        words.line("trouble.title"),
        (Paragraph(words.text(key, **named)), Small(words.text(f"{key}.next", **named))),
    )


def note(words: Words, key: str, **values: Text | str | int) -> Message:
    """One sentence."""
    return Message("", (Paragraph(words.text(key, **values)),))


def doubtful_circles(found: Mapping[Circle, Sequence[Letter]], unit: Unit) -> Message:
    """To a moderator: in which rooms something may be missing."""
    words = unit.words
    facts = [Fact(circle.name, _listed(letters, unit, words)) for circle, letters in found.items()]
    choices = tuple(Choice(circle.id, circle.name) for circle in found)
    return Message(
        words.line("trouble.doubtful.title"),
        (
            Paragraph(words.text("trouble.doubtful")),
            Facts(tuple(facts[:FACTS])),
            Select(words.line("trouble.doubtful.pick"), choices[:CHOICES], ShowDoubtful("")),
        ),
    )


def doubtful_in(circle: Circle, letters: Sequence[Letter], unit: Unit, words: Words) -> Message:
    """What may or may not stand in a circle's room, and how to settle it."""
    room = room_of(circle, unit)
    lead = words.text("trouble.doubtful.room", room=room, what=_listed(letters, unit, words))
    blocks: list[Block] = [Paragraph(lead)]
    if len(letters) == 1:
        letter = letters[0]
        there = Button(
            words.line("trouble.button.there"), SettleDoubtful(circle.id, letter.number, 1)
        )
        send = Button(
            words.line("trouble.button.send"), SettleDoubtful(circle.id, letter.number, 0)
        )
        if letter.late:
            blocks.append(Small(words.text("trouble.doubtful.late")))
        blocks.append(Buttons((there,) if letter.late else (there, send)))
    else:
        choices = [Choice(str(one.number), plain(kind(one, unit, words))) for one in letters]
        pick = words.line("trouble.doubtful.missing")
        every = Button(words.line("trouble.button.all"), SettleDoubtful(circle.id, 0, 1))
        blocks += [
            Select(pick, tuple(choices[:CHOICES]), ShowDoubtful(circle.id)),
            Buttons((every,)),
        ]
    blocks.append(Small(words.text("trouble.doubtful.small")))
    return Message(words.line("trouble.doubtful.title"), tuple(blocks))


def kind(letter: Letter, unit: Unit, words: Words) -> Text:
    """What a message was, in words, with the person it was about."""
    who = PersonId(str(getattr(letter.what, "person", "")))
    person = unit.people.get(who) if who else None
    return in_words(letter.what, person.name if person else "", words)


def room_of(circle: Circle, unit: Unit) -> Text:
    """The way into its room."""
    ref = unit.rooms.ref(circle.room)
    return (RoomLink(ref, circle.name),) if ref else (circle.name,)


def _listed(letters: Sequence[Letter], unit: Unit, words: Words) -> Text:
    kinds = [kind(one, unit, words) for one in letters[:_LISTED]]
    more = len(letters) - len(kinds)
    return words.people([*kinds, *([words.text("circles.more", n=more)] if more else [])])
