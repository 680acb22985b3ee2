"""A program in which people of the ministry review one decision note at the same moment."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from small_country import MINISTRY, TODAY

from eenthuis.terms.access import Actor, Role
from eenthuis.terms.decision_notes import NoteStep, NoteStepKind

PEOPLE = ("ministerie", "ministerie-2", "ministerie-3", "ministerie-4")
"""The first of them wrote the note."""


def race(by: str) -> None:
    """Review a note in as many threads as people, through the use case or as bare rows; say what each was told."""
    from django.db import DatabaseError, connection, transaction

    from eenthuis.services import decision_notes as services
    from eenthuis.store import decision_notes as stored

    number = services.begin_note(actor=MINISTRY, numbers=[4], today=TODAY)
    services.take_note_step(
        actor=MINISTRY, number=number, kind=NoteStepKind.PUT_FORWARD, seen=1, why="", today=TODAY
    )
    gate = threading.Barrier(len(PEOPLE))

    def as_use_case(name: str) -> str:
        gate.wait()
        outcome = services.take_note_step(
            actor=Actor(name, Role.MINISTRY),
            number=number,
            kind=NoteStepKind.REVIEWED,
            seen=1,
            why="",
            today=TODAY,
        )
        return outcome.value if outcome else "reviewed"

    def as_row(name: str) -> str:
        try:
            with transaction.atomic():
                stored.note(number)
                gate.wait()
                stored.add_step(number, NoteStep(NoteStepKind.REVIEWED, 1, TODAY, name, ""))
        except DatabaseError:
            return "refused"
        return "reviewed"

    def told(name: str) -> str:
        try:
            return as_use_case(name) if by == "services" else as_row(name)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        sys.stdout.write(" ".join(pool.map(told, PEOPLE)) + "\n")


if __name__ == "__main__":
    from eenthuis.cli.django_ready import ready

    os.environ["EENTHUIS_TESTING"] = "1"
    ready()
    race("services")
    race("rows")
