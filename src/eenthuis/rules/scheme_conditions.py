"""Whether a project is eligible for a scheme, condition by condition, and the most it could be awarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eenthuis.law.schemes import Condition, Scheme, ShareRule
from eenthuis.rules.flex_shares import share_of
from eenthuis.terms.errors import InputError
from eenthuis.terms.flex import HomesForGroups
from eenthuis.terms.schemes import ConditionKind, ConditionResult, Outcome, SchemeProject

IN_FORCE = "in-force"
OPEN = "open"
SHARE = "share"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What a scheme says of a project: every condition, and the most it could be awarded in whole cents.

    ``amount_cents`` is None where the scheme's amount is not known. It is a limit, not an award: the budget and the
    order of applications decide.
    """

    scheme: Scheme
    project: SchemeProject
    results: tuple[ConditionResult, ...]
    amount_cents: int | None
    is_capped: bool

    @property
    def outcome(self) -> Outcome:
        """Met when every condition is met; not met when one is not; not known while one is not known."""
        outcomes = {result.outcome for result in self.results}
        if Outcome.NOT_MET in outcomes:
            return Outcome.NOT_MET
        return Outcome.NOT_KNOWN if Outcome.NOT_KNOWN in outcomes else Outcome.MET


def check_eligibility(
    project: SchemeProject, scheme: Scheme, *, homes: HomesForGroups | None = None
) -> Eligibility:
    """Return what a scheme says of a project on the day it applies.

    Parameters
    ----------
    project
        The facts put to the scheme; a fact that is not given leaves its condition not known, never met.
    scheme
        The scheme as it holds on the day of the application; see :func:`eenthuis.law.schemes.scheme`.
    homes
        The homes of the project, for the share that a scheme reserves; without them a share is not known.

    Raises
    ------
    InputError
        INP-06 when it counts fewer than one home, person or day.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.law import law_book
    >>> from eenthuis.law.schemes import scheme
    >>> from eenthuis.terms.places import MunicipalityCode
    >>> from eenthuis.terms.schemes import ApplicationId, ProjectFact, SchemeCode
    >>> on = date(2025, 6, 1)
    >>> asked = SchemeProject(
    ...     ApplicationId("A-1"), MunicipalityCode("GM0344"), on, 40, {ProjectFact.MONTHS_TO_START: 20}
    ... )
    >>> found = check_eligibility(asked, scheme(law_book(), SchemeCode("sft-2025"), on))
    >>> [(result.name, result.outcome.value) for result in found.results]
    [('in-force', 'met'), ('months-to-start', 'not-met')]
    >>> found.amount_cents
    56000000
    """
    if project.units < 1:
        raise InputError(
            "INP-06",
            f"application {project.application} counts {project.units}",
            remedy="Count at least one home, person or day.",
        )
    results = [_in_force(project, scheme)]
    if scheme.open_round is not None:
        results.append(_open(project, scheme))
    results += [_result(condition, project) for condition in scheme.conditions]
    results += [_share(rule, homes) for rule in strongest(scheme.shares)]
    amount = None if scheme.amount_cents is None else scheme.amount_cents * project.units
    most = scheme.most_per_municipality_cents
    is_capped = amount is not None and most is not None and amount > most
    return Eligibility(scheme, project, tuple(results), most if is_capped else amount, is_capped)


def strongest(rules: Sequence[ShareRule]) -> tuple[ShareRule, ...]:
    """Return the share rules with the strongest authority among texts about one scheme."""
    order = {
        rule: list(type(rule.citations[0].authority)).index(rule.citations[0].authority) for rule in rules
    }
    return tuple(rule for rule in rules if order[rule] == min(order.values()))


def _in_force(project: SchemeProject, scheme: Scheme) -> ConditionResult:
    holds = scheme.first_day <= project.applied_on and (
        scheme.last_day is None or project.applied_on <= scheme.last_day
    )
    until = "" if scheme.last_day is None else scheme.last_day.isoformat()
    return ConditionResult(
        name=IN_FORCE,
        asked=f"{scheme.first_day.isoformat()}/{until}",
        found=project.applied_on.isoformat(),
        outcome=Outcome.MET if holds else Outcome.NOT_MET,
        citations=scheme.citations[:1],
    )


def _open(project: SchemeProject, scheme: Scheme) -> ConditionResult:
    cited = tuple(one for one in scheme.citations if one.key.endswith(".open")) or scheme.citations[:1]
    return ConditionResult(
        name=OPEN,
        asked=scheme.open_round or "",
        found=project.applied_on.isoformat(),
        outcome=Outcome.MET if scheme.is_open else Outcome.NOT_MET,
        citations=cited,
    )


def _result(condition: Condition, project: SchemeProject) -> ConditionResult:
    found = project.facts.get(condition.fact)
    if found is not None and isinstance(found, bool) is not isinstance(condition.bound, bool):
        raise InputError(
            "INP-01",
            f"application {project.application}: {condition.fact} is {found!r}",
            remedy="Answer yes or no." if isinstance(condition.bound, bool) else "Give a whole number.",
        )
    return ConditionResult(
        name=condition.fact.value,
        asked=_asked(condition),
        found="" if found is None else _spoken(found),
        outcome=Outcome.NOT_KNOWN if found is None else _compared(condition, found),
        citations=(condition.citation,),
    )


def _compared(condition: Condition, found: int) -> Outcome:
    match condition.kind:
        case ConditionKind.MUST:
            is_met = found == condition.bound
        case ConditionKind.LEAST:
            is_met = found >= condition.bound
        case ConditionKind.MOST:
            is_met = found <= condition.bound
    return Outcome.MET if is_met else Outcome.NOT_MET


def _asked(condition: Condition) -> str:
    if condition.kind is ConditionKind.MUST:
        return _spoken(condition.bound)
    return f"{condition.kind.value} {condition.bound}"


def _spoken(value: int) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _share(rule: ShareRule, homes: HomesForGroups | None) -> ConditionResult:
    asked = f"{rule.direction.value} {rule.part.numerator}/{rule.part.denominator}"
    if homes is None:
        return ConditionResult(SHARE, asked, "", Outcome.NOT_KNOWN, rule.citations)
    verdict = share_of(homes, rule)
    return ConditionResult(
        name=SHARE,
        asked=f"{asked} = {verdict.limit}",
        found=str(verdict.counted),
        outcome=Outcome.MET if verdict.is_kept else Outcome.NOT_MET,
        citations=rule.citations,
    )
