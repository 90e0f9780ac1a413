"""Help, made from the table of features, and the frame around everybody's status."""

from collections.abc import Sequence

from bot.core.actions.intros import Join
from bot.core.actions.overview import ShowHelp, ShowStatus
from bot.core.boundary.limits import FACTS
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Fact,
    Facts,
    Message,
    Paragraph,
    Small,
    Tone,
)
from bot.core.feature import Command, Group
from bot.core.features.overview.rules import Stray
from bot.core.programme.unit import Unit

STRAY = 60
"""Characters that are repeated of what was typed in vain."""


def help_page(
    group: Group,
    commands: Sequence[Command],
    unit: Unit,
    *,
    joined: bool,
    moderator: bool,
    tried: Stray,
) -> Message:
    """What the reader may type, with what it does; ``tried`` is what they typed in vain."""
    words = unit.words
    facts = [Fact(f"/{one.full_name}", words.text(one.key)) for one in commands]
    lead = "overview.help.joined" if joined else "overview.help.new"
    if group is Group.MODERATOR:
        lead = "overview.help.moderator"
    first = (
        Button(words.line("overview.button.status"), ShowStatus(), Tone.PRIMARY)
        if joined
        else Button(words.line("overview.button.join"), Join(), Tone.PRIMARY)
    )
    buttons = [first]
    if moderator:
        other = Group.MEMBER if group is Group.MODERATOR else Group.MODERATOR
        label = words.line(f"overview.button.help.{other.value}")
        buttons.append(Button(label, ShowHelp(other.value)))
    blocks: list[Block] = [Paragraph(words.text(lead))]
    if tried.typed:
        typed = f"/{tried.typed[:STRAY]}"
        blocks.insert(0, Paragraph(words.text("overview.help.stray", typed=typed)))
    if tried.near:
        near = words.text("overview.help.near", near=f"/{tried.near}")
        blocks.insert(1, Paragraph(near))
    blocks += [Facts(tuple(facts[at : at + FACTS])) for at in range(0, len(facts), FACTS)]
    blocks += [Small(words.text("overview.help.more")), Buttons(tuple(buttons))]
    return Message(words.line("overview.help.title"), tuple(blocks))


def status(pages: tuple[tuple[Block, ...], ...], page: int, unit: Unit) -> Message:
    """How things stand, a page at a time."""
    words = unit.words
    page = min(max(page, 0), len(pages) - 1)
    blocks = pages[page] or (Paragraph(words.text("overview.status.nothing")),)
    if page + 1 < len(pages):
        more = Button(words.line("overview.button.more"), ShowStatus(page + 1))
        blocks = (*blocks, Buttons((more,)))
    return Message(words.line("overview.status.title"), blocks)


def not_joined(unit: Unit) -> Message:
    """How things stand for somebody we do not know."""
    words = unit.words
    button = Button(words.line("overview.button.join"), Join(), Tone.PRIMARY)
    return Message("", (Paragraph(words.text("overview.status.new")), Buttons((button,))))
