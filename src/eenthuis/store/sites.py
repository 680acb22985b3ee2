"""Sites of the capacity register as rows, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Max

from eenthuis.store.reception_models import ReceptionSiteRow
from eenthuis.terms.capacity import Site, SiteForm, SiteId, SiteSpan
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.reception import PlaceKind

OPENED, CONFIRMED = "opened", "confirmed"


@dataclass(frozen=True, slots=True)
class HeldSite:
    """A site as it is now, with the version that holds; ``is_confirmed`` says that COA confirmed just that."""

    site: Site
    step: int
    kind: str
    key: int
    decided_on: date

    @property
    def is_confirmed(self) -> bool:
        """Whether COA confirmed the places as they stand now."""
        return self.kind == CONFIRMED


@dataclass(frozen=True, slots=True)
class SiteVersion:
    """What was done with a site: by whom, when and why, and its places through time since."""

    kind: str
    site: Site
    why: str
    decided_by: str
    decided_on: date
    decided_at: datetime


def lock_site(identifier: SiteId) -> None:
    """Hold a site until the transaction ends; others who change it wait."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"site:{identifier}"])


def site(identifier: SiteId) -> HeldSite | None:
    """Return a site as it is now, if there is one by this number."""
    row = ReceptionSiteRow.objects.filter(site=identifier, replaced_by__isnull=True).first()
    return None if row is None else _held(row)


def sites(municipalities: Iterable[str] | None = None) -> tuple[HeldSite, ...]:
    """Return the sites as they are now, of some municipalities or all, by municipality and name."""
    rows = ReceptionSiteRow.objects.filter(replaced_by__isnull=True)
    if municipalities is not None:
        rows = rows.filter(municipality__in=list(municipalities))
    return tuple(_held(row) for row in rows.order_by("municipality", "name", "site"))


def unconfirmed() -> int:
    """Return how many sites stand now as COA did not confirm them yet."""
    return ReceptionSiteRow.objects.filter(replaced_by__isnull=True).exclude(kind=CONFIRMED).count()


def confirmed_sites(municipalities: Iterable[str] | None = None) -> tuple[HeldSite, ...]:
    """Return the sites as COA confirmed them last, of some municipalities or all."""
    rows = ReceptionSiteRow.objects.filter(kind=CONFIRMED)
    if municipalities is not None:
        rows = rows.filter(municipality__in=list(municipalities))
    found = (_held(row) for row in rows.order_by("site", "-step").distinct("site"))
    return tuple(sorted(found, key=lambda one: (one.site.municipality, one.site.name, one.site.identifier)))


def ending(first: date, last: date) -> tuple[HeldSite, ...]:
    """Return the sites whose last day lies between two days, both counted."""
    rows = ReceptionSiteRow.objects.filter(replaced_by__isnull=True, last_day__range=(first, last))
    return tuple(_held(row) for row in rows.order_by("last_day", "site"))


def versions(identifier: SiteId) -> tuple[SiteVersion, ...]:
    """Return what was done with a site, newest first."""
    rows = ReceptionSiteRow.objects.filter(site=identifier).order_by("-step")
    return tuple(
        SiteVersion(row.kind, _site(row), row.why, row.decided_by, row.decided_on, row.decided_at)
        for row in rows
    )


def next_number() -> int:
    """Return the number of a new site; two who ask at once get the same one, and one of them is refused."""
    last: str | None = ReceptionSiteRow.objects.aggregate(last=Max("site"))["last"]
    return int(last.removeprefix("S-")) + 1 if last else 1


def identifier_of(number: int) -> SiteId:
    """Return a number as sites write it.

    Examples
    --------
    >>> identifier_of(12)
    'S-0000012'
    """
    return SiteId(f"S-{number:07d}")


def add_step(
    site: Site, kind: str, *, after: HeldSite | None, decided_by: str, on: date, why: str = ""
) -> None:
    """Add a version of a site, after an earlier one if there is one."""
    _row(site, kind, after=after, decided_by=decided_by, on=on, why=why).save()


def add_many(sites: Iterable[Site], *, decided_by: str, on: date, is_confirmed: bool) -> None:
    """Add new sites at once; with ``is_confirmed``, each is confirmed as well."""
    opened = [_row(one, OPENED, after=None, decided_by=decided_by, on=on) for one in sites]
    ReceptionSiteRow.objects.bulk_create(opened)
    if is_confirmed:
        ReceptionSiteRow.objects.bulk_create(
            _row(_site(row), CONFIRMED, after=_held(row), decided_by=decided_by, on=on) for row in opened
        )


def _row(
    site: Site, kind: str, *, after: HeldSite | None, decided_by: str, on: date, why: str = ""
) -> ReceptionSiteRow:
    return ReceptionSiteRow(
        site=site.identifier,
        step=after.step + 1 if after else 1,
        kind=kind,
        municipality=site.municipality,
        name=site.name,
        place_kind=site.kind.value,
        form=site.form.value,
        for_minors=site.for_minors,
        is_durable=site.is_durable,
        spans=[
            [one.first_day.isoformat(), one.last_day.isoformat() if one.last_day else None, one.places]
            for one in site.spans
        ],
        last_day=site.last_day,
        source=site.source,
        is_invented=site.is_invented,
        why=why,
        replaces_id=after.key if after else None,
        decided_by=decided_by,
        decided_on=on,
    )


def _site(row: ReceptionSiteRow) -> Site:
    return Site(
        identifier=SiteId(row.site),
        municipality=MunicipalityCode(row.municipality),
        name=row.name,
        kind=PlaceKind(row.place_kind),
        form=SiteForm(row.form),
        for_minors=row.for_minors,
        is_durable=row.is_durable,
        spans=tuple(
            SiteSpan(date.fromisoformat(first), date.fromisoformat(last) if last else None, places)
            for first, last, places in row.spans
        ),
        source=row.source,
        is_invented=row.is_invented,
    )


def _held(row: ReceptionSiteRow) -> HeldSite:
    return HeldSite(_site(row), row.step, row.kind, int(row.pk), row.decided_on)
