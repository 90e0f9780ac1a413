"""Our own pictures as PNG, for platforms that show no SVG. Pure, and the same on every machine.

A picture's letters are drawn with the font that lies here (Latin, Greek, Cyrillic): without one
they would vanish, and a server need not have any. Fonts of the machine help out with other scripts.
In the SVG itself text is ``sans-serif``, and may be bold.
"""

from importlib.resources import as_file, files
from typing import Final

_FAMILY: Final = "Banyan Sans"


def png(svg: str) -> bytes:
    """The picture, drawn. Raises ``ValueError`` for what is no SVG."""
    import resvg_py  # heavy: only a process that shows pictures loads it

    with as_file(files("bot.shell") / "fonts") as folder:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                font_dirs=[str(folder)],
                font_family=_FAMILY,
                sans_serif_family=_FAMILY,
            )
        )
