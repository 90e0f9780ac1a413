"""A platform that may carry nothing sensitive: before and after the bot learns of it."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from bot.core.actions.intros import ShowMore, TellMore
from bot.core.boundary.events import FormSubmitted
from bot.core.boundary.views import File, Message, words
from bot.core.programme.community.model import Question
from bot.core.programme.drafts.problem import pool
from bot.core.programme.members.model import Purpose, Standing
from tests.core.features.desk.makers import (
    moderator,
    on_the_desk,
    people_csv,
    persona,
    picked,
    row,
    unit_of,
)
from tests.paper import Member, Paper, answer_text, text_of
from tests.world import World, world

ANSWERS = ("Hakka", "Quaker", "politics")
EVERY_USE = frozenset(Purpose)
_LATER = count(1_000_000)


@asynccontextmanager
async def discreet(folder: Path, paper: Paper) -> AsyncIterator[World]:
    """The same bot, newly started, on a platform that may carry nothing sensitive."""
    paper.carries_sensitive = False
    async with world(folder, paper=paper) as made:
        await made.app.begin_service()
        await made.settle()
        yield made


async def before(folder: Path, *, ended: bool = False) -> Paper:
    """A community in which all was asked, answered and said in rooms."""
    async with world(folder) as home:
        who = await on_the_desk(home)
        with unit_of(home) as unit:
            unit.programme.configure(
                replace(
                    unit.community.settings,
                    ask_heritage=True,
                    ask_comfort=True,
                    questions=(
                        Question("faith", "Which faith?", sensitive=True, purpose="Because."),
                        Question("tea", "Which tea?"),
                    ),
                )
            )
            found = unit.people.find(picked("mentee1").person)
            assert found
            one = found.id
            unit.members.answer_sensitive(one, "heritage", ("Hakka",), EVERY_USE, "1")
            unit.members.answer_sensitive(one, "q:faith", ("Quaker",), EVERY_USE, "1")
            unit.members.answer_sensitive(one, "comfort:politics", ("not_here",), EVERY_USE, "1")
        await who.use("circle-admin publish")
        await who.press("Yes, open these circles")
        await home.settle()
        assert "Hakka" in everything(home.paper)
        assert "We leave politics outside" in everything(home.paper)
        if ended:
            await home.move_on(timedelta(weeks=14))
        return home.paper


async def acting_on(home: World) -> Member:
    """The moderator, after a restart: their platform numbers what they do further on."""
    who = await moderator(home)
    who._ids = _LATER
    return who


def everything(paper: Paper) -> str:
    """What stands in all rooms."""
    said = (m for sheet in paper.rooms.values() for m in sheet.messages.values())
    return "\n\n".join(map(text_of, said))


def moderators_read(paper: Paper) -> str:
    """What stands in the private messages to the moderator."""
    (mail,) = [sheet for sheet in paper.private.values() if "nadia" in sheet.name.casefold()]
    return "\n\n".join(map(text_of, mail.messages.values()))


def holds(messages: Iterable[Message]) -> str:
    """Everything in messages, what their files hold too."""
    parts: list[str] = []
    for message in messages:
        parts += words(message)
        parts += [b.content.decode() for b in message.blocks if isinstance(b, File)]
    return "\n".join(parts)


async def test_what_stands_in_rooms_is_taken_back_and_moderators_hear_of_it(tmp_path: Path) -> None:
    paper = await before(tmp_path)
    async with discreet(tmp_path, paper) as home:
        said = everything(paper)
        assert "Meet Mentee1." in said
        assert "Mentee1 likes tea." in said
        for answer in ANSWERS:
            assert answer not in said
        told = moderators_read(paper)
        assert "Sensitive questions are now off here" in told
        assert "12 introductions in circles' rooms are being written again" in told
        who = await acting_on(home)
        await who.use("circle-admin audit")
        assert "took back what was said" in answer_text(who.answer)


async def test_what_ended_circles_left_behind_is_deleted(tmp_path: Path) -> None:
    paper = await before(tmp_path, ended=True)
    assert "Hakka" in everything(paper)
    async with discreet(tmp_path, paper):
        for answer in ANSWERS:
            assert answer not in everything(paper)
        told = moderators_read(paper)
        assert "12 introductions in the rooms of circles that have ended" in told


async def test_it_is_done_once(tmp_path: Path) -> None:
    paper = await before(tmp_path)
    async with discreet(tmp_path, paper):
        done, heard = len(paper.delivered), moderators_read(paper)
    async with discreet(tmp_path, paper) as home:
        assert (len(paper.delivered), moderators_read(paper)) == (done, heard)
        who = await acting_on(home)
        await who.use("circle-admin settings")
        await who.choose("What members may be asked")
        await who.fill(asking=("Life stage",))
    async with discreet(tmp_path, paper):
        assert moderators_read(paper) == heard


async def test_introductions_from_when_it_was_asked_once_are_taken_back_too(tmp_path: Path) -> None:
    paper = await before(tmp_path)
    async with world(tmp_path, paper=paper) as home:
        with unit_of(home) as unit:
            settings = replace(unit.community.settings, ask_heritage=False, ask_comfort=False)
            unit.programme.configure(replace(settings, questions=()))
            unit.programme.audit(None, "settings.changed", "asking")
        assert "Hakka" in everything(paper)
    async with discreet(tmp_path, paper):
        assert "Hakka" not in everything(paper)


async def test_nothing_sensitive_can_be_turned_on_and_setup_says_why(tmp_path: Path) -> None:
    paper = await before(tmp_path)
    async with discreet(tmp_path, paper) as home:
        who = await acting_on(home)
        for command in ("setup", "settings"):
            await who.use(f"circle-admin {command}")
            assert "cannot be turned on here" in answer_text(who.answer)
            assert "Heritage" not in answer_text(who.answer)
        await who.choose("What members may be asked")
        assert "cannot be turned on here" in answer_text(who.answer)
        assert "Heritage" not in answer_text(who.answer)
        await who.fill(asking=("Life stage",))
        await who.use("circle-admin questions")
        assert "Which tea?" in answer_text(who.answer)
        assert "Which faith?" not in answer_text(who.answer)
        await who.press("Write a question")
        assert [one.key for one in who.form.fields] == ["prompt", "choices"]
        forged = FormSubmitted(
            *("forged", home.clock.now(), who.community, who.actor, who.form.submit),
            {"prompt": "Which party?"},
            {"sensitive": ("yes",)},
        )
        answer = await home.app.dispatcher.receive(forged)
        assert "cannot be turned on here" in answer_text(answer)
        with unit_of(home) as unit:
            assert [one.prompt for one in unit.community.settings.questions] == ["Which tea?"]
            assert not unit.community.settings.ask_heritage


async def test_members_are_asked_nothing_sensitive_and_old_buttons_ask_nothing(
    tmp_path: Path,
) -> None:
    paper = await before(tmp_path)
    async with discreet(tmp_path, paper) as home:
        mentee = persona(home, "mentee1")
        for what in ("heritage", "comfort", "q:faith"):
            await mentee.take(TellMore(what))
            assert "no longer asked" in answer_text(mentee.answer)
        await mentee.take(ShowMore())
        assert "Which tea?" in answer_text(mentee.answer)
        assert "Heritage" not in answer_text(mentee.answer)


async def test_what_members_told_is_still_theirs_and_is_not_sent_or_used(tmp_path: Path) -> None:
    paper = await before(tmp_path)
    async with discreet(tmp_path, paper) as home:
        mentee = persona(home, "mentee1")
        await mentee.use("circle mydata")
        told = holds([mentee.message])
        assert "answers to sensitive questions" in told
        assert "likes tea" in told
        for word in (*ANSWERS, "heritage", "faith"):
            assert word not in told
        with unit_of(home) as unit:
            found = unit.people.find(picked("mentee1").person)
            assert found
            assert len(unit.members.sensitive(found.id)) == 3
            season = unit.seasons.current()
            assert season
            people = pool(season, unit).problem.people
            assert people
            assert not any(one.heritage or one.answers for one in people)
        await mentee.press("Delete those answers")
        with unit_of(home) as unit:
            assert unit.members.sensitive(found.id) == ()
        await mentee.use("circle mydata")
        assert "sensitive" not in holds([mentee.message])


async def test_a_file_brings_nothing_sensitive_in(tmp_path: Path) -> None:
    paper = Paper()
    async with discreet(tmp_path, paper) as home:
        who = await acting_on(home)
        rows = [row("ann", heritage="Hakka;Malay"), row("bob")]
        await who.send_file("circle-admin import", "people.csv", people_csv(rows))
        assert "They are left out" in answer_text(who.answer)
        await who.press("Bring them in")
        with unit_of(home) as unit:
            everybody = unit.members.all(*Standing)
            assert len(everybody) == 2
            assert not any(unit.members.sensitive(one.person) for one in everybody)


async def test_elsewhere_everything_stays_as_it_was(tmp_path: Path) -> None:
    paper = await before(tmp_path)
    async with world(tmp_path, paper=paper) as home:
        await home.app.begin_service()
        await home.settle()
        assert "Hakka" in everything(paper)
        mentee = persona(home, "mentee1")
        await mentee.use("circle mydata")
        assert "Hakka" in holds([mentee.message])
