"""Reception places on the desks: what each role has to do, by when, and where its notices lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import COA, MINISTRY, OF_UTRECHT, TODAY, UTRECHT

from eenthuis import reference
from eenthuis.services.allocations import draft_allocation, publish_allocation, report_table
from eenthuis.services.desk_models import Task, Urgency
from eenthuis.services.desk_reception import (
    reception_tasks_of_coa,
    reception_tasks_of_ministry,
    reception_tasks_of_municipality,
    reception_tasks_of_province,
)
from eenthuis.services.place_offers import add_offer
from eenthuis.services.place_table import table_state
from eenthuis.services.reception_shares import announce_need, load_scores
from eenthuis.services.reception_sites import add_site, confirm_site
from eenthuis.services.reception_telling import tell_reception
from eenthuis.store import accounts
from eenthuis.store.models import NoticeRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.capacity import PlaceOffer, PlaceOfferId, ReceptionNeed, Site, SiteForm, SiteId, SiteSpan
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import PlaceKind, SesScores

pytestmark = pytest.mark.django_db
HERE = ProvinceCode("PV26")
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, HERE)
COLLEAGUE = Actor("ministerie-2", Role.MINISTRY)
REPORT = date(2026, 10, 31)
SITE = Site(
    SiteId(""),
    UTRECHT,
    "Kade",
    PlaceKind.REGULAR,
    SiteForm.REGULAR,
    for_minors=False,
    is_durable=False,
    spans=(SiteSpan(date(2026, 1, 1), date(2026, 10, 10), 80),),
)


@pytest.fixture
def shared() -> None:
    people = reference.inhabitants(date(2026, 1, 1)).people
    scores = SesScores({code: Fraction(0) for code in people}, "example")
    load_scores(actor=MINISTRY, scores=scores, year=2023, today=TODAY)
    announce_need(
        actor=MINISTRY, need=ReceptionNeed(2026, 90_000, 7_000, date(2026, 1, 20), "example"), today=TODAY
    )


def by_code(tasks: list[Task | None]) -> dict[str, Task]:
    return {task.code: task for task in tasks if task is not None and task.count}


def test_nothing_is_due_before_an_estimate() -> None:
    assert by_code(reception_tasks_of_municipality(actor=OF_UTRECHT, today=TODAY)) == {}
    assert by_code(reception_tasks_of_province(actor=OF_PROVINCE, today=TODAY)) == {}
    assert by_code(reception_tasks_of_coa(actor=COA, today=TODAY)) == {}
    assert by_code(reception_tasks_of_ministry(actor=MINISTRY, today=TODAY)) == {}


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    ("day", "urgency"),
    [
        (TODAY, Urgency.LATER),
        (date(2026, 10, 30), Urgency.SOON),
        (REPORT, Urgency.SOON),
        (date(2026, 11, 1), Urgency.OVERDUE),
    ],
)
def test_what_lacks_is_due_when_the_table_reports(day: date, urgency: Urgency) -> None:
    share = table_state(2026, HERE, day).shares.places[UTRECHT]
    task = by_code(reception_tasks_of_municipality(actor=OF_UTRECHT, today=day))["places-lacking"]
    assert (task.count, task.due, task.urgency) == (share, REPORT, urgency)
    short = by_code(reception_tasks_of_province(actor=OF_PROVINCE, today=day))["table-short"]
    assert (short.count, short.urgency) == (table_state(2026, HERE, day).made.short, urgency)


@pytest.mark.usefixtures("shared")
def test_an_offer_makes_the_task_smaller_and_a_report_ends_that_of_the_province() -> None:
    before = by_code(reception_tasks_of_municipality(actor=OF_UTRECHT, today=TODAY))["places-lacking"].count
    offer = PlaceOffer(
        PlaceOfferId(""), 0, UTRECHT, 200, PlaceKind.REGULAR, is_durable=False, for_minors=False,
        first_day=date(2027, 1, 1),
    )  # fmt: skip
    add_offer(actor=OF_UTRECHT, offer=offer, today=TODAY)
    after = by_code(reception_tasks_of_municipality(actor=OF_UTRECHT, today=TODAY))["places-lacking"].count
    assert before - after == 200
    report_table(actor=OF_PROVINCE, province=HERE, note="besproken", today=TODAY)
    assert by_code(reception_tasks_of_province(actor=OF_PROVINCE, today=TODAY)) == {}
    key = draft_allocation(actor=MINISTRY, province=HERE, why="", address="http://testserver", today=TODAY)
    assert by_code(reception_tasks_of_ministry(actor=MINISTRY, today=TODAY))["allocation-waits"].count == 1
    publish_allocation(actor=COLLEAGUE, key=key, today=TODAY)
    assert by_code(reception_tasks_of_ministry(actor=MINISTRY, today=TODAY)) == {}


@pytest.mark.usefixtures("shared")
def test_a_site_waits_for_coa_and_is_told_of_before_it_ends() -> None:
    identifier = add_site(actor=OF_UTRECHT, site=SITE, today=TODAY)
    assert by_code(reception_tasks_of_coa(actor=COA, today=TODAY))["sites-to-confirm"].count == 1
    confirm_site(actor=COA, identifier=identifier, today=TODAY)
    assert by_code(reception_tasks_of_coa(actor=COA, today=TODAY)) == {}
    late = date(2026, 9, 15)
    for tasks in (
        reception_tasks_of_coa(actor=COA, today=late),
        reception_tasks_of_municipality(actor=OF_UTRECHT, today=late),
    ):
        assert by_code(tasks)["sites-ending"].due == date(2026, 10, 10)
    elsewhere = replace(OF_UTRECHT, municipality=MunicipalityCode("GM0355"))
    assert "sites-ending" not in by_code(reception_tasks_of_municipality(actor=elsewhere, today=late))


@pytest.mark.usefixtures("shared", "proposal")
def test_notices_lead_to_the_site_and_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    add_site(actor=OF_UTRECHT, site=SITE, today=TODAY)
    tell_reception(date(2026, 9, 15))
    monkeypatch.setenv("EENTHUIS_TODAY", "2026-09-15")
    accounts.save_account(OF_UTRECHT, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=OF_UTRECHT.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    for kind, page, words in (
        ("site-ends", "/opvangplaatsen/locaties/S-0000001/", "Kade"),
        ("places-asked", "/opvangplaatsen/tafel/", "Provinciale tafel"),
    ):
        number = NoticeRow.objects.get(kind=kind, municipality=UTRECHT).pk
        answer = client.get("/berichten/openen/", {"bericht": number})
        assert answer["Location"] == page
        assert words in client.get(page).content.decode()
    desk = client.get("/bureau/").content.decode()
    assert "plaatsen minder dan haar aandeel" in desk
    assert "1 opvanglocatie eindigt binnenkort" in desk
