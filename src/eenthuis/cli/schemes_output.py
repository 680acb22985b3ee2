"""What ``eenthuis schemes`` prints: the register, conditions, the lot, awards and months of transit locations."""

from __future__ import annotations

from eenthuis.cli.schemes_files import SettledAward
from eenthuis.law.schemes import Scheme
from eenthuis.rules.scheme_conditions import Eligibility
from eenthuis.rules.scheme_overlap import Overlap
from eenthuis.rules.transit import TransitBill
from eenthuis.terms.law import Authority
from eenthuis.terms.lots import Draw
from eenthuis.terms.transit import TransitMonth

LIST_COLUMNS = (
    "scheme",
    "title",
    "purpose",
    "groups",
    "first_day",
    "last_day",
    "open_round",
    "budget_cents",
    "amount_cents",
    "amount_per",
    "at_most",
    "most_per_municipality_cents",
    "order",
    "advance_part",
    "evidence",
    "conditions",
    "shares",
    "assumed",
    "source",
)
OVERLAP_COLUMNS = ("scheme", "other", "purpose", "groups", "differs_in")
CHECK_COLUMNS = (
    "application",
    "scheme",
    "condition",
    "asked",
    "found",
    "outcome",
    "authority",
    "article",
    "source",
)
DRAW_COLUMNS = ("place", "application", "category", "key", "asked_cents", "awarded_cents", "left_cents")
AWARD_COLUMNS = ("application", "awarded_cents", "paid_cents", "shown_units", "settled_cents", "due_cents")
MONTH_COLUMNS = ("site", "month", "paid_days", "elsewhere_days", "cents")


def list_row(scheme: Scheme) -> dict[str, object]:
    """Return the columns of a scheme; ``assumed`` names what is a stated choice and was read nowhere."""
    assumed = [one.key.split(".", 2)[2] for one in scheme.citations if one.authority is Authority.ASSUMPTION]
    return {
        "scheme": scheme.code,
        "title": scheme.title,
        "purpose": scheme.purpose,
        "groups": " ".join(sorted(scheme.groups)),
        "first_day": scheme.first_day,
        "last_day": scheme.last_day,
        "open_round": scheme.open_round if scheme.open_round != "" else "closed",
        "budget_cents": scheme.budget_cents,
        "amount_cents": scheme.amount_cents,
        "amount_per": scheme.amount_per,
        "at_most": None if scheme.amount_cents is None else scheme.amount_is_at_most,
        "most_per_municipality_cents": scheme.most_per_municipality_cents,
        "order": scheme.order,
        "advance_part": scheme.advance_part,
        "evidence": " ".join(scheme.evidence),
        "conditions": "; ".join(f"{one.fact} {one.kind} {one.bound}" for one in scheme.conditions),
        "shares": "; ".join(
            f"{one.name}: {one.direction} {one.part} {' '.join(sorted(one.groups))}" for one in scheme.shares
        ),
        "assumed": " ".join(assumed),
        "source": scheme.citations[0].source,
    }


def overlap_row(one: Overlap) -> dict[str, object]:
    """Return the columns of a pair of schemes."""
    return {
        "scheme": one.first.code,
        "other": one.second.code,
        "purpose": one.first.purpose,
        "groups": " ".join(sorted(one.groups)),
        "differs_in": " ".join(one.differs_in),
    }


def check_rows(checked: Eligibility) -> list[dict[str, object]]:
    """Return one row for each condition of an application."""
    return [
        {
            "application": checked.project.application,
            "scheme": checked.scheme.code,
            "condition": result.name,
            "asked": result.asked,
            "found": result.found,
            "outcome": result.outcome,
            "authority": result.citations[0].authority,
            "article": result.citations[0].article,
            "source": result.citations[0].source,
        }
        for result in checked.results
    ]


def draw_rows(made: Draw) -> list[dict[str, object]]:
    """Return one row for each entry, in the order drawn."""
    return [
        {
            "place": one.place,
            "application": one.entry.application,
            "category": one.entry.category,
            "key": one.key,
            "asked_cents": one.entry.asked_cents,
            "awarded_cents": one.awarded_cents,
            "left_cents": one.left_cents,
        }
        for one in made.drawn
    ]


def draw_notes(made: Draw) -> list[str]:
    """Return the lines below a draw."""
    return [
        f"Round {made.round_name}: {made.awarded_cents} of {made.budget_cents} cents awarded.",
        f"Digest of the entries: {made.entries_digest}.",
    ]


def award_row(one: SettledAward) -> dict[str, object]:
    """Return the columns of one settlement."""
    return {
        "application": one.application,
        "awarded_cents": one.settlement.awarded_cents,
        "paid_cents": one.settlement.paid_cents,
        "shown_units": one.shown_units,
        "settled_cents": one.settlement.settled_cents,
        "due_cents": one.settlement.due_cents,
    }


def month_row(one: TransitMonth) -> dict[str, object]:
    """Return the columns of one site in one month."""
    return {
        "site": one.site,
        "month": f"{one.month:%Y-%m}",
        "paid_days": one.paid_days,
        "elsewhere_days": one.elsewhere_days,
        "cents": one.cents,
    }


def unpaid_notes(bill: TransitBill) -> list[str]:
    """Return what a bill comes to, and the days that are not paid with why."""
    notes = [f"{bill.cents} cents up to {bill.as_of.isoformat()}."]
    notes += [f"{days} days not paid: {why.value}." for why, days in sorted(bill.unpaid.items())]
    if bill.over_places:
        notes.append(
            f"On the busiest day {bill.over_places} places more than the scheme allows in the country."
        )
    return notes
