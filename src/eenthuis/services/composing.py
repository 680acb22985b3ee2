"""Publishing family composition: once a month, by itself, with everything hidden that must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.db import transaction

from eenthuis import reference
from eenthuis.connect.composition_report import ReportInput, report_files
from eenthuis.disclosure import hide
from eenthuis.law import CompositionLaw, law_book
from eenthuis.rules.areas import areas, corops_of
from eenthuis.rules.composition import (
    CATEGORIES,
    Geography,
    Group,
    composition,
    people_of,
    prices,
    relations,
    required,
)
from eenthuis.rules.composition_receipts import publication_receipt
from eenthuis.services.access import require
from eenthuis.services.notices import tell
from eenthuis.store import composition as stored
from eenthuis.store import journal
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.composition import Cell, Characteristic, Publication, Stage, cell_from
from eenthuis.terms.errors import StateError
from eenthuis.terms.notices import Addressee, NoticeKind, Thing
from eenthuis.terms.places import COUNTRY, LinkingRegion
from eenthuis.terms.version import code_version

BY_ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
"""Who publishes on the first of the month when nobody asks."""

MONTHS_BACK = 12
"""So many earlier months an attacker is taken to have at hand."""


def month_of(day: date) -> date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def publish_due(today: date) -> date | None:
    """Publish the composition of this month if nobody has; return the month when it was published now.

    Nothing is published while there is nobody in reception to count.
    """
    month = month_of(today)
    if any(published >= month for published in stored.months()):
        return None
    return month if publish(actor=BY_ITSELF, month=month) else None


def publish(*, actor: Actor, month: date) -> bool:
    """Publish the composition on the first day of a month; return whether it was published now.

    A month is published once: who comes second changes nothing.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    StateError
        STA-01 when a later month was published already: hiding goes by what was published before, not after.
    """
    require(actor, "publish-composition")
    with transaction.atomic():
        journal.lock_subject(f"composition {month.isoformat()}")
        if stored.is_kept(month):
            return False
        if any(published > month for published in stored.months()):
            raise StateError(
                "STA-01",
                f"a later month than {month:%Y-%m} was published already",
                remedy="Publish months in their order: what is hidden in a month depends on those before it.",
            )
        law = law_book().composition(month)
        publication, people = counted(month, law)
        if not any(publication.counts.values()):
            return False
        published = hidden_in(publication, earlier(month), law)
        secret = {cell.key: count for cell, count in published.counts.items()}
        receipt = publication_receipt(published, law=law, secret=secret, code_version=code_version())
        journal.save_receipt(receipt)
        stored.keep(
            month,
            shown={cell.key: published.shown(cell) for cell in published.counts},
            counts=secret,
            people_linked=people,
            receipt=receipt.number,
            made_by=actor.name,
        )
        for role in (Role.MUNICIPALITY, Role.HOUSING_ASSOCIATION):
            tell(
                kind=NoticeKind.COMPOSITION_PUBLISHED,
                to=Addressee(role),
                reference=f"{Thing.MONTH}:{month:%Y-%m}",
                today=month,
            )
        for name, content in report_files(_report(published, law, receipt.number)).items():
            stored.keep_file(month, name, content)
        journal.write(
            actor,
            "publish-composition",
            month.isoformat(),
            after={
                "receipt": receipt.number,
                "cells": len(published.counts),
                "hidden": len(published.hidden),
            },
        )
    return True


def month_files(*, actor: Actor, month: date) -> Mapping[str, bytes]:
    """Return the files of a month's report by name, as they were made; empty when the month was not published.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "see-published-figures")
    return stored.files_of(month)


def place_names(day: date) -> Mapping[str, str]:
    """Return the name of every place that can be asked for, the country first; regions under their codes.

    A municipality that is told of together with others has a name here as well.
    """
    names = {COUNTRY: "Nederland"}
    names |= {region.value: region.value for region in LinkingRegion}
    names |= {str(province.code): province.name for province in reference.provinces()}
    names |= _area_names(day)
    return names | {str(place.code): place.name for place in reference.municipalities(day)}


def _area_names(day: date) -> Mapping[str, str]:
    """Return the name of every area of municipalities together: its COROP areas, and who is not in it."""
    geography, corops = geography_on(day), reference.corop_areas()
    alone: dict[str, list[str]] = {}
    for place in reference.municipalities(day):
        if str(place.code) in geography.areas:
            alone.setdefault(place.corop, []).append(place.name)
    found = {}
    for area in geography.areas:
        numbers = corops_of(area)
        without = [name for number in numbers for name in alone.get(number, [])]
        name = ", ".join(corops[number] for number in numbers)
        if numbers:
            found[area] = f"{name} (zonder {', '.join(without)})" if without else name
    return found


def _report(published: Publication, law: CompositionLaw, receipt: str) -> ReportInput:
    return ReportInput(
        publication=published,
        names=place_names(published.month),
        above=geography_on(published.month).above,
        categories=CATEGORIES,
        floor=law.floor,
        protection=law.protection,
        receipt=receipt,
    )


def counted(day: date, law: CompositionLaw) -> tuple[Publication, Mapping[str, int]]:
    """Return the composition on a day with nothing hidden yet, and the people linked per municipality."""
    groups = groups_of(day, law)
    people = people_of(groups)
    return _publication(day, composition(groups, geography_on(day)), people, law), people


def groups_of(day: date, law: CompositionLaw, municipality: str = "") -> tuple[Group, ...]:
    """Return the households in reception on a day in groups; of one municipality, or of all."""
    found = stored.groups_on(
        day, large=law.large, large_with_joining=law.large_with_joining, municipality=municipality
    )
    return tuple(
        Group(one.stage, one.municipality, one.characteristic, one.value, one.households, one.people)
        for one in found
    )


def hidden_in(publication: Publication, before: Sequence[Publication], law: CompositionLaw) -> Publication:
    """Return a publication with everything hidden that must be, given what earlier months gave away."""
    found = hide(
        publication,
        before,
        floor=law.floor,
        protection=law.protection,
        prices=prices(geography_on(publication.month), publication.counts),
    )
    return replace(publication, hidden=found.cells)


def earlier(month: date) -> tuple[Publication, ...]:
    """Return what was published before a month, old to new, as far back as an attacker is taken to look.

    A month that was published of other places or in other tables has none of these cells, and nothing to compare.
    """
    found = []
    for one in stored.counted_before(month, MONTHS_BACK):
        counts = {cell_from(key): count for key, count in one.counts.items()}
        if counts.keys() == composition((), geography_on(one.month)).keys():
            law = law_book().composition(one.month)
            hidden = _hidden(one.shown)
            found.append(replace(_publication(one.month, counts, one.people_linked, law), hidden=hidden))
    return tuple(found)


def published_as(kept: stored.Kept) -> Publication:
    """Return a kept month as everyone may see it: hidden counts stand in it as 0."""
    counts = {cell_from(key): count or 0 for key, count in kept.shown.items()}
    return Publication(kept.month, counts, (), _hidden(kept.shown))


def _hidden(shown: Mapping[str, int | None]) -> frozenset[Cell]:
    return frozenset(cell_from(key) for key, count in shown.items() if count is None)


def geography_on(day: date) -> Geography:
    """Return the municipalities of a day in their areas, provinces and linking regions."""
    law = law_book().composition(day)
    return _geography(day, law.alone, law.together, law.fewest, law.areas_year)


@lru_cache(maxsize=MONTHS_BACK)
def _geography(day: date, alone: int, together: int, fewest: int, year: int) -> Geography:
    municipalities = reference.municipalities(day)
    people = reference.inhabitants(date(year, 1, 1)).people
    area_of = areas(
        municipalities,
        {str(code): number for code, number in people.items()},
        alone=alone,
        together=together,
        fewest=fewest,
    )
    return Geography.of(municipalities, reference.provinces(), area_of)


def _publication(
    day: date, counts: Mapping[Cell, int], people: Mapping[str, int], law: CompositionLaw
) -> Publication:
    geography = geography_on(day)
    in_reception = sum(counts[Cell(stage, Characteristic.TOTAL, COUNTRY, "all")] for stage in Stage)
    return Publication(
        month=day,
        counts=counts,
        relations=relations(
            geography, people, in_reception=in_reception, large=(law.large, law.large_with_joining)
        ),
        required=required(geography, people, law.protection),
    )
