"""The application against its own description: right and wrong questions, by several roles, find nothing.

``make conformity`` asks many times more, other questions every time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from conformity import ask_all, one_connection
from django.test import override_settings
from keyed import new_key
from money_examples import PROJECT
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from small_country import CENTRE, COA, OF_UTRECHT, TODAY, UTRECHT, home_in

from eenthuis.reference.policy import scenarios
from eenthuis.services import lab, lab_work
from eenthuis.services.flex_projects import add_flex_project
from eenthuis.services.homes import add_home
from eenthuis.services.linking import confirm
from eenthuis.services.offers import offer
from eenthuis.services.transit_claims import claim_month
from eenthuis.services.transit_sites import add_transit_site
from eenthuis.services.transit_stays import take_in_stays
from eenthuis.store.models import HouseholdRow, LinkRow, NoticeRow, OfferRow, ReceiptRow
from eenthuis.terms.access import Role
from eenthuis.terms.lab_runs import LabAsk, LabKind
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.transit import SiteId, TransitSite

FILE = Path(__file__).resolve().parents[2] / "src/eenthuis/api/openapi.json"
TIMES = int(os.environ.get("CONFORMITY_TIMES", "1"))
BOTH = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
RIGHT = (GenerationMode.POSITIVE,)


def test_the_description_is_valid() -> None:
    OpenAPIV31SpecValidator(json.loads(FILE.read_text(encoding="utf-8"))).validate()


def registers() -> dict[str, Sequence[str | int]]:
    """Fill registers of Utrecht, and return values that lead somewhere in them."""
    site = TransitSite(SiteId(""), UTRECHT, 3, TODAY - timedelta(days=60), None, frozenset())
    transit = add_transit_site(actor=OF_UTRECHT, site=site, name="Verzonnen kade")
    project = add_flex_project(actor=OF_UTRECHT, project=PROJECT, name="Verzonnen kade")
    take_in_stays(
        actor=OF_UTRECHT,
        identifier=transit,
        content=b"person,code,first_day\n1,GM0344,2026-01-10",
        name="stays.csv",
        today=TODAY,
    )
    file = claim_month(actor=OF_UTRECHT, identifier=transit, month=date(2026, 1, 1), today=TODAY)
    return {
        "doorstroomlocaties.nummer": [transit],
        "flexprojecten.nummer": [project],
        "gelddossiers.nummer": [file],
        "regelingen.code": ["sft-2025"],
        "regeling": ["sft-2025"],
        "provincieCode": ["PV26"],
        "aanbevelingen.nummer": [4, 5],
    }


@pytest.fixture
def known(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Sequence[str | int]]:
    """Return values that lead somewhere in the small country."""
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    confirm(
        actor=COA,
        proposal=proposal,
        households=(HouseholdId("PE-000001"), HouseholdId("PE-000003")),
        today=TODAY,
    )
    numbers = [str(one.number) for one in HouseholdRow.objects.order_by("pk")]
    home = add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))
    offer(actor=OF_UTRECHT, household=HouseholdId("PE-000001"), home=home, today=TODAY)
    question = LabAsk(LabKind.COMPARE, (scenarios()["today"], scenarios()["as-advised"]), 1, 1, 1)
    run = lab.ask(actor=COA, asked=question)
    lab_work.work_once("w")
    return registers() | {
        "adres": [run],
        "woningen.nummer": [home],
        "woningNummer": [home],
        "aanbiedingen.nummer": [row.pk for row in OfferRow.objects.all()],
        "halfjaar": ["2026-I", "2026-II"],
        "gemeenteCode": [UTRECHT],
        "opvangCode": [CENTRE.code],
        "uitgifteDatum": [TODAY.isoformat()],
        "volgnummer": [1],
        "huishoudenNummer": numbers,
        "voorstelNummer": [proposal],
        "vervangt": ["2026-I/1"],
        "dossiernummer": ["PE-000001", "PE-000002"],
        "afmeldDatum": [TODAY.isoformat()],
        "huishoudens.nummer": numbers,
        "voorstellen.nummer": [proposal],
        "koppelingen.nummer": [row.pk for row in LinkRow.objects.all()],
        "berichten.nummer": [row.pk for row in NoticeRow.objects.all()],
        "ontvangstbewijzen.nummer": [row.pk for row in ReceiptRow.objects.all()],
    }


@pytest.mark.parametrize(
    ("role", "place", "examples", "modes"),
    [
        (Role.COA, "", 3, BOTH),
        (Role.MINISTRY, "", 2, RIGHT),
        (Role.IND, "", 2, RIGHT),
        (Role.MUNICIPALITY, UTRECHT, 2, RIGHT),
        (Role.PUBLIC, "", 1, RIGHT),
    ],
)
@override_settings(API_LIMIT_KEY=10**6, API_LIMIT_ANYONE=10**6)
def test_no_answer_is_other_than_described(
    known: Mapping[str, Sequence[str | int]],
    role: Role,
    place: str,
    examples: int,
    modes: Sequence[GenerationMode],
) -> None:
    secret = "" if role is Role.PUBLIC else new_key(role, place).secret
    with one_connection():
        assert ask_all(secret, known, examples=examples * TIMES, modes=modes, same_every_time=TIMES == 1)
