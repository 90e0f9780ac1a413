"""The row of the circles' health in the table of features."""

from bot.core.actions.health import ShowHealth
from bot.core.feature import Command, Feature, Group, Needs, on_action
from bot.core.features.health import handlers

HEALTH = Feature(
    "health",
    commands=(Command(Group.MODERATOR, "health", handlers.health_command, needs=Needs.MODERATOR),),
    actions=(on_action(ShowHealth, handlers.show_health, Needs.MODERATOR),),
)
