"""Four people decide on one money file at once: one is first, and none of them is who checked it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from programs import environment, finish

PROGRAM = Path(__file__).parents[1] / "country" / "money_race.py"


def test_of_those_who_decide_at_once_one_is_first(own_database: str) -> None:
    race = subprocess.Popen(
        [sys.executable, str(PROGRAM)],
        env=environment(own_database),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    by_services, by_rows = (line.split() for line in finish(race).splitlines()[-2:])
    assert by_services.count("awarded") == 1
    assert set(by_services) <= {"awarded", "ACC-03", "STA-06"}
    assert by_rows == ["IntegrityError"] * 3 + ["awarded"]
