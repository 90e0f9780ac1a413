"""Forms that came back with something to mend, kept until they are sent in well.

Where a platform cannot show a form again by itself, the person presses a button to open it anew
(``form.reopen``), perhaps after a restart: what they had filled in must then stand there again.
"""

from dataclasses import replace
from datetime import timedelta

from bot.core.actions import encode
from bot.core.events import ActionTaken, FormSubmitted
from bot.core.forms import Filled, sent
from bot.core.limits import FIELD_TEXT
from bot.core.outcome import FixForm, Outcome, ShowForm
from bot.core.unit import Unit
from bot.core.views import ChoiceField, Form, FormField, PeopleField, TextField

KEPT = timedelta(hours=1)
"""For how long. Whoever opens the form later begins with how things stand."""


def keep_unsent(event: FormSubmitted, outcome: Outcome, unit: Unit) -> Outcome:
    """The outcome of a form, once what is to be mended is kept, or what was kept is let go."""
    match outcome.answer:
        case FixForm(form):
            me = unit.people.ensure(event.actor)
            unit.members.keep_unsent(me.id, encode(form.submit), sent(event))
        case _ if unit.actor and unit.people.get(unit.actor.id):
            unit.members.drop_unsent(unit.actor.id, encode(event.action))
    return outcome


def refilled(event: ActionTaken, outcome: Outcome, unit: Unit) -> Outcome:
    """The outcome of a button that opens a form: with what was filled in, if that was kept."""
    match outcome.answer:
        case ShowForm(form) if unit.actor and form.reopen == event.action:
            filled = unit.members.unsent(unit.actor.id, encode(form.submit), unit.at - KEPT)
            return replace(outcome, answer=ShowForm(refill(form, filled))) if filled else outcome
        case _:
            return outcome


def refill(form: Form, filled: Filled) -> Form:
    """The form with this in its fields, as far as it fits there."""
    return replace(form, fields=tuple(_field(one, filled) for one in form.fields))


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
