"""Pictures keep their letters on a machine without fonts."""

from importlib.resources import files

import pytest
import resvg_py

from bot.shell.pictures import png

FONTS = files("bot.shell") / "fonts"


def drawn(words: str, style: str = "") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="260" height="40">'
        f'<text x="4" y="24" font-family="sans-serif" {style} font-size="20">{words}</text></svg>'
    )


@pytest.mark.parametrize(
    "words", ["Rowan", "Nguyễn Thị Ánh", "Ελλάδα", "Москва", "10:00–12:00 · 5 → 7", "½ × ± ✓ €"]
)
@pytest.mark.parametrize("style", ["", 'font-weight="bold"'])
def test_letters_are_drawn_with_the_font_that_comes_along(words: str, style: str) -> None:
    ours = resvg_py.svg_to_bytes(
        svg_string=drawn(words, style),
        skip_system_fonts=True,
        font_dirs=[str(FONTS)],
        sans_serif_family="Banyan Sans",
    )
    assert png(drawn(words, style)) == bytes(ours)
    assert png(drawn(words, style)) != png(drawn(""))


def test_bold_is_bolder() -> None:
    assert png(drawn("Rowan")) != png(drawn("Rowan", 'font-weight="bold"'))
