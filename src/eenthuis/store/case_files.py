"""The files that provinces keep of municipalities, as rows and terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eenthuis.store.supervision_models import ContactRow
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode


def contacts_of(
    municipalities: Sequence[MunicipalityCode],
) -> Mapping[MunicipalityCode, tuple[Contact, ...]]:
    """Return every entry of the files of municipalities, those that were corrected too, in order of recording."""
    found: dict[MunicipalityCode, list[Contact]] = {}
    for row in ContactRow.objects.filter(municipality__in=municipalities).order_by("id"):
        found.setdefault(MunicipalityCode(row.municipality), []).append(_contact(row))
    return {code: tuple(listed) for code, listed in found.items()}


def add(municipality: MunicipalityCode, new: Contact, *, first_by: str = "") -> int:
    """Add an entry, recorded by who it says; return its number."""
    row = ContactRow.objects.create(
        municipality=municipality,
        kind=new.kind.value,
        on=new.on,
        what=new.what.strip(),
        half_year=str(new.half_year) if new.half_year else "",
        due=new.due,
        people=new.people,
        rung=new.rung,
        about_id=new.about,
        replaces_id=new.replaces,
        reference=new.reference,
        first_by=first_by,
        recorded_by=new.by,
    )
    return int(row.pk)


def _contact(row: ContactRow) -> Contact:
    return Contact(
        number=row.pk,
        kind=ContactKind(row.kind),
        on=row.on,
        what=row.what,
        by=row.recorded_by,
        half_year=HalfYear.parse(row.half_year) if row.half_year else None,
        due=row.due,
        people=row.people,
        rung=row.rung,
        about=row.about_id,
        replaces=row.replaces_id,
        reference=row.reference,
        recorded_at=row.recorded_at,
    )
