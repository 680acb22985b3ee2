"""What ``eenthuis supervise`` prints: rows, reasons in words, the ladder, and the assumptions it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from eenthuis import reference
from eenthuis.law import SupervisionLaw
from eenthuis.rules.judgement import (
    Behind,
    Complies,
    ExcusablyBehind,
    Ground,
    GroundKind,
    Judgement,
    Lead,
    word,
)
from eenthuis.rules.supervision import Assessment
from eenthuis.terms.law import Authority, Citation
from eenthuis.terms.supervision import OFF_LADDER, Figure, FigureKind, Rung

ASSESSED_COLUMNS = (
    "code",
    "name",
    "province",
    "verdict",
    "rung",
    "step",
    "regime",
    "backlog_or_lead",
    "reasons",
    "answer_by",
)
LADDER_COLUMNS = (
    "rung",
    "step",
    "entry",
    "backlog_people",
    "backlog_share",
    "half_years",
    "term_weeks",
    "talk",
    "letter",
    "regime",
    "authority",
    "source",
)

SENTENCES = {
    GroundKind.LEAD: "{number} more realised than the corrected target of {out_of}",
    GroundKind.MET: "{number} realised where {out_of} were due",
    GroundKind.WITHIN_TOLERANCE: "{number} short and within the {out_of} allowed",
    GroundKind.SHORT: "{number} short of the {out_of} due on {by}",
    GroundKind.NOT_LINKED_IN_TIME: "{number} of {out_of} not linked before {by}",
    GroundKind.REQUESTS_UNMET: "requests for {number} could not be met",
    GroundKind.HOMES_READY: "{out_of} homes stood ready for at least {number}",
    GroundKind.OUTSIDE: "{number} of the {out_of} short lie outside the municipality",
    GroundKind.PLAN_ON_SCHEDULE: "agreed catch-up on schedule in half-year {number} of at most {out_of}",
    GroundKind.PLAN_OVER: "agreed catch-up in half-year {number} where it excuses {out_of} at most",
    GroundKind.CARRIED_IN: "{number} carried into a net target of {out_of}",
    GroundKind.OWN_COUNT: "own count is {number} where the {out_of} signed off at COA decide",
    GroundKind.IN_A_ROW: "half-year {number} in a row behind and not excusable",
    GroundKind.CLIMBS: "from rung {out_of} to rung {number}",
    GroundKind.HELD_EXCUSABLE: "stays on rung {number} because the backlog is excusable",
    GroundKind.HELD_CONDITIONS: "stays on rung {number} because rung {out_of} asks more",
    GroundKind.HELD_DECISION: "stays on rung {number} because only the province can decide on rung {out_of}",
    GroundKind.HELD_TOP: "stays on the highest rung {number}",
    GroundKind.HELD_PROVISIONAL: "stays on rung {number} until the reading of {by}",
    GroundKind.LEAVES: "leaves the ladder from rung {out_of}",
}
MEANINGS = {
    FigureKind.NET: "net target, in the letter of the ministry",
    FigureKind.CORRECTED: "corrected target: net, with backlog or lead carried in",
    FigureKind.REALISED: "people signed off at COA in the half-year",
    FigureKind.LINKED: "people linked by the reference date of linking, signed off since or not",
    FigureKind.OWN_COUNT: "realised by the municipality's own count; it does not decide",
    FigureKind.REQUESTS_UNMET: "people in requests that could not be met",
    FigureKind.HOMES_READY: "homes that stood ready with nobody to house",
}


def sentence(ground: Ground) -> str:
    """Return a ground in words."""
    return SENTENCES[ground.kind].format(
        number=ground.number, out_of=ground.out_of, by=ground.by.isoformat() if ground.by else ""
    )


def backlog_or_lead(judgement: Judgement) -> int:
    """Return people short, or negative people ahead, as in a corrected target."""
    match judgement:
        case Lead(people):
            return -people
        case Complies(short):
            return short
        case ExcusablyBehind(people) | Behind(people):
            return people


def assessed_row(one: Assessment, *, full: bool) -> dict[str, object]:
    """Return the columns of one municipality; ``full`` adds what only JSON holds, with each reason by itself."""
    municipality = reference.municipality(one.municipality)
    ladder = one.law.ladder
    rung = None if one.rung == OFF_LADDER else ladder.rung(one.rung)
    reasons = [sentence(ground) for ground in one.grounds]
    row: dict[str, object] = {
        "code": one.municipality,
        "name": municipality.name,
        "province": province_name(municipality.province),
        "verdict": word(one.judgement),
        "rung": one.rung,
        "step": rung.step if rung else "",
        "regime": ladder.regime(one.rung),
        "backlog_or_lead": backlog_or_lead(one.judgement),
        "reasons": reasons if full else "; ".join(reasons),
        "answer_by": one.answer_by,
    }
    if not full:
        return row
    return row | {
        "is_provisional": one.is_provisional,
        "held": one.held,
        "talk": rung.talk if rung else "none",
        "letter": rung.letter if rung else "none",
        "scope": ladder.scope,
        "grounds": one.grounds,
        "figures": [_figure(figure) for figure in one.figures.figures],
    }


def province_name(code: str) -> str:
    """Return the name of a province by its code."""
    return next(province.name for province in reference.provinces() if province.code == code)


def counted(assessments: Iterable[Assessment]) -> str:
    """Return how many municipalities have each verdict, in words."""
    numbers = Counter(word(one.judgement) for one in assessments)
    return ", ".join(f"{number} {verdict}" for verdict, number in sorted(numbers.items()))


def assumption_rows(citations: Iterable[Citation]) -> list[dict[str, object]]:
    """Return the assumptions among citations, each once."""
    found = {
        (one.place, one.key, one.value): one for one in citations if one.authority is Authority.ASSUMPTION
    }
    return [
        {"place": one.place, "key": one.key, "value": one.value, "note": one.note} for one in found.values()
    ]


def assumption_note(assumptions: Sequence[Mapping[str, object]]) -> str:
    """Return a line that names the assumptions a reading rests on, those of one rung together."""
    named: dict[str, None] = {}
    for one in assumptions:
        key = str(one["key"])
        short = key.rpartition(".")[0] if key.startswith("supervision.rung.") else f"{key}={one['value']}"
        named[short] = None
    return f"{len(assumptions)} values are assumptions, found in no source: {', '.join(named)}."


def ladder_rows(law: SupervisionLaw) -> list[dict[str, object]]:
    """Return one row per rung; the authority and source are those of its values, strongest first."""
    return [_ladder_row(rung, _of_rung(law, rung.number)) for rung in law.ladder.rungs]


def setting_rows(law: SupervisionLaw) -> list[Citation]:
    """Return the citations of the values that belong to no single rung."""
    return [one for one in law.citations if not one.key.startswith("supervision.rung.")]


def _of_rung(law: SupervisionLaw, number: int) -> list[Citation]:
    return [one for one in law.citations if one.key.startswith(f"supervision.rung.{number}.")]


def _ladder_row(rung: Rung, citations: Sequence[Citation]) -> dict[str, object]:
    order = list(Authority)
    strongest = sorted(citations, key=lambda one: order.index(one.authority))
    return {
        "rung": rung.number,
        "step": rung.step,
        "entry": rung.entry,
        "backlog_people": rung.backlog_people,
        "backlog_share": str(rung.backlog_share),
        "half_years": rung.half_years,
        "term_weeks": rung.term_weeks,
        "talk": rung.talk,
        "letter": rung.letter,
        "regime": rung.regime,
        "authority": ", ".join(dict.fromkeys(one.authority.value for one in strongest)),
        "source": " ".join(dict.fromkeys(one.source for one in strongest)),
    }


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "kind": figure.kind,
        "number": figure.number,
        "meaning": MEANINGS[figure.kind],
        "source": figure.source,
    }
