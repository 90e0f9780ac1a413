"""The whole bot as one function: event in, outcome out.

This module routes and authorises; what is decided is each feature's business. It makes no promise
about storage or sending: see :mod:`bot.shell.dispatcher` for both.
"""

from dataclasses import replace

from bot.core.actions.trouble import HaveRead, ReadUnread
from bot.core.authorize import authorize
from bot.core.boundary.actions import Action, Unreadable, fits
from bot.core.boundary.events import (
    ActionTaken,
    ActorSeen,
    ByPerson,
    CommandUsed,
    CommunityGone,
    Computed,
    Delivered,
    Event,
    FileSent,
    FormSetAside,
    FormSubmitted,
    MemberLeft,
    NotDelivered,
    Progressed,
    RoomEntered,
    RoomFound,
    RoomLeft,
    RoomsLost,
    ServiceBegan,
    Tick,
)
from bot.core.boundary.ids import PersonRef, RoomRef
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Answer,
    Delete,
    Delivery,
    Departure,
    Drawn,
    Drop,
    Edit,
    Notice,
    Outcome,
    Quiet,
    Say,
    To,
)
from bot.core.boundary.views import Buttons, Message, Paragraph, Small, TooLarge
from bot.core.feature import Command, Feature, Kind, Needs
from bot.core.programme.unit import Unit
from bot.core.unread import next_unread, with_unread
from bot.core.unsent import keep_aside, refilled


class Bot:
    """The features, looked up by what they answer."""

    def __init__(self, features: tuple[Feature, ...]) -> None:
        self.features = features
        self.commands = {c.full_name: c for f in features for c in f.commands}
        self._actions = {a.kind: a for f in features for a in f.actions}
        self._forms = {a.kind: a for f in features for a in f.forms}
        self._notices = {n.kind: n for f in features for n in f.notices}
        self.readers = {reader.name: reader for f in features for reader in f.readers}
        self._files = {name: handle for f in features for name, handle in f.files}
        self._hears = {h.kind: h for f in features for h in f.hears}
        self.jobs = {job.name: job for f in features for job in f.jobs}

    @property
    def action_kinds(self) -> frozenset[type[Action]]:
        """Every action that some button, select or form can carry."""
        return frozenset({*self._actions, *self._forms})

    @property
    def notice_kinds(self) -> frozenset[type[Notice]]:
        """Every notice that may lie in the outbox."""
        return frozenset(self._notices)

    def decide(self, event: Event, unit: Unit) -> Outcome:  # noqa: C901 - a table
        """What becomes of ``event``. Never raises for anything a person did."""
        match event:
            case CommandUsed() | ActionTaken() | FormSubmitted():
                done = self._beside(self._asked(event, unit), unit)
                return self._with_unread(event, refilled(event, done, unit, self._secret), unit)
            case FormSetAside():
                return self._set_aside(event, unit)
            case FileSent():
                return self._file(event, unit)
            case Tick() | ServiceBegan():
                return self._complete(self._unasked(event, unit), unit)
            case Delivered() | NotDelivered():
                return self._complete(self._ended(event, unit), unit)
            case Computed():
                job = self.jobs.get(event.job)
                return self._complete(job.done(event, unit), unit) if job else Outcome()
            case Progressed():
                job = self.jobs.get(event.job)
                return self._complete(job.progressed(event, unit), unit) if job else Outcome()
            case MemberLeft():
                person = unit.people.find(event.person)
                if person is None:
                    return Outcome()
                return self._complete(Outcome(departed=Departure(person.id, False)), unit)
            case RoomLeft() | RoomEntered():
                heard = [f.on_room(event, unit) for f in self.features if f.on_room]
                answers = (one.answer for one in heard if not isinstance(one.answer, Quiet))
                return together(next(answers, Quiet()), *heard)
            case RoomsLost() | RoomFound():
                outcomes = [f.on_rooms(event, unit) for f in self.features if f.on_rooms]
                return together(Quiet(), *outcomes)
            case CommunityGone() | ActorSeen():
                return Outcome()

    def standing(self, event: Event, unit: Unit) -> Answer:
        """The answer to an event already seen: nothing changes, and this is how things stand."""
        status = self.commands.get("circle status")
        if isinstance(event, CommandUsed | ActionTaken | FormSubmitted | FileSent) and status:
            asked = CommandUsed(event.id, event.at, event.community, event.actor, status.full_name)
            return status.handle(asked, unit).answer
        return Quiet()

    def rooms_of(self, person: PersonRef, unit: Unit) -> tuple[RoomRef, ...]:
        """The rooms that somebody should be able to enter."""
        known = unit.people.find(person)
        told = [f.rooms(known.id, unit) for f in self.features if f.rooms] if known else []
        return tuple(room for rooms in told for room in rooms)

    def draw(self, notice: Notice, to: To, unit: Unit) -> Drawn:
        """The words of something owed, at the moment it is sent."""
        draws = self._notices.get(type(notice))
        return draws.run(notice, to, unit) if draws else Drop("unknown notice")

    def _asked(self, event: CommandUsed | ActionTaken | FormSubmitted, unit: Unit) -> Outcome:
        match event:
            case CommandUsed():
                return self._command(event, unit)
            case ActionTaken():
                return self._action(event, unit)
            case FormSubmitted():
                return self._form(event, unit)

    def _command(self, event: CommandUsed, unit: Unit) -> Outcome:
        command = self.commands.get(event.command)
        if command is None:
            help_command = self.commands["circle help"]
            return self._complete(help_command.handle(event, unit), unit)
        return (
            self._allowed(event, command.needs, unit)
            or _unnamed(command, event, unit)
            or self._complete(command.handle(event, unit), unit)
        )

    def _action(self, event: ActionTaken, unit: Unit) -> Outcome:
        entry = self._actions.get(type(event.action))
        if entry is None or isinstance(event.action, Unreadable) or not fits(event.action):
            return said(unit, "unreadable")
        return self._allowed(event, entry.needs, unit) or self._complete(
            entry.run(event, unit), unit
        )

    def _form(self, event: FormSubmitted, unit: Unit) -> Outcome:
        entry = self._forms.get(type(event.action))
        if entry is None or isinstance(event.action, Unreadable) or not fits(event.action):
            return said(unit, "unreadable")
        return self._allowed(event, entry.needs, unit) or self._complete(
            entry.run(event, unit), unit
        )

    def _set_aside(self, event: FormSetAside, unit: Unit) -> Outcome:
        """Nobody waits on it: what could not be sent in either is not kept."""
        entry = self._forms.get(type(event.action))
        readable = not isinstance(event.action, Unreadable) and fits(event.action)
        if entry is not None and readable and authorize(event.actor, entry.needs, unit):
            keep_aside(event, unit, self._secret)
        return Outcome()

    def _secret(self, action: Action, unit: Unit) -> frozenset[str]:
        """The fields of a form whose answers are kept under a consent alone."""
        entry = self._forms.get(type(action))
        return entry.secret(action, unit) if entry else frozenset()

    def _file(self, event: FileSent, unit: Unit) -> Outcome:
        handle = self._files.get(event.command)
        if handle is None:
            return said(unit, "unreadable")
        return self._allowed(event, Needs.MODERATOR, unit) or self._complete(
            handle(event, unit), unit
        )

    def _with_unread(self, event: ByPerson, outcome: Outcome, unit: Unit) -> Outcome:
        """With what could not reach the actor, below a command's answer or where it was asked."""
        if isinstance(event, CommandUsed):
            return replace(outcome, answer=with_unread(outcome.answer, unit, self.draw))
        if isinstance(event, ActionTaken) and isinstance(event.action, ReadUnread | HaveRead):
            return replace(outcome, answer=next_unread(outcome.answer, unit, self.draw))
        return outcome

    def _unasked(self, event: Tick | ServiceBegan, unit: Unit) -> Outcome:
        """What every feature does about it, of its own accord."""
        if isinstance(event, Tick):
            outcomes = [f.on_tick(event, unit) for f in self.features if f.on_tick]
        else:
            outcomes = [f.on_began(event, unit) for f in self.features if f.on_began]
        answer = next((one.answer for one in outcomes if isinstance(one.answer, Say)), Quiet())
        return together(answer, *outcomes)

    def _ended(self, event: Delivered | NotDelivered, unit: Unit) -> Outcome:
        """What whoever hears of its kind makes of it, and whoever hears of all that failed.

        That something is said anew is no news of its having been said.
        """
        said = None if isinstance(event.to, Edit) else event.what
        kinds = [self._hears.get(type(one)) for one in (said, event.to) if one is not None]
        heard = [kind.run(event, unit) for kind in kinds if kind]
        if isinstance(event, NotDelivered):
            heard += [f.on_undelivered(event, unit) for f in self.features if f.on_undelivered]
        return together(Quiet(), *heard)

    def _allowed(self, event: ByPerson, needs: Needs, unit: Unit) -> Outcome | None:
        """``None`` when the actor may; otherwise the friendly refusal."""
        return None if authorize(event.actor, needs, unit) else said(unit, f"refused.{needs.value}")

    def _beside(self, outcome: Outcome, unit: Unit) -> Outcome:
        """The outcome, its private answer with what its reader should know besides, if it fits.

        What the answer has a button for already is not said again.
        """
        answer, actor = outcome.answer, unit.actor
        if actor is None or not isinstance(answer, Say) or not answer.private:
            return outcome
        told = [f.beside(actor.id, unit) for f in self.features if f.beside]
        blocks = tuple(block for some in told for block in some)
        if not blocks or asked_for(answer.message) & asked_for(Message("", blocks)):
            return outcome
        try:
            message = replace(answer.message, blocks=(*answer.message.blocks, *blocks))
        except TooLarge:
            return outcome
        return replace(outcome, answer=replace(answer, message=message))

    def _complete(self, outcome: Outcome, unit: Unit) -> Outcome:
        """The outcome together with what every feature does about somebody's departure."""
        departure = outcome.departed
        if departure is None:
            return outcome
        parts = [f.on_departed(departure, unit) for f in self.features if f.on_departed]
        whole = together(outcome.answer, outcome, *parts)
        if departure.forgotten:
            keys = unit.rights.forget(departure.person)
            back = tuple(Delivery(key_of("delete", key), Delete(key)) for key in keys)
            whole = together(outcome.answer, whole, Outcome(deliveries=back))
        return whole


def asked_for(message: Message) -> frozenset[Action]:
    """Everything that the buttons of a message do."""
    rows = (block.buttons for block in message.blocks if isinstance(block, Buttons))
    return frozenset(button.action for row in rows for button in row)


def together(answer: Answer, *outcomes: Outcome) -> Outcome:
    """One outcome that owes what all of these owe, and answers ``answer``."""
    return Outcome(
        answer,
        tuple(delivery for outcome in outcomes for delivery in outcome.deliveries),
        tuple(key for outcome in outcomes for key in outcome.cancelled),
    )


def _unnamed(command: Command, event: CommandUsed, unit: Unit) -> Outcome | None:
    """What is still to be said, where a platform lets a command go without what it needs."""
    for option in command.options:
        if option.required and option.kind is not Kind.FILE and not event.options.get(option.name):
            about = unit.words.line(f"{command.key}.{option.name}")
            typed = f"/{command.full_name} {option.name}:"
            what = unit.words.text("core.unnamed", about=about)
            then = unit.words.text("core.unnamed.next", typed=typed)
            return Outcome(Say(Message("", (Paragraph(what), Small(then)))))
    return None


def said(unit: Unit, key: str) -> Outcome:
    """A short private answer: the sentence under ``core.<key>``, and what to do next."""
    return Outcome(
        Say(
            Message(
                "",
                (
                    Paragraph(unit.words.text(f"core.{key}")),
                    Small(unit.words.text(f"core.{key}.next")),
                ),
            )
        )
    )
