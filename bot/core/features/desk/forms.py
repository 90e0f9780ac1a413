"""The forms of the desk: whom to swap, whom to move, whom to lock."""

from collections.abc import Sequence

from bot.core.actions.desk import LockPeople, MovePerson, SwapPeople
from bot.core.boundary.ids import PersonId
from bot.core.boundary.limits import CHOICES
from bot.core.boundary.views import Choice, ChoiceField, Form, PeopleField, Picked, TextField
from bot.core.features.desk.bench import Bench
from bot.core.programme.unit import Unit

NOWHERE = "-"
"""The choice of no circle at all."""


def swap_form(bench: Bench, unit: Unit, picked: Sequence[Picked] = (), problem: str = "") -> Form:
    """Two people."""
    words = unit.words
    action = SwapPeople(bench.draft.version)
    people = PeopleField(
        "people",
        words.line("desk.form.swap.people"),
        words.line("desk.form.swap.people.hint"),
        tuple(picked[:2]),
        least=2,
        most=2,
    )
    return Form(
        words.line("desk.form.swap.title"),
        (people,),
        action,
        action,
        words.line("desk.form.swap.submit"),
        problems={"people": problem} if problem else {},
    )


def move_form(
    bench: Bench,
    unit: Unit,
    picked: Sequence[Picked] = (),
    circle: str = "",
    problems: dict[str, str] | None = None,
) -> Form:
    """One person and a circle: chosen from a list, or typed where a list would be too long."""
    words = unit.words
    action = MovePerson(bench.draft.version)
    person = PeopleField(
        "person",
        words.line("desk.form.move.person"),
        selected=tuple(picked[:1]),
        least=1,
        most=1,
    )
    names = [one.name for one in bench.draft.circles]
    label = words.line("desk.form.move.circle")
    if len(names) < CHOICES:
        choices = tuple(Choice(name, name) for name in names)
        nowhere = Choice(NOWHERE, words.line("desk.form.move.nowhere"))
        selected = (circle,) if circle in {NOWHERE, *names} else ()
        where: ChoiceField | TextField = ChoiceField(
            "circle", label, (*choices, nowhere), selected=selected, least=1
        )
    else:
        hint = words.line("desk.form.move.circle.hint", nowhere=NOWHERE)
        where = TextField("circle", label, hint, circle[:80], required=True, most=80)
    return Form(
        words.line("desk.form.move.title"),
        (person, where),
        action,
        action,
        words.line("desk.form.move.submit"),
        problems=problems or {},
    )


def lock_form(bench: Bench, unit: Unit, problem: str = "") -> Form:
    """Everybody who is to stay where they are."""
    words = unit.words
    action = LockPeople(bench.draft.version)
    held: list[PersonId] = list(bench.draft.locked_people)[:CHOICES]
    known = unit.people.many(held)
    people = PeopleField(
        "people",
        words.line("desk.form.lock.people"),
        words.line("desk.form.lock.people.hint"),
        tuple(person.picked() for person in known.values()),
        most=CHOICES,
    )
    return Form(
        words.line("desk.form.lock.title"),
        (people,),
        action,
        action,
        words.line("desk.form.lock.submit"),
        problems={"people": problem} if problem else {},
    )
