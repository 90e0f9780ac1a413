"""Check-ins' line in the table of features."""

from bot.core.actions.checkins import (
    AnswerWeek,
    OpenCheckIn,
    SaveLine,
    StopAsking,
    WriteLine,
)
from bot.core.feature import Command, Feature, Group, Needs, draws, hears, on_action, on_form
from bot.core.features.checkins.drawing import draw_line, draw_question, draw_week
from bot.core.features.checkins.handlers import (
    answer_week,
    check_in,
    open_check_in,
    save_line,
    status,
    stop_asking,
    write_line,
)
from bot.core.features.checkins.notices import PrivateQuestion, SharedLine, WeekMessage
from bot.core.features.checkins.ticks import on_departed, on_tick, question_ended, week_ended

CHECKINS = Feature(
    "checkins",
    commands=(Command(Group.MEMBER, "checkin", check_in, needs=Needs.MEMBER),),
    actions=(
        on_action(AnswerWeek, answer_week, Needs.MEMBER),
        on_action(WriteLine, write_line, Needs.MEMBER),
        on_action(OpenCheckIn, open_check_in, Needs.MEMBER),
        on_action(StopAsking, stop_asking, Needs.MEMBER),
    ),
    forms=(on_form(SaveLine, save_line, Needs.MEMBER),),
    notices=(
        draws(WeekMessage, draw_week),
        draws(PrivateQuestion, draw_question),
        draws(SharedLine, draw_line),
    ),
    hears=(hears(WeekMessage, week_ended), hears(PrivateQuestion, question_ended)),
    on_tick=on_tick,
    on_departed=on_departed,
    status=status,
)
