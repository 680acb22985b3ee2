"""Asking the policy lab from a page: what was asked once is kept, with its receipt, at an address to share."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from eenthuis.connect.lab_places import PACKED
from eenthuis.lab import Ask
from eenthuis.lab.worth import LEAST_FUTURES
from eenthuis.reference.policy import scenarios
from eenthuis.services.access import may, require
from eenthuis.store import journal, lab_runs, runs
from eenthuis.store.lab_models import LabRunRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError, InputError, Location
from eenthuis.terms.lab_runs import LabAsk, LabKind, address_of, ask_from, ask_plain
from eenthuis.terms.version import code_version

MOST_FUTURES = 5000
"""Futures that can be asked for from a page; the command line lives more."""
MOST_WAITING = 3
"""Runs of one account that may wait at a time."""
LISTED = 50
BY_ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
"""Who asks for the first runs of all, so that the pages of the lab are never empty."""
BASE, ADVISED = "cabinet-response-2023", "as-advised"
FIRST_FUTURES, FIRST_TRIES, SEED, HALF_YEARS = 100, 200, 1, 20
OPEN = frozenset({"waiting", "running"})


@dataclass(frozen=True, slots=True)
class LabRun:
    """One run: what was asked, how far it is, and which files it left behind.

    ``state`` is waiting, running, done, failed, lost or withdrawn.
    """

    address: str
    ask: LabAsk
    state: str
    done: int
    seconds: float
    asked_role: str
    asked_at: datetime
    stop_asked: bool
    problem: str
    files: tuple[str, ...]
    has_worker: bool
    may_stop: bool

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will change by itself."""
        return self.state not in OPEN


def ask(*, actor: Actor, asked: LabAsk) -> str:
    """Ask the lab, and return the address of the run; the same question of anybody is answered once.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-06 for a number out of range, or when too many of one's own runs wait.
    """
    require(actor, "ask-lab")
    _check(asked)
    address = address_of(asked, code_version())
    with transaction.atomic():
        journal.lock_subject(f"lab:{actor.name}")
        held = lab_runs.by_address(address)
        if held is not None and held.state in {"waiting", "running", "done"}:
            return address
        if lab_runs.waiting_of(actor.name) >= MOST_WAITING and actor != BY_ITSELF:
            raise InputError(
                "INP-06",
                f"{MOST_WAITING} runs of yours wait already",
                remedy="Wait until one of them is done.",
                location=Location(column="runs", value=str(MOST_WAITING)),
            )
        lab_runs.add(
            address=address, kind=asked.kind.value, asked=ask_plain(asked), total=asked.total,
            asked_by=actor.name, role=actor.role.value,
        )  # fmt: skip
        told = {
            "kind": asked.kind.value,
            "scenarios": [one.name for one in asked.scenarios],
            "futures": asked.futures,
            "half_years": asked.half_years,
            "seed": asked.seed,
        } | ({} if asked.work is None else {"work": asked.work.digest})
        journal.write(actor, "ask-lab", f"lab {address}", after=told)
    return address


def is_asked(*, actor: Actor, asked: LabAsk) -> bool:
    """Return whether a question was asked before and waits, runs or is done."""
    require(actor, "ask-lab")
    held = lab_runs.by_address(address_of(asked, code_version()))
    return held is not None and held.state in {*OPEN, "done"}


def _check(asked: LabAsk) -> None:
    least = least_futures(asked.kind)
    if not least <= asked.futures <= MOST_FUTURES:
        raise InputError(
            "INP-06",
            f"futures is {asked.futures}",
            remedy=f"Give {least} to {MOST_FUTURES}, or use the command line.",
            location=Location(column="futures", value=str(asked.futures)),
        )
    Ask(asked.scenarios, asked.futures, asked.seed, asked.half_years)
    if asked.kind is not LabKind.PAST and not asked.scenarios[1].differs_in(asked.scenarios[0]):
        raise InputError(
            "INP-01",
            f"{asked.scenarios[1].name} pulls no lever that {asked.scenarios[0].name} leaves",
            remedy="Give two scenarios that differ.",
            location=Location(column="scenario", value=asked.scenarios[1].name),
        )


def least_futures(kind: LabKind) -> int:
    """Return how many futures a question of a kind takes at least."""
    return LEAST_FUTURES if kind is LabKind.WORTH else 1


def read(*, actor: Actor, address: str) -> LabRun:
    """Return a run by its address.

    Raises
    ------
    AccessError
        ACC-02 when there is no such run.
    """
    require(actor, "see-published-figures")
    return _page(actor, _found(address))


def kept(*, actor: Actor) -> tuple[LabRun, ...]:
    """Return the runs that were asked for, newest first."""
    require(actor, "see-published-figures")
    return tuple(_page(actor, row) for row in lab_runs.kept(most=LISTED))


def newest(*, actor: Actor, kind: LabKind) -> LabRun | None:
    """Return the newest run of a kind that is done."""
    require(actor, "see-published-figures")
    row = lab_runs.newest_done(kind.value)
    return None if row is None else _page(actor, row)


def file(*, actor: Actor, address: str, name: str) -> bytes:
    """Return a file that a run left behind, as it was before it was compressed.

    Raises
    ------
    AccessError
        ACC-02 when there is none of that name.
    """
    require(actor, "see-published-figures")
    run = _found(address)
    found = lab_runs.content(run, name)
    if found is None:
        packed = lab_runs.content(run, name + PACKED)
        found = None if packed is None else gzip.decompress(packed)
    if found is None:
        raise AccessError("ACC-02", "no file by that name", remedy="Take one from the page of the run.")
    return found


def stop(*, actor: Actor, address: str) -> LabRun:
    """Stop a run that has not ended; nothing of it is kept.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such run or it was asked for by another account.
    """
    require(actor, "ask-lab")
    row = _found(address)
    if row.asked_by != actor.name:
        raise AccessError("ACC-02", "no run of yours by that address", remedy="Check the address.")
    with transaction.atomic():
        if lab_runs.ask_to_stop(row.pk, by=actor.name):
            journal.write(actor, "stop-lab", f"lab {address}")
    return _page(actor, _found(address))


def ask_first(today: date) -> int:
    """Ask for the first runs of this version, where nobody has: the packaged scenarios, levers, choice and past.

    Returns how many were asked for now; they are the same whatever ``today`` is.
    """
    del today
    before = lab_runs.many()
    packaged = (scenarios()[BASE], scenarios()[ADVISED])
    for asked in (
        LabAsk(LabKind.COMPARE, packaged, FIRST_FUTURES, HALF_YEARS, SEED),
        LabAsk(LabKind.TORNADO, packaged, FIRST_FUTURES, HALF_YEARS, SEED),
        LabAsk(LabKind.WORTH, packaged, FIRST_TRIES, HALF_YEARS, SEED),
        LabAsk(LabKind.PAST, (), FIRST_TRIES, HALF_YEARS, SEED),
    ):
        held = lab_runs.by_address(address_of(asked, code_version()))
        if held is None:
            ask(actor=BY_ITSELF, asked=asked)
    return lab_runs.many() - before


def _found(address: str) -> LabRunRow:
    row = lab_runs.by_address(address)
    if row is None:
        raise AccessError("ACC-02", "no run by that address", remedy="Check the address.")
    return row


def _page(actor: Actor, row: LabRunRow) -> LabRun:
    is_own = actor != ANYONE and row.asked_by == actor.name
    return LabRun(
        address=row.address,
        ask=ask_from(row.asked),
        state=row.state,
        done=row.done,
        seconds=lab_runs.seconds(row),
        asked_role=row.asked_role,
        asked_at=row.asked_at,
        stop_asked=bool(row.stop_asked_by),
        problem=row.problem,
        files=_names(row) if row.state == "done" else (),
        has_worker=row.state != "waiting" or runs.workers_there() > 0,
        may_stop=is_own and row.state in OPEN and may(actor, "ask-lab"),
    )


def _names(row: LabRunRow) -> tuple[str, ...]:
    return tuple(name.removesuffix(PACKED) for name in lab_runs.file_names(row))
