"""What time brings to a member, and what was said unasked."""

from dataclasses import replace

from bot.core.boundary.events import (
    Delivered,
    NotDelivered,
    Tick,
)
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Delivery,
    Outcome,
    ToPerson,
)
from bot.core.features.intros import rules
from bot.core.features.intros.notices import FinishIntro, PauseOver
from bot.core.programme.members.model import IntroDraft
from bot.core.programme.unit import Unit


def on_tick(event: Tick, unit: Unit) -> Outcome:
    """Pauses that are over end; half-filled intros are reminded of, once."""
    over, half_way = unit.members.due(event.at)
    owed: list[Delivery] = []
    for member in over:
        unit.members.save(rules.back(member))
        if member.paused_until is not None and not member.nudges_stopped:
            due = int(member.paused_until.timestamp())
            key = key_of("pause-over", member.person, due)
            owed.append(Delivery(key, ToPerson(member.person), PauseOver(due)))
    for person in half_way:
        draft = unit.members.draft(person)
        if draft is None:
            continue
        unit.members.save_draft(person, replace(draft, reminded=True))
        due = int(rules.remind_at(draft.started_at or unit.at, zone_of(draft, unit)).timestamp())
        owed.append(
            Delivery(key_of("finish-intro", person, due), ToPerson(person), FinishIntro(due))
        )
    return Outcome(deliveries=tuple(owed))


def zone_of(draft: IntroDraft, unit: Unit) -> str:
    """The clock (IANA) that somebody half-way through joining lives by."""
    return draft.zone or unit.community.settings.zone


def told(_notice: PauseOver | FinishIntro, event: Delivered | NotDelivered, unit: Unit) -> Outcome:
    """What was said unasked counts as a nudge."""
    to = event.to
    if isinstance(event, Delivered) and isinstance(to, ToPerson) and unit.people.get(to.person):
        unit.checkins.note_nudge(to.person, event.key, event.at)
    return Outcome()
