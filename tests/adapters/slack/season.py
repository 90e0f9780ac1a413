"""A small season on Slack: what its tests share."""

import asyncio
import csv
from io import StringIO

from tests.platforms.slack.model import Conversation, User, Workspace
from tests.platforms.slack.person import Person
from tests.platforms.slack.server import SlackServer
from tests.world import SAMPLE

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def settle_in(
    server: SlackServer, workspace: Workspace, which: slice = slice(12)
) -> tuple[Person, list[User], bytes]:
    """A moderator, some of the sample's people as users, and the file that brings them in."""
    rosa = Person(server, workspace, server.user(workspace, "Rosa", admin=True))
    rows = list(csv.DictReader(StringIO(SAMPLE.read_text(encoding="utf-8"))))
    near = [row for row in rows if row["timezone"].startswith(("Asia/", "Australia/"))]
    chosen = near[which]
    users = {row["id"]: server.user(workspace, row["name"], zone=row["timezone"]) for row in chosen}
    out = StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    for row in chosen:
        for column in ("wishes", "avoid", "met_recently", "met_before"):
            named = [one for one in row[column].split(";") if one.split(":")[0] in users]
            row[column] = ";".join(users[one].id for one in named if one in users)
        writer.writerow(row | {"id": users[row["id"]].id})
    return rosa, list(users.values()), out.getvalue().encode()


async def bring_in(rosa: Person, file: bytes) -> None:
    """Open a season and import the people."""
    await rosa.command("/circle-admin season action:open")
    await rosa.fill()
    rosa.close()
    await rosa.command("/circle-admin import")
    await rosa.fill({"Choose a file (up to 2 MB)": [rosa.file("people.csv", file)]})
    await rosa.press("Bring them in")
    rosa.close()


async def match_and_publish(rosa: Person) -> None:
    """Match, look at the draft, and open the circles."""
    await rosa.command("/circle-admin match effort:quick")
    for _ in range(1200):  # a search is a process of its own, and machines may be busy
        if "Publish …" in rosa.text:
            break
        await asyncio.sleep(0.5)
    await rosa.command("/circle-admin publish")
    await rosa.press("Yes, open these circles")


def rooms(workspace: Workspace) -> list[Conversation]:
    """The circles' channels."""
    return [one for one in workspace.conversations.values() if one.name and one.private]


def many(server: SlackServer, workspace: Workspace, circles: int) -> bytes:
    """People for exactly so many circles of three, each with two hours of its own, as a file."""
    with SAMPLE.open(encoding="utf-8") as sample:
        header = next(csv.reader(sample))
    out = StringIO()
    writer = csv.DictWriter(out, header, restval="")
    writer.writeheader()
    for number in range(circles):
        day, hour = DAYS[number % 7], 8 + number // 7 * 2
        for role, seeks, offers in (
            ("mentor", "", "confidence"),
            ("mentee", "confidence", ""),
            ("mentee", "confidence", ""),
        ):
            user = server.user(workspace, f"{role} {number}")
            row = {"id": user.id, "name": user.name, "role": role, "capacity": "1"}
            row |= {"seeks": seeks, "offers": offers, "languages": "en", "preferred_language": "en"}
            row |= {"timezone": user.zone, "availability": f"{day} {hour:02}:00-{hour + 2:02}:00"}
            writer.writerow(row)
    return out.getvalue().encode()


async def small_circles(rosa: Person) -> None:
    """A mentor and two mentees in each."""
    await rosa.command("/circle-admin settings")
    await rosa.choose("The size of circles")
    sizes = {"Mentors in a circle": "1", "Mentees in a circle: at least": "2"}
    await rosa.fill(sizes | {"Mentees in a circle: at most": "2"})
    rosa.close()
