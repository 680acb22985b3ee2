"""Published figures: computed exactly, or listed in ``deviations.toml`` with the reason."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import reception_cases
import supervision_cases

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.deadlines import announced_in_time
from eenthuis.rules.progress import PaceClass, expected, pace_class
from eenthuis.rules.realisation import carried_over, corrected
from eenthuis.rules.reorganisation import inhabitants_for
from eenthuis.rules.rounding import rounded
from eenthuis.rules.targets import net_targets, reference_date
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.targets import CorrectedTarget, NetTargets, Progress

HERE = Path(__file__).parent
SOMEWHERE = MunicipalityCode("GM0000")


@dataclass(frozen=True)
class Case:
    """One published figure with what it follows from."""

    identifier: str
    kind: str
    inputs: Mapping[str, Any]
    published: int | str | bool
    unknown: tuple[str, ...] = ()


def _cases() -> list[Case]:
    found = []
    for file in sorted(HERE.glob("*/cases.toml")):
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        assert document["source"].startswith("http")
        found += [
            Case(
                f"{file.parent.name}/{case['name']}",
                case["kind"],
                case["inputs"],
                case["published"],
                tuple(case.get("unknown", ())),
            )
            for case in document["case"]
        ]
    return found


CASES = _cases()
LEDGER: Mapping[str, Mapping[str, Any]] = {
    entry["case"]: entry
    for entry in tomllib.loads((HERE / "deviations.toml").read_text(encoding="utf-8"))["deviation"]
}


def _half_year(inputs: Mapping[str, Any]) -> HalfYear:
    return HalfYear.parse(inputs["half_year"])


def _shared(half_year: HalfYear) -> NetTargets:
    law = law_book().targets(half_year)
    inhabitants = inhabitants_for(
        half_year=half_year,
        counted=reference.inhabitants(reference_date(half_year, law.reference_rule)),
        mergers=reference.mergers(),
        rule=law.reorganisation,
    )
    announced = reference.announcements(half_year)[0]
    return net_targets(half_year=half_year, national=announced.people, inhabitants=inhabitants, law=law)


def _net(inputs: Mapping[str, Any]) -> int:
    half_year = _half_year(inputs)
    code = reference.find(inputs["municipality"], half_year.first_day).code
    return next(target.people for target in _shared(half_year).targets if target.municipality == code)


def _with_carried(inputs: Mapping[str, Any]) -> CorrectedTarget:
    half_year = _half_year(inputs)
    return corrected(
        municipality=SOMEWHERE,
        half_year=half_year,
        net=inputs["national"],
        swapped=0,
        backlog_or_lead=inputs["carried"],
        realisation=law_book().realisation(half_year),
        progress=law_book().progress(half_year),
    )


def _pace(inputs: Mapping[str, Any], to: int = 1) -> int:
    pace = _with_carried(inputs).pace_per_month / to
    return to * rounded(pace.numerator, pace.denominator, Rounding.ARITHMETIC)


def _share(inputs: Mapping[str, Any]) -> str:
    half_year = _half_year(inputs)
    share = expected(100, half_year, date.fromisoformat(inputs["as_of"]), law_book().progress(half_year))
    return str((Decimal(share.numerator) / share.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _met(inputs: Mapping[str, Any]) -> bool:
    half_year = _half_year(inputs)
    law = law_book().progress(half_year)
    end = half_year.next.first_day
    due = inputs["due"]
    progress = Progress(
        SOMEWHERE, half_year, end, due, inputs["realised"], 0, expected(due, half_year, end, law)
    )
    return pace_class(progress, law) is PaceClass.MET


def _days_late(inputs: Mapping[str, Any]) -> int:
    half_year = _half_year(inputs)
    announced_on = date.fromisoformat(inputs["announced_on"])
    return announced_in_time(half_year, announced_on, law_book().targets(half_year)).days


def _municipalities(inputs: Mapping[str, Any]) -> int:
    return len(reference.municipalities(date.fromisoformat(inputs["day"])))


def _average(inputs: Mapping[str, Any]) -> int:
    average = Fraction(inputs["national"], _municipalities(inputs))
    return rounded(average.numerator, average.denominator, Rounding.ARITHMETIC)


def _carry(inputs: Mapping[str, Any]) -> int:
    return carried_over(inputs["due"], inputs["realised"], law_book().realisation(_half_year(inputs)))


KINDS: Mapping[str, Callable[[Mapping[str, Any]], int | str | bool]] = {
    "average": _average,
    "carry": _carry,
    "days-late": _days_late,
    "in-time": lambda inputs: _days_late(inputs) <= 0,
    "met": _met,
    "municipalities": _municipalities,
    "net": _net,
    "pace": _pace,
    "pace-to-tens": lambda inputs: _pace(inputs, to=10),
    "share": _share,
    "sum": lambda inputs: _with_carried(inputs).people,
    "total": lambda inputs: _shared(_half_year(inputs)).total,
    **reception_cases.KINDS,
    **supervision_cases.KINDS,
}


def verdict(case: Case, computed: int | str | bool, ledger: Mapping[str, Mapping[str, Any]]) -> str:  # noqa: FBT001 - a figure
    """Return what is wrong with a case, or nothing."""
    listed = ledger.get(case.identifier)
    if computed == case.published:
        return "" if listed is None else "listed as a deviation but computed as published"
    if listed is None:
        return f"published {case.published}, computed {computed}, and not listed"
    if listed["computed"] != computed:
        return f"the ledger says {listed['computed']} is computed; it is {computed}"
    return ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.identifier)
def test_a_published_figure_is_computed_or_listed(case: Case) -> None:
    assert verdict(case, KINDS[case.kind](case.inputs), LEDGER) == ""


def test_the_ledger_names_known_cases_with_reasons() -> None:
    assert set(LEDGER) <= {case.identifier for case in CASES}
    assert all(entry["reason"].strip() for entry in LEDGER.values())


def test_every_case_of_delfzijl_says_what_is_not_known() -> None:
    delfzijl = [case for case in CASES if case.identifier.startswith("raad-van-state-2018/")]
    assert delfzijl
    assert all(case.unknown for case in delfzijl)


@pytest.mark.parametrize(
    "place", ["etten-leur", "flevoland", "utrecht", "reformatorisch", "overijssel", "haarlem"]
)
def test_the_six_provincial_practices_are_among_the_cases(place: str) -> None:
    assert any(case.identifier.startswith(place) and case.kind in supervision_cases.KINDS for case in CASES)


@pytest.mark.parametrize(
    ("computed", "ledger", "wrong"),
    [
        (5, {}, ""),
        (6, {}, "published 5, computed 6, and not listed"),
        (5, {"x": {"computed": 6}}, "listed as a deviation but computed as published"),
        (7, {"x": {"computed": 6}}, "the ledger says 6 is computed; it is 7"),
        (6, {"x": {"computed": 6}}, ""),
    ],
)
def test_the_ledger_itself_can_fail(computed: int, ledger: dict[str, dict[str, int]], wrong: str) -> None:
    assert verdict(Case("x", "net", {}, 5), computed, ledger) == wrong
