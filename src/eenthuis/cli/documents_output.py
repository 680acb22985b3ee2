"""What ``eenthuis documents`` prints and keeps of plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from eenthuis.cli.documents_rules import citations_of
from eenthuis.sessions.measures import Measures, Waits
from eenthuis.sessions.problem import SessionProblem
from eenthuis.terms.documents import (
    AppointmentChange,
    DocumentNumber,
    DocumentPlan,
    DocumentTeam,
    Readiness,
    ResidenceDocument,
    WhyNotPlanned,
)
from eenthuis.terms.receipt import Receipt, digest, make_receipt
from eenthuis.terms.version import code_version

READY_COLUMNS = ("number", "household", "centre", "ready", "reasons", "first_day", "last_day")
PLAN_COLUMNS = (
    "people",
    "planned",
    *(f"not_planned_{why.value.replace('-', '_')}" for why in WhyNotPlanned),
    "sessions",
    "team_km",
    "person_days",
    "cost_days",
    "bound_days",
    "gap",
)
REPLAN_COLUMNS = (*PLAN_COLUMNS, "kept", "changed", "new")
CHECK_COLUMNS = ("rule", "tested", "broken", "first")
MEASURE_COLUMNS = ("measure", "value", "unit", "meaning")
PER_MILLION = 1_000_000
METRES_PER_KM = 1000


def ready_row(document: ResidenceDocument, found: Readiness) -> dict[str, object]:
    """Return one document with whether it can be handed out, every reason, and the days between which it can."""
    return {
        "number": document.number,
        "household": document.household,
        "centre": document.centre,
        "ready": "yes" if found.is_ready else "no",
        "reasons": " ".join(found.reasons),
        "first_day": found.first_day,
        "last_day": found.last_day,
    }


def plan_row(problem: SessionProblem, plan: DocumentPlan) -> dict[str, object]:
    """Return what a plan comes to in one row; days are of people, kilometres of teams."""
    why = Counter(one.why for one in plan.not_planned)
    return {
        "people": len(plan.appointments) + len(plan.not_planned),
        "planned": len(plan.appointments),
        **{f"not_planned_{one.value.replace('-', '_')}": why[one] for one in WhyNotPlanned},
        "sessions": len(plan.sessions),
        "team_km": sum(one.metres for one in plan.sessions) / METRES_PER_KM,
        "person_days": sum((one.day - problem.as_of).days for one in plan.appointments),
        "cost_days": plan.cost / plan.unit,
        "bound_days": plan.bound / plan.unit,
        "gap": gap_per_million(plan) / PER_MILLION,
    }


def changed_columns(changed: Sequence[AppointmentChange], kept: int) -> dict[str, object]:
    """Return how many appointments stand, how many that were told do not, and how many are new."""
    moved = [one for one in changed if one.before is not None]
    return {"kept": kept, "changed": len(moved), "new": len(changed) - len(moved)}


def gap_per_million(plan: DocumentPlan) -> int:
    """Return by how many millionths of the bound the plan is above it, rounded up."""
    return -(-(plan.cost - plan.bound) * PER_MILLION // max(1, plan.bound))


def summary_of(
    plan: DocumentPlan, receipt: Receipt, *, seed: int, assumed: Mapping[str, str]
) -> dict[str, object]:
    """Return what stands in ``plan.json``: days, cost and bound in whole units, counts, settings and the receipt."""
    why = Counter(one.why for one in plan.not_planned)
    return {
        "as_of": plan.as_of,
        "first_day": plan.first_day,
        "last_day": plan.last_day,
        "cost": plan.cost,
        "bound": plan.bound,
        "unit": plan.unit,
        "gap_per_million": gap_per_million(plan),
        "seed": seed,
        "assumed": dict(assumed),
        "planned": len(plan.appointments),
        "not_planned": {one.value: why[one] for one in WhyNotPlanned},
        "sessions": len(plan.sessions),
        "metres": sum(one.metres for one in plan.sessions),
        "receipt": receipt,
    }


def plan_receipt(
    problem: SessionProblem,
    plan: DocumentPlan,
    documents: Mapping[DocumentNumber, ResidenceDocument],
    *,
    action: str,
    seed: int,
    assumed: Mapping[str, str],
) -> Receipt:
    """Return the receipt of a plan: digests of everything it was made from, and of everything it says."""
    return make_receipt(
        action=action,
        as_of=plan.as_of,
        inputs=plan_inputs(problem, documents, seed=seed, assumed=assumed),
        output=plan_digests(plan),
        citations=citations_of(problem.rules),
        code_version=code_version(),
    )


def plan_inputs(
    problem: SessionProblem,
    documents: Mapping[DocumentNumber, ResidenceDocument],
    *,
    seed: int,
    assumed: Mapping[str, str],
) -> dict[str, object]:
    """Return digests of what a plan is made from; people are in it only as a digest."""
    return {
        "documents": digest([documents[number] for number in sorted(documents)]),
        "ways": digest({f"{team} {centre}": metres for (team, centre), metres in problem.metres.items()}),
        "centres": digest([(one.code, one.first_day, one.last_day) for one in problem.centres]),
        "teams": digest([_team(one) for one in problem.teams]),
        "standing": digest([problem.standing.sessions, problem.standing.appointments]),
        "assumed": dict(assumed),
        "seed": seed,
    }


def plan_digests(plan: DocumentPlan) -> dict[str, object]:
    """Return digests of what a plan says."""
    return {
        "sessions": digest(plan.sessions),
        "appointments": digest(plan.appointments),
        "not_planned": digest(plan.not_planned),
        "cost": plan.cost,
        "bound": plan.bound,
    }


def measure_rows(found: Measures) -> list[dict[str, object]]:
    """Return each measure with its unit and what it counts."""
    km = METRES_PER_KM
    return [
        _measure("people", found.people, "people", "with an appointment; everything below is of them"),
        _measure(
            "desk_km", found.desk_metres / km, "km", "each person to the nearest open desk and back, by road"
        ),
        _measure(
            "desk_trip_km", found.desk_trip_metres / km, "km", "the same, one trip for a household together"
        ),
        _measure("team_km", found.team_metres / km, "km", "teams from their desks to the centres and back"),
        _measure("saved_km", found.saved_metres / km, "km", "desk_km less team_km"),
        *_waits("", found.waits, "from the day the card is there to the appointment"),
        *_waits("desk_", found.desk_waits, "the same at the nearest desk, first come, first served"),
        _measure("desk_left", found.desk_left, "people", "whom the desks do not serve within the horizon"),
    ]


def _waits(prefix: str, waits: Waits, meaning: str) -> list[dict[str, object]]:
    mean = None if waits.mean_days is None else round(float(waits.mean_days), 2)
    return [
        _measure(f"{prefix}served", waits.people, "people", "whose days of waiting are counted"),
        _measure(f"{prefix}mean_days", mean, "days", f"{meaning}, on average"),
        _measure(f"{prefix}longest_days", waits.longest_days, "days", f"{meaning}, the longest"),
    ]


def _measure(name: str, value: object, unit: str, meaning: str) -> dict[str, object]:
    return {"measure": name, "value": value, "unit": unit, "meaning": meaning}


def _team(team: DocumentTeam) -> dict[str, object]:
    return asdict(team)
