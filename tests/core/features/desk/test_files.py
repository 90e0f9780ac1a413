"""People in from a file and out into one."""

from dataclasses import replace

from bot.core.boundary.events import FileSent
from bot.core.boundary.views import File
from bot.core.programme.members.model import Member as Member_
from bot.core.programme.members.model import Profile, Purpose, Standing
from tests.core.features.desk.makers import (
    HOME,
    brought_in,
    labels,
    moderator,
    people_csv,
    persona,
    picked,
    row,
    two_circles,
    unit_of,
)
from tests.paper import Member, answer_text
from tests.world import World


def told(who: Member) -> str:
    """What the answer says."""
    return answer_text(who.answer)


def file_in(who: Member) -> str:
    """The file that came with the answer."""
    return next(b for b in who.message.blocks if isinstance(b, File)).content.decode()


async def test_every_problem_of_a_file_is_told_at_once_and_nothing_is_done(home: World) -> None:
    who = await moderator(home)
    rows = [
        row("ann", timezone="Europe/Lundon"),
        row("ann"),
        row("bob", seeks="juggling", availability="Mon 25:00-26:00"),
        row("cat", bio="x" * 601, wishes="nobody"),
    ]
    await who.send_file("circle-admin import", "people.csv", people_csv(rows))
    answer = told(who)
    for said in ("row 2, column timezone", "row 3, column id", "row 4, column availability"):
        assert said in answer
    rows = [rows[1], row("bob", seeks="juggling"), row("cat", bio="x" * 601)]
    await who.send_file("circle-admin import", "people.csv", people_csv(rows))
    assert "row 3, column seeks: “juggling” is not one of this community's themes" in told(who)
    assert "row 4, column bio: this is too long; 600 characters at most." in told(who)
    with unit_of(home) as unit:
        assert unit.members.all() == ()
        assert unit.people.find(picked("ann").person) is None


async def test_many_problems_come_as_a_file_too(home: World) -> None:
    who = await moderator(home)
    rows = [row(f"person{n}", timezone="Nowhere") for n in range(40)]
    await who.send_file("circle-admin import", "people.csv", people_csv(rows))
    assert "people.csv has 40 problems. Nothing was changed." in told(who)
    assert len(file_in(who).splitlines()) == 40


async def test_garbage_gets_one_clear_answer(home: World) -> None:
    who = await moderator(home)
    for garbage in (b"", b"\x00\xff\xfe" * 1000, b"=cmd|' /C calc'!A0\n" * 300, b"a" * 3_000_000):
        await who.send_file("circle-admin import", "people.csv", garbage)
        assert "went wrong" not in told(who)
        assert labels(who.message) == []


async def test_nothing_happens_before_the_moderator_says_yes(home: World) -> None:
    who = await moderator(home)
    await who.send_file("circle-admin import", "people.csv", people_csv(two_circles()))
    assert "12 people would be added as members" in told(who)
    with unit_of(home) as unit:
        assert unit.members.all() == ()
    await who.press("Leave it")
    await who.use("circle-admin import")
    assert "Send the file with this command." in told(who)
    with unit_of(home) as unit:
        person = unit.people.find(who.actor.person)
        assert person
        assert unit.desk.kept_import(person.id) is None


async def test_sensitive_answers_come_in_only_when_the_moderator_says_they_agreed(
    home: World,
) -> None:
    who = await moderator(home)
    rows = [row("ann", heritage="Hakka;Malay", wants_shared_heritage="yes"), row("bob")]
    await who.send_file("circle-admin import", "people.csv", people_csv(rows))
    assert "For 1 person the file holds sensitive answers" in told(who)
    await who.press("Bring them in")
    with unit_of(home) as unit:
        ann = unit.people.find(picked("ann").person)
        assert ann
        assert unit.members.sensitive(ann.id) == ()
    await who.send_file("circle-admin import", "people.csv", people_csv(rows))
    assert "2 members would be brought up to date" in told(who)
    await who.press("Bring them in, they agreed")
    with unit_of(home) as unit:
        (heritage,) = unit.members.sensitive(ann.id)
        assert heritage.values == ("Hakka", "Malay")
        assert heritage.purposes == {Purpose.MATCHING}


async def test_whoever_left_is_not_brought_back_by_a_file(home: World) -> None:
    who = await moderator(home)
    await brought_in(home, [row("ann"), row("bob")], who)
    ann = home.member("ann")
    await ann.use("circle leave")
    await ann.press("Leave")
    await who.send_file("circle-admin import", "people.csv", people_csv([row("ann"), row("cat")]))
    assert "1 person has left the programme and stays out" in told(who)
    await who.press("Bring them in")
    with unit_of(home) as unit:
        person = unit.people.find(picked("ann").person)
        member = unit.members.get(person.id) if person else None
        assert member is None or member.standing is Standing.LEFT


async def test_wishes_and_earlier_meetings_come_in_with_the_people(home: World) -> None:
    who = await moderator(home)
    rows = [
        row("ann", wishes="bob", avoid="cat", met_recently="dan", met_before="bob"),
        row("bob"),
        row("cat"),
        row("dan"),
    ]
    await brought_in(home, rows, who)
    with unit_of(home) as unit:
        by_key = {key: unit.people.find(picked(key).person) for key in ("ann", "bob", "cat", "dan")}
        ids = {key: person.id for key, person in by_key.items() if person}
        profile = unit.members.profile(ids["ann"])
        assert profile.wishes == (ids["bob"],)
        assert profile.avoid == (ids["cat"],)
        met = {(frozenset({one, other}), number) for one, other, number in unit.circles.met()}
        assert met == {
            (frozenset({ids["ann"], ids["dan"]}), 0),
            (frozenset({ids["ann"], ids["bob"]}), -1),
        }


async def test_the_export_is_harmless_and_holds_nothing_confidential(home: World) -> None:
    who = await moderator(home)
    rows = [
        row("ann", wishes="bob", avoid="bob", heritage="Hakka", stage="35-44"),
        row("bob"),
    ]
    await who.send_file("circle-admin import", "people.csv", people_csv(rows))
    await who.press("Bring them in, they agreed")
    with unit_of(home) as unit:
        person = unit.people.find(picked("ann").person)
        assert person
        profile = unit.members.profile(person.id)
        unit.members.save_profile(person.id, replace(profile, bio="=1+1"))
    await who.use("circle-admin export")
    content = file_in(who)
    assert "'=1+1" in content
    assert "avoid" not in content
    assert "Hakka" not in content
    ann = next(line for line in content.splitlines() if line.startswith("ann,"))
    assert "bob" not in ann
    assert "35-44" not in ann  # not shown to her circle, so not to moderators


async def test_an_export_can_be_brought_in_again(home: World) -> None:
    who = await moderator(home)
    await brought_in(home, two_circles(), who)
    await who.use("circle-admin export")
    await who.send_file("circle-admin import", "people.csv", file_in(who).encode())
    assert "12 members would be brought up to date" in told(who)


async def told_by(home: World, key: str) -> tuple[Member_, Profile]:
    with unit_of(home) as unit:
        person = unit.people.find(picked(key).person)
        assert person
        member = unit.members.get(person.id)
        assert member
        return member, unit.members.profile(person.id)


async def test_an_old_file_brought_in_again_undoes_nothing_that_members_told(home: World) -> None:
    who = await moderator(home)
    rows = [row("ann", bio="Old words.", capacity="2"), row("bob", bio="Bob's words.")]
    await brought_in(home, rows, who)
    ann = persona(home, "ann")
    await ann.use("circle profile")
    await ann.press("Times and languages")
    await ann.fill(zone="Nepal", bio="New words.")
    again = [row("ann", bio="Older words.", seeks="career"), row("bob", bio="Bob's new words.")]
    await who.send_file("circle-admin import", "people.csv", people_csv(again))
    assert "1 of them has told something else since" in told(who)
    await who.press("Bring them in")
    member, profile = await told_by(home, "ann")
    assert (member.zone, profile.bio) == ("Asia/Kathmandu", "New words.")
    assert profile.seeks == ("career",)  # what she never touched may be brought up to date
    assert (await told_by(home, "bob"))[1].bio == "Bob's new words."


async def test_what_was_withdrawn_is_not_brought_back_by_a_file(home: World) -> None:
    who = await moderator(home)
    rows = [row("ann", heritage="Hakka"), row("bob")]
    await who.send_file("circle-admin import", "people.csv", people_csv(rows))
    await who.press("Bring them in, they agreed")
    with unit_of(home) as unit:
        person = unit.people.find(picked("ann").person)
        assert person
        assert unit.members.sensitive(person.id)
        unit.members.withdraw(person.id, "heritage")
    await who.send_file("circle-admin import", "people.csv", people_csv(rows))
    await who.press("Bring them in, they agreed")
    with unit_of(home) as unit:
        assert unit.members.sensitive(person.id) == ()


async def test_an_export_is_brought_in_again_after_a_theme_and_a_stage_are_gone(
    home: World,
) -> None:
    who = await moderator(home)
    rows = [row("ann", seeks="career"), row("mo", "mentor", offers="career;confidence")]
    await brought_in(home, rows, who)
    with unit_of(home) as unit:
        settings = unit.community.settings
        themes = tuple(theme for theme in settings.themes if theme.key != "career")
        unit.programme.configure(replace(settings, themes=themes, stages=("young", "old")))
    await who.use("circle-admin export")
    await who.send_file("circle-admin import", "people.csv", file_in(who).encode())
    assert "2 members would be brought up to date" in told(who)


async def test_a_capacity_from_a_file_stays_when_the_profile_is_saved(home: World) -> None:
    await brought_in(home, [row("mo", "mentor", capacity="6")], await moderator(home))
    mo = persona(home, "mo")
    await mo.use("circle profile")
    await mo.press("Role and themes")
    await mo.fill(role="Mentor")
    assert (await told_by(home, "mo"))[0].capacity == 6


async def test_ids_that_are_nobodys_here_are_refused(home: World) -> None:
    who = await moderator(home)
    people = [row("ann@example.org"), row("123456789012345678")]
    sent = FileSent(
        "f1",
        home.clock.now(),
        HOME,
        who.actor,
        "circle-admin import",
        "people.csv",
        people_csv(people),
        ids="[0-9]{15,20}",
        example="999999999999999999",
    )
    answer = answer_text(await home.app.dispatcher.receive(sent))
    assert "row 2, column id: “ann@example.org” cannot be anybody's id here" in answer
    assert "999999999999999999" in answer
    with unit_of(home) as unit:
        assert unit.people.find(picked("ann@example.org").person) is None


async def test_many_people_in_a_large_file_are_all_brought_in_some_at_a_time(home: World) -> None:
    who = await moderator(home)
    rows = [row(f"p{n}", wishes=f"p{(n + 45) % 90}", bio="tea " * 30) for n in range(90)]
    content = people_csv(rows)
    assert len(content) > 8 * 1024
    await brought_in(home, rows, who)
    assert "90 people are members now" in told(who)
    with unit_of(home) as unit:
        first, other = (unit.people.find(picked(key).person) for key in ("p0", "p45"))
        assert first
        assert other
        assert unit.members.profile(first.id).wishes == (other.id,)
        assert len(unit.members.all()) == 90
