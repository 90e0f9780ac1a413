"""What moderators see of members: who takes part as what, and which mentors wait for a yes.

Of a mentor who waits they see what the answer hangs on: what they offer, wrote and speak, and when
they are free. Of nobody else what they told.
"""

from collections import Counter

from bot.core.actions.intros import Approve, NotNow, ShowMembers, ShowWaiting
from bot.core.boundary.languages import language_name
from bot.core.boundary.limits import BUTTON_LABEL
from bot.core.boundary.text import Text, joined, plain
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Fact,
    Facts,
    Message,
    Paragraph,
    Quote,
    Small,
    Tone,
)
from bot.core.boundary.wording import Words
from bot.core.features.intros.views.profile import role, shortened, times
from bot.core.programme.community.themes import theme_labels
from bot.core.programme.members.model import Member, Profile, Role, Standing
from bot.core.programme.people import Person
from bot.core.programme.unit import Unit

ON_A_PAGE = 20
WAITING_ON_A_PAGE = 3
"""Mentors of whom all that is shown fits one message."""
_VALUE = 200
_BIO = 300
"""Characters of what one mentor told."""


def members(everyone: tuple[Member, ...], page: int, unit: Unit) -> Message:
    """How many take part as what, and a page of names."""
    words = unit.words
    if not everyone:
        return Message("", (Paragraph(words.text("intros.members.none")),))
    roles = Counter(one.role for one in everyone)
    standings = Counter(one.standing for one in everyone)
    facts = [
        *(Fact(words.line(f"intros.role.{role.value}"), (str(roles[role]),)) for role in Role),
        *(
            Fact(words.line(f"intros.members.{one.value}"), (str(standings[one]),))
            for one in (Standing.WAITING, Standing.DECLINED, Standing.PAUSED)
            if one is not Standing.DECLINED or standings[one]
        ),
    ]
    pages = -(-len(everyone) // ON_A_PAGE)
    page = min(max(page, 0), pages - 1)
    here = everyone[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    blocks: list[Block] = [Facts(tuple(facts)), Paragraph(joined(_lines(here, unit), "\n"))]
    if pages > 1:
        blocks.append(Small(words.text("intros.page", page=page + 1, pages=pages)))
        turns = [("previous", page - 1), ("next", page + 1)]
        blocks.append(
            Buttons(
                tuple(
                    Button(words.line(f"intros.button.{way}"), ShowMembers(to))
                    for way, to in turns
                    if 0 <= to < pages
                )
            )
        )
    return Message(words.line("intros.members.title", n=len(everyone)), tuple(blocks))


def _lines(here: tuple[Member, ...], unit: Unit) -> list[Text]:
    words = unit.words
    known = unit.people.many([one.person for one in here])
    lines: list[Text] = []
    for one in here:
        if one.person not in known:
            continue
        part = words.line(f"intros.role.{one.role.value}")
        key = "intros.members.line"
        if one.standing is not Standing.ACTIVE:
            key = f"intros.members.line.{one.standing.value}"
        lines.append(words.text(key, name=known[one.person].mention(), role=part))
    return lines


def waiting(
    wait: tuple[Member, ...],
    declined: tuple[Member, ...],
    page: int,
    unit: Unit,
    *,
    lead: Text = (),
) -> Message:
    """The mentors who wait, and then those told *not now*, each with what they told."""
    words = unit.words
    known = unit.people.many([one.person for one in (*wait, *declined)])
    everyone = [one for one in (*wait, *declined) if one.person in known]
    waits = sum(1 for one in wait if one.person in known)
    count = words.text("intros.waiting", n=waits) if waits else words.text("intros.waiting.none")
    blocks: list[Block] = [*([Paragraph(lead)] if lead else []), Paragraph(count)]
    pages = max(1, -(-len(everyone) // WAITING_ON_A_PAGE))
    page = min(max(page, 0), pages - 1)
    profiles = unit.members.profiles(tuple(one.person for one in everyone))
    for one in everyone[page * WAITING_ON_A_PAGE : (page + 1) * WAITING_ON_A_PAGE]:
        person = known[one.person]
        blocks += _offer(person, one, profiles[one.person], unit, words)
        short = shortened(person.name, BUTTON_LABEL // 2)
        yes = words.line("intros.button.approve", name=short)
        no = words.line("intros.button.not_now", name=short)
        blocks.append(_yes_or_not_now(person, one, yes, no))
    turns = [("previous", page - 1), ("next", page + 1)]
    if pages > 1:
        ways = tuple(
            Button(words.line(f"intros.button.{way}"), ShowWaiting(to))
            for way, to in turns
            if 0 <= to < pages
        )
        blocks.append(Buttons(ways))
    return Message(words.line("intros.waiting.title"), tuple(blocks))


def mentor_waits(person: Person, member: Member, unit: Unit, words: Words) -> Message:
    """To a moderator: who offers to mentor, with all that is needed to answer."""
    told = unit.members.profile(person.id)
    yes, no = words.line("intros.button.approve_one"), words.line("intros.button.not_now_one")
    return Message(
        "",
        (
            Paragraph(words.text("intros.mentor_waits", name=person.mention())),
            *_offer(person, member, told, unit, words),
            _yes_or_not_now(person, member, yes, no),
            Small(words.text("intros.mentor_waits.small")),
        ),
    )


def _offer(person: Person, member: Member, told: Profile, unit: Unit, words: Words) -> list[Block]:
    """What a mentor offers, wrote and speaks, and when they are free."""
    settings = unit.community.settings
    spoken = [language_name(tag, words.language) for tag in told.languages]
    free = shortened(plain(times(told.availability, words)), _VALUE)
    zone = member.zone.replace("_", " ")
    facts = [
        Fact(words.line("intros.offer.person"), (person.mention(), " · ", *role(member, words))),
        Fact(
            words.line("intros.offer.offers"),
            (shortened(words.list(theme_labels(told.offers, settings, words)), _VALUE),),
        ),
        Fact(words.line("intros.offer.languages"), (shortened(words.list(spoken), _VALUE),)),
        Fact(
            words.line("intros.offer.times"),
            words.text("intros.offer.free", times=free, zone=zone)
            if free
            else words.text("intros.offer.no_times"),
        ),
    ]
    if member.standing is Standing.DECLINED:
        facts.append(Fact(words.line("intros.offer.answer"), words.text("intros.offer.declined")))
    bio: list[Block] = [Quote((shortened(told.bio, _BIO),))] if told.bio else []
    return [Facts(tuple(facts)), *bio]


def _yes_or_not_now(person: Person, member: Member, yes: str, no: str) -> Buttons:
    buttons = [Button(yes, Approve(person.id), Tone.PRIMARY)]
    if member.standing is Standing.WAITING:
        buttons.append(Button(no, NotNow(person.id)))
    return Buttons(tuple(buttons))
