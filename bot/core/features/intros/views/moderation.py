"""What moderators see of members: who takes part as what, and who waits. Never what they told."""

from collections import Counter

from bot.core.actions.intros import Approve, ShowMembers, ShowWaiting
from bot.core.boundary.limits import BUTTON_LABEL
from bot.core.boundary.text import Text, joined
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
from bot.core.features.intros.views.profile import shortened
from bot.core.programme.members.model import Member, Role, Standing
from bot.core.programme.unit import Unit

ON_A_PAGE = 20
WAITING_ON_A_PAGE = 4
"""Leaves room in a row of five buttons for the way to the next page."""


def members(everyone: tuple[Member, ...], page: int, unit: Unit) -> Message:
    """How many take part as what, and a page of names."""
    words = unit.words
    if not everyone:
        return Message("", (Paragraph(words.text("intros.members.none")),))
    roles = Counter(one.role for one in everyone)
    standings = Counter(one.standing for one in everyone)
    facts = [
        *(Fact(words.line(f"intros.role.{role.value}"), (str(roles[role]),)) for role in Role),
        *(
            Fact(words.line(f"intros.members.{one.value}"), (str(standings[one]),))
            for one in (Standing.WAITING, Standing.PAUSED)
        ),
    ]
    pages = -(-len(everyone) // ON_A_PAGE)
    page = min(max(page, 0), pages - 1)
    here = everyone[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    blocks: list[Block] = [Facts(tuple(facts)), Paragraph(joined(_lines(here, unit), "\n"))]
    if pages > 1:
        blocks.append(Small(words.text("intros.page", page=page + 1, pages=pages)))
        turns = [("previous", page - 1), ("next", page + 1)]
        blocks.append(
            Buttons(
                tuple(
                    Button(words.line(f"intros.button.{way}"), ShowMembers(to))
                    for way, to in turns
                    if 0 <= to < pages
                )
            )
        )
    return Message(words.line("intros.members.title", n=len(everyone)), tuple(blocks))


def _lines(here: tuple[Member, ...], unit: Unit) -> list[Text]:
    words = unit.words
    known = unit.people.many([one.person for one in here])
    lines: list[Text] = []
    for one in here:
        if one.person not in known:
            continue
        role = words.line(f"intros.role.{one.role.value}")
        key = "intros.members.line"
        if one.standing in {Standing.WAITING, Standing.PAUSED}:
            key = f"intros.members.line.{one.standing.value}"
        lines.append(words.text(key, name=known[one.person].mention(), role=role))
    return lines


def waiting(everyone: tuple[Member, ...], page: int, unit: Unit, *, lead: Text = ()) -> Message:
    """The mentors who wait, each with a button."""
    words = unit.words
    known = unit.people.many([one.person for one in everyone])
    here = [known[one.person] for one in everyone if one.person in known]
    blocks: list[Block] = [Paragraph(lead)] if lead else []
    if not here:
        return Message("", (*blocks, Paragraph(words.text("intros.waiting.none"))))
    pages = -(-len(here) // WAITING_ON_A_PAGE)
    page = min(max(page, 0), pages - 1)
    buttons = [
        Button(
            words.line("intros.button.approve", name=shortened(one.name, BUTTON_LABEL // 2)),
            Approve(one.id),
            Tone.PRIMARY,
        )
        for one in here[page * WAITING_ON_A_PAGE : (page + 1) * WAITING_ON_A_PAGE]
    ]
    if page + 1 < pages:
        buttons.append(Button(words.line("intros.button.next"), ShowWaiting(page + 1)))
    blocks += [Paragraph(words.text("intros.waiting", n=len(here))), Buttons(tuple(buttons))]
    return Message(words.line("intros.waiting.title"), tuple(blocks))
