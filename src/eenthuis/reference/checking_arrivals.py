"""Checks of the monthly arrivals: whole, rounded as published, and adding up to the published years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eenthuis.reference.arriving import arrival_totals, arrivals, arrivals_in, rounded_to, tolerance
from eenthuis.reference.check_result import CheckResult
from eenthuis.terms.arrivals import ArrivalTotal


def arrival_checks() -> Iterator[CheckResult]:
    """Yield every check of the monthly arrivals and their yearly totals."""
    yield from _months()
    for count in arrivals():
        if count.people < 0 or count.people % rounded_to():
            yield CheckResult(
                "a month is a count rounded as published",
                f"{count.series} {count.group} {count.month:%Y-%m}",
                f"a multiple of {rounded_to()}",
                str(count.people),
            )
    for total in arrival_totals():
        yield _year(total)


def _months() -> Iterator[CheckResult]:
    """Yield per series and group whether every month stands there once, in order and without a gap."""
    first, last = min(c.month for c in arrivals()), max(c.month for c in arrivals())
    expected = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    for series, group in dict.fromkeys((c.series, c.group) for c in arrivals()):
        found = [c.month for c in arrivals() if (c.series, c.group) == (series, group)]
        odd = sorted(set(expected) ^ set(found)) or [day for day in expected if found.count(day) != 1]
        good = f"{len(expected)} months in order"
        wrong = f"differs at {odd[0]:%Y-%m}" if odd else "out of order"
        yield CheckResult(
            "every month stands there once, in order",
            f"{series} {group}",
            good,
            good if found == expected else wrong,
        )


def _year(total: ArrivalTotal) -> CheckResult:
    counted = arrivals_in(total.year, total.series)[total.group]
    subject = f"{total.series} {total.group} {total.year}"
    if total.group == "all":
        good = f"at most {total.people}"
        return CheckResult(
            "the groups together are no more than everyone",
            subject,
            good,
            good if counted <= total.people else str(counted),
        )
    good = f"within {tolerance()} of {total.people}"
    near = abs(counted - total.people) <= tolerance()
    return CheckResult("months add up to the published year", subject, good, good if near else str(counted))
