"""What people see of their rights over their own data."""

from bot.core.actions.rights import ForgetMe, KeepMe, WithdrawKept
from bot.core.boundary.views import Block, Button, Buttons, File, Message, Paragraph, Small, Tone
from bot.core.boundary.wording import Words


def nothing_held(words: Words) -> Message:
    """There is nothing about this person."""
    return Message("", (Paragraph(words.text("rights.nothing")),))


def everything_held(words: Words, export: bytes, *, kept_back: bool = False) -> Message:
    """The file with everything, and how to read it. ``kept_back``: there is more that may not be
    sent here, and it can be deleted."""
    lead = "rights.mydata.without" if kept_back else "rights.mydata.text"
    blocks: list[Block] = [
        Paragraph(words.text(lead)),
        File("banyan-mydata.json", "application/json", export),
    ]
    if kept_back:
        button = Button(words.line("rights.mydata.withdraw"), WithdrawKept(), Tone.DANGER)
        blocks += [Paragraph(words.text("rights.mydata.kept_back")), Buttons((button,))]
    blocks.append(Small(words.text("rights.mydata.next")))
    return Message(words.line("rights.mydata.title"), tuple(blocks))


def withdrawn(words: Words) -> Message:
    """What could not be sent is deleted."""
    return Message("", (Paragraph(words.text("rights.mydata.withdrawn")),))


def are_you_sure(words: Words) -> Message:
    """What forgetting means, before it is done."""
    yes = Button(words.line("rights.forget.yes"), ForgetMe(), Tone.DANGER)
    no = Button(words.line("rights.forget.no"), KeepMe())
    said: list[Block] = [Paragraph(words.text(f"rights.forget.{part}")) for part in _PARTS]
    return Message(words.line("rights.forget.title"), (*said, Buttons((yes, no))))


def forgotten(words: Words) -> Message:
    """It is done: the one confirmation, after which there is nobody left to tell."""
    return Message(
        words.line("rights.forgotten.title"),
        (
            Paragraph(words.text("rights.forgotten.text")),
            Small(words.text("rights.forgotten.next")),
        ),
    )


def kept(words: Words) -> Message:
    """Nothing was deleted."""
    return Message("", (Paragraph(words.text("rights.kept")),))


_PARTS = ("goes", "stays", "final")
