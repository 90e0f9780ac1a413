"""The rights feature's line in the table."""

from bot.core.actions.rights import ForgetMe, KeepMe, WithdrawKept
from bot.core.feature import Command, Feature, Group, on_action
from bot.core.features.rights.handlers import forget, forget_me, keep_me, my_data, withdraw_kept

RIGHTS = Feature(
    "rights",
    commands=(
        Command(Group.MEMBER, "mydata", my_data),
        Command(Group.MEMBER, "forget", forget),
    ),
    actions=(
        on_action(ForgetMe, forget_me),
        on_action(KeepMe, keep_me),
        on_action(WithdrawKept, withdraw_kept),
    ),
)
