"""The form in which a moderator hands over a file: Slack's commands cannot carry one."""

from adapters.slack import uploads
from adapters.slack.api import Api
from adapters.slack.decode import FILE, FILE_FORM, PASTED, Moment, Submitted
from adapters.slack.installations import Installation
from adapters.slack.markup import label
from adapters.slack.model import Json
from bot.core.boundary.events import Actor, FileSent
from bot.core.boundary.limits import FIELD_TEXT
from bot.core.boundary.wording import Words
from bot.shell.ports import TryLater


def view(command: str, words: Words, metadata: str) -> Json:
    """The form for one command: a file, or for a short one the text itself."""
    upload: Json = {
        "type": "file_input",
        "action_id": FILE,
        "filetypes": ["csv", "toml", "text"],
        "max_files": 1,
    }
    paste: Json = {
        "type": "plain_text_input",
        "action_id": PASTED,
        "multiline": True,
        "max_length": FIELD_TEXT,
    }
    return {
        "type": "modal",
        "callback_id": f"{FILE_FORM};{command}",
        "title": label(words.line("slack.file.title")),
        "submit": label(words.line("slack.file.send")),
        "close": label(words.line("slack.cancel")),
        "private_metadata": metadata,
        "blocks": [
            _input(FILE, words.line("slack.file.choose"), upload),
            _input(PASTED, words.line("slack.file.paste"), paste),
        ],
    }


def command(code: str) -> str:
    """The command that a form's code belongs to; empty when it is no such form."""
    kind, _, name = code.partition(";")
    return name if kind == FILE_FORM else ""


def has_file(sent: Submitted) -> bool:
    """Whether anything was handed over."""
    return bool(sent.stands.files or sent.stands.texts.get(PASTED, "").strip())


async def event(
    api: Api, ours: Installation, sent: Submitted, when: Moment, actor: Actor
) -> FileSent | None:
    """The file as an event; ``None`` when it cannot be read."""
    name, content = "pasted.csv", sent.stands.texts.get(PASTED, "").encode()
    if sent.stands.files:
        try:
            name, content = await uploads.fetch(api, ours, sent.stands.files[0])
        except (uploads.TooLarge, TryLater):
            return None
    return FileSent(
        sent.id,
        when.at,
        when.community,
        actor,
        command(sent.code),
        name,
        content,
        sent.room,
        ids=r"[UW][A-Z0-9]{2,20}",
        example=actor.person.key,
    )


def _input(key: str, words: str, element: Json) -> Json:
    return {
        "type": "input",
        "block_id": key,
        "label": label(words),
        "element": element,
        "optional": True,
    }
