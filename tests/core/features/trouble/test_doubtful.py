"""What may have come is settled by somebody who can look."""

from datetime import timedelta

from bot.core.actions.trouble import SettleDoubtful, ShowDoubtful
from bot.core.boundary.events import Why
from bot.shell.ports import Parcel, PostInRoom, Receipt, TellPerson, Undeliverable
from tests.core.features.circles.test_rooms import person
from tests.core.features.desk.makers import persona, published, unit_of
from tests.paper import Member, Paper, answer_text, text_of
from tests.world import World

SOON = timedelta(minutes=3)


class Breaking(Paper):
    """Paper on which the connection breaks when some words are first sent."""

    def __init__(self, *words: str, there: bool = False) -> None:
        super().__init__()
        self.words = set(words)
        self.there = there

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Break once for each of the words."""
        task = parcel.task
        said = text_of(task.message) if isinstance(task, PostInRoom | TellPerson) else ""
        for word in [one for one in self.words if one in said]:
            self.words.remove(word)
            raise Undeliverable(Why.UNCERTAIN)
        return await super().deliver(parcel)


def on(home: World, paper: Breaking) -> Breaking:
    """This is the platform now."""
    home.app.add(paper)
    home.paper = paper
    return paper


def asked(who: Member) -> list[str]:
    """What somebody was asked to look for."""
    return [text_of(one) for one in who.mail if one.title == "Did it come?"]


async def test_whoever_hosts_is_asked_and_one_press_sends_it(home: World) -> None:
    paper = on(home, Breaking("Meet Mentee2."))
    who = await published(home)
    await home.move_on(SOON)
    mentor = _of_circle(home, "mentee2")
    (once,) = asked(mentor)
    assert "the introduction of Mentee2" in once
    assert asked(who) == []
    await mentor.press("It never came: send it", within=mentor.mail[-1])
    assert "I am sending it to Rowan now." in answer_text(mentor.answer)
    await home.settle()
    assert any(
        "Meet Mentee2." in text_of(m) for r in paper.rooms.values() for m in r.messages.values()
    )
    await mentor.press("It never came: send it", within=mentor.mail[-1])
    assert "it has been settled" in answer_text(mentor.answer)


async def test_what_is_there_is_not_sent_again(home: World) -> None:
    paper = on(home, Breaking("Meet Mentee2."))
    await published(home)
    await home.move_on(SOON)
    mentor = _of_circle(home, "mentee2")
    await mentor.press("It is there", within=mentor.mail[-1])
    await home.settle()
    assert not any(
        "Meet Mentee2." in text_of(m) for r in paper.rooms.values() for m in r.messages.values()
    )
    assert home.database.uncertain() == ()


async def test_several_in_one_room_are_asked_about_in_one_message(home: World) -> None:
    on(home, Breaking("Meet Mentee2.", "Meet Mentee3.", "Meet Mentee6."))
    await published(home)
    await home.move_on(SOON)
    mentor = _of_circle(home, "mentee2")
    (once,) = asked(mentor)
    assert "the introduction of Mentee2" in once
    assert "the introduction of Mentee3" in once
    assert "Mentee6" not in once
    await mentor.choose("the introduction of Mentee3", within=mentor.mail[-1])
    await mentor.press("It never came: send it")
    assert "the introduction of Mentee2" in answer_text(mentor.answer)
    await mentor.press("It is there")
    assert "everything in Rowan has come" in answer_text(mentor.answer)


async def test_moderators_find_it_on_the_board(home: World) -> None:
    on(home, Breaking("Meet Mentee2.", "Meet Mentee6."))
    who = await published(home)
    await home.move_on(SOON)
    await who.use("circle-admin health")
    assert "In the rooms of 2 circles, something may be missing" in answer_text(who.answer)
    await who.press("What may be missing")
    assert "Rowan: the introduction of Mentee2" in answer_text(who.answer)
    await who.choose("Rowan")
    await who.press("It is there")
    await who.use("circle-admin health")
    assert "In the room of one circle, something may be missing" in answer_text(who.answer)


async def test_nobody_else_may_settle_it_or_see_it(home: World) -> None:
    on(home, Breaking("Meet Mentee2."))
    await published(home)
    await home.move_on(SOON)
    (one,) = home.database.uncertain()
    who = person(home, "mentee2")
    with unit_of(home) as unit:
        (circle,) = unit.circles.of_person(who)
    for key in ("mentee2", "mentor3", "mentee6"):
        member = persona(home, key)
        await member.take(SettleDoubtful(circle.id, one.row, 0))
        assert "it has been settled" in answer_text(member.answer)
        await member.take(ShowDoubtful(circle.id))
        assert "Mentee2" not in answer_text(member.answer)
        await member.take(ShowDoubtful(""))
        assert "it has been settled" in answer_text(member.answer)
    assert len(home.database.uncertain()) == 1


async def test_a_weekly_message_that_never_came_is_sent(home: World) -> None:
    paper = on(home, Breaking("Week 1 of"))
    who = await published(home)
    await home.move_on(timedelta(days=8))
    mail = [m for m in _of_circle(home, "mentee2").mail if m.title == "Did it come?"]
    mail += [m for m in _of_circle(home, "mentee6").mail if m.title == "Did it come?"]
    (once,) = mail
    await who.use("circle-admin health")
    await who.press("What may be missing")
    names = [name for name in ("Rowan", "Alder") if name in answer_text(who.answer)]
    await who.choose(names[0])
    await who.press("It never came: send it")
    await home.settle()
    room = next(one for one in paper.rooms.values() if one.name == names[0])
    assert any("Week 1 of" in text_of(m) for m in room.messages.values())
    assert "the weekly message" in text_of(once)


async def test_a_private_message_that_may_have_come_is_shown_to_its_reader(home: World) -> None:
    on(home, Breaking("You have a circle: Rowan"))
    who = await published(home)
    await home.move_on(SOON)
    assert asked(who) == []
    missed = [
        member
        for member in (persona(home, f"{kind}{n}") for kind in ("mentor", "mentee") for n in (1, 2))
        if not [m for m in member.mail if "You have a circle" in m.title]
    ]
    for member in missed:
        await member.use("circle help")
        assert "You may have got this already" in answer_text(member.answer)
        await member.press("I have read this")
    assert len(missed) == 1 or home.database.uncertain()


def _of_circle(home: World, key: str) -> Member:
    """Whoever hosts this person's circle."""
    who = person(home, key)
    with unit_of(home) as unit:
        (circle,) = unit.circles.of_person(who)
        assert circle.host
        host = unit.people.get(circle.host)
        assert host
    return persona(home, host.ref.key)
