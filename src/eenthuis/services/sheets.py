"""Spreadsheets handed in: kept, checked in the background, shown, and taken in whole once a person agrees."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from eenthuis.connect import sheet_reading, sheet_writing
from eenthuis.connect.sheet_book import forms, sentence
from eenthuis.connect.sheet_files import MOST_BYTES
from eenthuis.services.access import require
from eenthuis.services.sheet_checks import may_hand_in, require_hand_in
from eenthuis.store import journal, runs, scope, sheets
from eenthuis.store.sheet_models import SheetRow
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.sheets import SheetForm, SheetKind, SheetProblem

PROBLEM_ROWS_A_PAGE = 50
LATEST = 20
ENDED = frozenset({"done", "failed", "lost", "withdrawn"})


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """What is wrong in one cell or row, in words."""

    row: int
    column: str
    value: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One sheet: how far it is, how many rows are new, the same or wrong, and a page of what is wrong.

    ``problem`` is the code of what is wrong with the file as a whole.
    """

    number: int
    direction: str
    kind: str
    file_name: str
    state: str
    total: int
    done: int
    new: int
    same: int
    wrong: int
    asked_at: datetime
    problem: str
    receipt: str
    heading_problems: tuple[ProblemLine, ...]
    problems: tuple[ProblemLine, ...]
    page: int
    pages: int
    has_worker: bool
    has_file: bool
    asked: str

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will change by itself."""
        return self.state in ENDED or self.state == "checked"

    @property
    def may_agree(self) -> bool:
        """Whether all rows are sound and at least one is new."""
        return self.state == "checked" and self.wrong == 0 and self.new > 0 and not self.heading_problems


def hand_in(*, actor: Actor, kind: SheetKind, name: str, content: bytes, today: date) -> int:
    """Keep a file to be checked in the background; return its number. Nothing is taken in by this.

    Raises
    ------
    AccessError
        ACC-01 when this role may not hand in this kind.
    InputError
        INP-06 when the file is empty or too large.
    """
    require_hand_in(actor, kind)
    if not content or len(content) > MOST_BYTES:
        raise InputError(
            "INP-06",
            f"the file has {len(content)} bytes",
            remedy=f"Hand in a file of at most {MOST_BYTES // 1_000_000} MB that holds something.",
            location=Location(name),
        )
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    with transaction.atomic():
        row = sheets.add(
            direction="in",
            kind=kind.value,
            name=name,
            content=content,
            digest=digest,
            actor=actor,
            as_of=today,
        )
        journal.write(actor, "hand-in-sheet", f"sheet {row.pk}", after={"kind": kind.value, "digest": digest})
    return int(row.pk)


def kinds_for(actor: Actor) -> tuple[SheetForm, ...]:
    """Return the forms that an actor may hand in."""
    return tuple(form for form in forms().values() if may_hand_in(actor, form.kind))


def own_sheets(*, actor: Actor) -> tuple[SheetPage, ...]:
    """Return someone's latest sheets, newest first.

    Raises
    ------
    AccessError
        ACC-01 for who has no business with spreadsheets.
    """
    require(actor, "use-sheets")
    return tuple(_page(row) for row in sheets.own(actor.name, LATEST))


def template(*, actor: Actor, kind: SheetKind, today: date) -> bytes:
    """Return the workbook to fill in for a kind.

    Raises
    ------
    AccessError
        ACC-01 when this role may not hand in this kind.
    """
    require_hand_in(actor, kind)
    return sheet_writing.template(forms()[kind], today)


def read_own(*, actor: Actor, number: int, page: int = 1, language: str = "nl") -> SheetPage:
    """Return one of someone's own sheets with a page of what is wrong.

    Raises
    ------
    AccessError
        ACC-01 for who has no business with spreadsheets; ACC-02 when it is another's, or none.
    """
    require(actor, "use-sheets")
    row = _own(actor, number)
    if row.direction == "out" or row.state != "checked":
        return _page(row)
    wrong = int(row.found.get("wrong", 0))
    pages = max(1, -(-wrong // PROBLEM_ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    problems = sheets.staged_problems(
        number, first=(page - 1) * PROBLEM_ROWS_A_PAGE, most=PROBLEM_ROWS_A_PAGE
    )
    return _page(row, problems, page=page, pages=pages, language=language)


def agree(*, actor: Actor, number: int) -> None:
    """Let a checked sheet be taken in, whole, in the background.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when it is another's, or none.
    StateError
        STA-01 when it is not checked, or not without problems.
    """
    require(actor, "use-sheets")
    row = _own(actor, number)
    require_hand_in(actor, SheetKind(row.kind))
    with scope.whole("sheets"):
        agreed = _page(row).may_agree and sheets.move(number, before=["checked"], after="agreed")
    if not agreed:
        raise StateError(
            "STA-01",
            "this sheet cannot be taken in as it stands",
            remedy="Look at its page: every row must be sound, and at least one new.",
        )


def withdraw(*, actor: Actor, number: int) -> None:
    """Withdraw a sheet before it is taken in, and throw its file and rows away.

    Raises
    ------
    AccessError
        ACC-02 when it is another's, or none.
    """
    require(actor, "use-sheets")
    _own(actor, number)
    with transaction.atomic():
        with scope.whole("sheets"):
            before = ["waiting", "checking", "making", "checked", "agreed"]
            withdrawn = sheets.move(number, before=before, after="withdrawn")
            if withdrawn:
                sheets.throw_away(number)
        if withdrawn:
            journal.write(actor, "withdraw-sheet", f"sheet {number}")


def marked_workbook(*, actor: Actor, number: int) -> tuple[str, bytes]:
    """Return a name and the workbook that was handed in, with what is wrong beside each row.

    Raises
    ------
    AccessError
        ACC-02 when it is another's, none, or its file is thrown away already.
    """
    require(actor, "use-sheets")
    row = _own(actor, number)
    content = sheets.content_of(number) if row.direction == "in" and row.state == "checked" else None
    if content is None:
        raise _not_found()
    form = forms()[SheetKind(row.kind)]
    problems = (*sheets.problems_from(row.problems), *sheets.staged_problems(number))
    return f"{_stem(row.file_name)}-nagekeken.xlsx", mark(
        form, content, row.file_name, row.heading_row, problems
    )


def mark(
    form: SheetForm, content: bytes, name: str, heading_row: int, problems: tuple[SheetProblem, ...]
) -> bytes:
    """Return a file that was handed in as a workbook with what is wrong beside each row."""
    every = sheet_reading.grids(content, name)
    grid = sheet_reading.sheet_of(every, form) or every[0]
    return sheet_writing.marked(form, grid.rows, heading_row, problems)


def in_words(problem: SheetProblem, form: SheetForm, language: str) -> ProblemLine:
    """Return a problem as a person reads it."""
    why, remedy = sentence(problem, form, language=language)
    return ProblemLine(problem.row, problem.column, problem.value, why, remedy)


def _own(actor: Actor, number: int) -> SheetRow:
    row = sheets.by_number(number, asked_by=actor.name)
    if row is None:
        raise _not_found()
    return row


def _not_found() -> AccessError:
    return AccessError("ACC-02", "no sheet of yours by that number", remedy="Check the number.")


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0] or "bestand"


def _page(
    row: SheetRow,
    problems: tuple[SheetProblem, ...] = (),
    *,
    page: int = 1,
    pages: int = 1,
    language: str = "nl",
) -> SheetPage:
    form = forms()[SheetKind(row.kind)] if row.direction == "in" else None
    found = row.found
    waits = row.state in {"waiting", "agreed"}
    return SheetPage(
        number=row.pk,
        direction=row.direction,
        kind=row.kind,
        file_name=row.file_name,
        state=row.state,
        total=row.total,
        done=row.done,
        new=int(found.get("new", 0)),
        same=int(found.get("same", 0)),
        wrong=int(found.get("wrong", 0)),
        asked_at=row.asked_at,
        problem=row.problem,
        receipt=row.receipt,
        heading_problems=tuple(in_words(one, form, language) for one in sheets.problems_from(row.problems))
        if form
        else (),
        problems=tuple(in_words(one, form, language) for one in problems) if form else (),
        page=page,
        pages=pages,
        has_worker=not waits or runs.workers_there() > 0,
        has_file=bool(row.digest) and row.state in {"checked", "done"},
        asked=str(row.asked.get("words", "")),
    )
