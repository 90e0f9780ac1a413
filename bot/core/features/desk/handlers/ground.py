"""What every step at the desk begins with: the season, and the newest version of its draft."""

from collections.abc import Callable

from bot.core.boundary.ids import PersonId
from bot.core.boundary.outcome import Answer, Outcome, Say
from bot.core.boundary.text import Text
from bot.core.boundary.views import Button, Buttons, Message, Paragraph
from bot.core.boundary.wording import Value
from bot.core.features.desk import preview
from bot.core.features.desk.bench import Bench, bench
from bot.core.programme.drafts.model import Draft
from bot.core.programme.seasons.model import Season, Stage
from bot.core.programme.unit import Unit

Answers = Callable[[Message], Answer]
"""How a message is answered: as a new one, or in the place of the one that was pressed."""


def on_draft(
    unit: Unit, work: Callable[[Bench], Outcome], *, version: int | None = None, how: Answers = Say
) -> Outcome:
    """Do ``work`` on the newest draft; or say why there is nothing to work on.

    With a ``version`` that is not the newest, nothing is done: the answer shows what another
    moderator made of the draft meanwhile.
    """
    season = unit.seasons.current()
    if season is None:
        return said(unit, "no_season", how=how)
    if season.stage is not Stage.OPEN:
        return said(unit, "already_published", how=how)
    draft = unit.desk.draft(season.id)
    if draft is None:
        return said(unit, "no_draft", how=how)
    shown = bench(season, draft, unit)
    if version is not None and version != draft.version:
        return summary(shown, unit, lead=unit.words.text("desk.changed_meanwhile"), how=how)
    return work(shown)


def changed(shown: Bench, draft: Draft, unit: Unit, action: str) -> Bench:
    """Keep the next version of a draft, and put it on the bench."""
    unit.desk.save(draft)
    unit.programme.audit(actor(unit), action, f"{draft.season}:{draft.version}")
    return Bench(shown.season, draft, shown.pool)


def summary(shown: Bench, unit: Unit, *, lead: Text = (), how: Answers = Say) -> Outcome:
    """The draft in short as the answer."""
    return Outcome(how(preview.summary(shown, unit, unit.words, lead=lead)))


def said(
    unit: Unit,
    key: str,
    *,
    how: Answers = Say,
    button: Button | None = None,
    **values: Value,
) -> Outcome:
    """A sentence as the answer, with a way on."""
    blocks = [Paragraph(unit.words.text(f"desk.{key}", **values))]
    message = Message("", (*blocks, Buttons((button,))) if button else tuple(blocks))
    return Outcome(how(message))


def actor(unit: Unit) -> PersonId | None:
    """Who acts."""
    return unit.actor.id if unit.actor else None


def open_season(unit: Unit) -> Season | None:
    """The season for which circles can be drafted now."""
    season = unit.seasons.current()
    return season if season and season.stage is Stage.OPEN else None
