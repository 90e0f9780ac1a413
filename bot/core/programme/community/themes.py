"""What a theme is called: in the community's own words, or in ours."""

from collections.abc import Iterable

from bot.core.boundary.views import Choice
from bot.core.boundary.wording import Words
from bot.core.programme.community.model import Settings, Theme


def theme_label(theme: Theme, words: Words) -> str:
    """The theme's name for a reader."""
    return theme.label or words.line(f"theme.{theme.key}")


def theme_labels(keys: Iterable[str], settings: Settings, words: Words) -> tuple[str, ...]:
    """The names of these themes, in the community's order, without those it no longer has."""
    wanted = set(keys)
    return tuple(theme_label(one, words) for one in settings.themes if one.key in wanted)


def theme_choices(settings: Settings, words: Words) -> tuple[Choice, ...]:
    """Every theme of the community, to choose from."""
    return tuple(Choice(one.key, theme_label(one, words)) for one in settings.themes)
