"""The page's own sentences, from the same catalogue as the bot's. Pure."""

from bot.core.boundary.wording import Wording, Words

_PREFIX = "playground."
_PLACES = ("command", "count", "limit", "name", "option", "room", "size", "time", "zone")


def flat(wording: Wording, words: Words) -> dict[str, str]:
    """Every sentence of the page by its short key; the page itself fills in the ``{places}``."""
    places = {name: f"{{{name}}}" for name in _PLACES}
    return {key.removeprefix(_PREFIX): words.line(key, **places) for key in wording.keys(_PREFIX)}
