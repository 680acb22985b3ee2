"""Households and centres as rows and terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.db import connection

from eenthuis.store.models import CentreRow, HouseholdRow, MemberRow
from eenthuis.store.scope import counts
from eenthuis.terms.people import (
    CentreCode,
    HardCriterion,
    HardTie,
    Household,
    HouseholdId,
    JoiningRelatives,
    Member,
    ReceptionCentre,
    Sex,
    SoftCriterion,
    SoftTie,
)
from eenthuis.terms.places import LinkingRegion, MunicipalityCode

_IN_RECEPTION = """
    not exists (
      select 1 from store_signoffrow s where s.household = h.identifier and s.kind = 'signed-off'
        and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id)
    ) and not exists (
      select 1 from store_waysteprow g where g.household = h.identifier and g.kind in ('left', 'merged', 'split')
        and not exists (select 1 from store_waysteprow c where c.replaces_id = g.id)
    )
"""
_LINKED = """
    exists (
      select 1 from store_linkrow l where l.household = h.identifier and l.kind = 'linked'
        and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
    )
"""


@counts
def waiting_counts() -> tuple[int, int]:
    """Return households and people in reception: with a permit and not signed off.

    What was counted is kept until a household comes or goes, or a sign-off or a departure is added.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select current_database()::text,
              (select count(*) || '/' || coalesce(sum(persons), 0) from store_householdrow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_signoffrow) || '/' ||
              (select coalesce(max(id), 0) from store_waysteprow
                where kind in ('left', 'merged', 'split', 'struck-out'))
            """
        )
        return _waiting(*cursor.fetchone())


@lru_cache(maxsize=8)
def _waiting(database: str, there: str, signed_off: str) -> tuple[int, int]:
    del database, there, signed_off
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*), coalesce(sum(h.persons), 0) from store_householdrow h where {_IN_RECEPTION}"  # noqa: S608 - fixed text
        )
        households, people = cursor.fetchone()
    return int(households), int(people)


def identifiers(*, only_waiting: bool, search: str = "") -> tuple[HouseholdId, ...]:
    """Return the households, all or only those in reception, whose number holds what is searched for."""
    where = _IN_RECEPTION if only_waiting else "true"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select h.identifier from store_householdrow h
            where {where} and position(lower(%s) in lower(h.identifier)) > 0 order by 1
            """,  # noqa: S608 - fixed text
            [search],
        )
        return tuple(HouseholdId(row[0]) for row in cursor.fetchall())


def unlinked_identifiers() -> tuple[HouseholdId, ...]:
    """Return the households in reception without a link in force, by identifier."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select h.identifier from store_householdrow h where {_IN_RECEPTION} and not {_LINKED} order by 1"  # noqa: S608 - fixed text
        )
        return tuple(HouseholdId(row[0]) for row in cursor.fetchall())


def linked_in_reception() -> Mapping[HouseholdId, MunicipalityCode]:
    """Return the municipality of every household that has a link in force and is not signed off."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select l.household, l.municipality from store_linkrow l
            join store_householdrow h on h.identifier = l.household
            where l.kind = 'linked' and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
              and {_IN_RECEPTION} order by 1
            """  # noqa: S608 - fixed text
        )
        return {HouseholdId(name): MunicipalityCode(code) for name, code in cursor.fetchall()}


def households(identifiers: Sequence[HouseholdId]) -> tuple[Household, ...]:
    """Return households with their members, in the order asked; unknown ones are left out."""
    members: defaultdict[str, list[Member]] = defaultdict(list)
    wanted = list(identifiers)
    rows = MemberRow.objects.filter(household_id__in=wanted).order_by("id")
    for household, birth_year, sex, is_adult in rows.values_list(
        "household_id", "birth_year", "sex", "is_adult"
    ):
        members[household].append(Member(birth_year, Sex(sex), is_adult))
    found = {row.identifier: row for row in HouseholdRow.objects.filter(identifier__in=wanted)}
    return tuple(_household(found[name], tuple(members[name])) for name in wanted if name in found)


def is_there(identifier: HouseholdId) -> bool:
    """Return whether there is a household by this number."""
    return HouseholdRow.objects.filter(identifier=identifier).exists()


def centres() -> Mapping[CentreCode, ReceptionCentre]:
    """Return the reception centres by code."""
    return {
        CentreCode(row.code): ReceptionCentre(
            CentreCode(row.code), row.name, MunicipalityCode(row.municipality), row.places
        )
        for row in CentreRow.objects.all()
    }


def centre_of(identifier: HouseholdId) -> CentreCode | None:
    """Return the centre a household stays in, if it stands in the tables."""
    found = HouseholdRow.objects.filter(identifier=identifier).values_list("centre_id", flat=True).first()
    return CentreCode(found) if found else None


def centres_of(identifiers: Sequence[HouseholdId]) -> Mapping[HouseholdId, CentreCode]:
    """Return the centre of each of these households that is in reception."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select h.identifier, h.centre_id from store_householdrow h
            where h.identifier = any(%s) and {_IN_RECEPTION}
            """,  # noqa: S608 - fixed text
            [list(identifiers)],
        )
        return {HouseholdId(name): CentreCode(centre) for name, centre in cursor.fetchall()}


def region_of(identifier: HouseholdId) -> LinkingRegion | None:
    """Return the linking region in which a household stays, if it stands in the tables."""
    found = HouseholdRow.objects.filter(identifier=identifier).values_list("region", flat=True).first()
    return LinkingRegion(found) if found else None


def move_household(identifier: HouseholdId, centre: CentreCode, region: LinkingRegion) -> None:
    """Let a household stay in another centre from now on; the step on its way says from where, and when."""
    HouseholdRow.objects.filter(identifier=identifier).update(centre_id=centre, region=region.value)


def save_centres(every: Iterable[ReceptionCentre]) -> None:
    """Add reception centres."""
    CentreRow.objects.bulk_create(
        CentreRow(code=centre.code, name=centre.name, municipality=centre.municipality, places=centre.places)
        for centre in every
    )


def save_households(every: Sequence[Household]) -> None:
    """Add households with their members."""
    HouseholdRow.objects.bulk_create([household_row(household) for household in every], batch_size=2000)
    MemberRow.objects.bulk_create(
        [
            MemberRow(
                household_id=household.identifier,
                birth_year=member.birth_year,
                sex=member.sex.value,
                is_adult=member.is_adult,
            )
            for household in every
            for member in household.members
        ],
        batch_size=5000,
    )


def household_row(household: Household) -> HouseholdRow:
    """Return the row of a household, not yet saved."""
    joining = household.joining
    return HouseholdRow(
        identifier=household.identifier,
        persons=household.persons,
        permit_on=household.permit_on,
        centre_id=household.centre,
        region=household.region.value,
        needs_accessible_home=household.needs_accessible_home,
        hard_ties=[
            {"criterion": tie.criterion.value, "municipalities": sorted(tie.municipalities)}
            for tie in household.hard_ties
        ],
        soft_ties=[
            {"criterion": tie.criterion.value, "municipalities": sorted(tie.municipalities)}
            for tie in household.soft_ties
        ],
        joining_people=joining.people if joining else 0,
        joining_visa_granted=joining.visa_granted if joining else False,
        joining_expected_on=joining.expected_on if joining else None,
    )


def _household(row: HouseholdRow, members: tuple[Member, ...]) -> Household:
    return Household(
        identifier=HouseholdId(row.identifier),
        members=members,
        permit_on=row.permit_on,
        centre=CentreCode(row.centre_id),
        region=LinkingRegion(row.region),
        hard_ties=tuple(
            HardTie(HardCriterion(tie["criterion"]), frozenset(tie["municipalities"]))
            for tie in row.hard_ties
        ),
        soft_ties=tuple(
            SoftTie(SoftCriterion(tie["criterion"]), frozenset(tie["municipalities"]))
            for tie in row.soft_ties
        ),
        joining=JoiningRelatives(row.joining_people, row.joining_visa_granted, row.joining_expected_on)
        if row.joining_people
        else None,
        needs_accessible_home=row.needs_accessible_home,
    )
