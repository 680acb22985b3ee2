"""What ``eenthuis targets`` prints: rows, the JSON around them, and the remarks that name the rule used."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from eenthuis import reference
from eenthuis.law import TargetLaw
from eenthuis.rules.announcing import Remark, remarks
from eenthuis.rules.deadlines import announced_in_time
from eenthuis.rules.readings import Fit, Reading
from eenthuis.rules.realisation import PastHalfYear
from eenthuis.rules.receipts import Shared
from eenthuis.rules.targets import reference_date
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Citation
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.targets import Announcement, CorrectedTarget, NetTarget

NET_COLUMNS = ("code", "name", "province", "inhabitants", "reference_date", "exact", "net_target")
CORRECTED_COLUMNS = (*NET_COLUMNS, "backlog_or_lead", "corrected_target", "pace_per_month")
VERIFIED_COLUMNS = ("code", "name", "published", "computed", "difference", "explanation")

SENTENCES = {
    Remark.IN_TIME: "published in time: at least thirteen weeks before the half-year",
    Remark.LATE: "published late: less than thirteen weeks before the half-year (art. 29, first paragraph)",
    Remark.DATE_UNKNOWN: "the day of publication is not known, so whether it came in time was not checked",
    Remark.REPLACES_BEFORE: "replaces an earlier number before the half-year begins",
    Remark.NO_GROUND: "replaces an earlier number inside the half-year, for which the Act has no ground",
    Remark.DOWN_IS_PRACTICE: "lowering inside the half-year is practice",
    Remark.UP_IS_NOT_PRACTICE: "raising inside the half-year is not practice; it goes through the next number",
}
_CENTS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class NationalNumber:
    """The national number used, with the announcement it was found in and the one that replaced, if any."""

    people: int
    announced_on: date | None
    announcement: Announcement | None
    replaced: Announcement | None


def net_row(target: NetTarget, counted_on: date) -> dict[str, object]:
    """Return the columns of one municipality's net target."""
    name, province = name_and_province(target.municipality)
    return {
        "code": target.municipality,
        "name": name,
        "province": province,
        "inhabitants": target.inhabitants,
        "reference_date": counted_on,
        "exact": f"{target.exact.numerator}/{target.exact.denominator}",
        "net_target": target.people,
    }


def corrected_columns(target: CorrectedTarget) -> dict[str, object]:
    """Return the columns that a corrected target adds; the pace is rounded to cents of a person."""
    return {
        "backlog_or_lead": target.backlog_or_lead,
        "corrected_target": target.people,
        "pace_per_month": _decimal(target.pace_per_month),
    }


def name_and_province(code: MunicipalityCode) -> tuple[str, str]:
    """Return the names, empty for a code from before the packaged facts begin."""
    try:
        municipality = reference.municipality(code)
    except ReferenceFactError:
        return "", ""
    names = {province.code: province.name for province in reference.provinces()}
    return municipality.name, names[municipality.province]


def document(
    shared: Shared, national: NationalNumber, *, more_remarks: Sequence[str] = ()
) -> dict[str, object]:
    """Return the part of the JSON that every command on targets writes."""
    made, law = shared.made, shared.law
    legal = _legal_remarks(made.half_year, national, law)
    return {
        "half_year": made.half_year,
        "national": made.national,
        "total": made.total,
        "reference_date": made.reference_date,
        "country_inhabitants": made.country_inhabitants,
        "inhabitants_source": shared.inhabitants.source,
        "rule": rule(law),
        "announcement": _announcement(made.half_year, national, law),
        "legal_remarks": [remark.value for remark in legal],
        "remarks": [*made.remarks, *(f"{SENTENCES[remark]}." for remark in legal), *more_remarks],
    }


def rule(law: TargetLaw) -> dict[str, object]:
    """Return the rounding and reference date used, each with its source and why it holds."""
    by_key = {citation.key: citation for citation in law.citations}
    rounding, counted = by_key["targets.rounding"], by_key["targets.reference_rule"]
    return {
        "rounding": law.rounding,
        "rounding_source": paper(rounding),
        "reference_rule": law.reference_rule,
        "reference_rule_source": paper(counted),
    }


def write_notes(notes: Sequence[str], form: str) -> None:
    """Write remarks below a table, and beside a CSV so that the CSV stays plain; JSON holds them itself."""
    if form == "json":
        return
    to = sys.stdout if form == "table" else sys.stderr
    if form == "table":
        to.write("\n")
    for note in notes:
        to.write(f"{note}\n")


def spoken(reading: Reading, used: Reading, half_year: HalfYear) -> str:
    """Return how a reading differs from the one used."""
    parts = []
    if reading.rounding is not used.rounding:
        parts.append(f"{reading.rounding.value} rounding instead of {used.rounding.value}")
    if reading.reference_rule is not used.reference_rule:
        parts.append(
            f"inhabitants of {reference_date(half_year, reading.reference_rule)} ({reading.reference_rule.value}) "
            f"instead of {reference_date(half_year, used.reference_rule)} ({used.reference_rule.value})"
        )
    if reading.national != used.national:
        parts.append(f"national number {reading.national} instead of {used.national}")
    return " and ".join(parts) or "the rule used"


def fit_row(fit: Fit, used: Reading, half_year: HalfYear) -> dict[str, object]:
    """Return one reading with the number of published targets it yields."""
    return {
        "rounding": fit.reading.rounding,
        "reference_rule": fit.reading.reference_rule,
        "reference_date": reference_date(half_year, fit.reading.reference_rule),
        "national": fit.reading.national,
        "equal": fit.equal,
        "compared": fit.compared,
        "is_the_rule_used": fit.reading == used,
    }


def _legal_remarks(half_year: HalfYear, national: NationalNumber, law: TargetLaw) -> tuple[Remark, ...]:
    return remarks(
        half_year=half_year,
        people=national.people,
        announced_on=national.announced_on,
        replaced_people=national.replaced.people if national.replaced else None,
        law=law,
        known_by=national.announcement.known_by if national.announcement else None,
    )


def _announcement(half_year: HalfYear, national: NationalNumber, law: TargetLaw) -> Mapping[str, object]:
    found = national.announcement
    told: dict[str, object] = {
        "announced_on": national.announced_on,
        "identifier": found.identifier if found else None,
        "status": found.status if found else "entered",
        "source": found.source if found else "given on the command line",
        "note": found.note if found else "",
        "replaces": national.replaced.people if national.replaced else None,
    }
    if national.announced_on is not None:
        timeliness = announced_in_time(half_year, national.announced_on, law)
        told |= {
            "deadline": timeliness.deadline,
            "days_after_deadline": timeliness.days,
            "is_in_time": timeliness.is_in_time,
        }
    return told


def paper(citation: Citation) -> dict[str, object]:
    """Return where a value of the law stands, and why it holds."""
    return {
        "authority": citation.authority,
        "instrument": citation.instrument,
        "article": citation.article,
        "source": citation.source,
        "first_day": citation.first_day,
        "last_day": citation.last_day,
        "checked_on": citation.checked_on,
        "why": citation.note,
    }


def _decimal(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / share.denominator).quantize(_CENTS, ROUND_HALF_UP)


def earlier_row(shared: Shared, one: PastHalfYear) -> dict[str, object]:
    """Return the totals of one earlier half-year, in people."""
    return {
        "half_year": one.half_year,
        "national": shared.made.national,
        "total": shared.made.total,
        "realised": sum(one.realised.values()),
        "rounding": shared.law.rounding,
        "reference_date": shared.made.reference_date,
    }
