"""Forms that came back with something to mend, or were left half-filled, kept until sent in well.

Whoever opens such a form again, from a command or a button, perhaps after a restart or on another
device, finds in it what they had filled in.
"""

from dataclasses import replace
from datetime import timedelta

from bot.core.actions import encode
from bot.core.events import ActionTaken, CommandUsed, FormSetAside, FormSubmitted
from bot.core.forms import Filled, Unsent, sent, whole
from bot.core.limits import FIELD_TEXT, FORM_INTRO
from bot.core.outcome import FixForm, Outcome, ShowForm
from bot.core.text import Text, plain
from bot.core.unit import Unit
from bot.core.views import ChoiceField, Form, FormField, PeopleField, TextField

KEPT = timedelta(days=1)
"""For how long. Whoever opens the form later begins with how things stand."""


def keep_unsent(event: FormSubmitted, outcome: Outcome, unit: Unit) -> Outcome:
    """The outcome of a form, once what is to be mended is kept, or what was kept is let go."""
    match outcome.answer:
        case FixForm(form):
            to_mend = Unsent(sent(event), at=event.at)
            me = unit.people.ensure(event.actor)
            unit.members.keep_unsent(me.id, encode(form.submit), to_mend)
        case _:
            _let_go(event, unit)
    return outcome


def keep_aside(event: FormSetAside, unit: Unit) -> None:
    """Keep what stood in a form that was not sent in, unless it is known to be out of date."""
    if unit.rights.was_forgotten(event.actor.person, event.at):
        return
    me = unit.people.ensure(event.actor)
    form = encode(event.action)
    showing, before = whole(event.showing), unit.members.unsent(me.id, form)
    if before is not None:
        is_sent = before.filled is None and before.showing == showing
        if is_sent or before.at > event.at:
            return
    unit.members.keep_unsent(me.id, form, Unsent(sent(event), showing, event.at))


def refilled(
    event: CommandUsed | ActionTaken | FormSubmitted, outcome: Outcome, unit: Unit
) -> Outcome:
    """The outcome, any form it shows holding what was filled in before, if that was kept.

    What somebody says with the command itself is newer than that, and stands.
    """
    is_told = isinstance(event, CommandUsed) and event.options
    match outcome.answer:
        case ShowForm(form) if not form.problems and not is_told:
            me = unit.people.find(event.actor.person)
            kept = unit.members.unsent(me.id, encode(form.submit)) if me else None
            if kept is None or kept.filled is None or kept.at < unit.at - KEPT:
                return outcome
            again = refill(form, kept.filled)
            is_mending = isinstance(event, ActionTaken) and event.action == form.reopen
            if kept.showing or not is_mending:
                again = _told(again, unit)
            return replace(outcome, answer=ShowForm(again))
        case _:
            return outcome


def refill(form: Form, filled: Filled) -> Form:
    """The form with this in its fields, as far as it fits there."""
    return replace(form, fields=tuple(_field(one, filled) for one in form.fields))


def _let_go(event: FormSubmitted, unit: Unit) -> None:
    me, form = unit.people.find(event.actor.person), encode(event.action)
    if me is not None and event.showing:
        # What stood in it may still be on its way here, unsent: that is nothing any more.
        unit.members.keep_unsent(me.id, form, Unsent(None, whole(event.showing), event.at))
    elif me is not None:
        unit.members.drop_unsent(me.id, form)


def _told(form: Form, unit: Unit) -> Form:
    """The form, saying where this comes from: it may be hours old, or closed on purpose."""
    note = unit.words.text("core.unsent")
    intro: Text = (*form.intro, "\n", *note) if form.intro else note
    return replace(form, intro=intro) if len(plain(intro)) <= FORM_INTRO else form


def _field(field: FormField, filled: Filled) -> FormField:
    match field:
        case TextField(key=key):
            typed = filled.texts.get(key, "")[:FIELD_TEXT]
            return replace(field, value=typed, most=max(field.most, len(typed)))
        case ChoiceField(key=key):
            known = {one.value for one in field.choices}
            chosen = tuple(value for value in filled.chosen(key) if value in known)
            return replace(field, selected=chosen[: field.most])
        case PeopleField(key=key):
            return replace(field, selected=filled.picked(key)[: field.most])
