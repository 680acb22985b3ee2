"""Figures on liveability of projects of flex homes: who records, corrects and sees them, and the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from small_country import COA, ISLAND, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.services.flex_projects import add_flex_project
from eenthuis.services.liveability import (
    correct_liveability,
    read_liveability,
    record_liveability,
    withdraw_liveability,
)
from eenthuis.store import accounts
from eenthuis.store.flex_models import LiveabilityRow
from eenthuis.store.models import JournalRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.liveability import LiveabilityFigure, LiveabilityId, LiveabilityMeasure
from eenthuis.terms.schemes import TargetGroup

pytestmark = pytest.mark.django_db
ASSOCIATION = Actor("corporatie", Role.HOUSING_ASSOCIATION, association="Voorbeeld Wonen")
OTHER_ASSOCIATION = Actor("corporatie-2", Role.HOUSING_ASSOCIATION, association="Ander Wonen")
PROJECT = FlexProject(
    identifier=FlexProjectId(""),
    municipality=UTRECHT,
    owner="",
    scheme=None,
    applied_on=date(2024, 4, 2),
    homes=40,
    meant_for={TargetGroup.STATUS_HOLDERS: 10},
    delivered_on=date(2025, 3, 1),
    years=10,
)
FIGURE = LiveabilityFigure(
    LiveabilityMeasure.SATISFIED, TODAY - timedelta(days=30), Decimal("71.5"), "Bureau Meting", "rapport 12"
)


@pytest.fixture
def project() -> FlexProjectId:
    return add_flex_project(actor=ASSOCIATION, project=PROJECT, name="Kade")


@pytest.mark.parametrize("actor", [ASSOCIATION, OF_UTRECHT])
def test_owner_and_municipality_record_and_all_in_reach_see(project: FlexProjectId, actor: Actor) -> None:
    number = record_liveability(actor=actor, identifier=project, figure=FIGURE, today=TODAY)
    for reader in (ASSOCIATION, OF_UTRECHT, COA, MINISTRY):
        (line,) = read_liveability(actor=reader, identifier=project)
        assert line.figures == (replace(FIGURE, number=number),)
    assert JournalRow.objects.get(action="record-liveability").municipality == UTRECHT


@pytest.mark.parametrize(
    ("actor", "code"),
    [(OF_ISLAND, "ACC-02"), (OTHER_ASSOCIATION, "ACC-02"), (COA, "ACC-01"), (ANYONE, "ACC-01")],
)
def test_nobody_else_records(project: FlexProjectId, actor: Actor, code: str) -> None:
    with pytest.raises(AccessError, match=code):
        record_liveability(actor=actor, identifier=project, figure=FIGURE, today=TODAY)
    assert not LiveabilityRow.objects.exists()


def test_a_figure_of_somebody_else_is_not_found(project: FlexProjectId) -> None:
    for actor in (OF_ISLAND, OTHER_ASSOCIATION):
        with pytest.raises(AccessError, match="ACC-02"):
            read_liveability(actor=actor, identifier=project)


def test_a_correction_is_a_new_row_with_a_reason_and_the_old_one_stays(project: FlexProjectId) -> None:
    first = record_liveability(actor=ASSOCIATION, identifier=project, figure=FIGURE, today=TODAY)
    better = replace(FIGURE, value=Decimal("17.5"))
    asked = {"actor": OF_UTRECHT, "identifier": project, "number": first, "figure": better, "today": TODAY}
    with pytest.raises(InputError, match="INP-04"):
        correct_liveability(**asked, why=" ")  # type: ignore[arg-type]
    second = correct_liveability(**asked, why="cijfers verwisseld")  # type: ignore[arg-type]
    (line,) = read_liveability(actor=COA, identifier=project)
    assert line.figures == (replace(better, number=second),)
    assert LiveabilityRow.objects.count() == 2
    for gone in (first, LiveabilityId(9_999_999)):
        with pytest.raises(StateError, match="STA-06"):
            correct_liveability(**asked | {"number": gone}, why="nog eens")  # type: ignore[arg-type]
    assert JournalRow.objects.get(action="correct-liveability").why == "cijfers verwisseld"


def test_a_withdrawn_figure_holds_no_more_stays_kept_and_leaves_room(project: FlexProjectId) -> None:
    first = record_liveability(actor=ASSOCIATION, identifier=project, figure=FIGURE, today=TODAY)
    asked = {"identifier": project, "number": first}
    with pytest.raises(InputError, match="INP-04"):
        withdraw_liveability(actor=OF_UTRECHT, why=" ", **asked)  # type: ignore[arg-type]
    for actor, code in ((OF_ISLAND, "ACC-02"), (OTHER_ASSOCIATION, "ACC-02"), (COA, "ACC-01")):
        with pytest.raises(AccessError, match=code):
            withdraw_liveability(actor=actor, why="x", **asked)  # type: ignore[arg-type]
    withdraw_liveability(actor=OF_UTRECHT, why="ander project", **asked)  # type: ignore[arg-type]
    assert read_liveability(actor=COA, identifier=project) == ()
    assert [row.is_withdrawn for row in LiveabilityRow.objects.order_by("pk")] == [False, True]
    with pytest.raises(StateError, match="STA-06"):
        withdraw_liveability(actor=OF_UTRECHT, why="nog eens", **asked)  # type: ignore[arg-type]
    line = JournalRow.objects.get(action="withdraw-liveability")
    assert (line.why, line.municipality, line.after) == ("ander project", UTRECHT, None)
    again = record_liveability(actor=OF_UTRECHT, identifier=project, figure=FIGURE, today=TODAY)
    (shown,) = read_liveability(actor=COA, identifier=project)
    assert shown.figures == (replace(FIGURE, number=again),)


def test_a_figure_of_another_project_is_not_corrected_through_this_one(project: FlexProjectId) -> None:
    number = record_liveability(actor=ASSOCIATION, identifier=project, figure=FIGURE, today=TODAY)
    island = add_flex_project(actor=OF_ISLAND, project=replace(PROJECT, municipality=ISLAND), name="Duin")
    with pytest.raises(StateError, match="STA-06"):
        correct_liveability(
            actor=OF_ISLAND, identifier=island, number=number, figure=FIGURE, why="x", today=TODAY
        )


@pytest.mark.parametrize(
    "figure",
    [
        replace(FIGURE, value=Decimal("100.1")),
        replace(FIGURE, value=Decimal(-1)),
        replace(FIGURE, value=Decimal("7.15")),
        replace(FIGURE, measure=LiveabilityMeasure.COMPLAINTS, value=Decimal(1001)),
        replace(FIGURE, measured_by=" "),
        replace(FIGURE, measured_by="x" * 81),
        replace(FIGURE, source=""),
        replace(FIGURE, source="x" * 201),
    ],
)
def test_what_cannot_be_right_is_refused(project: FlexProjectId, figure: LiveabilityFigure) -> None:
    with pytest.raises(InputError, match="INP-0"):
        record_liveability(actor=ASSOCIATION, identifier=project, figure=figure, today=TODAY)
    assert not LiveabilityRow.objects.exists()


def test_a_day_to_come_and_a_day_that_has_a_figure_are_refused(project: FlexProjectId) -> None:
    with pytest.raises(StateError, match="STA-09"):
        record_liveability(
            actor=ASSOCIATION,
            identifier=project,
            figure=replace(FIGURE, on=TODAY + timedelta(days=1)),
            today=TODAY,
        )
    record_liveability(actor=ASSOCIATION, identifier=project, figure=FIGURE, today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        record_liveability(
            actor=OF_UTRECHT, identifier=project, figure=replace(FIGURE, value=Decimal(3)), today=TODAY
        )
    assert LiveabilityRow.objects.count() == 1


def test_a_project_so_small_that_a_figure_tells_of_a_household_gets_none() -> None:
    few = replace(PROJECT, homes=2, meant_for={})
    small = add_flex_project(actor=ASSOCIATION, project=few, name="Hof")
    with pytest.raises(InputError, match="one household"):
        record_liveability(actor=ASSOCIATION, identifier=small, figure=FIGURE, today=TODAY)


def test_the_database_refuses_what_cannot_be_right(project: FlexProjectId) -> None:
    record_liveability(actor=ASSOCIATION, identifier=project, figure=FIGURE, today=TODAY)
    row = LiveabilityRow.objects.get()
    row.pk, row.value = None, Decimal(101)
    with pytest.raises(IntegrityError, match="can_be_right"), transaction.atomic():
        row.save(force_insert=True)


FORM = {
    "maat": "complaints",
    "dag": "01-02-2026",
    "waarde": "12,5",
    "wie": "Bureau Meting",
    "bron": "=rapport 12",
}


@pytest.fixture
def of_utrecht(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Client:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    accounts.save_account(OF_UTRECHT, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=OF_UTRECHT.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_municipality_records_and_corrects_on_the_pages(of_utrecht: Client, project: FlexProjectId) -> None:
    address = f"/flexwoningen/{project}/"
    empty = of_utrecht.get(address).content.decode()
    assert "Over dit project is nog geen cijfer vastgelegd." in empty
    assert "2025-I</th>" in empty  # what it does for the target
    shown = of_utrecht.post(f"{address}leefbaarheid/", FORM, follow=True).content.decode()
    assert "Het cijfer is vastgelegd." in shown
    assert "Klachten: 12,5 op 1 februari 2026" in shown
    twice = of_utrecht.post(f"{address}leefbaarheid/", FORM)
    assert (twice.status_code, "staat er al een cijfer" in twice.content.decode()) == (400, True)
    number = LiveabilityRow.objects.get().pk
    again = f"{address}leefbaarheid/{number}/"
    assert 'value="12,5"' in of_utrecht.get(again).content.decode()
    refused = of_utrecht.post(again, FORM | {"waarde": "13"})
    assert (refused.status_code, "reden-fout" in refused.content.decode()) == (400, True)
    assert of_utrecht.post(again, FORM | {"waarde": "13", "reden": "verkeerd"}).status_code == 302
    body = of_utrecht.get(f"{address}leefbaarheid.csv").content.decode()
    assert body.splitlines() == [
        "project,measure,unit,on,value,measured_by,source",
        f"{project},complaints,per-100-homes,2026-02-01,13.0,Bureau Meting,'=rapport 12",
    ]
    number = LiveabilityRow.objects.latest("pk").pk
    away = f"{address}leefbaarheid/{number}/intrekken/"
    assert "Klachten op 1 februari 2026: 13,0" in of_utrecht.get(away).content.decode()
    unsaid = of_utrecht.post(away, {"reden": " "})
    assert (unsaid.status_code, "reden-fout" in unsaid.content.decode()) == (400, True)
    assert ";13,0;" in of_utrecht.get(f"{address}leefbaarheid.csv?vorm=excel").content.decode()
    gone = of_utrecht.post(away, {"reden": "ander project"}, follow=True).content.decode()
    assert "Het cijfer is ingetrokken." in gone
    assert "Over dit project is nog geen cijfer vastgelegd." in gone
    assert of_utrecht.get(away).status_code == 409


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("maat", "geluk"),
        ("dag", "2026-02-01"),
        ("dag", "01-02-2099"),
        ("waarde", "12,55"),
        ("waarde", "1000,1"),
        ("wie", ""),
        ("wie", "x" * 81),
        ("bron", ""),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field(
    of_utrecht: Client, project: FlexProjectId, field: str, typed: str
) -> None:
    answer = of_utrecht.post(f"/flexwoningen/{project}/leefbaarheid/", FORM | {field: typed})
    text = answer.content.decode()
    assert (answer.status_code, f'href="#{field}"' in text, f'id="{field}-fout"' in text) == (400, True, True)
    assert not LiveabilityRow.objects.exists()


def test_nobody_else_reaches_the_pages(of_utrecht: Client) -> None:
    island = add_flex_project(actor=OF_ISLAND, project=replace(PROJECT, municipality=ISLAND), name="Duin")
    for page in ("leefbaarheid/", "leefbaarheid.csv", "leefbaarheid/1/"):
        assert of_utrecht.get(f"/flexwoningen/{island}/{page}").status_code == 404
