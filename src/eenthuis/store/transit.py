"""Transit locations and stays as rows, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from eenthuis.store.scope import counts
from eenthuis.store.transit_models import TransitSiteRow, TransitStayRow
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import PersonAt, PersonNumber, SiteId, TakesPart, TransitSite, TransitStay


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


def like(given: TransitSite, name: str) -> SiteId | None:
    """Return the number of a site of the same name since the same day, if there is one; others wait meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"transit in {given.municipality}"]
        )
    rows = TransitSiteRow.objects.filter(
        replaced_by__isnull=True, municipality=given.municipality, name=name, first_day=given.first_day
    )
    found: str | None = rows.values_list("site", flat=True).first()
    return None if found is None else SiteId(found)


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
        takes_part=[
            [one.municipality, one.first_day.isoformat(), one.last_day.isoformat() if one.last_day else None]
            for one in given.taking_part
        ],
        why=why,
        replaces=after,
        decided_by=decided_by,
    )


def stays(identifier: SiteId) -> tuple[TransitStay, ...]:
    """Return the stays of a site that hold, by first day and person."""
    return tuple(_stay(row) for row in _rows().filter(site=identifier).order_by("first_day", "person"))


@counts
def people_there(day: date) -> dict[SiteId, int]:
    """Count the people at each site on a day."""
    found = _there(_rows(), day).values_list("site").annotate(people=Count("person", distinct=True))
    return {SiteId(site): people for site, people in found}


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
                came_from=_written(one.stay.came_from) or (after.came_from if after else ""),
                linked_to=one.stay.linked_to,
                first_day=one.stay.first_day,
                last_day=one.stay.last_day,
                step=after.step + 1 if after else 1,
                replaces=after,
                decided_by=decided_by,
            )
        )
    TransitStayRow.objects.bulk_create(made)


def person_at(written: str) -> PersonAt:
    """Return a person at a site from the way in which it is written.

    Examples
    --------
    >>> person_at("T-0000001/12")
    PersonAt(site='T-0000001', person='12')
    """
    site, _, person = written.partition("/")
    return PersonAt(SiteId(site), PersonNumber(person))


@counts
def together(identifier: SiteId) -> tuple[tuple[TransitSite, ...], tuple[TransitStay, ...]]:
    """Return a site and those that people there came from, with all their stays.

    Days of a person are added up over sites that not every reader may see: nothing of this is shown but sums.
    """
    known: set[str] = set()
    new: set[str] = {identifier}
    while new:
        known |= new
        rows = _rows().filter(site__in=new).exclude(came_from="").values_list("came_from", flat=True)
        new = {str(person_at(one).site) for one in rows} - known
    held = TransitSiteRow.objects.filter(site__in=known, replaced_by__isnull=True)
    there = _rows().filter(site__in=known).order_by("first_day", "site", "person")
    return tuple(_held(row).site for row in held), tuple(_stay(row) for row in there)


@counts
def stayed(one: PersonAt, household: str, by: date) -> bool:
    """Return whether somebody of a household stayed at a site under a number on or before a day."""
    return (
        _rows()
        .filter(site=one.site, person=one.person, household=household, first_day__lte=by)
        .exclude(household="")
        .exists()
    )


@counts
def not_followed(identifier: SiteId) -> int:
    """Count the people at a site whose household stayed at another one before, and who came from nowhere as written."""
    before = _rows().filter(household=OuterRef("household"), first_day__lt=OuterRef("first_day"))
    here = _rows().filter(site=identifier, came_from="").exclude(household="")
    return here.filter(Exists(before.exclude(site=identifier))).values("person").distinct().count()


def households_there(identifier: SiteId, day: date) -> tuple[HouseholdId, ...]:
    """Return the households within reach of which somebody is at a site on a day, in order."""
    rows = _there(_rows().exclude(household=""), day).filter(site=identifier)
    names = rows.order_by("household").values_list("household", flat=True).distinct()
    return tuple(HouseholdId(one) for one in names)


@counts
def other_sites(households: Sequence[str], identifier: SiteId, day: date) -> tuple[frozenset[SiteId], ...]:
    """Return at which other sites somebody of each household is on a day, in the order in which they were given."""
    found: dict[str, set[SiteId]] = {one: set() for one in households}
    rows = _there(_rows(), day).exclude(site=identifier).filter(household__in=list(households))
    for household, site in rows.values_list("household", "site"):
        found[household].add(SiteId(site))
    return tuple(frozenset(found[one]) for one in households)


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
            taking_part=tuple(
                TakesPart(
                    MunicipalityCode(code),
                    date.fromisoformat(first),
                    date.fromisoformat(last) if last else None,
                )
                for code, first, last in row.takes_part
            ),
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
        came_from=person_at(row.came_from) if row.came_from else None,
    )


def _written(one: PersonAt | None) -> str:
    return f"{one.site}/{one.person}" if one else ""
