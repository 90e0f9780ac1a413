"""Forms that came back with something to mend, or were left half-filled, kept until sent in well.

Whoever opens such a form again, from a command or a button, perhaps after a restart or on another
device, finds in it what they had filled in.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.boundary.actions import Action, encode
from bot.core.boundary.events import ActionTaken, CommandUsed, FormSetAside, FormSubmitted
from bot.core.boundary.forms import Filled, Unsent, sent, whole
from bot.core.boundary.ids import PersonId
from bot.core.boundary.limits import FIELD_TEXT, FORM_INTRO
from bot.core.boundary.outcome import FixForm, Outcome, ShowForm
from bot.core.boundary.text import Text, plain
from bot.core.boundary.views import ChoiceField, Form, FormField, PeopleField, TextField
from bot.core.programme.unit import Unit

KEPT = timedelta(days=1)
"""For how long. Whoever opens the form later begins with how things stand."""
SECRETS_KEPT = timedelta(minutes=30)
"""The same for a form to mend that asks something sensitive: it holds the answer. It is gone from
the database when that is swept next, within an hour of its being sent in.

Discord can show such a form again only from what is kept.
"""

_ANY = ""
"""Stands for all forms of somebody, where none of them is kept from before a moment."""

Secret = Callable[[Action, Unit], frozenset[str]]
"""The fields of a form whose answers are kept under a consent alone."""


def keep_unsent(event: FormSubmitted, outcome: Outcome, unit: Unit, secret: Secret) -> Outcome:
    """The outcome of a form, once what is to be mended is kept, or what was kept is let go."""
    match outcome.answer:
        case FixForm(form):
            to_mend = Unsent(sent(event), at=event.at)
            me = unit.people.ensure(event.actor)
            sooner = KEPT - SECRETS_KEPT if secret(form.submit, unit) else timedelta()
            unit.members.keep_unsent(me.id, encode(form.submit), to_mend, sooner=sooner)
        case _:
            _let_go(event, unit)
    return outcome


def keep_aside(event: FormSetAside, unit: Unit, secret: Secret) -> None:
    """Keep what stood in a form that was not sent in, unless it is known to be out of date.

    An answer to a sensitive question is left out: nobody consented to its being kept.
    """
    if unit.rights.was_forgotten(event.actor.person, event.at):
        return
    me = unit.people.ensure(event.actor)
    form = encode(event.action)
    if _was_let_go(me.id, form, event.at, unit):
        return
    showing, before = whole(event.showing), unit.members.unsent(me.id, form)
    if before is not None:
        is_sent = before.filled is None and before.showing == showing
        if is_sent or before.at > event.at:
            return
    secrets = secret(event.action, unit)
    filled = _without(secrets, sent(event))
    if secrets and not _says_something(filled):
        unit.members.keep_unsent(me.id, form, Unsent(at=event.at))
    else:
        unit.members.keep_unsent(me.id, form, Unsent(filled, showing, event.at))


def forget_unsent(person: PersonId, unit: Unit, action: Action | None = None) -> None:
    """Keep nothing of what they filled into a form (into any), nor what still comes from before.

    An adapter may hold for seconds what was typed, and bring it once they have left or withdrawn.
    """
    form = encode(action) if action else _ANY
    unit.members.drop_unsent(person, form)
    unit.members.keep_unsent(person, form, Unsent(at=unit.at))


def refilled(
    event: CommandUsed | ActionTaken | FormSubmitted,
    outcome: Outcome,
    unit: Unit,
    secret: Secret,
) -> Outcome:
    """The outcome, any form it shows holding what was filled in before, if that was kept.

    What somebody says with the command itself is newer than that, and stands.
    """
    is_told = isinstance(event, CommandUsed) and event.options
    match outcome.answer:
        case ShowForm(form) if not form.problems and not is_told:
            me = unit.people.find(event.actor.person)
            kept = unit.members.unsent(me.id, encode(form.submit)) if me else None
            if kept is None or kept.filled is None:
                return outcome
            secrets = secret(form.submit, unit)
            long = SECRETS_KEPT if secrets and not kept.showing else KEPT
            if kept.at < unit.at - long:
                return outcome
            left_out = secrets if kept.showing else frozenset[str]()
            again = refill(form, kept.filled, left_out)
            is_mending = isinstance(event, ActionTaken) and event.action == form.reopen
            if kept.showing or not is_mending:
                again = _told(again, unit, "core.unsent.secret" if left_out else "core.unsent")
            return replace(outcome, answer=ShowForm(again))
        case _:
            return outcome


def refill(form: Form, filled: Filled, but: frozenset[str] = frozenset()) -> Form:
    """The form with this in its fields, as far as it fits there, ``but`` for those fields."""
    fields = tuple(one if one.key in but else _field(one, filled) for one in form.fields)
    return replace(form, fields=fields)


def _was_let_go(person: PersonId, form: str, at: datetime, unit: Unit) -> bool:
    """Whether all that stood in it at that time was forgotten then or later."""
    marks = (unit.members.unsent(person, one) for one in (form, _ANY))
    return any(
        mark is not None and mark.filled is None and not mark.showing and mark.at >= at
        for mark in marks
    )


def _without(keys: frozenset[str], filled: Filled) -> Filled:
    return Filled(
        {key: typed for key, typed in filled.texts.items() if key not in keys},
        {key: chosen for key, chosen in filled.choices.items() if key not in keys},
        {key: picked for key, picked in filled.people.items() if key not in keys},
    )


def _says_something(filled: Filled) -> bool:
    return any(map(any, (filled.texts.values(), filled.choices.values(), filled.people.values())))


def _let_go(event: FormSubmitted, unit: Unit) -> None:
    me, form = unit.people.find(event.actor.person), encode(event.action)
    if me is not None and event.showing:
        # What stood in it may still be on its way here, unsent: that is nothing any more.
        unit.members.keep_unsent(me.id, form, Unsent(None, whole(event.showing), event.at))
    elif me is not None:
        unit.members.drop_unsent(me.id, form)


def _told(form: Form, unit: Unit, key: str) -> Form:
    """The form, saying where this comes from: it may be hours old, or closed on purpose."""
    note = unit.words.text(key)
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
