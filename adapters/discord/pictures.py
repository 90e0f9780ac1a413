"""Our own pictures as PNG, which is what Discord shows. Pure."""


def png(svg: str) -> bytes:
    """The picture, drawn."""
    import resvg_py  # heavy: only a process that shows pictures loads it

    return bytes(resvg_py.svg_to_bytes(svg_string=svg))
