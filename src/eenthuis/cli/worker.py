"""``eenthuis worker``: do what was asked for in the background."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import threading
import time

from eenthuis.cli.arguments import whole_number
from eenthuis.connect import clock
from eenthuis.terms.errors import EenthuisError

PAUSE_SECONDS = 1.0
"""So long a worker without work waits before it looks again."""

ANNOUNCE_SECONDS = 10.0
"""So often a worker without work says that it is there."""

LOOK_SECONDS = 60.0
"""So often a worker without work looks whether something is due by the calendar."""

POLITE = 5
"""How far a worker gives way to the pages on the same machine."""

_LOG = logging.getLogger("eenthuis.worker")


def register(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.epilog = (
        "Example: eenthuis worker. Several may run, on several machines; eenthuis serve starts one itself."
    )
    parser.add_argument("--once", action="store_true", help="do what was asked for and waits now, and end")
    parser.add_argument("--under", metavar="PID", help="end when this parent process has ended")
    parser.set_defaults(run=run_worker)


def run_worker(options: argparse.Namespace) -> int:
    """Work until told to end; a run in hand is then put back for another worker."""
    parent = None if options.under is None else whole_number(options.under, "--under")
    from eenthuis.cli.django_ready import ready

    ready()
    os.nice(POLITE)
    ending = threading.Event()
    for how in (signal.SIGINT, signal.SIGTERM):
        signal.signal(how, lambda *_: ending.set())
    name = f"{socket.gethostname()}:{os.getpid()}"
    beside = (
        threading.Thread(target=deliver_on, args=(ending,), kwargs={"once": options.once}, name="deliveries"),
        threading.Thread(
            target=live_on, args=(name, ending), kwargs={"once": options.once}, name="policy lab"
        ),
    )
    for thread in beside:
        thread.start()
    try:
        work_on(name, ending, parent=parent, once=options.once)
    finally:
        if not options.once:
            ending.set()
        for thread in beside:
            thread.join()
        _say_goodbye(name)
    return 0


def work_on(name: str, ending: threading.Event, *, parent: int | None, once: bool) -> None:
    """Do one run after another; what breaks one of them is logged and ends nothing else."""
    from django.db import Error, connection

    from eenthuis.services import document_plan_work, sheet_work
    from eenthuis.services.work import announce, work_once

    announced, looked = -ANNOUNCE_SECONDS, -LOOK_SECONDS
    while not ending.is_set() and (parent is None or os.getppid() == parent):
        did = None
        try:
            if time.monotonic() - announced >= ANNOUNCE_SECONDS:
                for number in announce(name):
                    _LOG.warning("run %s is given up: its worker has fallen silent", number)
                sheet_work.tidy()
                announced = time.monotonic()
            did = (
                work_once(name, ending)
                or sheet_work.work_once(name, ending)
                or document_plan_work.work_once(name, ending)
            )
        except Error as wrong:
            _LOG.warning("the database does not answer: %s", type(wrong).__name__)
            connection.close()
        except Exception:  # noqa: BLE001 - whatever breaks one run, the next may be sound
            _LOG.exception("a run broke")
        if did is None:
            if once:
                return
            if time.monotonic() - looked >= LOOK_SECONDS:
                _do_what_is_due()
                looked = time.monotonic()
            ending.wait(PAUSE_SECONDS)


def deliver_on(ending: threading.Event, *, once: bool) -> None:
    """Deliver what is due, and tend notices now and then, in a thread of its own; what breaks one try ends nothing."""
    from django.db import Error, connection

    from eenthuis.connect.clock import now, today
    from eenthuis.services.delivering import deliver_once, tend

    tended = -ANNOUNCE_SECONDS
    try:
        while not ending.is_set():
            did = False
            try:
                if time.monotonic() - tended >= ANNOUNCE_SECONDS:
                    tended = time.monotonic()
                    tend(now=now(), today=today())
                did = deliver_once(now=now())
            except Error as wrong:
                _LOG.warning("the database does not answer: %s", type(wrong).__name__)
                connection.close()
            except EenthuisError as wrong:
                _LOG.error("nothing can be delivered: %s", wrong)
            except Exception:  # noqa: BLE001 - whatever breaks one delivery, the next may be sound
                _LOG.exception("a delivery broke")
            if not did:
                if once:
                    return
                ending.wait(PAUSE_SECONDS)
    finally:
        connection.close()


def live_on(name: str, ending: threading.Event, *, once: bool) -> None:
    """Do what is asked of the policy lab, in a thread of its own, so that no proposal or spreadsheet waits for it."""
    from django.db import Error, connection

    from eenthuis.services.lab_work import work_once

    try:
        while not ending.is_set():
            did = None
            try:
                did = work_once(name, ending)
            except Error as wrong:
                _LOG.warning("the database does not answer: %s", type(wrong).__name__)
                connection.close()
            except Exception:  # noqa: BLE001 - whatever breaks one run, the next may be sound
                _LOG.exception("a run of the policy lab broke")
            if did is None:
                if once:
                    return
                ending.wait(PAUSE_SECONDS)
    finally:
        connection.close()


def _do_what_is_due() -> None:
    """Do what the calendar asks for, if nobody has; what is wrong with one of them stops no other work."""
    from django.db import Error, connection

    from eenthuis.services.composing import publish_due
    from eenthuis.services.deadline_notices import tell_deadlines
    from eenthuis.services.deviating import draft_due
    from eenthuis.services.forecasting import forecast_due
    from eenthuis.services.journal_watch import verify_due
    from eenthuis.services.lab import ask_first
    from eenthuis.services.money_telling import tell_evidence
    from eenthuis.services.readings import keep_due
    from eenthuis.services.reception_telling import tell_reception
    from eenthuis.services.recommendation_days import tell_steps
    from eenthuis.services.transit_telling import tell_transit
    from eenthuis.services.warnings import warn_due

    duties = (
        ("composition", publish_due),
        ("readings", keep_due),
        ("verification of the journal", verify_due),
        ("warnings", warn_due),
        ("forecasts", forecast_due),
        ("deviations", draft_due),
        ("first runs of the policy lab", ask_first),
        ("deadlines", tell_deadlines),
        ("reception places", tell_reception),
        ("evidence of money spent", tell_evidence),
        ("transit locations that end", tell_transit),
        ("steps on recommendations", tell_steps),
    )
    for what, due in duties:
        try:
            if done := due(clock.today()):
                _LOG.info("%s: done (%s)", what, done)
        except Error as wrong:
            _LOG.warning("the database does not answer: %s", type(wrong).__name__)
            connection.close()
        except Exception:  # noqa: BLE001 - the runs that people ask for go on
            _LOG.exception("%s: not done", what)


def _say_goodbye(name: str) -> None:
    from django.db import Error

    from eenthuis.services.work import leave

    try:
        leave(name)
    except (Error, EenthuisError):
        _LOG.warning("the database does not answer; this worker's name stays on the list for a minute")
