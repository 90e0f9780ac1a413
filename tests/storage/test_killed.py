"""What was acknowledged is there after the process was killed, whole units or none of them."""

import random
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa

from storage.tables.community import AUDIT
from storage.tables.mail import OUTBOX
from tests.storage.opened import AT, HERE, opened

_KILLS = 6
_WORK = """
import sys
from pathlib import Path
from tests.storage.opened import AT, HERE, hello, known, opened

with opened(sys.argv[1], Path(sys.argv[2])) as database:
    for number in range(int(sys.argv[3]), 1_000_000):
        with database.unit(HERE, None, AT) as unit:
            unit.programme.audit(None, "half", str(number))
            unit.owe([hello(known(unit, f"Member {number}"), number)])
        print(number, flush=True)
"""


def test_no_acknowledged_unit_is_lost_and_none_is_half_there(
    sqlite_url: str, tmp_path: Path
) -> None:
    chance = random.Random(7)
    done = -1
    for _ in range(_KILLS):
        start = [sys.executable, "-c", _WORK, sqlite_url, str(tmp_path), str(done + 2)]
        with subprocess.Popen(start, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 40)):
                done = int(process.stdout.readline())
            process.kill()
            for line in process.stdout.readlines():
                done = int(line)
    with opened(sqlite_url, tmp_path) as database:
        with database.engine.begin() as connection:
            audited = {int(one) for one in connection.scalars(sa.select(AUDIT.c.subject))}
            owed = {int(key[6:]) for key in connection.scalars(sa.select(OUTBOX.c.key))}
        assert audited == owed
        assert done in audited
        with database.unit(HERE, None, AT) as unit:
            assert unit.community.id
