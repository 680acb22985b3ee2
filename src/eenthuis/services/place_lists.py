"""Reception places and sites as a spreadsheet that anybody can open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eenthuis.connect.sheet_ods import list_ods
from eenthuis.connect.sheet_writing import ListFile, Written
from eenthuis.services.reception_pages import PlacesCountry, PlacesLine
from eenthuis.services.reception_sites import SitesPage

SHARE_COLUMNS = (
    "code",
    "name",
    "province",
    "inhabitants",
    "share",
    "minors",
    "durable",
    "available",
    "short",
)
SITE_COLUMNS = (
    "site", "code", "name", "province", "site_name", "kind", "form", "for_minors", "durable", "places_today",
    "first_day", "last_day", "confirmed", "invented",
)  # fmt: skip


def share_rows(lines: Sequence[PlacesLine]) -> list[tuple[Written, ...]]:
    """Return municipalities with share and places, as a table for machines."""
    return [
        (
            line.code,
            line.name,
            line.province_name,
            line.inhabitants,
            line.share,
            line.minors,
            line.durable,
            line.available,
            line.short,
        )
        for line in lines
    ]


def site_rows(page: SitesPage) -> list[tuple[Written, ...]]:
    """Return sites as a table for machines."""
    return [
        (
            line.site.identifier,
            line.site.municipality,
            line.name,
            line.province,
            line.site.name,
            line.site.kind.value,
            line.site.form.value,
            line.site.for_minors,
            line.site.is_durable,
            line.places,
            line.site.first_day,
            line.site.last_day,
            line.is_confirmed,
            line.site.is_invented,
        )
        for line in page.lines
    ]


def shares_ods(page: PlacesCountry, moment: datetime) -> bytes:
    """Return the shares of all municipalities as a spreadsheet, with where they come from."""
    need, shares = page.need, page.shares
    told = [f"cyclus {page.year}", f"plaatsen op {page.day:%d-%m-%Y}"]
    if need is not None:
        told.append(f"raming {need.need.places} ({need.need.source})")
    if shares is not None:
        told += [f"scores: {shares.score_source}", f"ontvangstbewijs {shares.receipt}"]
        told += ["VERZONNEN, geen echte aandelen"] if shares.is_invented else []
    return list_ods(
        ListFile(
            sheet="Opvangplaatsen",
            title="Opvangplaatsen per gemeente",
            headings=(
                "Code", "Gemeente", "Provincie", "Inwoners", "Aandeel", "Minderjarigen (apart)", "Duurzaam",
                "Beschikbaar", "Tekort",
            ),
            rows=share_rows(page.municipalities),
            filter_words="; ".join(told),
            moment=moment,
        )
    )  # fmt: skip


def sites_ods(page: SitesPage, words: str, moment: datetime) -> bytes:
    """Return the listed sites as a spreadsheet; ``words`` is the filter as a sentence."""
    return list_ods(
        ListFile(
            sheet="Opvanglocaties",
            title="Opvanglocaties",
            headings=(
                "Nummer", "Code", "Gemeente", "Provincie", "Locatie", "Soort", "Vorm", "Minderjarigen", "Duurzaam",
                "Plaatsen", "Eerste dag", "Laatste dag", "Bevestigd", "Verzonnen",
            ),
            rows=site_rows(page),
            filter_words=f"{words}; plaatsen op {page.today:%d-%m-%Y}",
            moment=moment,
        )
    )  # fmt: skip
