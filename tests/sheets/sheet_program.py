"""A program that hands in and takes in a spreadsheet of the small country; the tests kill it in the middle."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from small_country import COA, TODAY, prepare


def check(file: str) -> int:
    """Hand in households, check them and agree; return the number of the sheet."""
    from eenthuis.services import sheet_work, sheets
    from eenthuis.terms.sheets import SheetKind

    number = sheets.hand_in(
        actor=COA, kind=SheetKind.HOUSEHOLDS, name="lijst.xlsx", content=Path(file).read_bytes(), today=TODAY
    )
    sheet_work.work_once("checker")
    sheets.agree(actor=COA, number=number)
    return number


def take_in(gate: str) -> None:
    """Take in what was agreed to, standing still just before the end while the gate is there."""
    from django.db import connection

    from eenthuis.services import sheet_work
    from eenthuis.store import journal, sheets

    written = journal.write

    def write_and_wait(*arguments: object, **named: object) -> None:
        written(*arguments, **named)  # type: ignore[arg-type]
        Path(gate).with_suffix(".reached").touch()
        while Path(gate).exists():
            time.sleep(0.02)

    journal.write = write_and_wait
    with connection.cursor() as cursor:
        cursor.execute("update store_sheetrow set beat_at = beat_at - interval '2 minutes'")
    sheets.give_back_silent()
    sys.stdout.write(f"did={sheet_work.work_once(f'worker:{os.getpid()}')}\n")


if __name__ == "__main__":
    from eenthuis.cli.django_ready import ready

    os.environ["EENTHUIS_TESTING"] = "1"
    ready()
    if sys.argv[1] == "check":
        prepare()
        sys.stdout.write(f"{check(sys.argv[2])}\n")
    else:
        take_in(sys.argv[2])
