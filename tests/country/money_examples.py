"""Costs that are claimed, and what a check leaves of them, for every test about files of money."""

from __future__ import annotations

from datetime import date

from small_country import UTRECHT

from eenthuis.services.money_asked import CostsAsked
from eenthuis.terms.money_files import AskedLine, CheckedLine, CostKind, EvidenceKind
from eenthuis.terms.transit import SiteId

LINES = (
    AskedLine(1, CostKind.RENT, "huur", 1_000_000_00, EvidenceKind.CONTRACT, "zaak 12"),
    AskedLine(2, CostKind.STAFF, "beheer", 250_000_33, EvidenceKind.PAYROLL, "zaak 13"),
)
COSTS = CostsAsked(
    UTRECHT, "Opvang verzonnen kade", SiteId("Verzonnen kade"), date(2025, 1, 1), date(2025, 12, 31), LINES
)
CUT = (CheckedLine(1, 1_000_000_00), CheckedLine(2, 200_000_00, "een maand zonder loonstaat"))
