"""Setup, settings, themes, questions and the audit log, as a moderator meets them."""

import pytest

from bot.core.actions.community import RenameTheme
from tests.paper import Member, text_of
from tests.world import World


@pytest.fixture
def asha(home: World) -> Member:
    """A moderator."""
    return home.member("Asha", moderator=True)


async def test_the_first_run_asks_five_things_and_says_what_comes_next(asha: Member) -> None:
    await asha.use("circle-admin setup")
    await asha.press("Begin")
    await asha.fill(zone="Mumbai", slot_weekday="Sunday", season_weeks="8 weeks")
    said = text_of(asha.message)
    assert "You are set up." in said
    assert "Asia/Kolkata" in said
    assert "Sunday" in said
    assert "[Open a season]" in said
    await asha.use("circle-admin setup")
    assert "Your programme" in text_of(asha.message)


async def test_settings_that_cannot_be_are_said_field_by_field(asha: Member) -> None:
    await asha.use("circle-admin settings")
    await asha.choose("The size of circles")
    await asha.fill(mentees_least="6", mentees_most="3")
    assert "cannot be less" in asha.form.problems["mentees_most"]
    await asha.fill(mentees_least="3", mentees_most="11")
    assert "at most 12 people" in asha.form.problems["mentees_most"]
    await asha.fill(mentees_most="5")
    assert "1–2 mentors, 3–5 mentees" in text_of(asha.message)


async def test_every_part_of_the_settings_can_be_sent_in_as_it_stands(asha: Member) -> None:
    await asha.use("circle-admin settings")
    for part in (
        "Language, time zone and circles' rooms",
        "Seasons, sessions and the weekly question",
        "The size of circles",
        "Messages to members, and new mentors",
        "Help line and reports",
        "What members may be asked",
    ):
        await asha.choose(part)
        await asha.fill()
        assert "Saved." in text_of(asha.message)


async def test_themes_are_added_renamed_removed_and_taken_back(asha: Member) -> None:
    await asha.use("circle-admin themes")
    await asha.choose("Confidence")
    await asha.press("Remove")
    assert "Removed." in text_of(asha.message)
    await asha.press("Add a theme")
    await asha.fill(label="Public speaking", back=("Confidence",))
    assert "Public speaking" in text_of(asha.message)
    assert "Confidence" in text_of(asha.message)
    await asha.choose("Public speaking")
    await asha.press("Rename")
    await asha.fill(label="Speaking up")
    assert "Speaking up" in text_of(asha.message)
    await asha.press("Add a theme")
    for taken in ("speaking UP", "confidence"):
        await asha.fill(label=taken)
        assert "already" in asha.form.problems["label"]


async def test_no_theme_takes_the_name_of_another(asha: Member) -> None:
    await asha.use("circle-admin themes")
    await asha.choose("Networking")
    await asha.press("Rename")
    await asha.fill(label="Confidence")
    assert "already" in asha.form.problems["label"]
    await asha.fill(label="Meeting people")
    assert "Meeting people" in text_of(asha.message)


async def test_questions_are_written_and_written_again(asha: Member) -> None:
    await asha.use("circle-admin questions")
    await asha.press("Write a question")
    await asha.fill(prompt="What do you do to unwind?", choices="Tea")
    assert "One choice is no choice" in asha.form.problems["choices"]
    await asha.fill(choices="Tea\nWalking")
    await asha.choose("What do you do to unwind?")
    assert "Tea · Walking" in text_of(asha.message)
    await asha.press("Change")
    await asha.fill(prompt="How do you unwind?")
    assert "How do you unwind?" in text_of(asha.message)


async def test_every_change_is_in_the_audit_log_without_its_content(asha: Member) -> None:
    await asha.use("circle-admin questions")
    await asha.press("Write a question")
    await asha.fill(prompt="A private matter?")
    await asha.use("circle-admin audit")
    said = text_of(asha.message)
    assert "Asha · wrote a question" in said
    assert "private matter" not in said


async def test_nobody_else_may_change_anything(home: World, asha: Member) -> None:
    await asha.use("circle-admin settings")
    settings = asha.message
    ravi = home.member("Ravi")
    for command in ("setup", "settings", "themes", "questions", "audit"):
        await ravi.use(f"circle-admin {command}")
        assert "Only moderators" in text_of(ravi.message)
    await ravi.choose("The size of circles", within=settings)
    assert "Only moderators" in text_of(ravi.message)


async def test_a_forged_button_that_none_of_ours_could_be_is_answered_kindly(asha: Member) -> None:
    await asha.take(RenameTheme("{name} {0} {} %s %n *bold* **"))
    assert "no longer works" in text_of(asha.message)
