"""The register of recommendations in the demonstration: the ten as packaged, with invented steps, marked as such."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from eenthuis.services.recommendations import comment, record_entry
from eenthuis.terms.access import Actor
from eenthuis.terms.recommendations import EntryKind, Party, RegisterEntry

SOURCE = "verzonnen voor de demonstratie"
STEPS: tuple[tuple[int, Party, str, int, int], ...] = (
    (2, Party.COA, "De gezinssamenstelling elke maand voor alle gemeenten publiceren.", 300, 40),
    (3, Party.IND, "Op drie locaties van het COA verblijfsdocumenten uitreiken.", 240, -20),
    (7, Party.PROVINCES, "Alle provincies praten in het eerste kwartaal met hun regio’s.", 90, 10),
    (9, Party.BZK, "Elke grote afwijking binnen veertien dagen aan gemeenten vertellen.", 200, 120),
)
"""Recommendation, owner, what, days ago it was promised, and days from today that it is due."""


def fill_register(*, by: Actor, partner: Actor, today: date) -> int:
    """Promise some invented steps, move one and finish one; let a partner say something. Return how many entries."""
    keys = []
    for number, owner, what, ago, ahead in STEPS:
        promised = RegisterEntry(
            number=0,
            recommendation=number,
            kind=EntryKind.STEP_PROMISED,
            on=today - timedelta(days=ago),
            what=what,
            source=SOURCE,
            owner=owner,
            due=today + timedelta(days=ahead),
            is_invented=True,
        )
        made = record_entry(actor=by, new=promised, today=today)
        keys.append((promised, made))
    first, key = keys[0]
    if isinstance(key, int):
        done = replace(
            first, kind=EntryKind.STEP_DONE, on=today - timedelta(days=30), owner=None, due=None, about=key,
            what="De publicatie verschijnt elke maand.",
        )  # fmt: skip
        record_entry(actor=by, new=done, today=today)
    comment(
        actor=partner,
        number=2,
        text="Met de maandelijkse cijfers kunnen wij beter inschatten welke woningen nodig zijn.",
        today=today,
    )
    return len(keys) + 1
