"""The processing log ("Logboek dataverwerkingen"): one line per data subject per activity, without who looked.

A household is the data subject here: its members have no number of their own.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from eenthuis.store import processing
from eenthuis.terms.processing import ACTIVITIES, Activity

TRACE_BYTES = 16


@dataclass(frozen=True, slots=True)
class ProcessedLine:
    """One line of the log with what the register says of its activity."""

    at: datetime
    trace: str
    activity: Activity
    purpose: str
    ground: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One request from outside: the number its lines share, and what was noted for it and kept."""

    number: str
    noted: set[tuple[Activity, str]]


_trace: ContextVar[Trace | None] = ContextVar("trace", default=None)


def new_trace() -> Trace:
    """Return the trace of a request that begins."""
    return Trace(secrets.token_hex(TRACE_BYTES), set())


@contextmanager
def within_trace(trace: Trace) -> Iterator[None]:
    """Note in one trace until the block ends, each household once per activity."""
    token = _trace.set(trace)
    try:
        yield
    finally:
        _trace.reset(token)


def note_processing(activity: Activity, households: Iterable[str]) -> None:
    """Note that the records of households were used in an activity; each once in a trace.

    What was noted in a transaction that is undone is noted again when it is shown after all.
    """
    trace = _trace.get() or new_trace()
    names = dict.fromkeys(str(name) for name in households)
    fresh = [name for name in names if name and (activity, name) not in trace.noted]
    if fresh:
        processing.add(activity, fresh, request=trace.number)
        transaction.on_commit(lambda: trace.noted.update((activity, name) for name in fresh))


def processed(household: str) -> tuple[ProcessedLine, ...]:
    """Return what the record of a household was used for, oldest first: the answer to whoever asks about their data."""
    return tuple(
        ProcessedLine(
            at=row.at,
            trace=row.request,
            activity=Activity(row.activity),
            purpose=ACTIVITIES[Activity(row.activity)].purpose,
            ground=ACTIVITIES[Activity(row.activity)].ground,
        )
        for row in processing.of(household)
    )
