"""What is said about sensitive questions that may not be asked."""

from bot.core.boundary.views import Block, Message, Paragraph, Small
from bot.core.boundary.wording import Words
from bot.core.features.discretion.notices import TakenBack


def taken_back(told: TakenBack, words: Words) -> Message:
    """Why sensitive questions are off, and what was done about what stood in rooms."""
    blocks: list[Block] = [Paragraph(words.text("discretion.why"))]
    if told.anew:
        blocks.append(Paragraph(words.text("discretion.anew", n=told.anew)))
    if told.deleted:
        blocks.append(Paragraph(words.text("discretion.deleted", n=told.deleted)))
    blocks.append(Paragraph(words.text("discretion.kept")))
    blocks.append(Small(words.text("discretion.not_found")))
    return Message(words.line("discretion.title"), tuple(blocks))
