"""What themes, languages and hours are called for a reader. Open to other features."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

from bot.core.boundary.ids import PersonId
from bot.core.boundary.text import Mention
from bot.core.boundary.wording import Words
from bot.core.matching.definition.availability import QUARTERS
from bot.core.matching.telling.words import Naming
from bot.core.programme.community.model import Settings, Theme
from bot.core.programme.community.themes import theme_label
from bot.core.programme.unit import Unit


def theme_name(settings: Settings, words: Words, key: str) -> str:
    """A theme by its key; one the community has dropped since goes by the key itself."""
    theme = next((theme for theme in settings.themes if theme.key == key), Theme(key))
    if theme.label or words.has(f"theme.{key}"):
        return theme_label(theme, words)
    return key


def stretch_label(words: Words, monday: date) -> Callable[[int, int, int], str]:
    """Stretches of the UTC weeks of a season whose first begins on ``monday``, as the reader's
    clock shows them in the week asked for."""
    origin = datetime.combine(monday, time(), UTC)

    def label(first: int, last: int, week: int) -> str:
        if last - first >= QUARTERS:
            return words.line("circles.any_time")
        start = (origin + timedelta(weeks=week - 1, minutes=15 * first)).astimezone(words.zone)
        end = (origin + timedelta(weeks=week - 1, minutes=15 * last)).astimezone(words.zone)
        day = words.weekday(start.weekday())
        return f"{day} {words.clock(start.time())}–{words.clock(end.time())}"

    return label


def naming(people: Iterable[str], monday: date, unit: Unit, words: Words) -> Naming:
    """What people, themes, questions and hours are called for this reader.

    Whoever is not known any more goes by a neutral word.
    """
    settings = unit.community.settings
    known = unit.people.many([PersonId(who) for who in people])
    somebody = words.line("circles.somebody")
    prompts = {question.key: question.prompt for question in settings.questions}

    def person(who: str) -> str | Mention:
        found = known.get(PersonId(who))
        return found.mention() if found else somebody

    return Naming(
        person=person,
        theme=lambda key: theme_name(settings, words, key),
        question=lambda key: prompts.get(key, key),
        stretch=stretch_label(words, monday),
        week=lambda week: words.date(monday + timedelta(weeks=week - 1)),
    )
