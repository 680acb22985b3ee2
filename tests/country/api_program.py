"""A program that asks the API from several threads at once, or stands still in the midst of a write until it is killed.

The database is its own, so that what it commits is committed.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from small_country import HALF_YEAR, ISLAND, MINISTRY, TODAY, UTRECHT, announcement

SWAP = {
    "halfjaar": str(HALF_YEAR),
    "besluitDatum": TODAY.isoformat(),
    "kenmerk": "besluit 2026-18",
    "wijzigingen": [{"gemeenteCode": UTRECHT, "aantal": 1}, {"gemeenteCode": ISLAND, "aantal": -1}],
}


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do things at the same moment, each in a thread with a connection of its own."""
    from django.db import connection

    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = acts[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(results)


def swapped(secret: str, key: str, body: dict[str, Any]) -> tuple[int, str, bool]:
    """Register a swap; return the status, the body and whether it was an answer given before."""
    from keyed import Program

    answer = Program(secret).post("uitruilen", body, key)
    return answer.status_code, answer.content.decode(), "Idempotency-Replayed" in answer


def replay(secret: str) -> dict[str, Any]:
    """Send one write eight times at once, then again, then with another body."""
    from eenthuis.store.models import JournalRow, SwapRow

    answers = together([lambda: swapped(secret, "acht-keer-tegelijk", SWAP)] * 8)
    other = swapped(secret, "acht-keer-tegelijk", SWAP | {"kenmerk": "een ander besluit"})
    return {
        "answers": answers,
        "again": swapped(secret, "acht-keer-tegelijk", dict(reversed(SWAP.items()))),
        "other": other,
        "swaps": SwapRow.objects.count(),
        "journalled": JournalRow.objects.filter(action="register-swap").count(),
    }


def pace(secret: str) -> dict[str, Any]:
    """Ask forty times from eight threads with a limit of ten; every process counts in the same place."""
    from django.test import override_settings
    from keyed import Program

    def ask() -> list[int]:
        return [Program(secret).get("aankondigingen").status_code for _ in range(5)]

    with override_settings(API_LIMIT_KEY=10):
        while time.time() % 60 > 50:
            time.sleep(0.5)
        statuses = [status for some in together([ask] * 8) for status in some]
    return {"allowed": statuses.count(200), "refused": statuses.count(429)}


def stand_still(secret: str, gate: Path) -> None:
    """Register a swap, and stand still between writing and committing until the gate is gone."""
    from eenthuis.store import answers

    kept = answers.keep

    def keep_and_wait(who: str, key: str, answer: answers.Kept) -> None:
        kept(who, key, answer)
        gate.with_suffix(".reached").touch()
        while gate.exists():
            time.sleep(0.02)

    answers.keep = keep_and_wait
    swapped(secret, "tot-de-dood", SWAP)


def first(gate: Path) -> None:
    """Do all that happens at once, tell it in a file beside the gate, and stand still in the midst of a last write."""
    from keyed import new_key

    from eenthuis.services.targets import announce
    from eenthuis.terms.access import Role

    announce(actor=MINISTRY, announcement=announcement(HALF_YEAR, 15_000), today=TODAY)
    secret = new_key(Role.MINISTRY).secret
    told = {"secret": secret, "replay": replay(secret), "pace": pace(new_key(Role.COA).secret)}
    gate.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")
    stand_still(secret, gate)


def once_more(secret: str) -> dict[str, Any]:
    """Send the write that was killed again, twice."""
    from eenthuis.store.models import SwapRow

    answers = [swapped(secret, "tot-de-dood", SWAP) for _ in range(2)]
    return {"answers": answers, "swaps": SwapRow.objects.count()}


if __name__ == "__main__":
    from eenthuis.cli.django_ready import ready

    os.environ["EENTHUIS_TESTING"] = "1"
    os.environ["EENTHUIS_TODAY"] = TODAY.isoformat()
    ready()
    if sys.argv[1] == "first":
        first(Path(sys.argv[2]))
    else:
        sys.stdout.write(json.dumps(once_more(sys.argv[2])) + "\n")
