"""Residence documents through the API: signalled by the IND, counted, and read by whoever may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest
from keyed import Program, new_key, read
from small_country import CENTRE, COA, TODAY, UTRECHT

from eenthuis.services import document_plan_work
from eenthuis.services.document_inviting import invite_to_session
from eenthuis.services.document_sessions import hand_made, make_session
from eenthuis.services.document_steps import Seen
from eenthuis.services.way import change_centre
from eenthuis.store import people
from eenthuis.store.document_models import ResidenceDocumentRow
from eenthuis.store.scope import scope_of, within
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.documents import DocumentNumber
from eenthuis.terms.people import CentreCode, HouseholdId, ReceptionCentre
from eenthuis.terms.places import MunicipalityCode

Asking = Callable[..., Program]
IND = Actor("ind", Role.IND)
ELSEWHERE = ReceptionCentre(CentreCode("OL-002"), "Elders", MunicipalityCode("GM0363"), 90)
DOCUMENT = {
    "documentNummer": "IND-1",
    "dossiernummer": "PE-000002",
    "kaartDatum": "2026-02-01",
    "geboorteDatum": "1990-05-01",
    "pasfotoDatum": "2026-01-05",
    "vingerafdrukDatum": "2026-01-05",
    "isBurgerservicenummerBekend": True,
    "isAdresBekend": False,
}


@pytest.fixture
def program(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return a program of a role; the small country stands in the tables."""
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    return lambda role, place="": Program(new_key(role, place).secret)


def test_a_document_is_signalled_counted_and_handed_out_at_a_session(program: Asking) -> None:
    ind, coa = program(Role.IND), program(Role.COA)
    made = read(ind.post("verblijfsdocumenten", DOCUMENT), 201)
    assert made == {
        "documentNummer": "IND-1",
        "opvangCode": CENTRE.code,
        "stand": "waiting",
        "kaartDatum": "2026-02-01",
        "redenen": ["no-address"],
    }
    read(ind.post("verblijfsdocumenten", DOCUMENT | {"documentNummer": "IND-2", "isAdresBekend": True}), 201)
    (counted,) = read(coa.get("verblijfsdocumenten/aantallen"))
    assert (counted["kanNu"], counted["kanNogNiet"], counted["wacht"]) == (1, 1, 2)
    session = hand_made(
        centre=CENTRE.code, day=TODAY, team="Utrecht", staff=2, counters=1, slots=6, first_slot=time(9, 30), minutes=10
    )  # fmt: skip
    make_session(actor=IND, session=session, today=TODAY)
    invite_to_session(
        actor=IND, centre=CENTRE.code, day=TODAY, seen=[Seen(DocumentNumber("IND-2"))], today=TODAY
    )
    (listed,) = read(coa.get("uitgiftedagen"))
    assert (listed["opvangCode"], listed["bezet"], listed["begintOm"]) == (CENTRE.code, 1, "09:30")
    (place,) = read(coa.get(f"uitgiftedagen/{CENTRE.code}/{TODAY.isoformat()}/afspraken"))
    assert place == {"documentNummer": "IND-2", "begintOm": "09:30", "stand": "invited"}
    (own,) = read(program(Role.MUNICIPALITY, UTRECHT).get("verblijfsdocumenten/aantallen"))
    assert (own["opvangCode"], own["wacht"], own["kanNu"]) == (None, 0, None)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"documentNummer": "123456782"}, 400),
        ({"dossiernummer": "PE-999999"}, 404),
        ({"geboorteDatum": "2090-01-01"}, 400),
    ],
)
def test_what_cannot_be_is_refused(program: Asking, changes: dict[str, str], status: int) -> None:
    ind = program(Role.IND)
    read(ind.post("verblijfsdocumenten", DOCUMENT | changes), status)
    assert not ResidenceDocumentRow.objects.exists()
    read(program(Role.COA).post("verblijfsdocumenten", DOCUMENT), 403)


def test_a_plan_is_asked_for_made_again_and_confirmed(program: Asking) -> None:
    ind, coa = program(Role.IND), program(Role.COA)
    read(ind.post("verblijfsdocumenten", DOCUMENT | {"isAdresBekend": True}), 201)
    asked = {"medewerkers": 4, "bussen": 1, "soort": "plan"}
    made = read(ind.post("uitgifteplannen", asked), 201)
    assert (made["stand"], made["uitkomst"], made["isBevestigd"]) == ("waiting", None, False)
    assert document_plan_work.work_once("worker") == made["nummer"]
    plan = f"uitgifteplannen/{made['nummer']}"
    found = read(coa.get(plan))
    assert (found["stand"], found["uitkomst"]["aantalAfspraken"], found["wijziging"]) == ("done", 1, None)
    assert found["uitkomst"]["ondergrens"] <= found["uitkomst"]["kosten"]
    read(coa.post(f"{plan}/bevestiging", {}), 403)
    assert read(ind.post(f"{plan}/bevestiging", {}), 201) == {"uitgenodigd": 1, "kondenNietMeer": 0}
    read(ind.post(f"{plan}/bevestiging", {}), 409)
    people.save_centres([ELSEWHERE])
    with within(scope_of(COA)):
        change_centre(
            actor=COA, household=HouseholdId("PE-000002"), centre=ELSEWHERE.code, on=TODAY, today=TODAY
        )
    again = read(ind.post("uitgifteplannen", asked | {"soort": "opnieuw"}), 201)
    assert document_plan_work.work_once("worker") == again["nummer"]
    plan = f"uitgifteplannen/{again['nummer']}"
    changed = read(coa.get(plan))["wijziging"]
    assert (changed["blijft"], changed["verandert"], changed["nieuweUitnodigingen"]) == (0, 1, 1)
    (change,) = read(coa.get(f"{plan}/wijzigingen"))
    assert (change["documentNummer"], change["waarom"]) == ("IND-1", "moved-centre")
    assert (change["was"]["opvang"], change["wordt"]["opvang"]) == (CENTRE.name, "Elders")
    assert [one["nummer"] for one in read(coa.get("uitgifteplannen"))] == [again["nummer"], made["nummer"]]
    read(ind.post("uitgifteplannen", asked | {"bussen": 0}), 400)
    read(ind.post("uitgifteplannen", asked | {"soort": "nieuw"}), 400)
    read(coa.get("uitgifteplannen/999999"), 404)
