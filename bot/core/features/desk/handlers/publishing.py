"""From the desk to the circles: once, and only what was shown."""

import re

from bot.core.actions.desk import AskToPublish, Publish
from bot.core.boundary.events import ActionTaken, CommandUsed
from bot.core.boundary.ids import PersonId
from bot.core.boundary.outcome import Outcome, Replace, Say
from bot.core.features.desk import views
from bot.core.features.desk.bench import Bench
from bot.core.features.desk.handlers.ground import Answers, actor, on_draft, summary
from bot.core.matching.definition.seatless import RestsThisSeason
from bot.core.programme.circles.forming import publish as form_circles
from bot.core.programme.circles.forming import tell_not_placed
from bot.core.programme.drafts.problem import LeftOut
from bot.core.programme.unit import Unit


def publish_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin publish``: asks first."""
    return on_draft(unit, lambda shown: _ask(shown, unit, Say))


def ask_to_publish(action: AskToPublish, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button: really?"""
    return on_draft(
        unit, lambda shown: _ask(shown, unit, Replace), version=action.version, how=Replace
    )


def publish(action: Publish, _event: ActionTaken, unit: Unit) -> Outcome:
    """Yes: once, and only what was shown."""
    return on_draft(unit, lambda shown: _publish(shown, unit), version=action.version, how=Replace)


def _ask(shown: Bench, unit: Unit, how: Answers) -> Outcome:
    if not shown.draft.circles:
        return summary(shown, unit, how=how)
    return Outcome(how(views.asked_to_publish(shown, unit, unit.words)))


def _publish(shown: Bench, unit: Unit) -> Outcome:
    if shown.broken or not shown.draft.circles:
        return _ask(shown, unit, Replace)
    season = shown.season.running(unit.at)
    unit.seasons.save(season)
    unit.desk.end_run(season.id)
    formed = form_circles(season, shown.draft.circles, unit)
    told = tell_not_placed(season, _reasons(shown))
    subject = f"{season.id}:{shown.draft.version}"
    unit.programme.audit(actor(unit), "draft.published", subject)
    answer = Replace(views.published(len(shown.draft.circles), unit.words))
    return Outcome(answer, (*formed.deliveries, *told), formed.cancelled)


def _reasons(shown: Bench) -> list[tuple[PersonId, str, str]]:
    """Who is to hear that they have no circle, with the last words of the keys of why and help.

    Whoever rests or is away knows it.
    """
    found = [
        (PersonId(one.id), _word(one.why), one.help.value)
        for one in shown.unplaced
        if not isinstance(one.why, RestsThisSeason)
    ]
    helps = {LeftOut.WAITING: "a_yes", LeftOut.NO_HOURS: "more_hours"}
    found += [(person, why.value, helps[why]) for person, why in shown.left_out if why in helps]
    return found


def _word(why: object) -> str:
    """``NoSharedHours`` as ``no_shared_hours``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(why).__name__).lower()
