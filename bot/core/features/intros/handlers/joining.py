"""The intro: three forms, each kept as it is sent, and the same forms again to change something."""

from dataclasses import replace

from bot.core.actions.intros import Fill, Join
from bot.core.boundary.events import ActionTaken, Actor, CommandUsed, FormSubmitted
from bot.core.boundary.forms import Filled, sent, zone_now
from bot.core.boundary.ids import PersonId
from bot.core.boundary.keys import key_of
from bot.core.boundary.languages import language_name
from bot.core.boundary.outcome import Delivery, FixForm, Outcome, Say, ShowForm, ToPerson
from bot.core.boundary.text import Text, joined
from bot.core.boundary.views import Picked
from bot.core.boundary.zones import zone_or
from bot.core.features.intros import rules
from bot.core.features.intros.answers import (
    about_filled,
    as_draft,
    read_about,
    read_people,
    read_times,
    times_filled,
)
from bot.core.features.intros.forms import intro_form
from bot.core.features.intros.notices import MentorWaits
from bot.core.features.intros.rules import AlreadyIn, Joined, NeedsRole, NeedsThemes
from bot.core.features.intros.views import standing
from bot.core.features.intros.views.profile import profile as profile_view
from bot.core.programme.checkins.plan import replan_member
from bot.core.programme.circles.forming import shown_anew
from bot.core.programme.members.model import IntroDraft, Member, Profile, Role, Standing
from bot.core.programme.people import Person
from bot.core.programme.unit import Unit


def join_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle join``: the form one stopped at, or the first."""
    return _start(event.actor, unit)


def join(_action: Join, event: ActionTaken, unit: Unit) -> Outcome:
    """The same from a button."""
    return _start(event.actor, unit)


def _start(actor: Actor, unit: Unit) -> Outcome:
    if _member(unit):
        return Outcome(Say(standing.already_in(unit)))
    draft = _draft(actor, unit)
    part = rules.next_part(draft)
    notes = [unit.words.text("intros.resumed")] if draft.step > 1 else []
    notes += [understood] if (understood := _understood(part, draft, unit)) else []
    note = joined(notes, "\n\n")
    return Outcome(ShowForm(intro_form(part, _filled(part, draft, unit), unit, note=note)))


def open_part(action: Fill, event: ActionTaken, unit: Unit) -> Outcome:
    """A button that opens one of the forms, to fill in or to change."""
    if action.part not in rules.PARTS:
        return _start(event.actor, unit)
    draft = _draft(event.actor, unit)
    filled, note = _filled(action.part, draft, unit), _understood(action.part, draft, unit)
    joining = _member(unit) is None
    return Outcome(ShowForm(intro_form(action.part, filled, unit, note=note, joining=joining)))


def send_part(action: Fill, event: FormSubmitted, unit: Unit) -> Outcome:
    """A form came back: keep it and go on to the next, or say what to mend."""
    if action.part not in rules.PARTS:
        return _start(event.actor, unit)
    filled, draft = sent(event), _draft(event.actor, unit)

    if action.part == "about":
        read = read_about(draft, filled, unit.community.settings)
    elif action.part == "times":
        read = read_times(draft, filled, unit.words.language)
    else:
        read = read_people(draft, filled, event.actor.person)
    if not isinstance(read, IntroDraft):
        joining = _member(unit) is None
        return Outcome(FixForm(intro_form(action.part, filled, unit, read, joining=joining)))

    me = unit.people.ensure(event.actor)
    if action.part == "times":
        _keep_clock(me, read, unit)
    if action.part == "people":
        read = _with_people(read, filled, unit)
    member = _member(unit)
    return _change(member, read, unit) if member else _go_on(me, action.part, read, unit)


def _go_on(me: Person, part: str, draft: IntroDraft, unit: Unit) -> Outcome:
    done = rules.PARTS.index(part) + 1
    draft = replace(draft, step=max(draft.step, done + 1), started_at=draft.started_at or unit.at)
    if done == len(rules.PARTS):
        return _finish(me, draft, unit)
    _save_draft(me.id, draft, unit)
    part = rules.next_part(draft)
    filled, note = _filled(part, draft, unit), _understood(part, draft, unit)
    return Outcome(ShowForm(intro_form(part, filled, unit, note=note)))


def _finish(me: Person, draft: IntroDraft, unit: Unit) -> Outcome:
    earlier = unit.members.get(me.id)
    match rules.join(draft, earlier, unit.community.settings, me.id, unit.at):
        case Joined(member, waits):
            unit.members.save(member)
            unit.members.save_profile(me.id, draft.profile)
            unit.members.save_draft(me.id, None)
            told = ask_moderators(member, unit) if waits else ()
            return Outcome(Say(standing.joined(me.name, member, draft.profile, unit)), told)
        case AlreadyIn():
            return Outcome(Say(standing.already_in(unit)))
        case NeedsRole() | NeedsThemes():
            # The themes they chose were removed meanwhile, or the first form never came.
            _save_draft(me.id, draft, unit)
            filled = _filled("about", draft, unit)
            note = unit.words.text("intros.first_this")
            return Outcome(ShowForm(intro_form("about", filled, unit, note=note)))


def _change(member: Member, draft: IntroDraft, unit: Unit) -> Outcome:
    changed = rules.with_role(
        replace(member, zone=draft.zone, private_question=bool(draft.private_question)),
        Role(draft.role),
        int(draft.capacity),
        unit.community.settings,
    )
    profile = rules.tidy(draft.profile, unit.community.settings)
    unit.members.save(changed)
    unit.members.save_profile(member.person, profile)
    waits = changed.standing is Standing.WAITING and member.standing is not Standing.WAITING
    told = ask_moderators(changed, unit) if waits else ()
    note = "intros.changed.waits" if waits else "intros.changed"
    told += shown_anew(member.person, unit)
    cancelled = replan_member(member.person, unit)
    return Outcome(Say(profile_view(changed, profile, unit, note=note)), told, cancelled)


def ask_moderators(member: Member, unit: Unit) -> tuple[Delivery, ...]:
    """Tell every moderator that a mentor waits, once for each time one does."""
    since = int(unit.at.timestamp())
    return tuple(
        Delivery(
            key_of("mentor-waits", member.person, since, moderator),
            ToPerson(moderator),
            MentorWaits(member.person),
            about=(member.person,),
        )
        for moderator in unit.programme.moderators()
        if moderator != member.person
    )


# ---- What was told so far -----------------------------------------------------------------------


def _member(unit: Unit) -> Member | None:
    member = unit.members.get(unit.actor.id) if unit.actor else None
    return member if rules.takes_part(member) else None


def _draft(actor: Actor, unit: Unit) -> IntroDraft:
    """The half-filled intro, the profile in its shape, or an empty one filled in as we can."""
    if unit.actor is None:
        return _fresh(actor, unit)
    member, kept = unit.members.get(unit.actor.id), unit.members.draft(unit.actor.id)
    if member is None or (kept is not None and not rules.takes_part(member)):
        return kept or _fresh(actor, unit)
    return as_draft(member, unit.members.profile(member.person))


def _fresh(actor: Actor, unit: Unit) -> IntroDraft:
    language = (actor.language or unit.community.settings.language).partition("-")[0]
    known = language_name(language, "en") != language
    speaks = language if known else "en"
    return IntroDraft(
        zone=zone_or(actor.zone or (unit.actor.zone if unit.actor else None), ""),
        profile=Profile(languages=(speaks,), preferred_language=speaks),
    )


def _filled(part: str, draft: IntroDraft, unit: Unit) -> Filled:
    if part == "about":
        return about_filled(draft)
    if part == "times":
        filled = times_filled(draft, unit.words.language)
        zone = draft.zone or unit.community.settings.zone
        return replace(filled, texts={**filled.texts, "zone": zone if zone != "UTC" else ""})
    profile = draft.profile
    return Filled(
        choices={
            "show": tuple(one.value for one in profile.show),
            "private": ("private" if draft.private_question else "room",),
        },
        people={"wishes": _picked(profile.wishes, unit), "avoid": _picked(profile.avoid, unit)},
    )


def _understood(part: str, draft: IntroDraft, unit: Unit) -> Text:
    """What their zone was read as, on the form after the one that asks for it."""
    if part != "people" or not draft.zone:
        return ()
    clock = zone_now(draft.zone, unit.at, unit.words)
    return unit.words.text("intros.understood", clock=clock)


def _picked(people: tuple[PersonId, ...], unit: Unit) -> tuple[Picked, ...]:
    known = unit.people.many(list(people))
    return tuple(known[one].picked() for one in people if one in known)


def _with_people(draft: IntroDraft, filled: Filled, unit: Unit) -> IntroDraft:
    named = {
        key: tuple(unit.people.ensure(one).id for one in filled.picked(key))
        for key in ("wishes", "avoid")
    }
    profile = replace(draft.profile, wishes=named["wishes"], avoid=named["avoid"])
    return replace(draft, profile=profile)


def _keep_clock(me: Person, draft: IntroDraft, unit: Unit) -> None:
    """The intro says it best: the zone they named, and the language they prefer to read in."""
    unit.people.set_clock(me.id, draft.zone)
    preferred = draft.profile.preferred_language
    if (me.language or "").partition("-")[0] != preferred:
        unit.people.set_language(me.id, preferred)


def _save_draft(person: PersonId, draft: IntroDraft, unit: Unit) -> None:
    zone = draft.zone or unit.community.settings.zone
    remind_at = None if draft.reminded else rules.remind_at(draft.started_at or unit.at, zone)
    if remind_at is not None and remind_at <= unit.at:
        remind_at = None
    unit.members.save_draft(person, draft, remind_at)
