"""The processing log ("Logboek dataverwerkingen"): one line per data subject per activity, without who looked.

A household is the data subject here: its members have no number of their own.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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


def note_processing(activity: Activity, households: Iterable[str]) -> None:
    """Note that the records of households were used in an activity; each once."""
    names = list(dict.fromkeys(str(name) for name in households))
    if names:
        processing.add(activity, names, request=secrets.token_hex(TRACE_BYTES))


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
