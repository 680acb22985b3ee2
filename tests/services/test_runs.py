"""Asking for a proposal in the background: one at a time, stopped, given up, and only by whom may."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from small_country import AUDITOR, COA, HALF_YEAR, MINISTRY, OF_UTRECHT, OTHER_OFFICER, TODAY

from eenthuis.services import runs
from eenthuis.services.runs import RunState
from eenthuis.services.work import queue_now
from eenthuis.store import runs as stored
from eenthuis.store.models import JournalRow, RunRow
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.linking import Goal, Wishes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("proposal")]
FAIR = Wishes(goal=Goal.SCORE, seed=7, within_pace=True, least_gain=1.25, gain_for=("size", "sex"))


def ask(wishes: Wishes | None = None) -> int:
    return runs.ask(actor=COA, today=TODAY, wishes=wishes or Wishes()).number


def silence(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update store_runrow set beat_at = clock_timestamp() - interval '2 minutes' where id = %s",
            [number],
        )


def test_what_was_asked_comes_back_as_it_was_asked() -> None:
    page = runs.read_run(actor=AUDITOR, number=ask(FAIR))
    assert page.wishes == FAIR
    assert (page.state, page.asked_by, page.has_ended) == (RunState.WAITING, "coa", False)
    line = JournalRow.objects.get(action="ask-run")
    assert isinstance(line.after, dict)
    assert line.after["least_gain"] == "1.25"


def test_a_second_request_joins_the_one_that_is_open() -> None:
    first = ask()
    second = runs.ask(actor=OTHER_OFFICER, today=TODAY, wishes=FAIR)
    assert (second.number, second.is_new) == (first, False)
    assert runs.open_run(actor=AUDITOR, half_year=HALF_YEAR) == first


def test_the_database_itself_refuses_a_second_open_run() -> None:
    row = RunRow.objects.get(pk=ask())
    with pytest.raises(IntegrityError), transaction.atomic():
        RunRow.objects.create(
            half_year=row.half_year, as_of=TODAY, wishes={}, asked_by="x", asked_role="coa", state="running"
        )


def test_a_run_goes_to_one_worker_and_tells_how_far_it_is() -> None:
    number = ask()
    taken = stored.claim("one")
    assert taken is not None
    assert stored.claim("two") is None
    told = stored.Told("search", 100.0, 99.0, 42)
    assert stored.beat(number, "two", told) == stored.Answer(is_ours=False, stop=True)
    assert stored.beat(number, "one", told) == stored.Answer(is_ours=True, stop=False)
    page = runs.read_run(actor=COA, number=number)
    assert (page.state, page.stage, page.people, page.gap) == (RunState.RUNNING, "search", 42, 0.01)


def test_a_worker_hears_that_it_should_stop() -> None:
    number = ask()
    stored.claim("one")
    page = runs.stop(actor=OTHER_OFFICER, number=number)
    assert (page.state, page.stop_asked_by) == (RunState.RUNNING, "coa-2")
    assert runs.stop(actor=COA, number=number).stop_asked_by == "coa-2"
    assert stored.beat(number, "one", None).stop
    assert JournalRow.objects.filter(action="stop-run", subject=f"run {number}").count() == 1


def test_a_request_that_still_waits_is_withdrawn_by_stopping_it() -> None:
    number = ask()
    assert runs.stop(actor=COA, number=number).state is RunState.WITHDRAWN
    assert stored.claim("one") is None
    assert ask() != number


def test_a_run_whose_worker_fell_silent_does_not_hang_and_makes_room_for_another(proposal: int) -> None:
    number = ask()
    stored.claim("one")
    silence(number)
    assert runs.read_run(actor=COA, number=number).state is RunState.SILENT
    assert runs.open_run(actor=COA, half_year=HALF_YEAR) is None
    assert queue_now().silent == 1
    again = runs.ask(actor=COA, today=TODAY, wishes=Wishes())
    assert again.is_new
    assert runs.read_run(actor=COA, number=number).state is RunState.LOST
    assert not stored.finish(number, "one", proposal=proposal)


def test_a_run_put_back_begins_anew_with_another_worker() -> None:
    number = ask()
    stored.claim("one")
    stored.beat(number, "one", stored.Told("first", 2.0, 1.0, 3))
    assert stored.put_back(number, "one")
    page = runs.read_run(actor=COA, number=number)
    assert (page.state, page.best, page.people) == (RunState.WAITING, None, None)
    taken = stored.claim("two")
    assert taken is not None
    assert taken.pk == number


def test_a_page_says_when_nobody_works() -> None:
    number = ask()
    assert not runs.read_run(actor=COA, number=number).has_worker
    stored.worker_beat("one")
    assert runs.read_run(actor=COA, number=number).has_worker
    assert (queue_now().workers, queue_now().waiting) == (1, 1)
    stored.worker_gone("one")
    assert queue_now().workers == 0


def test_a_run_that_cannot_be_done_says_why() -> None:
    number = ask()
    stored.claim("one")
    assert stored.fail(number, "one", problem="STA-05")
    page = runs.read_run(actor=COA, number=number)
    assert (page.state, page.problem, page.proposal) == (RunState.FAILED, "STA-05", None)


@pytest.mark.parametrize("actor", [MINISTRY, OF_UTRECHT, AUDITOR, ANYONE])
def test_only_coa_asks_and_stops(actor: Actor) -> None:
    number = ask()
    with pytest.raises(AccessError, match="ACC-01"):
        runs.ask(actor=actor, today=TODAY, wishes=Wishes())
    with pytest.raises(AccessError, match="ACC-01"):
        runs.stop(actor=actor, number=number)
    if actor is not AUDITOR:
        with pytest.raises(AccessError, match="ACC-01"):
            runs.read_run(actor=actor, number=number)


def test_a_number_that_is_no_run_is_not_found() -> None:
    with pytest.raises(AccessError, match="ACC-02"):
        runs.read_run(actor=COA, number=999_999)


def test_a_worker_told_to_end_tells_the_engine_to_stop() -> None:
    from eenthuis.matching import Progress
    from eenthuis.services.work import Pulse

    ending = threading.Event()
    pulse = Pulse(1, "one", ending)
    assert pulse.hear(Progress("first", 2.0, 1.0, 0.1, 5))
    ending.set()
    assert not pulse.hear(Progress("first", 2.0, 1.0, 0.1, 5))
