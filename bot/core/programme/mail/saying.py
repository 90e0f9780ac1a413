"""What a kind of message is called, for whoever settles whether one came."""

from bot.core.boundary.outcome import Notice
from bot.core.boundary.text import Text
from bot.core.boundary.wording import Words


def in_words(what: Notice | None, name: str, words: Words) -> Text:
    """A kind of message, and whom it is about by ``name`` (may be empty).

    Nothing is said of a confidential one but that it is a message.
    """
    key = f"letter.{what.name}" if what and not what.confidential else "letter.other"
    person = name or words.line("circles.somebody")
    return words.text(key if words.has(key) else "letter.other", person=person)
