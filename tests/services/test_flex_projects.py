"""Projects of flex homes: who keeps and sees them, the shares that apply, and the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction
from django.test import Client
from small_country import COA, ISLAND, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.cli.flex_files import read_projects
from eenthuis.services.flex_projects import (
    add_flex_project,
    change_flex_project,
    read_flex_project,
    read_flex_projects,
    withdraw_flex_project,
)
from eenthuis.services.homes import owner_of
from eenthuis.store import accounts
from eenthuis.store.models import FlexProjectRow, JournalRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError, InputError
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.places import ProvinceCode
from eenthuis.terms.schemes import SchemeCode, TargetGroup

pytestmark = pytest.mark.django_db
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))
ASSOCIATION = Actor("corporatie", Role.HOUSING_ASSOCIATION, association="Voorbeeld Wonen")
OTHER_ASSOCIATION = Actor("corporatie-2", Role.HOUSING_ASSOCIATION, association="Ander Wonen")
PROJECT = FlexProject(
    identifier=FlexProjectId(""),
    municipality=UTRECHT,
    owner="",
    scheme=SchemeCode("sft-2023"),
    applied_on=date(2024, 4, 2),
    homes=40,
    meant_for={TargetGroup.STATUS_HOLDERS: 10},
    delivered_on=date(2025, 3, 1),
    years=10,
    extra_in_stock={TargetGroup.DISPLACED_PEOPLE: 2},
)


def test_a_project_is_added_with_its_share_and_its_effect() -> None:
    number = add_flex_project(actor=OF_UTRECHT, project=PROJECT, name="Kade")
    page = read_flex_projects(actor=OF_UTRECHT)
    (line,) = page.lines
    assert (number, line.name, line.project.owner) == ("F-0000001", "Kade", owner_of(OF_UTRECHT))
    assert (page.broken, page.tight, page.may_add) == (0, 1, True)
    assert [(str(one.half_year), one.delivered, one.ended) for one in page.effect] == [
        ("2025-I", 10, 0),
        ("2035-I", 0, 10),
    ]
    assert JournalRow.objects.get(action="add-flex-project").municipality == UTRECHT


def test_a_change_is_a_new_version_with_a_reason() -> None:
    number = add_flex_project(actor=OF_UTRECHT, project=PROJECT, name="Kade")
    fewer = replace(PROJECT, identifier=number, meant_for={TargetGroup.STATUS_HOLDERS: 9}, owner="somebody")
    with pytest.raises(InputError, match="INP-04"):
        change_flex_project(actor=OF_UTRECHT, project=fewer, name="Kade", why=" ")
    change_flex_project(actor=OF_UTRECHT, project=fewer, name="Kade 2", why="een woning minder")
    line = read_flex_project(actor=OF_UTRECHT, identifier=number)
    assert (line.name, line.project.owner) == ("Kade 2", owner_of(OF_UTRECHT))
    assert [one.slack for one in line.verdict.broken] == [-1]
    assert FlexProjectRow.objects.filter(project=number).count() == 2
    withdraw_flex_project(actor=OF_UTRECHT, identifier=number, why="gaat niet door")
    assert read_flex_projects(actor=OF_UTRECHT).lines == ()
    with pytest.raises(AccessError, match="ACC-02"):
        withdraw_flex_project(actor=OF_UTRECHT, identifier=number, why="nog eens")
    with pytest.raises(DatabaseError, match="eenthuis"), transaction.atomic():
        FlexProjectRow.objects.update(homes=1)


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (OF_UTRECHT, ["Kade", "Plein"]),
        (OF_ISLAND, ["Duin"]),
        (OF_PROVINCE, ["Kade", "Plein"]),
        (ASSOCIATION, ["Plein"]),
        (OTHER_ASSOCIATION, []),
        (COA, ["Duin", "Kade", "Plein"]),
        (MINISTRY, ["Duin", "Kade", "Plein"]),
    ],
)
def test_everybody_sees_the_projects_in_reach_and_no_others(actor: Actor, seen: list[str]) -> None:
    add_flex_project(actor=OF_UTRECHT, project=PROJECT, name="Kade")
    add_flex_project(actor=ASSOCIATION, project=PROJECT, name="Plein")
    island = add_flex_project(actor=OF_ISLAND, project=replace(PROJECT, municipality=ISLAND), name="Duin")
    assert sorted(line.name for line in read_flex_projects(actor=actor).lines) == seen
    if "Duin" in seen:
        assert read_flex_project(actor=actor, identifier=island).may_change is (actor is OF_ISLAND)
    else:
        with pytest.raises(AccessError, match="ACC-02"):
            read_flex_project(actor=actor, identifier=island)


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (COA, "ACC-01"),
        (MINISTRY, "ACC-01"),
        (OF_PROVINCE, "ACC-01"),
        (OF_ISLAND, "ACC-02"),
        (ANYONE, "ACC-01"),
    ],
)
def test_who_keeps_no_projects_adds_and_changes_none(actor: Actor, code: str) -> None:
    with pytest.raises(AccessError, match=code):
        add_flex_project(actor=actor, project=PROJECT, name="Kade")
    number = add_flex_project(actor=OF_UTRECHT, project=PROJECT, name="Kade")
    with pytest.raises(AccessError, match=code):
        withdraw_flex_project(actor=actor, identifier=number, why="example")


@pytest.mark.parametrize(
    ("changes", "name"),
    [({"homes": 9}, "Kade"), ({"homes": 0}, "Kade"), ({}, " "), ({}, "x" * 81)],
)
def test_what_does_not_add_up_is_refused_and_leaves_nothing(changes: dict[str, int], name: str) -> None:
    with pytest.raises(InputError):
        add_flex_project(actor=OF_UTRECHT, project=replace(PROJECT, **changes), name=name)  # type: ignore[arg-type]
    assert not FlexProjectRow.objects.exists()


# Pages

FORM = {
    "naam": "Kade",
    "regeling": "sft-2022",
    "aanvraag": "01-10-2022",
    "woningen": "30",
    "statushouders": "12",
    "ontheemden": "",
    "extra_statushouders": "",
    "extra_ontheemden": "",
    "start": "",
    "oplevering": "01-09-2023",
    "jaren": "15",
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


def test_a_municipality_adds_changes_and_withdraws_a_project(of_utrecht: Client, tmp_path: Path) -> None:
    added = of_utrecht.post("/flexwoningen/toevoegen/", FORM, follow=True)
    text = added.content.decode()
    assert "Project F-0000001 is toegevoegd." in text
    assert "ten hoogste 1/3" in text
    assert "staat ergens anders zo, maar geldt niet" in text
    assert "ten minste 1/3" in text
    again = of_utrecht.post("/flexwoningen/toevoegen/", FORM)
    assert "Dit project staat er al" in again.content.decode()
    fewer = FORM | {"statushouders": "9", "reden": "minder", "versie": "1"}
    warned = of_utrecht.post("/flexwoningen/F-0000001/", fewer)
    assert warned.status_code == 400
    assert "9 tellen mee, de grens is 10" in warned.content.decode()
    assert of_utrecht.post("/flexwoningen/F-0000001/", fewer | {"gezien": "ja"}).status_code == 302
    stale = of_utrecht.post("/flexwoningen/F-0000001/", fewer | {"gezien": "ja"})
    assert "Iemand anders was u voor" in stale.content.decode()
    listed = of_utrecht.get("/flexwoningen/").content.decode()
    assert "aandeel niet gehaald" in listed
    assert "2038-II" in listed
    file = tmp_path / "p.csv"
    file.write_bytes(of_utrecht.get("/flexwoningen/projecten.csv").content)
    (read,) = read_projects(file)
    assert (read.homes, read.for_status_holders, read.scheme) == (30, 9, "sft-2022")
    gone = of_utrecht.post("/flexwoningen/F-0000001/intrekken/", {"reden": "niet door"}, follow=True)
    assert "is ingetrokken" in gone.content.decode()
    assert of_utrecht.get("/flexwoningen/F-0000001/").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("naam", ""),
        ("regeling", "sft-1999"),
        ("aanvraag", "2022-10-01"),
        ("woningen", "0"),
        ("woningen", "11"),
        ("statushouders", "twaalf"),
        ("start", "morgen"),
        ("oplevering", ""),
        ("oplevering", "01-09-2120"),
        ("jaren", "101"),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field(of_utrecht: Client, field: str, typed: str) -> None:
    answer = of_utrecht.post("/flexwoningen/toevoegen/", FORM | {field: typed})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert f'href="#{field}"' in text
    assert f'id="{field}"' in text
    assert not FlexProjectRow.objects.exists()


def test_a_change_and_a_withdrawal_ask_for_a_reason(of_utrecht: Client) -> None:
    of_utrecht.post("/flexwoningen/toevoegen/", FORM)
    for address in ("/flexwoningen/F-0000001/", "/flexwoningen/F-0000001/intrekken/"):
        answer = of_utrecht.post(address, FORM | {"reden": " "})
        assert (answer.status_code, "reden-fout" in answer.content.decode()) == (400, True)
