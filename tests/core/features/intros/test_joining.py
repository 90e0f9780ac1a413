"""Joining, from the first form to the welcome, through real storage."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.actions.intros import Fill
from bot.core.boundary.outcome import FixForm, ShowForm
from tests.core.features.intros.conftest import join
from tests.paper import form_text, text_of
from tests.world import World, world


async def test_joining_takes_three_forms_and_ends_with_a_welcome(home: World) -> None:
    mei = home.member("Mei", zone="Asia/Taipei", language="zh-TW")
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence", "Identity"))
    assert mei.form.title == "Join · step 2 of 3"
    await mei.fill(
        availability=("Monday, evening (17–21)", "Saturday, morning (09–12)"),
        languages="Mandarin and English",
        bio="I draw maps.",
    )
    await mei.fill(private="Yes, ask me privately")
    said = text_of(mei.message)
    assert "Welcome, Mei!" in said
    assert "Monday 17:00–21:00" in said
    assert "cannot be placed" not in said
    assert "[Change something]" in said


async def test_the_clock_and_the_language_come_filled_in_from_the_platform(home: World) -> None:
    mei = home.member("Mei", zone="Asia/Calcutta", language="ne-NP")
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    filled = {field.key: getattr(field, "value", "") for field in mei.form.fields}
    assert filled["zone"] == "Asia/Kolkata"
    assert filled["languages"] == "Nepali"


async def test_the_answer_shows_the_time_that_was_understood(home: World) -> None:
    mei = home.member("Mei", zone=None)
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    await mei.fill(zone="GMT+8", languages="English")
    assert isinstance(mei.answer, FixForm)
    assert "Asia/Taipei" in mei.form.problems["zone"]
    await mei.fill(zone="(UTC+05:45) Kathmandu")
    clock = f"{home.clock.now().astimezone(ZoneInfo('Asia/Kathmandu')):%H:%M}"
    assert f"Asia/Kathmandu (it is {clock} for you now" in form_text(mei.form)
    await mei.fill()
    assert f"it is {clock} for you now" in text_of(mei.message)
    await mei.use("circle profile")
    assert f"it is {clock} for you now" in text_of(mei.message)


async def test_who_stops_half_way_goes_on_where_they_stopped(home: World) -> None:
    mei = home.member("Mei")
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    await mei.use("circle join")
    assert isinstance(mei.answer, ShowForm)
    assert mei.form.title == "Join · step 2 of 3"
    assert "Good to see you again" in "".join(map(str, mei.form.intro))


async def test_a_form_with_problems_comes_back_with_everything_typed(home: World) -> None:
    mei = home.member("Mei")
    await mei.use("circle join")
    await mei.fill(role="Mentor and mentee", seeks=("Confidence",))
    assert isinstance(mei.answer, FixForm)
    assert "offers" in mei.form.problems
    await mei.fill(offers=("Leadership",))
    await mei.fill(zone="Kathmandoo", languages="Nepalii", bio="I draw maps.")
    assert isinstance(mei.answer, FixForm)
    assert "Asia/Kathmandu" in mei.form.problems["zone"]
    assert "Nepali" in mei.form.problems["languages"]
    typed = {field.key: getattr(field, "value", "") for field in mei.form.fields}
    assert (typed["zone"], typed["bio"]) == ("Kathmandoo", "I draw maps.")


async def test_without_times_one_has_joined_and_reads_that_one_cannot_be_placed(
    home: World,
) -> None:
    mei = home.member("Mei")
    await join(mei)
    assert "cannot be placed in a circle yet" in text_of(mei.message)
    await mei.press("Choose my times")
    await mei.fill(availability=("Friday, evening (17–21)",))
    assert "Friday 17:00–21:00" in text_of(mei.message)


async def test_nobody_wishes_for_themselves_or_for_and_against_the_same_person(
    home: World,
) -> None:
    mei, ravi = home.member("Mei"), home.member("Ravi")
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    await mei.fill()
    await mei.fill(wishes=(mei.picked,))
    assert mei.form.problems["wishes"].startswith("That is you")
    await mei.fill(wishes=(ravi.picked,), avoid=(ravi.picked,))
    assert "both fields" in mei.form.problems["avoid"]
    await mei.fill(avoid=())
    assert "Welcome" in text_of(mei.message)
    await mei.use("circle profile")
    assert "You would like to be with: Ravi" in text_of(mei.message)


async def test_a_half_filled_intro_is_reminded_of_once_and_never_again(home: World) -> None:
    mei = home.member("Mei")
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    await home.move_on(timedelta(days=1))
    assert not mei.mail
    await home.move_on(timedelta(days=20))
    assert len(mei.mail) == 1
    await mei.press("Go on", mei.mail[0])
    await mei.fill()
    await home.move_on(timedelta(days=20))
    assert len(mei.mail) == 1


async def test_who_has_joined_by_then_is_not_reminded(home: World) -> None:
    mei = home.member("Mei")
    await join(mei)
    await home.move_on(timedelta(days=10))
    assert not mei.mail


async def test_joining_twice_changes_nothing(home: World) -> None:
    mei = home.member("Mei")
    await join(mei)
    await mei.use("circle join")
    assert "You take part already" in text_of(mei.message)


async def test_a_mentor_waits_for_a_moderator_who_needs_one_tap(home: World) -> None:
    asha = home.member("Asha", moderator=True)
    await asha.use("circle help")
    ravi = home.member("Ravi")
    await join(ravi, role="Mentor")
    assert "A moderator says yes" in text_of(ravi.message)
    await home.settle()
    await asha.press("Approve", asha.mail[-1])
    assert "Ravi is approved" in text_of(asha.message)
    await home.settle()
    assert "you are a mentor now" in text_of(ravi.mail[-1])
    await asha.press("Approve", asha.mail[-1])
    await home.settle()
    assert len(ravi.mail) == 1


async def test_a_moderator_who_names_a_mentor_reads_what_they_offer_and_then_approves(
    home: World,
) -> None:
    asha, ravi = home.member("Asha", moderator=True), home.member("Ravi")
    await join(ravi, role="Mentor", bio="I sail.")
    await asha.use("circle-admin approve")
    assert "1 mentor waits" in text_of(asha.message)
    await asha.use("circle-admin approve", person=ravi.picked)
    assert "I sail." in text_of(asha.message)
    await home.settle()
    assert not ravi.mail, "nothing is answered by looking"
    await asha.press("Approve")
    assert "Ravi is approved" in text_of(asha.message)
    await asha.use("circle-admin approve", person=ravi.picked)
    assert "Ravi is not waiting" in text_of(asha.message)
    await asha.use("circle-admin audit")
    assert "Asha · approved a mentor · Ravi" in text_of(asha.message)


async def test_a_moderator_reads_what_a_mentor_offers_before_answering(home: World) -> None:
    asha, ravi = home.member("Asha", moderator=True), home.member("Ravi", zone="Asia/Kolkata")
    await asha.use("circle help")
    free = ("Monday, evening (17–21)",)
    await join(ravi, role="Mentor", availability=free, languages="Hindi, English", bio="I sail.")
    await home.settle()
    await asha.use("circle-admin approve")
    for told in (asha.mail[-1], asha.message):
        for word in ("Confidence", "I sail.", "Hindi", "Monday 17:00–21:00", "Asia/Kolkata"):
            assert word in text_of(told)


async def test_a_mentor_who_is_not_taken_on_now_is_told_kindly_and_can_be_later(
    home: World,
) -> None:
    asha, tomas = (home.member(name, moderator=True) for name in ("Asha", "Tomas"))
    await asha.use("circle help")
    await tomas.use("circle help")
    ravi = home.member("Ravi")
    await join(ravi, role="Mentor")
    await home.settle()
    await asha.press("Not now", asha.mail[-1])
    assert "told kindly" in text_of(asha.message)
    await home.settle()
    assert "not taking you on as a mentor for now" in text_of(ravi.mail[-1])
    await ravi.use("circle status")
    assert "not taken you on for now" in text_of(ravi.message)
    await tomas.press("Not now", tomas.mail[-1])
    await home.settle()
    assert len(ravi.mail) == 1, "they are told once"
    await tomas.use("circle-admin approve")
    assert "Answer so far: Not now" in text_of(tomas.message)
    await tomas.press("Approve Ravi")
    await home.settle()
    assert "you are a mentor now" in text_of(ravi.mail[-1])
    await asha.press("Not now", asha.mail[-1])
    assert "has a moderator's yes already" in text_of(asha.message)


async def test_who_is_not_taken_on_as_a_mentor_can_take_part_as_a_mentee(home: World) -> None:
    asha, ravi = home.member("Asha", moderator=True), home.member("Ravi")
    await asha.use("circle help")
    await join(ravi, role="Mentor")
    await home.settle()
    await asha.press("Not now", asha.mail[-1])
    await home.settle()
    await ravi.press("Role and themes", ravi.mail[-1])
    await ravi.fill(role="Mentee", seeks=("Confidence",))
    await ravi.use("circle status")
    assert "You take part. Your role: Mentee." in text_of(ravi.message)


async def test_where_mentors_need_no_approval_they_are_in_at_once(home: World) -> None:
    asha, ravi = home.member("Asha", moderator=True), home.member("Ravi")
    await asha.use("circle-admin settings")
    await asha.choose("Messages to members, and new mentors")
    await asha.fill(approve_mentors="No")
    await join(ravi, role="Mentor")
    assert "You are in." in text_of(ravi.message)


async def test_a_mentee_who_offers_to_mentor_waits_too(home: World) -> None:
    mei = home.member("Mei")
    await join(mei)
    await mei.use("circle profile")
    await mei.press("Role and themes")
    await mei.fill(role="Mentor and mentee", offers=("Leadership",))
    assert "A moderator says yes" in text_of(mei.message)


async def test_themes_removed_meanwhile_are_asked_for_again(home: World) -> None:
    asha, mei = home.member("Asha", moderator=True), home.member("Mei")
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    await mei.fill(bio="I draw maps.")
    form = mei.form
    await asha.use("circle-admin themes")
    await asha.choose("Confidence")
    await asha.press("Remove")
    mei.answer = ShowForm(form)
    await mei.fill()
    assert mei.form.title == "Join · step 1 of 3"
    await mei.fill(seeks=("Identity",))
    await mei.fill()
    assert "Welcome" in text_of(mei.message)


async def test_who_left_finds_their_answers_when_they_join_again(home: World) -> None:
    mei = home.member("Mei")
    await join(mei, bio="I draw maps.")
    await mei.use("circle leave")
    await mei.press("Leave")
    assert "Goodbye" in text_of(mei.message)
    await mei.press("Join again")
    await mei.fill()
    typed = {field.key: getattr(field, "value", "") for field in mei.form.fields}
    assert typed["bio"] == "I draw maps."


async def test_a_half_filled_intro_outlives_a_restart(tmp_path: Path) -> None:
    async with world(tmp_path) as before:
        mei = before.member("Mei")
        await mei.use("circle join")
        await mei.fill(role="Mentee", seeks=("Confidence",))
        await mei.fill(zone="Taipei", bio="I draw maps.")
    async with world(tmp_path) as after:
        mei.inbox = after.app.dispatcher  # the same person, a new process
        await mei.use("circle join")
        assert mei.form.title == "Join · step 3 of 3"
        await mei.fill()
        await mei.use("circle profile")
        assert "Asia/Taipei" in text_of(mei.message)
        assert "> I draw maps." in text_of(mei.message)


async def test_a_form_to_mend_opens_again_as_it_was_filled_in(home: World) -> None:
    """As on platforms that cannot show it again by themselves: by a button, in a new process."""
    mei, ravi = home.member("Mei"), home.member("Ravi")
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    await mei.fill()
    await mei.fill(wishes=(ravi.picked, mei.picked), show=("Your themes",))
    assert "wishes" in mei.form.problems
    await mei.take(mei.form.reopen)
    assert not mei.form.problems
    wishes, _, show, _ = mei.form.fields
    assert getattr(wishes, "selected", ()) == (ravi.picked, mei.picked)
    assert getattr(show, "selected", ()) == ("themes",)
    await mei.fill(wishes=(ravi.picked,))
    assert "Welcome" in text_of(mei.message)
    await mei.take(Fill("people"))
    assert getattr(mei.form.fields[0], "selected", ()) == (ravi.picked,)


async def test_what_was_wrong_a_day_ago_is_not_shown_again(home: World) -> None:
    mei = home.member("Mei")
    await mei.use("circle join")
    await mei.fill(role="Mentee", seeks=("Confidence",))
    await mei.fill(zone="Atlantis")
    await home.move_on(timedelta(hours=25))
    await mei.take(mei.form.reopen)
    assert getattr(mei.form.fields[0], "value", "") == "Europe/London"
