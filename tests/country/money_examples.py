"""Costs that are claimed, and what a check leaves of them, for every test about files of money."""

from __future__ import annotations

from datetime import date

from small_country import TODAY, UTRECHT

from eenthuis.services.money_asked import CostsAsked, SchemeAsked
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.money_files import AskedLine, CheckedLine, CostKind, EvidenceKind
from eenthuis.terms.schemes import ProjectFact, SchemeCode, TargetGroup
from eenthuis.terms.transit import SiteId

LINES = (
    AskedLine(1, CostKind.RENT, "huur", 1_000_000_00, EvidenceKind.CONTRACT, "zaak 12"),
    AskedLine(2, CostKind.STAFF, "beheer", 250_000_33, EvidenceKind.PAYROLL, "zaak 13"),
)
COSTS = CostsAsked(
    UTRECHT, "Opvang verzonnen kade", SiteId("Verzonnen kade"), date(2025, 1, 1), date(2025, 12, 31), LINES
)
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
