"""Homes of a housing association by key: its own, whoever works for it, never for whom one is kept."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from keyed import ADMINISTRATOR, Program, new_key, read, wanted
from small_country import COA, OF_UTRECHT, TODAY, UTRECHT, home_in

from eenthuis.services.api_keys import create_key, holder_of, rotate_key
from eenthuis.services.homes import add_home, owner_of
from eenthuis.services.linking import confirm
from eenthuis.services.offers import offer
from eenthuis.store import accounts, homes
from eenthuis.store.models import AccountRow, HomeRow, HouseholdRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputErrors
from eenthuis.terms.homes import HomeId
from eenthuis.terms.people import HouseholdId

MIGRATION = import_module("eenthuis.store.migrations.0020_home_owners")
FIRST = HouseholdId("PE-000001")
HOME = {
    "gemeenteCode": UTRECHT,
    "soort": "sociale-huur",
    "aantalKamers": 3,
    "grootsteHuishouden": 4,
    "isToegankelijk": True,
    "beschikbaarVanafDatum": TODAY.isoformat(),
}


@pytest.fixture(autouse=True)
def _country(proposal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    confirm(actor=COA, proposal=proposal, households=(FIRST,), today=TODAY)


def of_association(name: str = "Wonen Voorbeeld") -> Program:
    return Program(new_key(Role.HOUSING_ASSOCIATION, UTRECHT, association=name).secret)


def test_two_programs_of_one_association_keep_its_homes_and_another_finds_none() -> None:
    one, same, other = of_association(), of_association(), of_association("Anders Wonen")
    made = read(one.post("woningen", HOME), 201)
    assert made["eigenaar"] == "Wonen Voorbeeld"
    path = f"woningen/{made['nummer']}"
    assert read(same.get(path)) == made
    assert [home["nummer"] for home in read(same.get("woningen"))] == [made["nummer"]]
    assert read(other.get("woningen")) == []
    read(other.get(path), 404)
    changed = {key: value for key, value in HOME.items() if key != "gemeenteCode"} | {"reden": "verbouwd"}
    read(other.put(path, changed, If_Match="*"), 404)
    read(other.post(f"{path}/intrekkingen", {"reden": "x"}, If_Match="*"), 404)
    read(same.put(path, changed | {"aantalKamers": 4}, If_Match=same.get(path)["ETag"]))
    read(one.post(f"{path}/intrekkingen", {"reden": "verkocht"}, If_Match=one.get(path)["ETag"]), 201)


def test_an_association_sees_that_a_home_is_kept_and_not_for_whom() -> None:
    program = of_association()
    home = read(program.post("woningen", HOME), 201)["nummer"]
    offer(actor=OF_UTRECHT, household=FIRST, home=HomeId(home), today=TODAY)
    kept = read(program.get(f"woningen/{home}"))
    assert (kept["toestand"], kept["huishoudenNummer"]) == ("bezet", None)
    assert read(program.get("woningen?toestand=bezet")) == [kept]
    for path in ("huishoudens", "aanbiedingen", "koppelingen"):
        read(program.get(path), 403)
    read(program.post("aanbiedingen", {"huishoudenNummer": str(_number()), "woningNummer": home}), 403)


def _number() -> object:
    return HouseholdRow.objects.get(pk=FIRST).number


def test_a_key_works_for_an_association_that_has_accounts_and_goes_on_doing_so_when_rotated() -> None:
    for role, name in (
        (Role.HOUSING_ASSOCIATION, "Verzonnen Wonen"),
        (Role.HOUSING_ASSOCIATION, ""),
        (Role.MUNICIPALITY, "Wonen Voorbeeld"),
    ):
        with pytest.raises(InputErrors, match="association"):
            create_key(actor=ADMINISTRATOR, wanted=wanted(role, UTRECHT, association=name), today=TODAY)
    first = new_key(Role.HOUSING_ASSOCIATION, UTRECHT)
    later = TODAY + timedelta(days=60)
    second = rotate_key(actor=ADMINISTRATOR, prefix=first.line.prefix, last_day=later, today=TODAY)
    holder = holder_of(secret=second.secret, today=TODAY)
    assert holder is not None
    assert owner_of(holder) == second.line.association == "Wonen Voorbeeld"


def test_who_works_for_no_organisation_keeps_no_homes() -> None:
    with pytest.raises(AccessError, match="no organisation"):
        owner_of(Actor("los", Role.HOUSING_ASSOCIATION, UTRECHT))
    with pytest.raises(AccessError, match="no organisation"):
        owner_of(COA)
    assert homes.home(add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))).owner == UTRECHT  # type: ignore[union-attr]


def test_homes_under_the_name_of_an_account_come_to_its_organisation_with_a_version_more() -> None:
    accounts.save_account(OF_UTRECHT, "een lang wachtwoord")
    accounts.save_account(Actor("corp-1", Role.HOUSING_ASSOCIATION, UTRECHT), "een lang wachtwoord")
    numbers = {}
    for name in (OF_UTRECHT.name, "corp-1", "Wonen Elders"):
        numbers[name] = add_home(actor=OF_UTRECHT, home=home_in(UTRECHT, owner=name))
    with connection.cursor() as cursor:
        for _ in range(2):  # the second time finds nothing to do
            cursor.execute(MIGRATION.ACCOUNTS)
            cursor.execute(MIGRATION.HOMES)
    assert AccountRow.objects.get(user__username="corp-1").association == "corp-1"
    now = {name: homes.home(number) for name, number in numbers.items()}
    assert {name: row.owner for name, row in now.items() if row} == {
        OF_UTRECHT.name: UTRECHT,
        "corp-1": "corp-1",
        "Wonen Elders": "Wonen Elders",
    }
    assert [row.kind for row in HomeRow.objects.filter(home=numbers[OF_UTRECHT.name]).order_by("step")] == [
        "added",
        "changed",
    ]
