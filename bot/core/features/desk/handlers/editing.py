"""Looking through a draft and changing it by hand."""

from collections.abc import Sequence

from bot.core.actions.desk import (
    LockCircle,
    LockPeople,
    MovePerson,
    PickCircle,
    ShowCircle,
    ShowDraft,
    ShowUnplaced,
    SwapPeople,
    Undo,
)
from bot.core.boundary.events import ActionTaken, CommandUsed, FormSubmitted
from bot.core.boundary.ids import PersonId
from bot.core.boundary.outcome import FixForm, Outcome, Replace, Say, ShowForm
from bot.core.boundary.text import plain
from bot.core.boundary.views import Choice, Message, Paragraph, Picked
from bot.core.features.desk import preview, views
from bot.core.features.desk.bench import Bench, bench, indexes
from bot.core.features.desk.changes import (
    Change,
    Done,
    NothingToDo,
    lock_circle,
    lock_people,
    move_to,
    swap,
)
from bot.core.features.desk.forms import NOWHERE, lock_form, move_form, swap_form
from bot.core.features.desk.handlers.ground import changed, on_draft, open_season, summary
from bot.core.programme.unit import Unit

# ---- Looking ----


def show_draft(_action: ShowDraft, _event: ActionTaken, unit: Unit) -> Outcome:
    """The draft in short."""
    return on_draft(unit, lambda shown: summary(shown, unit, how=Replace), how=Replace)


def show_circle(action: ShowCircle, _event: ActionTaken, unit: Unit) -> Outcome:
    """One circle, in the place of the page before."""
    return on_draft(unit, lambda shown: _circle(shown, action.index, unit), how=Replace)


def pick_circle(_action: PickCircle, event: ActionTaken, unit: Unit) -> Outcome:
    """One circle, from the list."""
    chosen = next(iter(event.values), "")
    index = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 6 else -1
    return on_draft(unit, lambda shown: _circle(shown, index, unit), how=Replace)


def show_unplaced(action: ShowUnplaced, _event: ActionTaken, unit: Unit) -> Outcome:
    """Who is not placed."""
    return on_draft(
        unit,
        lambda shown: Outcome(Replace(preview.unplaced_page(shown, action.page, unit, unit.words))),
        how=Replace,
    )


def suggest_circle(typed: str, unit: Unit) -> tuple[Choice, ...]:
    """Names of the draft's circles that go on like this."""
    season = open_season(unit)
    draft = unit.desk.draft(season.id) if season else None
    names = [circle.name for circle in draft.circles] if draft else []
    wanted = typed.strip().casefold()
    return tuple(Choice(name, name) for name in names if wanted in name.casefold())[:25]


# ---- Swapping and moving ----


def swap_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin swap``: two people change places."""
    given = [event.options.get("person"), event.options.get("other")]
    picked = [one for one in given if isinstance(one, Picked)]
    if len(picked) < 2:
        return on_draft(unit, lambda s: Outcome(ShowForm(swap_form(s, unit, picked))))
    return on_draft(unit, lambda s: _told(s, _swap(s, picked, unit), "draft.swapped", unit))


def ask_to_swap(action: SwapPeople, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button: whom?"""
    return on_draft(
        unit, lambda s: Outcome(ShowForm(swap_form(s, unit))), version=action.version, how=Replace
    )


def swap_people(action: SwapPeople, event: FormSubmitted, unit: Unit) -> Outcome:
    """The form came back."""
    picked = event.people.get("people", ())

    def work(shown: Bench) -> Outcome:
        if len(picked) != 2:
            problem = unit.words.line("desk.problem.two_people")
            return Outcome(FixForm(swap_form(shown, unit, picked, problem)))
        change = _swap(shown, picked, unit)
        if isinstance(change, Done):
            return _told(shown, change, "draft.swapped", unit)
        problem = plain(views.change_lead(shown, change, unit, unit.words))
        return Outcome(FixForm(swap_form(shown, unit, picked, problem)))

    return on_draft(unit, work, version=action.version)


def move_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin move``: somebody goes to another circle."""
    person, circle = event.options.get("person"), event.options.get("circle")
    picked = [person] if isinstance(person, Picked) else []
    name = circle.strip() if isinstance(circle, str) else ""

    def work(shown: Bench) -> Outcome:
        if not picked or not name:
            return Outcome(ShowForm(move_form(shown, unit, picked, name)))
        known = indexes(shown)
        if name != NOWHERE and name.casefold() not in known:
            return _no_such_circle(shown, name, unit)
        change = move_to(shown, _id(picked[0], unit), known.get(name.casefold()))
        return _told(shown, change, "draft.moved", unit)

    return on_draft(unit, work)


def ask_to_move(action: MovePerson, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button: who, and where?"""
    return on_draft(
        unit, lambda s: Outcome(ShowForm(move_form(s, unit))), version=action.version, how=Replace
    )


def move_person(action: MovePerson, event: FormSubmitted, unit: Unit) -> Outcome:
    """The form came back."""
    picked = event.people.get("person", ())
    chosen = event.choices.get("circle", ())
    name = (chosen[0] if chosen else event.texts.get("circle", "")).strip()

    def work(shown: Bench) -> Outcome:
        known, problems = indexes(shown), dict[str, str]()
        if len(picked) != 1:
            problems["person"] = unit.words.line("desk.problem.one_person")
        if name != NOWHERE and name.casefold() not in known:
            problems["circle"] = unit.words.line("desk.problem.circle")
        if problems:
            return Outcome(FixForm(move_form(shown, unit, picked, name, problems)))
        change = move_to(shown, _id(picked[0], unit), known.get(name.casefold()))
        if isinstance(change, Done):
            return _told(shown, change, "draft.moved", unit)
        problem = plain(views.change_lead(shown, change, unit, unit.words))
        return Outcome(FixForm(move_form(shown, unit, picked, name, {"person": problem})))

    return on_draft(unit, work, version=action.version)


# ---- Locking ----


def lock_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin lock``: keep a circle or a person where they are, or let them go again."""
    person, circle = event.options.get("person"), event.options.get("circle")
    name = circle.strip() if isinstance(circle, str) else ""

    def work(shown: Bench) -> Outcome:
        index = indexes(shown).get(name.casefold())
        if name and index is None:
            return _no_such_circle(shown, name, unit)
        if index is not None:
            return _told(shown, lock_circle(shown.draft, index), "draft.locked", unit)
        if isinstance(person, Picked):
            held = set(shown.draft.locked_people) ^ {_id(person, unit)}
            return _told(shown, lock_people(shown.draft, tuple(held)), "draft.locked", unit)
        return Outcome(ShowForm(lock_form(shown, unit)))

    return on_draft(unit, work)


def press_lock(action: LockCircle, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button on a circle's page: locks it, or unlocks it."""

    def work(shown: Bench) -> Outcome:
        if not 0 <= action.index < len(shown.draft.circles):
            return summary(shown, unit, how=Replace)
        after = changed(shown, lock_circle(shown.draft, action.index).draft, unit, "draft.locked")
        return _circle(after, action.index, unit)

    return on_draft(unit, work, version=action.version, how=Replace)


def ask_to_lock(action: LockPeople, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button: whom?"""
    return on_draft(
        unit, lambda s: Outcome(ShowForm(lock_form(s, unit))), version=action.version, how=Replace
    )


def lock_these(action: LockPeople, event: FormSubmitted, unit: Unit) -> Outcome:
    """The form came back: these people and nobody else."""

    def work(shown: Bench) -> Outcome:
        people = [_id(one, unit) for one in event.people.get("people", ())]
        change = lock_people(shown.draft, people)
        if isinstance(change, NothingToDo):
            problem = unit.words.line(f"desk.nothing.{change.kind}")
            return Outcome(FixForm(lock_form(shown, unit, problem)))
        return _told(shown, change, "draft.locked", unit)

    return on_draft(unit, work, version=action.version)


# ---- Undoing ----


def undo_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin undo``."""
    return on_draft(unit, lambda shown: _undo(shown, unit))


def undo(action: Undo, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button."""
    return on_draft(
        unit, lambda s: _undo(s, unit, replacing=True), version=action.version, how=Replace
    )


# ---- Parts ----


def _undo(shown: Bench, unit: Unit, *, replacing: bool = False) -> Outcome:
    how = Replace if replacing else Say
    back = unit.desk.version(shown.season.id, shown.draft.back) if shown.draft.back else None
    if back is None:
        return summary(shown, unit, lead=unit.words.text("desk.nothing.to_undo"), how=how)
    again = back.restored(shown.draft.version + 1)
    unit.desk.save(again)
    after = bench(shown.season, again, unit)
    return summary(after, unit, lead=unit.words.text("desk.undone"), how=how)


def _swap(shown: Bench, picked: Sequence[Picked], unit: Unit) -> Change:
    return swap(shown, _id(picked[0], unit), _id(picked[1], unit))


def _told(shown: Bench, change: Change, action: str, unit: Unit) -> Outcome:
    """The draft after the change, or as it was, with what happened said first."""
    lead = views.change_lead(shown, change, unit, unit.words)
    after = changed(shown, change.draft, unit, action) if isinstance(change, Done) else shown
    return summary(after, unit, lead=lead)


def _circle(shown: Bench, index: int, unit: Unit) -> Outcome:
    if not 0 <= index < len(shown.draft.circles):
        return summary(shown, unit, how=Replace)
    return Outcome(Replace(preview.circle_page(shown, index, unit, unit.words)))


def _no_such_circle(shown: Bench, name: str, unit: Unit) -> Outcome:
    names = unit.words.list([circle.name for circle in shown.draft.circles[:25]])
    said = unit.words.text("desk.no_such_circle", typed=name[:80], circles=names)
    return Outcome(Say(Message("", (Paragraph(said),))))


def _id(picked: Picked, unit: Unit) -> PersonId:
    """The person's id; for somebody nobody here knows, one that takes part in nothing."""
    found = unit.people.find(picked.person)
    return found.id if found else PersonId("")
