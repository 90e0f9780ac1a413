"""The pages on which the app is installed: ours to word, and all there is on them is words."""

from html import escape

from bot.core.boundary.wording import Words

_STYLE = """
:root { color-scheme: light dark }
body { margin: 0; font: 1.1rem/1.5 system-ui, sans-serif; color: #1d2b24; background: #f6f5ef }
main { max-width: 34rem; margin: 15vh auto 0; padding: 0 1.25rem; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.2 }
a { color: #1c5f3f }
a.go { display: inline-block; padding: .7rem 1.2rem; border-radius: .5rem; color: #fff;
  background: #1c5f3f; text-decoration: none }
@media (prefers-color-scheme: dark) {
  body { color: #e7ece8; background: #16201b }
  a { color: #8fd6b0 }
  a.go { color: #10241a; background: #8fd6b0 }
}
"""


def asking(address: str, words: Words) -> str:
    """Where somebody begins: what it is, and the way to Slack's own question."""
    return _page("slack.install", _link(address, "slack.install.go", words), words)


def done(address: str, words: Words) -> str:
    """The app is in the workspace."""
    return _page("slack.installed", _link(address, "slack.installed.go", words), words)


def failed(reason: str, again: str, words: Words) -> str:
    """It is not, and what to do about it."""
    key = f"slack.install.{reason}"
    return _page(
        key if words.has(key) else "slack.install.failed",
        _link(again, "slack.install.again", words),
        words,
    )


def _link(address: str, key: str, words: Words) -> str:
    return f'<p><a class="go" href="{escape(address)}">{escape(words.line(key))}</a></p>'


def _page(key: str, link: str, words: Words) -> str:
    title, text = escape(words.line(f"{key}.title")), escape(words.line(key))
    return (
        "<!doctype html>"
        f'<html lang="{escape(words.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1><p>{text}</p>{link}</main></body></html>"
    )
