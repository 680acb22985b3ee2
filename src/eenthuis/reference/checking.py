"""Checks that the packaged facts agree with each other and with the published totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from eenthuis.reference.announced import announcements
from eenthuis.reference.capacity import reception_capacity
from eenthuis.reference.check_result import CheckResult
from eenthuis.reference.checking_arrivals import arrival_checks
from eenthuis.reference.counted import inhabitants, published_totals, reception_history, reference_dates
from eenthuis.reference.places import corop_areas, mergers, municipalities, provinces
from eenthuis.reference.tables import card, rows, table_names
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.places import COUNTRY, Municipality, MunicipalityCode


def checks() -> tuple[CheckResult, ...]:
    """Run every check and return all results, the ones that hold too."""
    kinds: tuple[Callable[[], Iterable[CheckResult]], ...] = (
        _cards,
        _sums,
        _lists,
        _mergers,
        _places,
        _announcements,
        _reception,
        _capacity,
        arrival_checks,
    )
    return tuple(result for kind in kinds for result in kind())


def _cards() -> Iterator[CheckResult]:
    for table in table_names():
        described = card(table)["columns"]
        columns = sorted(described) if isinstance(described, dict) else []
        yield CheckResult(
            "the card describes the columns", table, ", ".join(sorted(rows(table)[0])), ", ".join(columns)
        )


def _sums() -> Iterator[CheckResult]:
    known = _known()
    for day in reference_dates():
        people, published = inhabitants(day).people, published_totals(day)
        per_province: Counter[str] = Counter()
        for code, number in people.items():
            per_province[known[code].province if code in known else ""] += number
        yield CheckResult(
            "municipalities add up to the country",
            str(day),
            str(published[COUNTRY]),
            str(sum(people.values())),
        )
        for province in provinces():
            yield CheckResult(
                "municipalities add up to the province",
                f"{province.name} {day}",
                str(published.get(province.code, "nothing published")),
                str(per_province[province.code]),
            )


def _lists() -> Iterator[CheckResult]:
    for day in reference_dates():
        living = {m.code for m in municipalities(day)}
        counted = set(inhabitants(day).people)
        yield CheckResult(
            "every municipality of the day has inhabitants, and no other",
            str(day),
            f"{len(living)} municipalities",
            f"{len(counted)} municipalities"
            if living == counted
            else f"differs in {', '.join(sorted(living ^ counted))}",
        )


def _known() -> Mapping[MunicipalityCode, Municipality]:
    """Return every municipality that existed on a reference date, by code."""
    return {m.code: m for day in reference_dates() for m in municipalities(day)}


def _mergers() -> Iterator[CheckResult]:
    known = _known()
    for merger in mergers():
        giving, receiving = known.get(merger.giving), known.get(merger.receiving)
        yield CheckResult(
            "a merged municipality ends the day before",
            f"{merger.giving} {merger.day}",
            str(merger.day - timedelta(days=1)),
            str(giving.last_day) if giving else "unknown code",
        )
        yield CheckResult(
            "the receiving municipality exists on the day",
            f"{merger.receiving} {merger.day}",
            "exists",
            "exists" if receiving and receiving.exists_on(merger.day) else "does not exist",
        )
    ended = {code for code, m in known.items() if m.last_day is not None}
    yield CheckResult(
        "every ended municipality has a merger",
        "all",
        ", ".join(sorted(ended)),
        ", ".join(sorted({m.giving for m in mergers()})),
    )


def _places() -> Iterator[CheckResult]:
    known = {p.code for p in provinces()}
    latest = municipalities(reference_dates()[-1])
    yield CheckResult("provinces", "all", "12", str(len(known)))
    yield CheckResult("COROP areas", "all", "40", str(len(corop_areas())))
    incomplete = [
        m.code for m in latest if m.province not in known or m.corop not in corop_areas() or m.point is None
    ]
    yield CheckResult(
        "province, COROP area and point known for each", f"{len(latest)} today", "", ", ".join(incomplete)
    )


def _announcements() -> Iterator[CheckResult]:
    by_name = {a.identifier: a for a in announcements()}
    yield CheckResult("identifiers are unique", "announcements", str(len(announcements())), str(len(by_name)))
    for half_year in dict.fromkeys(a.half_year for a in announcements()):
        chain = announcements(half_year)
        yield CheckResult(
            "each announcement replaces the one before it",
            str(half_year),
            ", ".join(["", *(a.identifier for a in chain[:-1])]),
            ", ".join(a.replaces or "" for a in chain),
        )
        days = [a.counts_from for a in chain if a.counts_from is not None]
        yield CheckResult("replacements come later", str(half_year), "in order", _order(days))


def _reception() -> Iterator[CheckResult]:
    for count in reception_history():
        if count.number < 0 or not count.source:
            yield CheckResult("a count is positive and has a source", str(count.day), "yes", "no")
    days = [c.day for c in reception_history()]
    yield CheckResult("counts stand in order of day", "reception", "in order", _order(days))


def _capacity() -> Iterator[CheckResult]:
    counted = reception_capacity()
    yield CheckResult(
        "places add up to the published total",
        "reception capacity",
        str(card("reception_capacity")["total"]),
        str(sum(one.regular + one.emergency for one in counted)),
    )
    living = {m.code for m in municipalities(counted[0].day)}
    strange = living ^ {one.municipality for one in counted}
    yield CheckResult(
        "every municipality of the day has a capacity, and no other",
        "reception capacity",
        "",
        ", ".join(sorted(strange)),
    )


def _order(days: list[date]) -> str:
    return "in order" if days == sorted(days) else "out of order"


def require(results: Iterable[CheckResult]) -> None:
    """Raise on the first check that fails.

    Raises
    ------
    ReferenceFactError
        REF-06 naming the check, what was expected and what was found.
    """
    for result in results:
        if not result.holds:
            raise ReferenceFactError(
                "REF-06",
                f"{result.check} ({result.subject}): expected {result.expected}, found {result.found}",
                remedy="Mend the packaged table, or report it.",
            )
