"""How the published practice of the provinces is computed, by kind of case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from eenthuis.law import law_book
from eenthuis.rules.judgement import Complies, GroundKind, Judged, judge, reading_date, word
from eenthuis.rules.supervision import Assessment, assess
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.supervision import OFF_LADDER, Entry, Figures, Ladder, Step

Inputs = Mapping[str, Any]
SOMEWHERE = MunicipalityCode("GM0000")
WHOLE_YEAR = 365


def _judged(inputs: Inputs) -> Judged:
    as_of, plan = date.fromisoformat(inputs["as_of"]), inputs.get("plan_half_years", 0)
    figures = Figures(
        HalfYear.parse(inputs["half_year"]),
        corrected=inputs["due"],
        realised=inputs["realised"],
        linked=inputs["linked"],
        source="published",
        requests_unmet=inputs.get("requests_unmet", 0),
        plan_on_schedule=plan > 0,
    )
    return judge(figures, as_of, law_book().supervision(as_of, inputs["province"]), plan)


def _outside(inputs: Inputs) -> int:
    return next(ground.number for ground in _judged(inputs).grounds if ground.kind is GroundKind.OUTSIDE)


def _ladder(inputs: Inputs) -> Ladder:
    return law_book().supervision(date.fromisoformat(inputs["day"]), inputs["province"]).ladder


def _read(inputs: Inputs, half_years: list[HalfYear], as_of: date) -> Assessment:
    """Return a reading after half-years in which half of an invented target was missed, though all were linked."""
    met = half_years[-2] if inputs.get("met_before_last") else None
    history = [Figures(one, 10, 10 if one == met else 5, 10, source="invented") for one in half_years]
    return assess(
        history,
        municipality=SOMEWHERE,
        half_year=half_years[-1],
        as_of=as_of,
        law_on=partial(law_book().supervision, place=inputs["province"]),
    )


def _after_misses(inputs: Inputs) -> Assessment:
    last = HalfYear.parse(inputs["half_year"])
    half_years = [last.shift(step + 1 - inputs["misses"]) for step in range(inputs["misses"])]
    return _read(inputs, half_years, reading_date(last))


def _intervention(inputs: Inputs) -> bool:
    """Return whether the province may begin to intervene: its intention, or a step beyond."""
    found = _after_misses(inputs)
    steps = list(Step)
    step = found.law.ladder.rung(found.rung).step
    return steps.index(step) >= steps.index(Step.PRIOR_NOTICE)


def _letter(inputs: Inputs) -> str:
    found = _after_misses(inputs)
    return "none" if found.rung == OFF_LADDER else found.law.ladder.rung(found.rung).letter.value


def _talk(inputs: Inputs) -> str:
    ladder = _ladder(inputs)
    talks = {rung.talk.value for rung in ladder.rungs if rung.regime.value == inputs["regime"]}
    if ladder.off_ladder.value == inputs["regime"]:
        talks.add("none")
    return " or ".join(sorted(talks))


def _readings_a_year(inputs: Inputs) -> int:
    days = {reading_date(HalfYear(inputs["year"], half)) for half in (1, 2)}
    law_book().look_up("supervision.readings", date(inputs["year"], 1, 1), inputs["province"])
    return len({day for day in days if (day - date(inputs["year"], 1, 1)).days <= WHOLE_YEAR})


def _entry_of_decision(inputs: Inputs) -> str:
    found = {rung.entry for rung in _ladder(inputs).rungs if rung.step in {Step.DECISION, Step.SUBSTITUTION}}
    return Entry.DECISION.value if found == {Entry.DECISION} else "reading"


def _read_later(inputs: Inputs) -> bool:
    half_year = HalfYear.parse(inputs["half_year"])
    found = _read(inputs, [half_year], date.fromisoformat(inputs["as_of"]))
    return not found.is_provisional and word(found.judgement) == "behind"


KINDS: Mapping[str, Callable[[Inputs], int | str | bool]] = {
    "complies": lambda inputs: isinstance(_judged(inputs).judgement, Complies),
    "council-first": lambda inputs: _ladder(inputs).council_first,
    "counting-order": lambda inputs: law_book().realisation(HalfYear.parse(inputs["half_year"])).order.value,
    "duty": lambda inputs: (
        law_book().substitution(date.fromisoformat(inputs["day"]), inputs["province"]).is_duty
    ),
    "entry-of-decision": _entry_of_decision,
    "intervention": _intervention,
    "letter": _letter,
    "may-be-read-later": _read_later,
    "outside": _outside,
    "reading-date": lambda inputs: reading_date(HalfYear.parse(inputs["half_year"])).isoformat(),
    "readings-a-year": _readings_a_year,
    "scope": lambda inputs: _ladder(inputs).scope.value,
    "talk": _talk,
    "verdict": lambda inputs: word(_judged(inputs).judgement),
}
