"""What was owed to somebody privately and could not reach them: below their next answer.

It stays there until they say that they have read it, so an answer that got lost loses nothing.
"""

from collections.abc import Callable, Sequence

from bot.core.actions.trouble import HaveRead, ReadUnread
from bot.core.boundary.outcome import Answer, Drawn, Notice, Replace, Say, To
from bot.core.boundary.text import Strong
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Message,
    Paragraph,
    Small,
    TooLarge,
    once,
)
from bot.core.boundary.wording import Words
from bot.core.programme.mail.store import Letter
from bot.core.programme.unit import Unit

Draw = Callable[[Notice, To, Unit], Drawn]


def with_unread(answer: Answer, unit: Unit, draw: Draw) -> Answer:
    """A private answer with what is still unread below it, as things now stand."""
    if not isinstance(answer, Say) or not answer.private:
        return answer
    letters = _unread(unit, draw)
    return Say(_with(answer.message, letters, unit.words)) if letters else answer


def next_unread(answer: Answer, unit: Unit, draw: Draw) -> Answer:
    """What is still unread in the place of this answer, which says that nothing is."""
    letters = _unread(unit, draw)
    return Replace(_alone(letters, unit.words)) if letters else answer


def _unread(unit: Unit, draw: Draw) -> list[tuple[Letter, Message]]:
    me = unit.actor
    waiting = unit.mail.unread(me.id) if me else ()
    drawn = [(one, draw(one.what, one.to, unit)) for one in waiting]
    return [(one, said) for one, said in drawn if isinstance(said, Message)]


def _with(message: Message, letters: Sequence[tuple[Letter, Message]], words: Words) -> Message:
    """A message, and below it as much as fits of what could not reach its reader."""
    whole = _below(message.title, message.blocks, letters, words)
    if whole is not None:
        return whole
    waiting = Paragraph(words.text("trouble.letters.wait", n=len(letters)))
    see = Buttons((Button(words.line("trouble.button.see"), ReadUnread()),))
    try:
        return Message(message.title, (*message.blocks, waiting, see))
    except TooLarge:
        return message  # it comes below the next answer


def _alone(letters: Sequence[tuple[Letter, Message]], words: Words) -> Message:
    """As much as fits of what could not reach its reader; the first in any case."""
    return _below("", (), letters, words) or letters[0][1]


def _below(
    title: str,
    blocks: tuple[Block, ...],
    letters: Sequence[tuple[Letter, Message]],
    words: Words,
) -> Message | None:
    whole: Message | None = None
    for letter, said in letters:
        lead = words.text("trouble.letter.perhaps" if letter.perhaps else "trouble.letter")
        heading = (Paragraph((Strong(said.title),)),) if said.title else ()
        blocks = once((*blocks, Small(lead), *heading, *said.blocks))
        read = Button(words.line("trouble.button.read"), HaveRead(letter.number))
        try:
            whole = Message(title, (*blocks, Buttons((read,))))
        except TooLarge:
            break
    return whole
