"""Whole conversations, approved as text: read `__snapshots__` to hear Banyan's voice.

A snapshot is changed by reading the new one aloud, never by regenerating it blindly.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.world import SAMPLE, CountedChance, World, world


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    """A new community."""
    async with world(tmp_path, chance=CountedChance()) as made:
        yield made


async def test_a_mentor_joins(here: World, snapshot: SnapshotAssertion) -> None:
    rosa = here.member("Rosa", moderator=True)
    await rosa.use("circle-admin setup")
    mei = here.member("Mei", zone="Asia/Kathmandu")
    await mei.use("circle")
    await mei.use("circle status")
    await mei.use("circle join")
    await mei.fill(role="Mentor")
    await mei.fill(role="Mentor", offers=("Confidence", "Career growth"))
    await mei.use("circle join")
    evenings = ("Tuesday, evening (17–21)", "Saturday, morning (09–12)")
    await mei.fill(zone="Katmandu city", availability=evenings, bio="Retired engineer.")
    await mei.fill(zone="Kathmandu", languages="English, Nepali")
    await mei.fill(private="Yes, ask me privately")
    await here.settle()
    await rosa.press("Approve", within=rosa.mail[-1])
    await here.settle()
    await mei.use("circle status")
    await mei.use("circle profile")
    await mei.use("circle quiet")
    await mei.use("circle pause", until="2 weeks")
    await here.move_on(timedelta(days=15))
    await mei.use("circle leave")
    assert snapshot == "\n".join(here.paper.transcript)


async def test_a_mentor_is_told_not_now(here: World, snapshot: SnapshotAssertion) -> None:
    rosa = here.member("Rosa", moderator=True)
    await rosa.use("circle-admin setup")
    ravi = here.member("Ravi", zone="Asia/Kolkata")
    await ravi.use("circle join")
    await ravi.fill(role="Mentor", offers=("Confidence",))
    await ravi.fill(availability=("Tuesday, evening (17–21)",), bio="Retired engineer.")
    await ravi.fill()
    await here.settle()
    await rosa.use("circle-admin health")
    await rosa.press("Not now", within=rosa.mail[-1])
    await here.settle()
    await ravi.use("circle status")
    await ravi.use("circle pause")
    await rosa.use("circle-admin members")
    await rosa.use("circle-admin approve")
    await rosa.press("Approve Ravi")
    await here.settle()
    await ravi.use("circle status")
    await rosa.use("circle-admin audit")
    assert snapshot == "\n".join(here.paper.transcript)


async def test_rights_and_reports(here: World, snapshot: SnapshotAssertion) -> None:
    here.member("Nobody's friend")
    rosa = here.member("Rosa", moderator=True)
    omar = here.member("Omar", moderator=True)
    await rosa.use("circle-admin members")
    await omar.use("circle-admin members")
    mei = here.member("Mei")
    await mei.use("circle report")
    await mei.fill(words="")
    await mei.fill(about=(omar.picked,), words="He shouted at me.")
    await here.settle()
    assert omar.mail == []
    await rosa.press("It is taken care of", within=rosa.mail[-1])
    await here.settle()
    await mei.use("circle mydata")
    await mei.use("circle forget")
    await mei.press("Delete everything for good")
    await here.settle()
    await mei.use("circle status")
    assert snapshot == "\n".join(here.paper.transcript)


async def test_a_season(here: World, snapshot: SnapshotAssertion) -> None:
    rosa = here.member("Rosa", moderator=True)
    await rosa.send_file("circle-admin import", "people.csv", _some_people())
    await rosa.press("Bring them in")
    await rosa.use("circle-admin season", action="open")
    await rosa.fill()
    await rosa.use("circle-admin match")
    await here.settle()
    await rosa.use("circle-admin publish")
    await rosa.press("Yes, open these circles")
    await here.move_on(timedelta(weeks=1))
    sheet = next(sheet for sheet in here.paper.rooms.values() if len(sheet.people) > 4)
    key = min(sheet.people)
    member = here.member(key)
    message = next(m for m in sheet.messages.values() if m.title.startswith("Week 1"))
    await member.press("We met", within=message)
    await member.press("Add a line")
    await member.fill(line="We laughed a lot.", share=f"Share it with {sheet.name}")
    await member.use("circle why")
    for _ in range(13):
        await here.move_on(timedelta(weeks=1))
    told = (
        *(f"[in {sheet.name}", f"[{sheet.name}", f"[to {key}", key, f"[only {key}"),
        *("Rosa", "[to Rosa", "[only Rosa"),
    )
    assert snapshot == "\n".join(one for one in here.paper.transcript if one.startswith(told))


def _some_people() -> bytes:
    """The sample's people of Asia and Oceania alone: a small community."""
    header, *rows = SAMPLE.read_text().splitlines()
    near = [row for row in rows if ",Asia/" in row or ",Australia/" in row]
    known = {row.split(",")[0] for row in near}
    far = {row.split(",")[0] for row in rows} - known
    text = "\n".join([header, *near])
    for one in sorted(far, key=len, reverse=True):  # wishes for people who are not there
        text = text.replace(f";{one}", "").replace(f"{one};", "").replace(f",{one},", ",,")
    return text.encode()
