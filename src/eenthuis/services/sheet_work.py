"""Checking and taking in spreadsheets: by a worker in the background, or at once on the command line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from django.db import Error, connection, transaction

from eenthuis.connect import sheet_reading
from eenthuis.connect.sheet_book import forms
from eenthuis.rules.sheet_receipts import sheet_receipt
from eenthuis.services.lists import make_list
from eenthuis.services.sheet_checks import CheckedLine, check_lines, require_hand_in, take_in
from eenthuis.services.sheets import hand_in
from eenthuis.store import journal, links, runs, sheets
from eenthuis.store.sheet_models import SheetRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.sheets import Outcome, ReadSheet, SheetKind, SheetProblem
from eenthuis.terms.version import code_version

BEAT_SECONDS = 0.5
OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was read and checked: its rows with their outcome, and what is wrong with its headings."""

    read: ReadSheet
    lines: tuple[CheckedLine, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome."""
        return {kind.value: sum(1 for one in self.lines if one.outcome is kind) for kind in Outcome}

    @property
    def problems(self) -> tuple[SheetProblem, ...]:
        """Everything that is wrong, in the order of the rows."""
        return (*self.read.problems, *(problem for one in self.lines for problem in one.problems))

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.read.problems and all(one.outcome is not Outcome.WRONG for one in self.lines)


def look_at(
    *, actor: Actor, kind: SheetKind, name: str, content: bytes, today: date,
    on_progress: OnProgress | None = None,
) -> Looked:  # fmt: skip
    """Read and check a file without keeping anything.

    Raises
    ------
    AccessError
        ACC-01 when this role may not hand in this kind.
    InputError
        INP-05 or INP-06 when the file cannot be read or is too large.
    """
    require_hand_in(actor, kind)
    form = forms()[kind]
    read = sheet_reading.read_sheet(content, name, form)
    lines = () if read.problems else read.lines
    total = len(lines)
    tell = (lambda done: on_progress(done, total)) if on_progress is not None else None
    return Looked(read, tuple(check_lines(actor=actor, form=form, lines=lines, today=today, tell=tell)))


def take_in_now(
    *, actor: Actor, kind: SheetKind, name: str, content: bytes, today: date,
    on_progress: OnProgress | None = None,
) -> tuple[Looked, str]:  # fmt: skip
    """Check a file and take it in at once when every row is sound; return what was found and the receipt's number.

    Nothing is taken in, and the number is empty, when anything is wrong.
    """
    looked = look_at(actor=actor, kind=kind, name=name, content=content, today=today, on_progress=on_progress)
    if not looked.is_sound or not looked.counts["new"]:
        return looked, ""
    with transaction.atomic():
        links.lock_every_household()
        again = check_lines(actor=actor, form=looked.read.form, lines=looked.read.lines, today=today)
        looked = replace(looked, lines=tuple(again))
        if not looked.is_sound:
            return looked, ""
        number = hand_in(actor=actor, kind=kind, name=name, content=content, today=today)
        sheets.move(number, before=["waiting"], after="done")
        row = SheetRow.objects.get(pk=number)
        receipt = _keep(actor, row, looked.lines)
        SheetRow.objects.filter(pk=number).update(
            found=looked.counts, total=len(looked.lines), done=len(looked.lines), receipt=receipt
        )
        sheets.throw_away(number)
    return looked, receipt


def _keep(actor: Actor, row: SheetRow, lines: tuple[CheckedLine, ...]) -> str:
    """Take rows in, with a receipt and a line in the journal, in the transaction of the caller."""
    kind = SheetKind(row.kind)
    take_in(actor=actor, kind=kind, checked=lines, today=row.as_of)
    new = sum(1 for one in lines if one.outcome is Outcome.NEW)
    receipt = sheet_receipt(
        kind=kind,
        file_digest=row.digest,
        outcomes={one.line.number: one.outcome for one in lines},
        as_of=row.as_of,
        code_version=code_version(),
    )
    number = journal.save_receipt(receipt)
    told = {
        "kind": kind.value,
        "new": new,
        "same": len(lines) - new,
        "receipt": number,
    }
    journal.write(actor, "take-in-sheet", f"sheet {row.pk}", municipality=row.municipality, after=told)
    return number


class Beat:
    """Tells how far a sheet is from a thread of its own, and hears whether it still is the worker's own."""

    def __init__(self, row: SheetRow, worker: str, ending: threading.Event) -> None:
        """Be ready to tell of a sheet."""
        self._row, self._worker, self._ending = row, worker, ending
        self._far = (0, row.total)
        self.is_lost = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="sheet-beat", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End; nothing more is told afterwards."""
        self._ended.set()
        self._thread.join()

    def tell(self, done: int, total: int) -> None:
        """Take in how far it is; stop when the sheet was withdrawn or the worker ends."""
        self._far = (done, total)
        if self.is_lost or self._ending.is_set():
            raise Interrupted

    def _beat(self) -> None:
        try:
            while not self._ended.wait(BEAT_SECONDS):
                with suppress(Error):
                    runs.worker_beat(self._worker)
                    self.is_lost = not sheets.beat(self._row.pk, self._worker, *self._far)
        finally:
            connection.close()


class Interrupted(Exception):  # noqa: N818 - nothing is wrong
    """The sheet was withdrawn, or the worker is told to end."""


def work_once(worker: str, ending: threading.Event | None = None) -> int | None:
    """Check, take in or make the sheet that waits longest; return its number, or None when none waits."""
    row = sheets.claim(worker)
    if row is None:
        return None
    does = {"checking": _check, "importing": _take_in, "making": make_list}[row.state]
    actor = Actor(
        row.asked_by,
        Role(row.asked_role),
        MunicipalityCode(row.municipality) if row.municipality else None,
        ProvinceCode(row.province) if row.province else None,
        association=row.association or None,
    )
    try:
        with Beat(row, worker, ending or threading.Event()) as beat:
            finish = does(actor, row, beat.tell)
        finish(worker)
    except Interrupted:
        sheets.put_back(row.pk, worker)
    except EenthuisError as wrong:
        if sheets.end_with(row.pk, worker, "failed", problem=wrong.code):
            sheets.throw_away(row.pk)
    except Exception:
        if sheets.end_with(row.pk, worker, "failed", problem="STA-01"):
            sheets.throw_away(row.pk)
        raise
    return int(row.pk)


Finish = Callable[[str], None]


def _check(actor: Actor, row: SheetRow, tell: OnProgress) -> Finish:
    looked = look_at(
        actor=actor,
        kind=SheetKind(row.kind),
        name=row.file_name,
        content=bytes(row.content or b""),
        today=row.as_of,
        on_progress=tell,
    )

    def finish(worker: str) -> None:
        with transaction.atomic():
            ours = sheets.end_with(
                row.pk,
                worker,
                "checked",
                found=looked.counts,
                problems=sheets.problems_plain(looked.read.problems),
                heading_row=looked.read.heading_row,
                total=len(looked.lines),
                done=len(looked.lines),
            )
            if ours:
                sheets.stage(row.pk, ((one.line, one.outcome, one.problems) for one in looked.lines))

    return finish


def _take_in(actor: Actor, row: SheetRow, tell: OnProgress) -> Finish:
    """Take the staged rows in, judged once more against what is there now: all of them, or none."""
    form = forms()[SheetKind(row.kind)]
    lines = sheets.staged_lines(row.pk)

    def judge(far: OnProgress | None) -> tuple[CheckedLine, ...]:
        told = (lambda done: far(done, len(lines))) if far is not None else None
        return tuple(check_lines(actor=actor, form=form, lines=lines, today=row.as_of, tell=told))

    with transaction.atomic():
        links.lock_every_household()
        checked = judge(tell)
        if any(one.outcome is Outcome.WRONG for one in checked):
            transaction.set_rollback(True)
            return lambda worker: _found_wrong(row, worker, checked)
        receipt = _keep(actor, row, checked)
        ours = sheets.end_with(row.pk, row.worker, "done", receipt=receipt, done=len(lines), total=len(lines))
        if not ours:
            transaction.set_rollback(True)
            raise Interrupted
        sheets.throw_away(row.pk)
    return lambda _worker: None


def _found_wrong(row: SheetRow, worker: str, checked: tuple[CheckedLine, ...]) -> None:
    """Show what became wrong since the sheet was checked; nothing was taken in."""
    counts = {kind.value: sum(1 for one in checked if one.outcome is kind) for kind in Outcome}
    with transaction.atomic():
        if sheets.end_with(row.pk, worker, "checked", found=counts):
            sheets.stage(row.pk, ((one.line, one.outcome, one.problems) for one in checked))


def tidy() -> None:
    """Give sheets of workers that fell silent to others."""
    sheets.give_back_silent()
