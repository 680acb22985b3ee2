"""With whom work lies: taken, filtered by unit, and handed over as a whole after a look at it."""

from __future__ import annotations

import pytest
import pytest_django
from django.test import Client
from small_country import AUDITOR, COA, MINISTRY, OF_ISLAND, OF_UTRECHT, OTHER_OFFICER, TODAY

from eenthuis.services import linking, units
from eenthuis.services.bulk_work import do_for_all
from eenthuis.services.handing_over import hand_over, preview_hand_over, read_colleagues
from eenthuis.services.open_work import WorkFilter, read_open_work
from eenthuis.store import accounts
from eenthuis.store.models import AccountRow, JournalRow
from eenthuis.store.organisation_models import WorkHolderRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import ProvinceCode

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, FOUR = (HouseholdId(f"PE-{number:06d}") for number in range(1, 5))
COLLEAGUE = Actor("collega-utrecht", Role.MUNICIPALITY, OF_UTRECHT.municipality, ProvinceCode("PV26"))
BEHEER = Actor("beheer", Role.ADMINISTRATOR)
PASSWORD = "a long enough secret"  # noqa: S105 - invented


@pytest.fixture(autouse=True)
def filled(proposal: int, settings: pytest_django.Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    for who in (COA, OTHER_OFFICER, OF_UTRECHT, COLLEAGUE, OF_ISLAND, AUDITOR, BEHEER):
        accounts.save_account(who, PASSWORD)
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, THREE), today=TODAY)


def take(who: Actor, *names: HouseholdId) -> list[str]:
    outcome = do_for_all(actor=who, action="take-work", households=names, today=TODAY, is_rehearsal=False)
    return [line.problem for line in outcome.lines]


def listed(who: Actor, whose: str) -> dict[HouseholdId, str]:
    page = read_open_work(actor=who, today=TODAY, chosen=WorkFilter(whose=whose))
    assert page.count == len(page.lines)
    return {line.household: line.holder for line in page.lines}


def in_unit(who: Actor, name: str) -> None:
    known = {unit.name: unit.number for unit in units.read_units(actor=BEHEER, organisation=who.organisation)}
    if name in known:
        units.set_unit(actor=BEHEER, account=who.name, number=known[name])
    else:
        units.add_unit(actor=BEHEER, account=who.name, unit=name)


def test_work_lies_with_who_confirmed_the_link_until_another_takes_it() -> None:
    assert listed(COA, "mine") == {ONE: "coa", THREE: "coa"}
    assert take(OTHER_OFFICER, TWO, THREE) == ["", ""]
    assert listed(COA, "mine") == {ONE: "coa"}
    assert listed(OTHER_OFFICER, "mine") == {TWO: "coa-2", THREE: "coa-2"}
    assert take(OTHER_OFFICER, TWO) == ["STA-01"]
    assert take(COA, TWO) == [""]
    assert listed(COA, "mine") == {ONE: "coa", TWO: "coa"}
    assert WorkHolderRow.objects.count() == 3


def test_a_municipality_takes_its_own_households_and_no_others() -> None:
    assert listed(OF_UTRECHT, "") == {ONE: ""}
    assert take(OF_UTRECHT, ONE, TWO, THREE, HouseholdId("PE-999999")) == ["", "STA-01", "STA-01", "STA-01"]
    assert listed(OF_UTRECHT, "mine") == {ONE: OF_UTRECHT.name}
    assert listed(COA, "mine") == {ONE: "coa", THREE: "coa"}, "each organisation has its own"
    for who in (AUDITOR, MINISTRY):
        with pytest.raises(EenthuisError, match="ACC-01"):
            take(who, ONE)


def test_the_work_of_a_unit_is_that_of_everybody_in_it() -> None:
    take(OF_UTRECHT, ONE)
    assert listed(COLLEAGUE, "unit") == {}
    in_unit(OF_UTRECHT, "Wonen")
    assert listed(COLLEAGUE, "unit") == {}
    in_unit(COLLEAGUE, "Wonen")
    assert listed(COLLEAGUE, "unit") == {ONE: OF_UTRECHT.name}
    in_unit(OF_ISLAND, "Wonen")
    assert listed(OF_ISLAND, "unit") == {}, "another organisation's unit of the same name is another unit"
    assert read_open_work(actor=COLLEAGUE, today=TODAY, chosen=WorkFilter()).unit == "Wonen"


def test_a_hand_over_is_seen_first_and_done_at_once_also_for_who_left() -> None:
    take(COA, FOUR)
    accounts.close(accounts.user_id("coa") or 0)
    assert read_colleagues(actor=OTHER_OFFICER).leavers == ("coa-2", "coa")
    assert read_colleagues(actor=OTHER_OFFICER).to == ("coa-2",)
    preview = preview_hand_over(actor=OTHER_OFFICER, leaver="coa", to="coa-2", today=TODAY)
    assert (preview.count, {line.household for line in preview.lines}) == (3, {ONE, THREE, FOUR})
    assert listed(OTHER_OFFICER, "mine") == {}
    with pytest.raises(EenthuisError, match="STA-07"):
        hand_over(actor=OTHER_OFFICER, leaver="coa", to="coa-2", seen=2, today=TODAY)
    assert hand_over(actor=OTHER_OFFICER, leaver="coa", to="coa-2", seen=3, today=TODAY) == 3
    assert set(listed(OTHER_OFFICER, "mine")) == {ONE, THREE, FOUR}
    told = JournalRow.objects.filter(action="hand-over-work")
    assert set(told.values_list("after__was", "after__holder")) == {("coa", "coa-2")}
    assert told.count() == 3


@pytest.mark.parametrize(
    ("leaver", "to"), [("coa", "coa"), ("coa", "gemeente-utrecht"), ("auditor", "coa"), ("", "")]
)
def test_work_goes_only_between_colleagues(leaver: str, to: str) -> None:
    with pytest.raises(EenthuisError, match="INP-01"):
        preview_hand_over(actor=OTHER_OFFICER, leaver=leaver, to=to, today=TODAY)
    for who in (AUDITOR, BEHEER):
        with pytest.raises(EenthuisError, match="ACC-01"):
            read_colleagues(actor=who)


def test_the_pages_take_hand_over_and_show_with_whom_work_lies() -> None:
    client = Client()
    client.post("/aanmelden/", {"naam": OF_UTRECHT.name, "wachtwoord": PASSWORD})
    given = {"actie": "take-work", "huishouden": ONE}
    assert "Er is nog niets gedaan" in client.post("/werk/samen/", given).content.decode()
    client.post("/werk/samen/", {**given, "gezien": "ja"})
    assert f"<td>{OF_UTRECHT.name}</td>" in client.get("/werk/?van=mine").content.decode()
    asked = {"van": OF_UTRECHT.name, "naar": COLLEAGUE.name}
    page = client.get("/werk/overdragen/", asked).content.decode()
    assert f"1 huishouden gaat van {OF_UTRECHT.name} naar {COLLEAGUE.name}" in page
    assert "Bekijk opnieuw" in client.post("/werk/overdragen/", {**asked, "gezien": "9"}).content.decode()
    assert client.post("/werk/overdragen/", {**asked, "gezien": "1"}).status_code == 302
    assert f"<td>{COLLEAGUE.name}</td>" in client.get("/werk/").content.decode()
    assert client.get("/werk/overdragen/", {"van": "x", "naar": "y"}).status_code == 400


def test_units_are_added_once_and_removed_when_empty() -> None:
    in_unit(COA, "Noord")
    for unit, code in (("Noord", "STA-01"), (" ", "INP-04"), ("N" * 61, "INP-06")):
        with pytest.raises(EenthuisError, match=code):
            units.add_unit(actor=BEHEER, account="coa-2", unit=unit)
    (noord,) = units.read_units(actor=BEHEER, organisation=COA.organisation)
    with pytest.raises(EenthuisError, match="INP-01"):
        units.set_unit(actor=BEHEER, account=OF_UTRECHT.name, number=noord.number)
    with pytest.raises(EenthuisError, match="STA-01"):
        units.drop_unit(actor=BEHEER, number=noord.number)
    units.set_unit(actor=BEHEER, account="coa", number=None)
    units.drop_unit(actor=BEHEER, number=noord.number)
    assert not units.read_units(actor=BEHEER)
    assert AccountRow.objects.get(user__username="coa").unit is None
    told = JournalRow.objects.filter(subject="account coa", action="set-unit").order_by("id")
    assert list(told.values_list("after__unit", flat=True)) == ["Noord", ""]
