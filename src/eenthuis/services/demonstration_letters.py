"""Letters of supervision in the demonstration country: some sent, some that wait for a second person."""

from __future__ import annotations

from datetime import date

from eenthuis.services.supervision_letters import read_letters, send_letters, write_letters
from eenthuis.terms.access import Actor

ADDRESS = "https://eenthuis.example/brief/controle/"
WRITTEN = 4
"""So many letters are written; the first half of them is sent."""


def write_some(*, by: Actor, colleague: Actor, today: date) -> int:
    """Write letters to the municipalities of a province that are furthest behind, and send the first; return how many.

    A municipality that has an account here comes first, so that it has a letter to read.
    """
    lines = read_letters(actor=by, province=by.province, today=today).to_write
    chosen = [line.code for line in sorted(lines, key=lambda line: line.code != "GM0344")][:WRITTEN]
    if not chosen:
        return 0
    keys = write_letters(actor=by, municipalities=chosen, address=ADDRESS, today=today)
    send_letters(actor=colleague, keys=keys[: max(1, WRITTEN // 2)], today=today)
    return len(keys)
