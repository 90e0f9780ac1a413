"""Reports reach the moderators they are not about, and nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.boundary.outcome import FixForm, ShowForm
from bot.core.boundary.views import Message
from bot.core.programme.community.model import Settings
from tests.paper import Member, answer_text, text_of
from tests.world import World, world


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as opened:
        yield opened


async def _moderators(here: World, *names: str) -> list[Member]:
    people = [here.member(name, moderator=True) for name in names]
    for one in people:
        await one.use("circle help")
    return people


def _reports(moderator: Member) -> list[Message]:
    return [message for message in moderator.mail if message.title == "A report"]


async def test_a_report_reaches_every_moderator_and_is_acknowledged(here: World) -> None:
    priya, tomas = await _moderators(here, "Priya", "Tomas")
    mei, ravi = here.member("Mei"), here.member("Ravi")
    await mei.use("circle report")
    await mei.fill(about=(ravi.picked,), words="He would not stop.")
    assert "2 moderators will read it" in text_of(mei.message)
    await here.settle()
    for moderator in (priya, tomas):
        (told,) = _reports(moderator)
        assert "About: Ravi\nFrom: Mei" in text_of(told)
        assert "> He would not stop." in text_of(told)
    assert not ravi.mail


async def test_a_moderator_never_sees_a_report_about_themselves(here: World) -> None:
    priya, tomas = await _moderators(here, "Priya", "Tomas")
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(about=(tomas.picked,), words="He shouted at me.")
    await here.settle()
    assert len(_reports(priya)) == 1
    assert not _reports(tomas)
    await tomas.use("circle-admin reports")
    assert "There is no open report." in text_of(tomas.message)
    await tomas.press("It is taken care of", within=_reports(priya)[0])
    assert "no longer here" in text_of(tomas.message)
    await priya.use("circle-admin reports")
    assert "He shouted at me." in text_of(priya.message)


async def test_a_report_about_the_only_moderator_goes_nowhere_and_says_so(here: World) -> None:
    (priya,) = await _moderators(here, "Priya")
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(about=(priya.picked,), words="She shouted at me.")
    said = text_of(mei.message)
    assert "not sent" in said
    assert "your chat platform's own way" in said
    assert "> She shouted at me." in said, "nothing typed is lost"
    await here.settle()
    assert not _reports(priya)
    await priya.use("circle-admin reports")
    assert "She shouted" not in text_of(priya.message)
    await mei.use("circle mydata")
    assert "Nothing is held about you" in text_of(mei.message)


async def test_a_community_can_name_somebody_else_to_turn_to(here: World) -> None:
    (priya,) = await _moderators(here, "Priya")
    with here.database.unit(priya.community, None, here.clock.now()) as unit:
        unit.programme.configure(Settings(report_contact="Auntie Rose, rose@example.org"))
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(about=(priya.picked,), words="She shouted at me.")
    assert "Auntie Rose, rose@example.org" in text_of(mei.message)


async def test_without_a_moderator_the_reporter_is_told(here: World) -> None:
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(words="Somebody posted my address.")
    assert "nobody who could read it" in text_of(mei.message)


async def test_an_empty_report_is_asked_for_again_and_loses_nothing(here: World) -> None:
    await _moderators(here, "Priya")
    mei, ravi = here.member("Mei"), here.member("Ravi")
    await mei.use("circle report")
    answer = await mei.fill(about=(ravi.picked,), words=" \u202e ")
    assert isinstance(answer, FixForm)
    assert "Please write a few words" in answer_text(answer)
    assert "people “Ravi”" in answer_text(answer)


async def test_a_report_that_is_too_long_comes_back_whole(here: World) -> None:
    await _moderators(here, "Priya")
    mei = here.member("Mei")
    await mei.use("circle report")
    answer = await mei.fill(words="x" * 2001)
    assert isinstance(answer, FixForm)
    assert "2001" in answer_text(answer)
    assert "x" * 2001 in answer_text(answer)
    assert not isinstance(await mei.fill(words="x" * 2000), FixForm)


async def test_handling_tells_the_other_moderators_and_the_reporter(here: World) -> None:
    priya, tomas = await _moderators(here, "Priya", "Tomas")
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(words="Somebody posted my address.")
    await here.settle()
    await priya.press("It is taken care of", within=_reports(priya)[0])
    assert "Taken care of by: Priya" in text_of(priya.message)
    await here.settle()
    assert "Taken care of by: Priya" in text_of(_reports(tomas)[0])
    assert "taken care of your report" in text_of(mei.mail[-1])
    await tomas.use("circle-admin reports")
    assert "There is no open report." in text_of(tomas.message)


async def test_a_report_is_handled_once(here: World) -> None:
    priya, tomas = await _moderators(here, "Priya", "Tomas")
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(words="Somebody posted my address.")
    await here.settle()
    old = _reports(tomas)[0]
    await priya.press("It is taken care of", within=_reports(priya)[0])
    await tomas.press("It is taken care of", within=old)
    assert "Taken care of by: Priya" in text_of(tomas.message)
    await here.settle()
    assert len(mei.mail) == 1


async def test_open_reports_are_read_one_after_the_other(here: World) -> None:
    (priya,) = await _moderators(here, "Priya")
    mei = here.member("Mei")
    for words in ("first", "second"):
        await mei.use("circle report")
        await mei.fill(words=words)
    await priya.use("circle-admin reports")
    seen = [text_of(priya.message)]
    await priya.press("Next report")
    seen.append(text_of(priya.message))
    assert sorted(word for text in seen for word in ("first", "second") if word in text) == [
        "first",
        "second",
    ]


async def test_a_moderator_who_is_alone_keeps_their_own_report(here: World) -> None:
    (priya,) = await _moderators(here, "Priya")
    await priya.use("circle report")
    await priya.fill(words="For the record.")
    await here.settle()
    assert len(_reports(priya)) == 1


async def test_only_moderators_read_reports(here: World) -> None:
    (priya,) = await _moderators(here, "Priya")
    mei, ravi = here.member("Mei"), here.member("Ravi")
    await mei.use("circle report")
    await mei.fill(words="Somebody posted my address.")
    await here.settle()
    await ravi.use("circle-admin reports")
    assert "Only moderators can do this." in text_of(ravi.message)
    await ravi.press("It is taken care of", within=_reports(priya)[0])
    assert "Only moderators can do this." in text_of(ravi.message)


async def test_whoever_lost_the_right_is_not_told_any_more(here: World) -> None:
    priya, tomas = await _moderators(here, "Priya", "Tomas")
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(words="Somebody posted my address.")
    await here.member("Tomas").use("circle help")
    await here.settle()
    assert _reports(priya)
    assert not _reports(tomas)


async def test_forgetting_the_reporter_takes_their_report_back(here: World) -> None:
    (priya,) = await _moderators(here, "Priya")
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(words="Somebody posted my address.")
    await here.settle()
    assert _reports(priya)
    await mei.use("circle forget")
    await mei.press("Delete everything for good")
    await here.settle()
    assert not _reports(priya)


async def test_nobody_can_make_a_report_about_themselves_disappear(here: World) -> None:
    (priya,) = await _moderators(here, "Priya")
    mei, ravi = here.member("Mei"), here.member("Ravi")
    await ravi.use("circle join")
    await ravi.fill(role="Mentee", seeks=("Confidence",))
    await mei.use("circle report")
    await mei.fill(about=(ravi.picked,), words="He would not stop.")
    await here.settle()
    await ravi.use("circle forget")
    await ravi.press("Delete everything for good")
    await here.settle()
    assert _reports(priya)
    await priya.use("circle-admin reports")
    assert "He would not stop." in text_of(priya.message)


async def test_the_form_opens_for_anybody(here: World) -> None:
    answer = await here.member("Mei").use("circle report")
    assert isinstance(answer, ShowForm)


async def test_whoever_was_forgotten_and_comes_back_still_cannot_read_it(here: World) -> None:
    priya, tomas = await _moderators(here, "Priya", "Tomas")
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(about=(tomas.picked,), words="He shouted at me.")
    await tomas.use("circle forget")
    await tomas.press("Delete everything for good")
    await here.settle()
    await priya.use("circle-admin reports")
    assert "About: somebody who is no longer here" in text_of(priya.message)
    await tomas.use("circle-admin reports")
    assert "There is no open report." in text_of(tomas.message)
    await priya.use("circle-admin reports")
    assert "About: Tomas" in text_of(priya.message)


async def test_nobody_becomes_known_by_being_reported(here: World) -> None:
    (priya,) = await _moderators(here, "Priya")
    mei, ravi = here.member("Mei"), here.member("Ravi")
    await mei.use("circle report")
    await mei.fill(about=(ravi.picked,), words="He would not stop.")
    await priya.use("circle-admin reports")
    assert "About: Ravi" in text_of(priya.message)
    await ravi.use("circle mydata")
    assert "Nothing is held about you" in text_of(ravi.message)
