"""Setup, settings, themes, questions and the audit log: for moderators. Every change is audited."""

from bot.core.actions.community import (
    AddThemes,
    ChangeSettings,
    RemoveQuestion,
    RemoveTheme,
    RenameTheme,
    ShowQuestions,
    ShowSettings,
    ShowThemes,
    WriteQuestion,
)
from bot.core.actions.intros import TellMore
from bot.core.boundary.actions import encode
from bot.core.boundary.events import ActionTaken, CommandUsed, FormSubmitted
from bot.core.boundary.forms import Filled, sent
from bot.core.boundary.ids import Key, PersonId
from bot.core.boundary.outcome import FixForm, Outcome, Replace, Say, ShowForm
from bot.core.features.community import forms, rules
from bot.core.features.community.choices import PARTS, filled_from, read_settings
from bot.core.features.community.rules import Added, LastTheme, NotThere
from bot.core.features.community.views import asking
from bot.core.features.community.views import audit as audit_views
from bot.core.features.community.views import settings as views
from bot.core.programme.checkins.plan import extend
from bot.core.programme.community.discreet import discreet
from bot.core.programme.community.model import COMFORT_TOPICS, Settings
from bot.core.programme.community.themes import theme_label
from bot.core.programme.seasons.model import Stage
from bot.core.programme.unit import Unit

LINES = 15
"""Of the audit log, on one page."""


def _keep(unit: Unit, settings: Settings, action: str, subject: str = "") -> None:
    unit.programme.configure(settings if unit.community.carries_sensitive else discreet(settings))
    unit.programme.audit(unit.actor.id if unit.actor else None, action, subject)


# ---- Setup and settings -------------------------------------------------------------------------


def setup_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin setup``: the first run, and afterwards what comes next."""
    return Outcome(Say(views.guide(unit) if unit.community.configured else views.welcome(unit)))


def settings_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin settings``."""
    return Outcome(Say(views.settings(unit)))


def show_settings(_action: ShowSettings, event: ActionTaken, unit: Unit) -> Outcome:
    """The settings, or (a part was chosen) its form."""
    part = next((value for value in event.values if value in PARTS), None)
    return _form(part, unit) if part else Outcome(Replace(views.settings(unit)))


def ask_settings(action: ChangeSettings, _event: ActionTaken, unit: Unit) -> Outcome:
    """The form of one part, as things stand."""
    return _form(action.part, unit)


def change_settings(action: ChangeSettings, event: FormSubmitted, unit: Unit) -> Outcome:
    """The form came back."""
    part, filled, words = action.part, sent(event), unit.words
    if part not in PARTS:
        return Outcome(Say(views.settings(unit)))

    read = read_settings(part, filled, unit.community.settings, words.language)
    if not isinstance(read, Settings):
        return Outcome(FixForm(forms.settings_form(part, filled, unit, read)))

    if part == "setup":
        _keep(unit, read, "setup.done")
        return Outcome(Say(views.guide(unit, note=views.saved(unit, "community.setup.done"))))
    _let_go(unit, unit.community.settings, read)
    _keep(unit, read, "settings.changed", part)
    return Outcome(
        Say(views.settings(unit, note=views.saved(unit, "community.saved"))),
        cancelled=_planned_anew(unit),
    )


def _planned_anew(unit: Unit) -> tuple[Key, ...]:
    """The season's questions, at the hours that are now set; what is owed no more."""
    season = unit.seasons.current()
    running = season is not None and season.stage is Stage.RUNNING
    return extend(season, unit) if season and running else ()


def _let_go(unit: Unit, before: Settings, after: Settings) -> None:
    """What is asked no longer is kept no longer: its form said so."""
    keys = ["heritage"] if before.ask_heritage and not after.ask_heritage else []
    if before.ask_comfort and not after.ask_comfort:
        keys += [f"comfort:{topic}" for topic in COMFORT_TOPICS]
    for key in keys:
        unit.members.withdraw_everywhere(key)
        unit.members.drop_unsent(form=encode(TellMore(key.partition(":")[0])))


def _form(part: str, unit: Unit) -> Outcome:
    if part not in PARTS:
        return Outcome(Say(views.settings(unit)))
    filled = filled_from(unit.community.settings, unit.words.language)
    return Outcome(ShowForm(forms.settings_form(part, filled, unit)))


# ---- Themes -------------------------------------------------------------------------------------


def themes_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin themes``."""
    return Outcome(Say(asking.themes(unit)))


def show_themes(_action: ShowThemes, event: ActionTaken, unit: Unit) -> Outcome:
    """All themes, or (one was chosen) its card."""
    for theme in unit.community.settings.themes:
        if theme.key in event.values:
            return Outcome(Replace(asking.theme_card(theme, unit)))
    return Outcome(Replace(asking.themes(unit)))


def ask_theme(_action: AddThemes, _event: ActionTaken, unit: Unit) -> Outcome:
    """The form for a new theme."""
    return Outcome(ShowForm(forms.add_theme_form(Filled(), unit)))


def add_themes(_action: AddThemes, event: FormSubmitted, unit: Unit) -> Outcome:
    """It came back."""
    filled = sent(event)
    match rules.add_themes(unit.community.settings, filled, unit.words):
        case Added(settings, keys):
            _keep(unit, settings, "theme.added", ",".join(keys)[:80])
            return Outcome(Say(asking.themes(unit, note="community.saved")))
        case problems:
            return Outcome(FixForm(forms.add_theme_form(filled, unit, problems)))


def ask_theme_name(action: RenameTheme, _event: ActionTaken, unit: Unit) -> Outcome:
    """The form for another name."""
    for theme in unit.community.settings.themes:
        if theme.key == action.theme:
            filled = Filled({"label": theme_label(theme, unit.words)})
            return Outcome(ShowForm(forms.rename_theme_form(theme.key, filled, unit)))
    return _gone(unit)


def rename_theme(action: RenameTheme, event: FormSubmitted, unit: Unit) -> Outcome:
    """It came back."""
    filled = sent(event)
    match rules.rename_theme(unit.community.settings, action.theme, filled, unit.words):
        case Settings() as settings:
            _keep(unit, settings, "theme.renamed", action.theme)
            return Outcome(Say(asking.themes(unit, note="community.saved")))
        case NotThere():
            return _gone(unit)
        case problems:
            form = forms.rename_theme_form(action.theme, filled, unit, problems)
            return Outcome(FixForm(form))


def remove_theme(action: RemoveTheme, _event: ActionTaken, unit: Unit) -> Outcome:
    """Offer it no longer. Circles that have it keep it."""
    match rules.remove_theme(unit.community.settings, action.theme):
        case Settings() as settings:
            _keep(unit, settings, "theme.removed", action.theme)
            return Outcome(Replace(asking.themes(unit, note="community.theme.removed")))
        case LastTheme():
            return Outcome(Replace(asking.themes(unit, note="community.theme.last")))
        case NotThere():
            return _gone(unit)


def _gone(unit: Unit) -> Outcome:
    return Outcome(Say(views.said(unit, "community.gone")))


# ---- Questions ----------------------------------------------------------------------------------


def questions_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin questions``."""
    return Outcome(Say(asking.questions(unit)))


def show_questions(_action: ShowQuestions, event: ActionTaken, unit: Unit) -> Outcome:
    """All questions, or (one was chosen) its card."""
    for question in unit.community.settings.questions:
        if question.key in event.values:
            return Outcome(Replace(asking.question_card(question, unit)))
    return Outcome(Replace(asking.questions(unit)))


def ask_question(action: WriteQuestion, _event: ActionTaken, unit: Unit) -> Outcome:
    """The form, empty or as the question stands."""
    if not action.question:
        filled = Filled(choices={"sensitive": ("no",)})
        return Outcome(ShowForm(forms.question_form("", filled, unit)))
    for question in unit.community.settings.questions:
        if question.key == action.question:
            filled = Filled(
                {
                    "prompt": question.prompt,
                    "choices": "\n".join(question.choices),
                    "purpose": question.purpose,
                },
                {"sensitive": ("yes" if question.sensitive else "no",)},
            )
            return Outcome(ShowForm(forms.question_form(question.key, filled, unit)))
    return _gone(unit)


def write_question(action: WriteQuestion, event: FormSubmitted, unit: Unit) -> Outcome:
    """It came back."""
    filled, key = sent(event), action.question
    if filled.one("sensitive") == "yes" and not unit.community.carries_sensitive:
        return Outcome(Say(views.said(unit, "community.discreet")))
    match rules.write_question(unit.community.settings, key, filled):
        case Added(settings, keys):
            made = keys[0]
            _keep(unit, settings, "question.changed" if key else "question.added", made)
            if key and made != key:
                _ask_no_longer(key, unit)
            return Outcome(Say(asking.questions(unit, note="community.saved")))
        case NotThere():
            return _gone(unit)
        case problems:
            return Outcome(FixForm(forms.question_form(key, filled, unit, problems)))


def remove_question(action: RemoveQuestion, _event: ActionTaken, unit: Unit) -> Outcome:
    """Ask it no longer, and keep no sensitive answer to it."""
    match rules.remove_question(unit.community.settings, action.question):
        case Settings() as settings:
            _keep(unit, settings, "question.removed", action.question)
            _ask_no_longer(action.question, unit)
            return Outcome(Replace(asking.questions(unit, note="community.question.removed")))
        case NotThere():
            return _gone(unit)


def _ask_no_longer(question: str, unit: Unit) -> None:
    unit.members.withdraw_everywhere(f"q:{question}")
    unit.members.drop_unsent(form=encode(TellMore(f"q:{question}")))


# ---- Audit --------------------------------------------------------------------------------------


def audit_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin audit``."""
    me = unit.actor.id if unit.actor else None
    readable = [report.id for report in unit.reports.all(me)]
    entries = unit.programme.audit_log(LINES, readable)
    named = [one.actor for one in entries if one.actor]
    named += [PersonId(one.subject) for one in entries if one.subject]
    people = unit.people.many(named)
    names = {key: (person.mention(),) for key, person in people.items()}
    return Outcome(Say(audit_views.audit(entries, names, unit)))
