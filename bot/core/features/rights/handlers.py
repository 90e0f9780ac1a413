"""To have everything that is held, and to have it gone: at once, without asking anybody."""

from bot.core.actions.rights import ForgetMe, KeepMe, WithdrawKept
from bot.core.boundary.events import ActionTaken, CommandUsed
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import Delivery, Departure, ErasePerson, Outcome, Replace, Say
from bot.core.features.rights import views
from bot.core.programme.members.secrets import LEFT_OUT
from bot.core.programme.unit import Unit


def my_data(event: CommandUsed, unit: Unit) -> Outcome:
    """Hand over everything held about whoever asks."""
    if unit.actor is None:
        return Outcome(Say(views.nothing_held(unit.words)))
    me = unit.actor.id
    if unit.community.carries_sensitive:
        return Outcome(Say(views.everything_held(unit.words, unit.rights.export(me))))
    told = unit.rights.export(me, without=LEFT_OUT)
    kept = bool(unit.members.sensitive(me))
    return Outcome(Say(views.everything_held(unit.words, told, kept_back=kept)))


def withdraw_kept(action: WithdrawKept, event: ActionTaken, unit: Unit) -> Outcome:
    """Delete every sensitive answer of whoever pressed, and the consents."""
    if unit.actor is None:
        return Outcome(Replace(views.nothing_held(unit.words)))
    for one in unit.members.sensitive(unit.actor.id):
        unit.members.withdraw(unit.actor.id, one.key)
    return Outcome(Replace(views.withdrawn(unit.words)))


def forget(event: CommandUsed, unit: Unit) -> Outcome:
    """Say what forgetting means, and ask once. Also for those who joined only half."""
    if unit.actor is None:
        return Outcome(Say(views.nothing_held(unit.words)))
    return Outcome(Say(views.are_you_sure(unit.words)))


def forget_me(action: ForgetMe, event: ActionTaken, unit: Unit) -> Outcome:
    """Forget whoever pressed. A second press finds nothing to forget."""
    person = unit.actor
    if person is None:
        return Outcome(Replace(views.nothing_held(unit.words)))
    # The log keeps that somebody was forgotten, never who.
    unit.programme.audit(None, "person.forgotten")
    return Outcome(
        Replace(views.forgotten(unit.words)),
        (Delivery(key_of("erase", person.id), ErasePerson(person.id)),),
        departed=Departure(person.id, forgotten=True),
    )


def keep_me(action: KeepMe, event: ActionTaken, unit: Unit) -> Outcome:
    """Change nothing."""
    return Outcome(Replace(views.kept(unit.words)))
