"""What ``eenthuis reception`` prints: shares, provincial numbers, places not deducted, and the steps of the cycle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from eenthuis import reference
from eenthuis.cli.reception_files import INVENTED, as_decimal
from eenthuis.cli.target_output import name_and_province, paper
from eenthuis.rules.provincial_tasks import DurablePlaces, NotDeducted
from eenthuis.rules.reception_cycle import Cycle, CycleStep
from eenthuis.terms.law import Citation
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import ProvincialTask, ReceptionShare, ReceptionShares

SHARE_COLUMNS = ("code", "name", "province", "inhabitants", "ses_woa", "weight", "exact", "places")
TASK_COLUMNS = ("code", "name", "municipalities", "weight", "exact", "places", "durable", "remaining", "over")
MINORS_COLUMNS = ("minors_exact", "minors")
SCORES_COLUMN = "scores"
CYCLE_COLUMNS = ("step", "last_day", "before", "meaning", "instrument", "article", "authority", "source")

STEPS = {
    CycleStep.ESTIMATE: "the minister publishes the estimate and the indicative shares",
    CycleStep.REPORT: "the King's commissioner reports on the talks to the minister",
    CycleStep.DECISION: "the minister decides per province on the two following calendar years",
    CycleStep.PLACES: "municipalities put sites or buildings at COA's disposal",
}


def columns(base: Sequence[str], shares: ReceptionShares) -> tuple[str, ...]:
    """Return the columns to print: those for minors where a need for them was given, and where scores come from."""
    minors = () if shares.minors_need is None else MINORS_COLUMNS
    return (*base, *minors, SCORES_COLUMN)


def share_row(share: ReceptionShare, shares: ReceptionShares) -> dict[str, object]:
    """Return the columns of one municipality."""
    name, province = name_and_province(share.municipality)
    return {
        "code": share.municipality,
        "name": name,
        "province": province,
        "inhabitants": share.inhabitants,
        "ses_woa": as_decimal(share.score),
        "weight": share.weight,
        "exact": share.exact,
        "places": share.places,
        "minors_exact": share.minors_exact,
        "minors": share.minors,
        SCORES_COLUMN: _scores(shares),
    }


def task_row(
    task: ProvincialTask, shares: ReceptionShares, provinces: Mapping[MunicipalityCode, ProvinceCode]
) -> dict[str, object]:
    """Return the columns of one province; weight and exact are sums over its municipalities."""
    own = [share for share in shares.shares if provinces[share.municipality] == task.province]
    return {
        "code": task.province,
        "name": reference.province(task.province).name,
        "municipalities": len(own),
        "weight": sum(share.weight for share in own),
        "exact": sum(share.exact for share in own),
        "places": task.places,
        "durable": task.durable,
        "remaining": task.remaining,
        "over": task.over,
        "minors_exact": None if task.minors is None else sum(share.minors_exact or 0 for share in own),
        "minors": task.minors,
        SCORES_COLUMN: _scores(shares),
    }


def not_deducted_rows(durable: Iterable[DurablePlaces | NotDeducted]) -> list[dict[str, object]]:
    """Return the places that were not deducted, with the reason."""
    return [
        {"code": one.municipality, "kind": one.kind, "places": one.places, "reason": one.reason}
        for one in durable
        if isinstance(one, NotDeducted)
    ]


def rule(citations: Iterable[Citation]) -> dict[str, object]:
    """Return the formula, rounding and figures used, each with its source and why it holds."""
    by_key = {citation.key: citation for citation in citations}
    found: dict[str, object] = {}
    for name in ("formula", "score_offset", "rounding", "figures"):
        citation = by_key[f"reception.share.{name}"]
        found |= {name: citation.value, f"{name}_source": paper(citation)}
    return found


def notes(
    shares: ReceptionShares, tasks: Sequence[ProvincialTask], remarks: Iterable[str], *, per_province: bool
) -> list[str]:
    """Return the lines below a table or beside a CSV: totals, provinces, and remarks."""
    told = [
        f"Total {shares.total} for a need of {shares.need}; each share is rounded by itself."
        if shares.minors_need is None
        else f"Total {shares.total} for a need of {shares.need}, and {shares.total_minors} for {shares.minors_need} "
        "places for unaccompanied minors; each share is rounded by itself."
    ]
    if not per_province:
        told += [f"{reference.province(task.province).name}: {_spoken(task)}." for task in tasks]
    return [*told, *remarks]


def cycle_rows(found: Cycle) -> list[dict[str, object]]:
    """Return one row per step, with where the law says so."""
    return [
        {
            "step": one.step,
            "last_day": one.last_day,
            "before": one.before,
            "meaning": STEPS[one.step],
            "instrument": one.citation.instrument,
            "article": one.citation.article,
            "authority": one.citation.authority,
            "source": one.citation.source,
        }
        for one in found.steps
    ]


def _scores(shares: ReceptionShares) -> str:
    return INVENTED if shares.is_invented else "handed in"


def _spoken(task: ProvincialTask) -> str:
    if not task.durable:
        return f"{task.places} places"
    beyond = f", {task.over} beyond its number" if task.over else ""
    return f"{task.places} places, less {task.durable} durable leaves {task.remaining}{beyond}"
