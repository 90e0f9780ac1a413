"""Why this circle: only what the others chose to show, whatever took part."""

from dataclasses import replace

from bot.core.programme.members.model import Purpose, Show
from tests.core.features.desk.makers import persona, picked, published, two_circles, unit_of
from tests.paper import answer_text
from tests.world import World


async def why(world: World, key: str) -> str:
    """The reasons somebody reads."""
    member = persona(world, key)
    await member.use("circle why")
    return answer_text(member.answer)


async def test_the_reasons_are_named_from_what_is_shown(home: World) -> None:
    await published(home)
    answer = await why(home, "mentee1")
    assert "You are in Rowan because:" in answer
    assert "You hope for Career growth and Confidence. Between them, Mentor1 and Mentor2" in answer
    assert "You share hopes with Mentee2, Mentee3 and Mentee4" in answer
    assert "Everybody speaks English" in answer
    assert "All of you are free Tuesday" in answer
    assert "Mentee1, Mentee2, Mentee3 and Mentee4 hope for something that you offer." in await why(
        home, "mentor1"
    )


async def test_what_somebody_does_not_show_is_not_a_reason(home: World) -> None:
    await published(home)
    with unit_of(home) as unit:
        for key in ("mentor1", "mentor2", "mentee2"):
            found = unit.people.find(picked(key).person)
            assert found
            profile = unit.members.profile(found.id)
            unit.members.save_profile(found.id, replace(profile, show=(Show.BIO,)))
    answer = await why(home, "mentee1")
    assert "Mentor" not in answer
    assert "Mentee2" not in answer
    assert "Mentee3" in answer
    assert "Everybody speaks" not in answer


async def test_the_words_are_the_same_whether_or_not_a_sensitive_answer_took_part(
    home: World,
) -> None:
    rows = two_circles()
    for one in rows:
        one["wants_shared_heritage"] = "yes"
    await published(home, rows)
    before = await why(home, "mentee1")
    with unit_of(home) as unit:
        for key in ("mentee1", "mentee2"):
            found = unit.people.find(picked(key).person)
            assert found
            purposes = frozenset({Purpose.MATCHING})
            unit.members.answer_sensitive(found.id, "heritage", ("Hakka",), purposes, "1")
    assert await why(home, "mentee1") == before


async def test_nobody_reads_the_reasons_of_a_circle_that_is_not_theirs(home: World) -> None:
    await published(home)
    inside, outside = persona(home, "mentee1"), persona(home, "mentee8")
    await inside.use("circle status")
    await outside.press("Why Rowan?", within=inside.message)
    assert "You are not in a circle at the moment." in answer_text(outside.answer)
