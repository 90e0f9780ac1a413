"""The row of seasons in the table of features."""

from bot.core.actions.seasons import AskToClose, CloseSeason, ExtendSeason, OpenSeason, ShowSeason
from bot.core.feature import Command, Feature, Group, Kind, Needs, Option, on_action, on_form
from bot.core.features.seasons import handlers, ticks

SEASONS = Feature(
    "seasons",
    commands=(
        Command(
            Group.MODERATOR,
            "season",
            handlers.season_command,
            (
                Option("action", Kind.CHOICE, choices=("open", "extend", "close", "show")),
                Option("start", Kind.DATE),
                Option("weeks"),
            ),
            Needs.MODERATOR,
        ),
    ),
    actions=(
        on_action(ShowSeason, handlers.show, Needs.MODERATOR),
        on_action(OpenSeason, handlers.ask_to_open, Needs.MODERATOR),
        on_action(ExtendSeason, handlers.ask_to_extend, Needs.MODERATOR),
        on_action(AskToClose, handlers.ask_to_close, Needs.MODERATOR),
        on_action(CloseSeason, handlers.close_season, Needs.MODERATOR),
    ),
    forms=(
        on_form(OpenSeason, handlers.open_season, Needs.MODERATOR),
        on_form(ExtendSeason, handlers.extend_season, Needs.MODERATOR),
    ),
    on_tick=ticks.on_tick,
    status=handlers.status,
)
