"""The safety feature's line in the table."""

from bot.core.actions.safety import (
    HandleReport,
    NextReport,
    OpenReport,
    SendReport,
)
from bot.core.feature import Command, Feature, Group, Needs, draws, on_action, on_form
from bot.core.features.safety.drawing import draw_handled, draw_report
from bot.core.features.safety.handlers import (
    handle_report,
    next_report,
    on_departed,
    open_report,
    open_report_again,
    send_report,
    show_reports,
)
from bot.core.programme.reports.notices import ReportCame, ReportHandled

SAFETY = Feature(
    "safety",
    commands=(
        Command(Group.MEMBER, "report", open_report),
        Command(Group.MODERATOR, "reports", show_reports, needs=Needs.MODERATOR),
    ),
    actions=(
        on_action(OpenReport, open_report_again),
        on_action(HandleReport, handle_report, Needs.MODERATOR),
        on_action(NextReport, next_report, Needs.MODERATOR),
    ),
    forms=(on_form(SendReport, send_report),),
    notices=(draws(ReportCame, draw_report), draws(ReportHandled, draw_handled)),
    on_departed=on_departed,
)
