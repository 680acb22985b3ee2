"""What transit locations cost: occupancy day by day, in whole cents, no day of a person counted twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from eenthuis.law.schemes import TransitLaw
from eenthuis.rules.months import years_after
from eenthuis.terms.errors import InputError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import (
    NotPaid,
    PersonNumber,
    SiteId,
    TransitMonth,
    TransitSite,
    TransitStay,
)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One day of one person at a site: paid in whole cents, or not, and why not."""

    person: PersonNumber
    site: SiteId
    day: date
    cents: int
    is_elsewhere: bool
    not_paid: NotPaid | None


@dataclass(frozen=True, slots=True)
class TransitBill:
    """All days up to one day, and what each site comes to in each month.

    ``unpaid`` counts the days that are not paid, by reason. ``over_places`` tells the most places of all sites in use
    on one day beyond what the scheme allows in the country; 0 when it never is.
    """

    as_of: date
    days: tuple[PersonDay, ...]
    months: tuple[TransitMonth, ...]
    unpaid: Mapping[NotPaid, int]
    over_places: int

    @property
    def cents(self) -> int:
        """What it all comes to, in whole cents."""
        return sum(month.cents for month in self.months)


def transit_bill(
    sites: Sequence[TransitSite], stays: Sequence[TransitStay], laws: Sequence[TransitLaw], as_of: date
) -> TransitBill:
    """Return what sites come to up to and with a day.

    A person counts once a day, at the site entered first. Days beyond the most for a person are not paid, nor those on
    which a site has no place left: there the people who came first keep their places.

    Raises
    ------
    InputError
        INP-03 when a site stands twice; INP-04 when a stay names a site that is not there; INP-06 when something ends
        before it begins or a site has no places.

    References
    ----------
    Bekostigingsregeling huisvesting vergunninghouders in doorstroomlocaties, 9 April 2025.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> from eenthuis.law.schemes import transit_laws
    >>> here, there = MunicipalityCode("GM0344"), MunicipalityCode("GM0310")
    >>> site = TransitSite(SiteId("S-1"), here, 10, date(2026, 1, 1), None, frozenset({there}))
    >>> ten = TransitStay(PersonNumber("1"), site.site, there, date(2026, 1, 1), date(2026, 1, 10))
    >>> bill = transit_bill([site], [ten], transit_laws(law_book()), date(2026, 12, 31))
    >>> [(month.paid_days, month.elsewhere_days, month.cents) for month in bill.months]
    [(10, 10, 68000)]
    """
    by_site = _sites(sites)
    for stay in stays:
        _require_stay(stay, by_site)
    found: list[PersonDay] = []
    used: Counter[PersonNumber] = Counter()
    for day, present in sorted(_present(stays, as_of).items()):
        found += _day(day, present, by_site, laws, used)
    return TransitBill(
        as_of=as_of,
        days=tuple(found),
        months=_months(found),
        unpaid=dict(Counter(one.not_paid for one in found if one.not_paid is not None)),
        over_places=_over_places(found, laws),
    )


def occupancy(bill: TransitBill, site: SiteId) -> Mapping[date, int]:
    """Return how many people are paid for at a site on each day: the evidence of its settlement."""
    return dict(
        sorted(Counter(one.day for one in bill.days if one.site == site and not one.not_paid).items())
    )


def takes_part(site: TransitSite, municipality: MunicipalityCode, day: date) -> bool:
    """Return whether people linked to a municipality are paid for at a site on a day.

    Examples
    --------
    >>> from eenthuis.terms.transit import TakesPart
    >>> here, there = MunicipalityCode("GM0344"), MunicipalityCode("GM0310")
    >>> until = TakesPart(there, date(2026, 1, 1), date(2026, 1, 31))
    >>> site = TransitSite(SiteId("S-1"), here, 10, date(2026, 1, 1), None, frozenset({there}), (until,))
    >>> takes_part(site, there, date(2026, 1, 31)), takes_part(site, there, date(2026, 2, 1))
    (True, False)
    """
    if municipality == site.municipality:
        return True
    days = [one for one in site.taking_part if one.municipality == municipality]
    if not days:
        return municipality in site.participants
    return any(_within(day, one.first_day, one.last_day) for one in days)


def only_at(bill: TransitBill, site: SiteId) -> TransitBill:
    """Return the part of a bill of several sites that is about one of them."""
    days = tuple(one for one in bill.days if one.site == site)
    return TransitBill(
        as_of=bill.as_of,
        days=days,
        months=tuple(one for one in bill.months if one.site == site),
        unpaid=dict(Counter(one.not_paid for one in days if one.not_paid is not None)),
        over_places=bill.over_places,
    )


def _day(
    day: date,
    stays: Sequence[TransitStay],
    sites: Mapping[SiteId, TransitSite],
    laws: Sequence[TransitLaw],
    used: Counter[PersonNumber],
) -> Iterator[PersonDay]:
    law = next((one for one in laws if _within(day, one.first_day, one.last_day)), None)
    taken: Counter[SiteId] = Counter()
    seen: set[PersonNumber] = set()
    for stay in stays:
        site = sites[stay.site]
        why = (
            NotPaid.COUNTED_ELSEWHERE
            if stay.person in seen
            else _why_not(day, stay, site, law, used[stay.person], taken[stay.site])
        )
        elsewhere = stay.linked_to != site.municipality
        cents = 0
        if why is None and law is not None:
            seen.add(stay.person)
            used[stay.person] += 1
            taken[stay.site] += 1
            cents = law.day_cents + (law.elsewhere_cents if elsewhere else 0)
        yield PersonDay(stay.person, stay.site, day, cents, elsewhere, why)


def _why_not(
    day: date, stay: TransitStay, site: TransitSite, law: TransitLaw | None, used: int, taken: int
) -> NotPaid | None:
    if law is None:
        return NotPaid.SCHEME_NOT_IN_FORCE
    if not _within(day, site.first_day, site.last_day):
        return NotPaid.SITE_CLOSED
    if day >= years_after(site.first_day, law.most_site_years):
        return NotPaid.SITE_TOO_LONG
    if not takes_part(site, stay.linked_to, day):
        return NotPaid.LINKED_TO_NO_PARTICIPANT
    if used >= law.most_days:
        return NotPaid.DAYS_USED_UP
    return NotPaid.NO_PLACE if taken >= site.places else None


def _months(days: Sequence[PersonDay]) -> tuple[TransitMonth, ...]:
    grouped: defaultdict[tuple[SiteId, date], list[PersonDay]] = defaultdict(list)
    for one in days:
        if one.not_paid is None:
            grouped[one.site, one.day.replace(day=1)].append(one)
    return tuple(
        TransitMonth(
            site=site,
            month=month,
            paid_days=len(held),
            elsewhere_days=sum(one.is_elsewhere for one in held),
            cents=sum(one.cents for one in held),
        )
        for (site, month), held in sorted(grouped.items())
    )


def _over_places(days: Sequence[PersonDay], laws: Sequence[TransitLaw]) -> int:
    paid = Counter(one.day for one in days if one.not_paid is None)
    return max(
        (
            people - law.most_places
            for day, people in paid.items()
            for law in laws
            if _within(day, law.first_day, law.last_day) and people > law.most_places
        ),
        default=0,
    )


def _first_come(stay: TransitStay) -> tuple[date, PersonNumber, SiteId, str, date]:
    return stay.first_day, stay.person, stay.site, stay.linked_to, stay.last_day or date.max


def _present(stays: Sequence[TransitStay], as_of: date) -> dict[date, list[TransitStay]]:
    """Return who is where on each day, those who came first before others."""
    found: defaultdict[date, list[TransitStay]] = defaultdict(list)
    for stay in sorted(stays, key=_first_come):
        day = stay.first_day
        while day <= as_of and (stay.last_day is None or day <= stay.last_day):
            found[day].append(stay)
            day += _DAY
    return found


def _within(day: date, first: date, last: date | None) -> bool:
    return first <= day and (last is None or day <= last)


def _sites(sites: Sequence[TransitSite]) -> dict[SiteId, TransitSite]:
    found: dict[SiteId, TransitSite] = {}
    for site in sites:
        if site.site in found:
            raise InputError("INP-03", f"the site {site.site} stands twice", remedy="Keep one of the two.")
        if site.places < 1 or (site.last_day is not None and site.last_day < site.first_day):
            raise InputError(
                "INP-06",
                f"the site {site.site} has {site.places} places and its days do not fit",
                remedy="Give at least one place, and a last day that is not before the first.",
            )
        found[site.site] = site
    return found


def _require_stay(stay: TransitStay, sites: Mapping[SiteId, TransitSite]) -> None:
    if stay.site not in sites:
        raise InputError(
            "INP-04",
            f"a stay names the site {stay.site}, which is not there",
            remedy=f"Add the site, or name one of {', '.join(sorted(sites)) or 'none'}.",
        )
    if stay.last_day is not None and stay.last_day < stay.first_day:
        raise InputError(
            "INP-06",
            f"a stay at {stay.site} ends before it begins on {stay.first_day.isoformat()}",
            remedy="Mend one of the two days; both count.",
        )
