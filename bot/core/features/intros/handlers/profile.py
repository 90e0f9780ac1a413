"""The profile, hour by hour times, and everything behind *Add more about you*."""

from dataclasses import replace

from bot.core.actions.intros import (
    ChooseHours,
    FinerTimes,
    PreferNot,
    ShowMore,
    ShowProfile,
    TellMore,
    Withdraw,
)
from bot.core.boundary.events import ActionTaken, CommandUsed, FormSubmitted
from bot.core.boundary.forms import Filled, Problems, sent
from bot.core.boundary.outcome import Delivery, FixForm, Outcome, Replace, Say, ShowForm
from bot.core.boundary.views import Message
from bot.core.features.intros import rules
from bot.core.features.intros.answers import (
    Told,
    Wishes,
    read_comfort,
    read_heritage,
    read_question,
    read_stage,
)
from bot.core.features.intros.forms import more_form, question_of
from bot.core.features.intros.handlers.own import own
from bot.core.features.intros.times import hours_of, tap
from bot.core.features.intros.views import profile as views
from bot.core.features.intros.views.standing import said
from bot.core.programme.circles.forming import shown_anew
from bot.core.programme.community.model import COMFORT_TOPICS
from bot.core.programme.members.model import Profile, Purpose, Sensitive
from bot.core.programme.unit import Unit
from bot.core.unsent import forget_unsent


def profile_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle profile``."""
    return Outcome(Say(_profile(unit)))


def show(_action: ShowProfile, _event: ActionTaken, unit: Unit) -> Outcome:
    """The same from a button."""
    return Outcome(Say(_profile(unit)))


def _profile(unit: Unit) -> Message:
    me = own(unit)
    return views.profile(me, unit.members.profile(me.person), unit)


# ---- Finer times --------------------------------------------------------------------------------


def finer(_action: FinerTimes, event: ActionTaken, unit: Unit) -> Outcome:
    """Choose a day, or (a day was chosen) its hours."""
    told = unit.members.profile(own(unit).person)
    days = [int(day) for day in event.values if day in set("0123456")]
    return Outcome(Replace(views.hours(days[0], told, unit) if days else views.finer(told, unit)))


def choose_hours(action: ChooseHours, event: ActionTaken, unit: Unit) -> Outcome:
    """The hours of one day were tapped."""
    me, day = own(unit).person, action.day % 7
    blocks = hours_of(day)
    chosen = [blocks[int(h)].value for h in event.values if h in _HOURS]
    told = unit.members.profile(me)
    told = replace(told, availability=tap(told.availability, blocks, chosen))
    unit.members.save_profile(me, told)
    return Outcome(Replace(views.hours(day, told, unit, note="intros.finer.saved")))


_HOURS = {str(hour) for hour in range(24)}


# ---- Add more about you -------------------------------------------------------------------------


def more(_action: ShowMore, event: ActionTaken, unit: Unit) -> Outcome:
    """Everything one may still tell, or (one was chosen) its card."""
    asked = rules.further_questions(unit.community.settings)
    chosen = next((what for what in event.values if what in asked), None)
    if chosen:
        return Outcome(Replace(_card(chosen, unit)))
    me = own(unit).person
    return Outcome(Replace(views.more(unit.members.profile(me), unit.members.sensitive(me), unit)))


def ask(action: TellMore, _event: ActionTaken, unit: Unit) -> Outcome:
    """The form of one question, with what was told before."""
    if action.what not in rules.further_questions(unit.community.settings):
        return _not_asked(unit)
    form = more_form(action.what, _filled(action.what, unit), unit)
    return Outcome(ShowForm(form)) if form else _not_asked(unit)


def tell(action: TellMore, event: FormSubmitted, unit: Unit) -> Outcome:
    """An answer came back: keep it where it belongs, or say what to mend."""
    what, filled = action.what, sent(event)
    if what not in rules.further_questions(unit.community.settings):
        return _not_asked(unit)
    read = _read(what, filled, unit)
    if not isinstance(read, Told | Wishes):
        form = more_form(what, filled, unit, read)
        return Outcome(FixForm(form)) if form else _not_asked(unit)

    _keep(what, read, unit)
    return Outcome(Say(_card(what, unit, note="intros.more.saved")), _shown_anew(unit))


def secret_fields(action: TellMore, unit: Unit) -> frozenset[str]:
    """What of the form is kept under a consent alone, and so not before it is sent in."""
    what, question = action.what, question_of(action.what, unit)
    if what == "comfort":
        return frozenset(COMFORT_TOPICS)
    if what == "heritage":
        return frozenset({what})
    if what == "stage" or (question is not None and not question.sensitive):
        return frozenset()
    # Of a question that is no longer there, nobody can say any more whether it was sensitive.
    return frozenset({"answer"} if question else {"answer", "uses"})


def prefer_not(action: PreferNot, _event: ActionTaken, unit: Unit) -> Outcome:
    """A real answer, and the end of any earlier one."""
    if action.what not in rules.further_questions(unit.community.settings):
        return _not_asked(unit)
    _clear(action.what, unit, declined=True)
    return Outcome(Replace(_card(action.what, unit)), _shown_anew(unit))


def withdraw(action: Withdraw, _event: ActionTaken, unit: Unit) -> Outcome:
    """The answer and its consent go, in one tap; also where it is no longer asked."""
    _clear(action.what, unit, declined=False)
    anew = _shown_anew(unit)
    if action.what not in rules.further_questions(unit.community.settings):
        return replace(_not_asked(unit), deliveries=anew)
    return Outcome(Replace(_card(action.what, unit, note="intros.more.withdrawn")), anew)


def _shown_anew(unit: Unit) -> tuple[Delivery, ...]:
    """What their circles were told of them changes with it."""
    return shown_anew(own(unit).person, unit)


def _read(what: str, filled: Filled, unit: Unit) -> Told | Wishes | Problems:
    question = question_of(what, unit)
    if question:
        return read_question(filled, question.choices, sensitive=question.sensitive)
    if what == "stage":
        return read_stage(filled, unit.community.settings)
    return read_heritage(filled) if what == "heritage" else read_comfort(filled)


def _keep(what: str, read: Told | Wishes, unit: Unit) -> None:
    me = own(unit).person
    told = unit.members.profile(me)
    told = replace(told, declined=tuple(one for one in told.declined if one != what))
    if isinstance(read, Wishes):
        for key in rules.sensitive_keys(what, unit.community.settings):
            wish = read.by_topic.get(key.partition(":")[2])
            if wish:
                _seal(key, (wish,), frozenset({Purpose.CHARTER}), unit)
            else:
                unit.members.withdraw(me, key)
    elif rules.sensitive_keys(what, unit.community.settings):
        _seal(what, read.values, read.uses, unit)
        if what == "heritage":
            told = replace(told, wants_shared_heritage=read.wants_shared)
    elif what == "stage":
        told = replace(told, stage=read.values[0])
    else:
        answers = {**told.answers, what.removeprefix("q:"): read.values}
        told = replace(told, answers=answers)
    unit.members.save_profile(me, rules.tidy(told, unit.community.settings))


def _seal(key: str, values: tuple[str, ...], uses: frozenset[Purpose], unit: Unit) -> None:
    unit.members.answer_sensitive(own(unit).person, key, values, uses, rules.CONSENT_TEXT)


def _clear(what: str, unit: Unit, *, declined: bool) -> None:
    me = own(unit).person
    for key in (what, *rules.sensitive_keys(what, unit.community.settings)):
        unit.members.withdraw(me, key)
    forget_unsent(me, unit, TellMore(what))
    told = unit.members.profile(me)
    told = replace(
        told,
        answers={key: tags for key, tags in told.answers.items() if f"q:{key}" != what},
        declined=tuple(dict.fromkeys((*told.declined, what)))
        if declined
        else tuple(one for one in told.declined if one != what),
    )
    if what == "stage":
        told = replace(told, stage="")
    if what == "heritage":
        told = replace(told, wants_shared_heritage=False)
    unit.members.save_profile(me, rules.tidy(told, unit.community.settings))


def _filled(what: str, unit: Unit) -> Filled:
    """The form as it was left."""
    me = own(unit).person
    told = unit.members.profile(me)
    if what == "stage":
        return Filled(choices={"stage": (told.stage,)})
    kept = {one.key: one for one in unit.members.sensitive(me)}
    if what == "comfort":
        return Filled(choices={key.partition(":")[2]: one.values for key, one in kept.items()})
    secret: Sensitive | None = kept.get(what)
    tags = secret.values if secret else told.answers.get(what.removeprefix("q:"), ())
    uses = tuple(use.value for use in secret.purposes) if secret else ()
    return Filled(
        {"heritage": ", ".join(tags), "answer": ", ".join(tags)},
        {
            "answer": tags,
            "uses": uses,
            "shared": ("yes" if told.wants_shared_heritage else "no",),
        },
    )


def _card(what: str, unit: Unit, *, note: str = "") -> Message:
    me = own(unit).person
    told: Profile = unit.members.profile(me)
    return views.card(what, told, unit.members.sensitive(me), unit, note=note)


def _not_asked(unit: Unit) -> Outcome:
    return Outcome(Say(said(unit, "intros.more.not_asked")))
