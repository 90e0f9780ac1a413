"""The profile, finer times, and what may be told beside: with consent, and until withdrawn."""

from dataclasses import replace

from bot.core.actions.intros import ShowMore, TellMore
from bot.core.matching.definition.availability import DAYS
from bot.core.programme.community.model import Question, Settings, Theme
from bot.core.programme.members.model import Profile
from tests.core.features.intros.conftest import join
from tests.paper import Member, text_of
from tests.world import World


async def turn_on(home: World, *what: str) -> Member:
    """A moderator lets heritage and topics be asked."""
    asha = home.member("Asha", moderator=True)
    await asha.use("circle-admin settings")
    await asha.choose("What members may be asked")
    await asha.fill(asking=what)
    return asha


async def test_the_profile_shows_everything_and_each_part_can_be_changed(
    home: World, mei: Member
) -> None:
    await mei.use("circle profile")
    said = text_of(mei.message)
    for part in ("Mentee", "Confidence", "Europe/London", "Monday 17:00–21:00", "> I draw maps."):
        assert part in said
    await mei.press("Times and languages")
    assert mei.form.title == "Times and languages"
    await mei.fill(languages="English, Nepali", preferred="Nepali")
    assert "English and Nepali (first choice: Nepali)" in text_of(mei.message)


async def test_finer_times_survive_a_change_of_something_else(home: World, mei: Member) -> None:
    await mei.use("circle profile")
    await mei.press("Finer times")
    await mei.choose("Tuesday")
    await mei.choose("07:00–08:00", "18:00–19:00")
    assert "Tuesday 07:00–08:00, 18:00–19:00" in text_of(mei.message)
    await mei.press("My profile")
    await mei.press("Times and languages")
    await mei.fill(bio="I draw sea charts.")
    assert "Tuesday 07:00–08:00, 18:00–19:00" in text_of(mei.message)


async def test_sensitive_questions_are_off_until_a_moderator_turns_them_on(
    home: World, mei: Member
) -> None:
    await mei.use("circle profile")
    await mei.press("Add more about you")
    assert "Heritage" not in text_of(mei.message)
    await turn_on(home, "Life stage", "Heritage, in their own words")
    await mei.use("circle profile")
    await mei.press("Add more about you")
    assert "Heritage" in text_of(mei.message)


async def test_heritage_needs_a_use_is_kept_with_it_and_goes_in_one_tap(
    home: World, mei: Member
) -> None:
    await turn_on(home, "Heritage, in their own words")
    await mei.use("circle profile")
    await mei.press("Add more about you")
    await mei.choose("Heritage")
    assert "Nothing is ever guessed" in text_of(mei.message)
    await mei.press("Answer")
    await mei.fill(heritage="Nepali, mixed Filipino")
    assert "no reason to keep" in mei.form.problems["uses"]
    await mei.fill(uses=("Showing it to my circle",), shared="Yes, I would like that")
    assert "forming circles" in mei.form.problems["uses"]
    await mei.fill(uses=("Forming my circle",))
    said = text_of(mei.message)
    assert "Your answer: Nepali, mixed Filipino" in said
    assert "It may be used for: Forming my circle" in said
    await mei.press("Withdraw and delete")
    assert "Nepali" not in text_of(mei.message)
    assert "[Withdraw and delete]" not in text_of(mei.message)


async def test_prefer_not_to_say_is_an_answer_and_ends_an_earlier_one(
    home: World, mei: Member
) -> None:
    await mei.use("circle profile")
    await mei.press("Add more about you")
    await mei.choose("Life stage")
    await mei.press("Answer")
    await mei.fill(stage="35-44")
    assert "Your answer: 35-44" in text_of(mei.message)
    await mei.press("Prefer not to say")
    assert "You prefer not to say" in text_of(mei.message)
    assert "35-44" not in text_of(mei.message)


async def test_topics_are_wished_for_one_by_one(home: World, mei: Member) -> None:
    await turn_on(home, "How open to be about politics, faith and more")
    await mei.use("circle profile")
    await mei.press("Add more about you")
    await mei.choose("Topics")
    await mei.press("Answer")
    await mei.fill(politics="Not here", money="Welcome")
    said = text_of(mei.message)
    assert "Politics: Not here" in said
    assert "Money: Welcome" in said
    assert "Faith:" not in said


async def test_the_communitys_own_questions_are_asked_and_forgotten_when_removed(
    home: World, mei: Member
) -> None:
    asha = home.member("Asha", moderator=True)
    await asha.use("circle-admin questions")
    await asha.press("Write a question")
    await asha.fill(prompt="Where do you vote?", choices="Here\nElsewhere", sensitive="Yes")
    assert "needs a reason" in asha.form.problems["purpose"]
    await asha.fill(purpose="To mix people of different views.")
    await mei.use("circle profile")
    await mei.press("Add more about you")
    await mei.choose("Where do you vote?")
    assert "To mix people of different views." in text_of(mei.message)
    await mei.press("Answer")
    await mei.fill(answer="Here", uses=("Forming my circle",))
    card = mei.message
    assert "Your answer: Here" in text_of(card)
    await asha.choose("Where do you vote?")
    await asha.press("Remove")
    await mei.press("Answer", card)
    assert "no longer asked" in text_of(mei.message)


async def test_members_are_counted_and_listed_without_what_they_told(home: World) -> None:
    asha = home.member("Asha", moderator=True)
    for number in range(22):
        await join(home.member(f"Mentee {number}"), bio="I draw maps.")
    await asha.use("circle-admin members")
    said = text_of(asha.message)
    assert "# 22 members" in said
    assert "Mentee: 22" in said
    assert "maps" not in said
    await asha.press("Next page")
    assert "Page 2 of 2" in text_of(asha.message)


async def test_only_moderators_see_the_members(home: World, mei: Member) -> None:
    await mei.use("circle-admin members")
    assert "Only moderators" in text_of(mei.message)


async def test_the_longest_profile_still_fits(home: World) -> None:
    """A file may bring more than the forms take."""
    asha = home.member("A" * 80, moderator=True)
    themes = tuple(Theme(f"t{number}", f"{number:02d}" + "Ü" * 34) for number in range(25))
    questions = tuple(Question(f"q{number}", "Why? " * 24) for number in range(20))
    settings = Settings(themes=themes, questions=questions, ask_heritage=True, ask_comfort=True)
    told = Profile(
        seeks=tuple(theme.key for theme in themes),
        offers=tuple(theme.key for theme in themes),
        languages=tuple(f"zh-{number}" for number in range(30)),
        availability=tuple(f"{day} {h:02d}:00-{h:02d}:45" for day in DAYS for h in range(24)),
        bio="Ü" * 2900,
        answers={question.key: ("Ü" * 60,) * 10 for question in questions},
    )
    await join(asha, role="Mentor")
    at = home.clock.now()
    with home.database.unit(asha.community, asha.actor, at) as unit:
        assert unit.actor is not None
        others = tuple(
            unit.people.ensure(home.member("B" * 79 + str(n)).actor).id for n in range(9)
        )
        unit.programme.configure(settings)
        told = replace(told, wishes=others, avoid=others)
        unit.members.save_profile(unit.actor.id, told)
    await asha.use("circle status")
    await asha.use("circle profile")
    assert "hours a week" in text_of(asha.message)
    profile = asha.message
    for button in ("Role and themes", "Times and languages", "People and privacy"):
        await asha.press(button, profile)
        assert asha.form.fields
    await asha.press("Finer times", profile)
    await asha.choose("Sunday")
    assert asha.message.blocks
    await asha.press("Add more about you", profile)
    await asha.take(ShowMore(), "q:q7")
    assert "Your answer" in text_of(asha.message)
    await asha.use("circle-admin questions")
    await asha.use("circle-admin themes")
    await asha.use("circle-admin members")
    assert "Something went wrong" not in "".join(home.paper.transcript)


async def test_switching_heritage_off_deletes_what_was_answered(home: World, mei: Member) -> None:
    asha = await turn_on(home, "Life stage", "Heritage, in their own words")
    await mei.take(TellMore("heritage"))
    await mei.fill(heritage="Hakka", uses=("Forming my circle",))
    await asha.use("circle-admin settings")
    await asha.choose("What members may be asked")
    await asha.fill(asking=("Life stage",))
    await asha.choose("What members may be asked")
    await asha.fill(asking=("Life stage", "Heritage, in their own words"))
    await mei.take(ShowMore(), "heritage")
    assert "Hakka" not in text_of(mei.message)
