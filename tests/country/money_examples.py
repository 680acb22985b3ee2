"""Costs that are claimed, and what a check leaves of them, for every test about files of money."""

from __future__ import annotations

from datetime import date

from small_country import COA, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.services.money_asked import CostsAsked, SchemeAsked
from eenthuis.services.reception_sites import add_site, confirm_site
from eenthuis.terms.access import Actor
from eenthuis.terms.capacity import Site, SiteForm, SiteId, SiteSpan
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.money_files import AskedLine, CheckedLine, CostKind, EvidenceKind
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.reception import PlaceKind
from eenthuis.terms.schemes import ProjectFact, SchemeCode, TargetGroup

LINES = (
    AskedLine(1, CostKind.RENT, "huur", 1_000_000_00, EvidenceKind.CONTRACT, "zaak 12"),
    AskedLine(2, CostKind.STAFF, "beheer", 250_000_33, EvidenceKind.PAYROLL, "zaak 13"),
)
KADE = SiteId("S-0000001")
"""The number of the first site of a register."""

COSTS = CostsAsked(UTRECHT, "Opvang verzonnen kade", KADE, date(2025, 1, 1), date(2025, 12, 31), LINES)
CUT = (CheckedLine(1, 1_000_000_00), CheckedLine(2, 200_000_00, "een maand zonder loonstaat"))
PROJECT = FlexProject(
    FlexProjectId(""), UTRECHT, "", None, TODAY, 40, {TargetGroup.STATUS_HOLDERS: 12}, date(2027, 1, 1), 15
)


def application(project: FlexProjectId | None) -> SchemeAsked:
    """Return an application of forty homes under the scheme of 2025."""
    return SchemeAsked(
        UTRECHT,
        "Verzonnen kade",
        SchemeCode("sft-2025"),
        project,
        40,
        {ProjectFact.MONTHS_TO_START: 20},
        TODAY,
        date(2041, 1, 1),
    )


def kade(keeper: Actor = OF_UTRECHT, *, places: int = 80) -> SiteId:
    """Add a reception site to the register, let COA confirm it, and return its number; the first is :data:`KADE`."""
    site = Site(
        SiteId(""),
        keeper.municipality or MunicipalityCode(""),
        "Verzonnen kade",
        PlaceKind.REGULAR,
        SiteForm.REGULAR,
        for_minors=False,
        is_durable=False,
        spans=(SiteSpan(date(2025, 1, 1), None, places),),
    )
    number = add_site(actor=keeper, site=site, today=TODAY)
    confirm_site(actor=COA, identifier=number, today=TODAY)
    return number
