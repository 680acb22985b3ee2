"""Transit locations and stays as rows, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Sum

from eenthuis.store.scope import counts
from eenthuis.store.transit_models import TransitSiteRow, TransitStayRow
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import PersonNumber, SiteId, TransitSite, TransitStay


@dataclass(frozen=True, slots=True)
class HeldTransitSite:
    """A site as it is now, with its name and the version that holds."""

    site: TransitSite
    name: str
    row: TransitSiteRow


@dataclass(frozen=True, slots=True)
class StayGiven:
    """A stay that is handed in, with the number of the household where it is known."""

    stay: TransitStay
    household: str


@counts
def next_site() -> SiteId:
    """Return a number for a new site; two who ask at once get the same one, and one of them is refused."""
    last: str | None = TransitSiteRow.objects.aggregate(last=Max("site"))["last"]
    return SiteId(f"T-{int(last.removeprefix('T-')) + 1 if last else 1:07d}")


def site(identifier: SiteId) -> HeldTransitSite | None:
    """Return a site as it is now, if there is one by this number within reach."""
    row = TransitSiteRow.objects.filter(site=identifier, replaced_by__isnull=True).first()
    return None if row is None else _held(row)


def sites() -> tuple[HeldTransitSite, ...]:
    """Return the sites within reach, by municipality and number."""
    rows = TransitSiteRow.objects.filter(replaced_by__isnull=True).order_by("municipality", "site")
    return tuple(_held(row) for row in rows)


def add_site(
    given: TransitSite, name: str, *, after: TransitSiteRow | None, decided_by: str, why: str
) -> None:
    """Add a version of a site, after an earlier one if there is one."""
    TransitSiteRow.objects.create(
        site=given.site,
        step=after.step + 1 if after else 1,
        name=name,
        municipality=given.municipality,
        places=given.places,
        first_day=given.first_day,
        last_day=given.last_day,
        participants=" ".join(sorted(given.participants)),
        why=why,
        replaces=after,
        decided_by=decided_by,
    )


def stays(identifier: SiteId) -> tuple[TransitStay, ...]:
    """Return the stays of a site that hold, by first day and person."""
    return tuple(_stay(row) for row in _rows().filter(site=identifier).order_by("first_day", "person"))


def stays_in_reach() -> tuple[TransitStay, ...]:
    """Return the stays that hold of every site within reach."""
    return tuple(_stay(row) for row in _rows().order_by("site", "first_day", "person"))


def add_stays(held: HeldTransitSite, given: Sequence[StayGiven], *, decided_by: str) -> None:
    """Add stays of a site; each takes the place of one of the same person and first day."""
    before = {(row.person, row.first_day): row for row in _rows().filter(site=held.site.site)}
    made = []
    for one in given:
        after = before.get((one.stay.person, one.stay.first_day))
        made.append(
            TransitStayRow(
                site=held.site.site,
                municipality=held.site.municipality,
                participants=held.row.participants,
                person=one.stay.person,
                household=one.household or (after.household if after else ""),
                linked_to=one.stay.linked_to,
                first_day=one.stay.first_day,
                last_day=one.stay.last_day,
                step=after.step + 1 if after else 1,
                replaces=after,
                decided_by=decided_by,
            )
        )
    TransitStayRow.objects.bulk_create(made)


@counts
def on_two_sites(identifier: SiteId, day: date) -> int:
    """Count the households of which somebody is at this site on a day, and somebody at another one."""
    here = _there(_rows().exclude(household=""), day).filter(site=identifier)
    other = _there(_rows(), day).exclude(site=identifier).filter(household=OuterRef("household"))
    return here.filter(Exists(other)).values("household").distinct().count()


@counts
def in_the_country(day: date) -> tuple[int, int, int]:
    """Count the sites that are open on a day, their places, and the people who stay there."""
    is_open = Q(first_day__lte=day) & (Q(last_day__isnull=True) | Q(last_day__gte=day))
    found = TransitSiteRow.objects.filter(is_open, replaced_by__isnull=True)
    places: int | None = found.aggregate(places=Sum("places"))["places"]
    people = _there(_rows(), day).values("site", "person").distinct().count()
    return found.count(), places or 0, people


def _rows() -> QuerySet[TransitStayRow]:
    return TransitStayRow.objects.filter(replaced_by__isnull=True)


def _there(rows: QuerySet[TransitStayRow], day: date) -> QuerySet[TransitStayRow]:
    return rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=day), first_day__lte=day)


def _held(row: TransitSiteRow) -> HeldTransitSite:
    return HeldTransitSite(
        TransitSite(
            site=SiteId(row.site),
            municipality=MunicipalityCode(row.municipality),
            places=row.places,
            first_day=row.first_day,
            last_day=row.last_day,
            participants=frozenset(MunicipalityCode(one) for one in row.participants.split()),
        ),
        row.name,
        row,
    )


def _stay(row: TransitStayRow) -> TransitStay:
    return TransitStay(
        person=PersonNumber(row.person),
        site=SiteId(row.site),
        linked_to=MunicipalityCode(row.linked_to),
        first_day=row.first_day,
        last_day=row.last_day,
    )
