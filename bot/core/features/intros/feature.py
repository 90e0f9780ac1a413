"""The row of joining and belonging in the table of features."""

from bot.core.actions import intros as a
from bot.core.feature import (
    Command,
    Feature,
    Group,
    Kind,
    Needs,
    Option,
    draws,
    hears,
    on_action,
    on_form,
)
from bot.core.features.intros import drawing, ticks
from bot.core.features.intros import notices as n
from bot.core.features.intros.handlers import joining, moderation, profile, standing

INTROS = Feature(
    "intros",
    commands=(
        Command(Group.MEMBER, "join", joining.join_command),
        Command(Group.MEMBER, "profile", profile.profile_command, needs=Needs.MEMBER),
        Command(
            Group.MEMBER, "pause", standing.pause_command, (Option("until"),), needs=Needs.MEMBER
        ),
        Command(Group.MEMBER, "quiet", standing.quiet_command, needs=Needs.MEMBER),
        Command(Group.MEMBER, "leave", standing.leave_command, needs=Needs.MEMBER),
        Command(
            Group.MODERATOR,
            "approve",
            moderation.approve_command,
            (Option("person", Kind.PERSON),),
            Needs.MODERATOR,
        ),
        Command(Group.MODERATOR, "members", moderation.members_command, needs=Needs.MODERATOR),
    ),
    actions=(
        on_action(a.Join, joining.join),
        on_action(a.Fill, joining.open_part),
        on_action(a.ShowProfile, profile.show, Needs.MEMBER),
        on_action(a.FinerTimes, profile.finer, Needs.MEMBER),
        on_action(a.ChooseHours, profile.choose_hours, Needs.MEMBER),
        on_action(a.ShowMore, profile.more, Needs.MEMBER),
        on_action(a.TellMore, profile.ask, Needs.MEMBER),
        on_action(a.PreferNot, profile.prefer_not, Needs.MEMBER),
        on_action(a.Withdraw, profile.withdraw, Needs.MEMBER),
        on_action(a.PauseFor, standing.pause_for, Needs.MEMBER),
        on_action(a.ComeBack, standing.come_back, Needs.MEMBER),
        on_action(a.Leave, standing.leave, Needs.MEMBER),
        on_action(a.Stay, standing.stay, Needs.MEMBER),
        on_action(a.ChangeQuiet, standing.ask_quiet, Needs.MEMBER),
        on_action(a.StopNudges, standing.stop, Needs.MEMBER),
        on_action(a.StartNudges, standing.start, Needs.MEMBER),
        on_action(a.Approve, moderation.approve, Needs.MODERATOR),
        on_action(a.NotNow, moderation.not_now, Needs.MODERATOR),
        on_action(a.ShowMembers, moderation.members_page, Needs.MODERATOR),
        on_action(a.ShowWaiting, moderation.waiting_page, Needs.MODERATOR),
    ),
    forms=(
        on_form(a.Fill, joining.send_part),
        on_form(a.TellMore, profile.tell, Needs.MEMBER, profile.secret_fields),
        on_form(a.ChangeQuiet, standing.change_quiet, Needs.MEMBER),
    ),
    notices=(
        draws(n.FinishIntro, drawing.draw_finish_intro),
        draws(n.PauseOver, drawing.draw_pause_over),
        draws(n.MentorWaits, drawing.draw_mentor_waits),
        draws(n.MentorApproved, drawing.draw_approved),
        draws(n.MentorDeclined, drawing.draw_declined),
    ),
    hears=(hears(n.PauseOver, ticks.told), hears(n.FinishIntro, ticks.told)),
    on_tick=ticks.on_tick,
    on_departed=standing.on_departed,
    status=standing.status,
)
