"""Narrow records of the law of supervision, read from a page of the law book."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eenthuis.law.ladders import COUNT, PREFIX
from eenthuis.law.page import Page
from eenthuis.terms.law import Authority, Citation
from eenthuis.terms.supervision import Entry, Ladder, Letter, Regime, Rung, Scope, Step, Talk


@dataclass(frozen=True, slots=True)
class SupervisionLaw:
    """What a province judges by on one day: its ladder, and when a backlog is excusable ("verschoonbaar").

    ``tolerance`` is the people a municipality may be short and still comply; ``excusable_share`` the part of a backlog
    that must lie outside the municipality; ``plan_half_years`` how many half-years an agreed catch-up excuses;
    ``people_per_home`` the people counted for a home that stands ready; ``months`` and ``link_month`` those of the pace
    and of the reference date of linking, in months of a half-year.
    """

    ladder: Ladder
    tolerance: int
    excusable_share: Fraction
    plan_half_years: int
    people_per_home: int
    months: int
    link_month: int
    citations: tuple[Citation, ...]

    @property
    def assumptions(self) -> tuple[Citation, ...]:
        """The citations of values that no source gives."""
        return tuple(one for one in self.citations if one.authority is Authority.ASSUMPTION)


@dataclass(frozen=True, slots=True)
class SubstitutionLaw:
    """What the Gemeentewet asks of a substitution ("indeplaatsstelling")."""

    is_duty: bool
    cost_of: str
    term_needed: bool
    urgent_without_term: bool
    term_per_item: bool
    in_gazette: bool
    copy_to_council: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class InformationLaw:
    """What the Gemeentewet says of information that a province asks for."""

    on_request: bool
    systematic_needs_ground: bool
    systematic_names_cost: bool
    citations: tuple[Citation, ...]


def supervision_law(page: Page, place: str) -> SupervisionLaw:
    """Read the record of a place from a page.

    Raises
    ------
    LawError
        LAW-01 for a value that is missing on the day, LAW-02 for one of another kind.
    """
    page.text("supervision.readings")
    page.text("realisation.counted_at")
    rungs = tuple(_rung(page, number) for number in range(1, page.whole(COUNT) + 1))
    ladder = Ladder(
        place=place,
        rungs=rungs,
        scope=page.choice(Scope, "supervision.scope"),
        off_ladder=page.choice(Regime, "supervision.off_ladder_regime"),
        council_first=page.yes("supervision.council_first"),
    )
    return SupervisionLaw(
        ladder=ladder,
        tolerance=page.whole("supervision.tolerance"),
        excusable_share=page.share("supervision.excusable_share"),
        plan_half_years=page.whole("supervision.plan_half_years"),
        people_per_home=page.whole("supervision.people_per_home"),
        months=page.whole("progress.months"),
        link_month=page.whole("linking.reference_month"),
        citations=page.citations,
    )


def substitution_law(page: Page) -> SubstitutionLaw:
    """Read what the Gemeentewet asks of a substitution from a page.

    Raises
    ------
    LawError
        LAW-01 for a value that is missing on the day, LAW-02 for one of another kind.
    """
    return SubstitutionLaw(
        is_duty=page.yes("substitution.duty"),
        cost_of=page.text("substitution.cost_of"),
        term_needed=page.yes("substitution.term_needed"),
        urgent_without_term=page.yes("substitution.urgent_without_term"),
        term_per_item=page.yes("substitution.term_per_item"),
        in_gazette=page.yes("substitution.in_gazette"),
        copy_to_council=page.yes("substitution.copy_to_council"),
        citations=page.citations,
    )


def information_law(page: Page) -> InformationLaw:
    """Read what the Gemeentewet says of information from a page.

    Raises
    ------
    LawError
        LAW-01 for a value that is missing on the day, LAW-02 for one of another kind.
    """
    return InformationLaw(
        on_request=page.yes("information.on_request"),
        systematic_needs_ground=page.yes("information.systematic_needs_ground"),
        systematic_names_cost=page.yes("information.systematic_names_cost"),
        citations=page.citations,
    )


def _rung(page: Page, number: int) -> Rung:
    own = f"{PREFIX}{number}."
    return Rung(
        number=number,
        step=page.choice(Step, f"{own}step"),
        entry=page.choice(Entry, f"{own}entry"),
        backlog_people=page.whole(f"{own}backlog_people"),
        backlog_share=page.share(f"{own}backlog_share"),
        half_years=page.whole(f"{own}half_years"),
        term_weeks=page.whole(f"{own}term_weeks"),
        talk=page.choice(Talk, f"{own}talk"),
        letter=page.choice(Letter, f"{own}letter"),
        regime=page.choice(Regime, f"{own}regime"),
    )
