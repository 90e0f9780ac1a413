"""What was read of a file as bytes, so that another process can read it, and it can be kept."""

import msgspec

from bot.core.matching.files.people_csv import People, Row
from bot.core.matching.files.problems import BadFile, FileProblem


class _Packed(msgspec.Struct, forbid_unknown_fields=True):
    rows: tuple[Row, ...] = ()
    remarks: tuple[FileProblem, ...] = ()
    problems: tuple[FileProblem, ...] = ()


def pack(found: People | BadFile) -> bytes:
    """The people or the problems as JSON."""
    if isinstance(found, BadFile):
        return msgspec.json.encode(_Packed(problems=found.problems))
    return msgspec.json.encode(_Packed(found.rows, found.remarks))


def unpack(packed: bytes) -> People | BadFile:
    """What was packed. Raises ValueError for anything else."""
    told = msgspec.json.decode(packed, type=_Packed)
    return BadFile(told.problems) if told.problems else People(told.rows, told.remarks)
