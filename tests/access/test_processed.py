"""Whoever is shown the record of a household leaves a line about it in the processing log, by page and by program.

Routes come from the program itself. The names of households and their numbers are looked for in what is answered; each
that is there must stand in a line that was written for that answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import partial

import pytest
import pytest_django
from canaries import seed
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver
from every_route import address, client_of, routes, texts
from small_country import OF_UTRECHT, TODAY, UTRECHT, home_in

from eenthuis.services import offers
from eenthuis.services.homes import add_home
from eenthuis.services.processing import new_trace, note_processing, within_trace
from eenthuis.store import accounts
from eenthuis.store.models import HouseholdRow
from eenthuis.store.processing_models import ProcessingLogRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import StateError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import LinkingRegion, ProvinceCode
from eenthuis.terms.processing import Activity
from eenthuis.terms.way import RefusalGround

pytestmark = pytest.mark.django_db
SHOWN = 200
FILE = re.compile(r"PE-\d{6}")
WHO = (
    Actor("iemand-coa", Role.COA, region=LinkingRegion.CENTRE),
    Actor("iemand-gemeente", Role.MUNICIPALITY, UTRECHT, ProvinceCode("PV26")),
    Actor("iemand-auditor", Role.AUDITOR),
)


@pytest.fixture
def known(db: None, settings: pytest_django.Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    del db
    settings.API_LIMIT_KEY = settings.API_LIMIT_ANYONE = 1_000_000
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    found = seed()
    own = HouseholdId(found["own_household"])
    homes = [add_home(actor=OF_UTRECHT, home=home_in(UTRECHT)) for _ in range(2)]
    offers.offer(actor=OF_UTRECHT, household=own, home=homes[0], today=TODAY)
    offers.refuse(
        actor=OF_UTRECHT, household=own, ground=RefusalGround.OTHER, why="te ver", on=TODAY, today=TODAY
    )
    for who in WHO:
        accounts.save_account(who, "a long enough password")
    return found


def unlogged(client: Client, method: str, path: str, body: dict[str, str] | None = None) -> set[str]:
    """Return the households that an answer shows and of which no line was written for it."""
    numbers = {str(number): name for name, number in HouseholdRow.objects.values_list("pk", "number")}
    with transaction.atomic():
        last = ProcessingLogRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        kind = "application/json" if body else "application/x-www-form-urlencoded"
        answer = client.generic(method, path, json.dumps(body) if body else "", content_type=kind)
        assert isinstance(answer, HttpResponseBase)
        told = texts(answer) if answer.status_code == SHOWN else ""
        noted = set(ProcessingLogRow.objects.filter(pk__gt=last).values_list("household", flat=True))
        transaction.set_rollback(True)
    shown = set(FILE.findall(told)) | {name for number, name in numbers.items() if number in told}
    return shown & set(numbers.values()) - noted


@pytest.mark.parametrize("who", WHO, ids=lambda who: who.role.value)
def test_every_answer_with_a_household_leaves_a_line_about_it(known: dict[str, str], who: Actor) -> None:
    client, wrong = client_of(who), []
    for name, pattern in sorted(routes(get_resolver())):
        for given in (known, known | {"household": known["own_household"], "number": known["own_number"]}):
            path = address(name, pattern, given)
            wrong += [(name, path, sorted(found))] if (found := unlogged(client, "GET", path)) else []
    searched = unlogged(
        client, "POST", "/api/v1/huishoudens/_zoek", {"dossiernummer": known["own_household"]}
    )
    assert not [*wrong, *searched]


def test_lines_of_one_request_share_a_trace_and_none_is_written_twice(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]],
) -> None:
    kept = partial(django_capture_on_commit_callbacks, execute=True)
    with within_trace(new_trace()):
        with kept():
            note_processing(Activity.SHOW_HOUSEHOLD, ["PE-1", "PE-1"])
        with kept():
            note_processing(Activity.SHOW_HOUSEHOLD, ["PE-1"])
            note_processing(Activity.LIST_WORK, ["PE-1", "PE-2"])
        with kept(), suppress(StateError), transaction.atomic():
            note_processing(Activity.SHOW_HOUSEHOLD, ["PE-3"])
            raise StateError("STA-01", "undone", remedy="none")
        note_processing(Activity.SHOW_HOUSEHOLD, ["PE-3"])
    note_processing(Activity.SHOW_HOUSEHOLD, ["PE-1"])
    lines = list(ProcessingLogRow.objects.order_by("pk").values_list("household", "activity", "request"))
    assert [(household, activity) for household, activity, _ in lines] == [
        ("PE-1", "show-household"),
        ("PE-1", "list-work"),
        ("PE-2", "list-work"),
        ("PE-3", "show-household"),
        ("PE-1", "show-household"),
    ]
    assert len({request for _, _, request in lines}) == 2
