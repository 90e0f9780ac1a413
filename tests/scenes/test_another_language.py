"""Nothing that a person reads is written in the code: a made-up language proves it.

In it every sentence stands in brackets, so whatever is said outside brackets came from elsewhere:
from members' own words and names, which is right, or from the code, which is not.
"""

import re
from datetime import timedelta
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

import bot.core.boundary.wording
from bot.core.boundary.views import (
    Buttons,
    ChoiceField,
    Form,
    Message,
    PeopleField,
    Select,
    TextField,
    words,
)
from bot.core.boundary.wording import Wording, load
from bot.core.decide import Bot
from bot.core.features import FEATURES
from tests.paper import Member
from tests.world import SAMPLE, world

LANGUAGE = "ta"  # dates and names of languages come in a script that is not Latin
_ENGLISH = Path(bot.core.boundary.wording.__file__).parent / "en"
_COMMANDS = Bot(FEATURES).commands
_BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")


def _made_up(folder: Path) -> Wording:
    """Banyan's wording with a second language, laid out in ``folder`` as translators would."""
    (folder / LANGUAGE).mkdir(parents=True)
    for file in _ENGLISH.glob("*.po"):
        with file.open("rb") as source:
            english = read_po(source)
        made = Catalog(locale=LANGUAGE)
        for one in english:
            if one.context:
                forms = (one.id,) if isinstance(one.id, str) else tuple(one.id)
                strings = tuple(_bracketed(form) for form in forms)
                made.add(one.id, strings if len(strings) > 1 else strings[0], context=one.context)
        with (folder / LANGUAGE / file.name).open("wb") as target:
            write_po(target, made)
    return load(folder)


def _bracketed(sentence: str) -> str:
    """The sentence in brackets, its values outside them."""
    pieces = re.split(r"(\{\w+\}|\*|\n)", sentence)
    kept = [
        piece if re.fullmatch(r"\{\w+\}|\*|\n", piece) else f"⟦{piece}⟧"
        for piece in pieces
        if piece
    ]
    return "".join(kept)


async def test_a_reader_of_another_language_reads_nothing_else(tmp_path: Path) -> None:
    wording = _made_up(tmp_path / "languages")
    async with world(tmp_path, wording=wording) as here:
        rosa = here.member("Ro", moderator=True, language=LANGUAGE)
        mei = here.member("Mi", zone="UTC", language=LANGUAGE)
        found: set[str] = set()
        commands = list(here.app.bot.commands)
        for who in (rosa, mei):
            for command in commands:
                await who.use(command)
                found |= _strange(who)
        await mei.use("circle join")
        found |= _strange(mei)
        await mei.fill()
        found |= _strange(mei)
        file = SAMPLE.read_bytes()[:3000]
        await rosa.send_file("circle-admin import", "people.csv", file)
        found |= _strange(rosa)
        await here.move_on(timedelta(days=3))
        for message in (*rosa.mail, *mei.mail):
            found |= _outside(_of_message(message))
    from_the_file = set(re.findall(r"[A-Za-z]{3,}", file.decode()))
    assert found - from_the_file - {"UTC", "csv"} == set()


def _strange(who: Member) -> set[str]:
    try:
        return _outside(_of_form(who.form))
    except AssertionError:
        return _outside(_of_message(who.message))


def _of_message(message: Message) -> list[str]:
    said = words(message)
    for block in message.blocks:
        if isinstance(block, Buttons):
            said += [button.label for button in block.buttons]
        if isinstance(block, Select):
            said += [block.placeholder, *(choice.label for choice in block.choices)]
    return said


def _of_form(form: Form) -> list[str]:
    said = [form.title, form.submit_label, *form.problems.values()]
    for field in form.fields:
        said += [field.label, field.hint]
        match field:
            case ChoiceField(choices=choices):
                said += [choice.label for choice in choices]
            case TextField(placeholder=placeholder):
                said.append(placeholder)
            case PeopleField():
                pass
    return said


def _outside(texts: list[str]) -> set[str]:
    """Words of three letters and more that stand in no brackets.

    What is to be typed is none of them: commands are called the same in every language.
    """
    return {
        word
        for text in texts
        for word in re.findall(r"[A-Za-z]{3,}", _untyped(_BRACKETED.sub(" ", text)))
    }


def _untyped(text: str) -> str:
    """The text without the commands in it, and without what they ask for."""
    for name, command in _COMMANDS.items():
        named = "|".join(f" {option.name}:" for option in command.options) or " "
        text = re.sub(rf"/{name}({named})*(?![\w:])", " ", text)
    return text
