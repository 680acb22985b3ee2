"""A program that asks the API from several threads at once, or stands still in the midst of a write until it is killed.

The database is its own, so that what it commits is committed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from small_country import HALF_YEAR, ISLAND, TODAY, UTRECHT, prepare

ROOT = Path(__file__).resolve().parents[2]
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


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *given: object) -> None:  # noqa: A002 - the name is of the library
        """Say nothing."""


class _Threads(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread of its own."""

    daemon_threads = True


def how_to(keys: dict[str, str]) -> list[tuple[str, int, str]]:
    """Run every example of the page on using the API against a real server; return each with its end and output."""
    from eenthuis.site.wsgi import application

    page = (ROOT / "docs" / "how-to" / "use-the-api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(bash|python)\n(.*?)```", page, re.DOTALL)
    done = []
    with make_server("127.0.0.1", 0, application, server_class=_Threads, handler_class=_Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        where = os.environ | keys | {"EENTHUIS": f"http://127.0.0.1:{server.server_port}"}
        for language, text in blocks:
            words = ["bash", "-euc", text] if language == "bash" else [sys.executable, "-c", text]
            ran = subprocess.run(words, env=where, capture_output=True, text=True, check=False, timeout=60)
            done.append((text, ran.returncode, ran.stdout + ran.stderr))
        server.shutdown()
    return done


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

    from eenthuis.terms.access import Role

    prepare()
    secret, coa = new_key(Role.MINISTRY).secret, new_key(Role.COA).secret
    told = {
        "secret": secret,
        "replay": replay(secret),
        "pace": pace(new_key(Role.COA).secret),
        "how_to": how_to({"KEY_OF_THE_MINISTRY": secret, "KEY_OF_COA": coa}),
    }
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
