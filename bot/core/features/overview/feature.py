"""Help and status: the one feature that is made of the others, and so is built from their table."""

from bot.core.actions.overview import ShowHelp, ShowStatus
from bot.core.authorize import authorize
from bot.core.boundary.events import ActionTaken, Actor, CommandUsed
from bot.core.boundary.outcome import Outcome, Replace, Say
from bot.core.boundary.views import Message
from bot.core.feature import Command, Feature, Group, Needs, on_action
from bot.core.features.overview import rules, views
from bot.core.programme.unit import Unit


def overview(others: tuple[Feature, ...]) -> Feature:
    """``/circle status`` and ``/circle help`` over these features."""

    def status_command(_event: CommandUsed, unit: Unit) -> Outcome:
        return Outcome(Say(_status(others, 0, unit)))

    def status(action: ShowStatus, _event: ActionTaken, unit: Unit) -> Outcome:
        return Outcome(Say(_status(others, action.page, unit)))

    def help_command(event: CommandUsed, unit: Unit) -> Outcome:
        known = {one.full_name for one in commands} | {group.value for group in Group}
        stray = "" if event.command in known else event.command
        asked = event.command.split(" ")[0]
        group = Group.MODERATOR if asked == Group.MODERATOR.value else Group.MEMBER
        return Outcome(Say(_help(commands, group, event.actor, unit, stray)))

    def help_again(action: ShowHelp, event: ActionTaken, unit: Unit) -> Outcome:
        group = next((one for one in Group if one.value == action.group), Group.MEMBER)
        return Outcome(Replace(_help(commands, group, event.actor, unit)))

    own = (
        Command(Group.MEMBER, "status", status_command),
        Command(Group.MEMBER, "help", help_command),
    )
    commands = (*(command for one in others for command in one.commands), *own)
    return Feature(
        "overview",
        commands=own,
        actions=(on_action(ShowStatus, status), on_action(ShowHelp, help_again)),
    )


def _status(features: tuple[Feature, ...], page: int, unit: Unit) -> Message:
    me = unit.actor
    if me is None:
        return views.not_joined(unit)
    parts = [one.status(me.id, unit) for one in features if one.status]
    return views.status(rules.pages(parts), page, unit)


def _help(
    commands: tuple[Command, ...], group: Group, actor: Actor, unit: Unit, stray: str = ""
) -> Message:
    """Only what the reader may use: what is not theirs to do is not there for them."""
    joined = authorize(actor, Needs.MEMBER, unit)
    moderator = authorize(actor, Needs.MODERATOR, unit)
    if not moderator:
        group = Group.MEMBER
    theirs = [one for one in commands if one.group is group and authorize(actor, one.needs, unit)]
    may = [one.full_name for one in commands if authorize(actor, one.needs, unit)]
    tried = rules.Stray(stray, rules.nearest(stray, may))
    return views.help_page(group, theirs, unit, joined=joined, moderator=moderator, tried=tried)
