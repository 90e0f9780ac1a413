"""The row of the community's settings in the table of features."""

from bot.core.actions import community as a
from bot.core.feature import Command, Feature, Group, Needs, on_action, on_form
from bot.core.features.community import handlers

_COMMANDS = {
    "setup": handlers.setup_command,
    "settings": handlers.settings_command,
    "themes": handlers.themes_command,
    "questions": handlers.questions_command,
    "audit": handlers.audit_command,
}

COMMUNITY = Feature(
    "community",
    commands=tuple(
        Command(Group.MODERATOR, name, handle, needs=Needs.MODERATOR, checked=name == "setup")
        for name, handle in _COMMANDS.items()
    ),
    actions=(
        on_action(a.ShowSettings, handlers.show_settings, Needs.MODERATOR),
        on_action(a.ChangeSettings, handlers.ask_settings, Needs.MODERATOR),
        on_action(a.ShowThemes, handlers.show_themes, Needs.MODERATOR),
        on_action(a.AddThemes, handlers.ask_theme, Needs.MODERATOR),
        on_action(a.RenameTheme, handlers.ask_theme_name, Needs.MODERATOR),
        on_action(a.RemoveTheme, handlers.remove_theme, Needs.MODERATOR),
        on_action(a.ShowQuestions, handlers.show_questions, Needs.MODERATOR),
        on_action(a.WriteQuestion, handlers.ask_question, Needs.MODERATOR),
        on_action(a.RemoveQuestion, handlers.remove_question, Needs.MODERATOR),
    ),
    forms=(
        on_form(a.ChangeSettings, handlers.change_settings, Needs.MODERATOR),
        on_form(a.AddThemes, handlers.add_themes, Needs.MODERATOR),
        on_form(a.RenameTheme, handlers.rename_theme, Needs.MODERATOR),
        on_form(a.WriteQuestion, handlers.write_question, Needs.MODERATOR),
    ),
)
