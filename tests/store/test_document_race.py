"""People act on one residence document at once: one is first, and nobody checks what they gave themselves."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from programs import environment, finish

PROGRAM = Path(__file__).parents[1] / "country" / "document_race.py"


def test_of_those_who_act_on_a_document_at_once_one_is_first(own_database: str) -> None:
    race = subprocess.Popen(
        [sys.executable, str(PROGRAM)],
        env=environment(own_database),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    place, give, check_or_refuse, again, check, back, rows = (
        line.split() for line in finish(race).splitlines()[-7:]
    )
    assert Counter(place) == {"invited": 1, "STA-01": 3}
    assert Counter(give) == {"given": 1, "STA-07": 3}
    assert check_or_refuse.count("refused") == 1
    assert set(check_or_refuse) <= {"refused", "ACC-03", "STA-06", "STA-07"}
    assert Counter(again) == {"given": 1, "STA-06": 1}
    assert check.count("checked") == 1
    assert set(check) <= {"checked", "ACC-03", "STA-06"}
    assert Counter(back) == {"returned": 1, "STA-06": 2}
    assert Counter(rows) == {"checked": 1, "IntegrityError": 3}
