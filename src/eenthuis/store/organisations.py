"""Units, colleagues and deputies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from eenthuis.store import accounts
from eenthuis.store.models import AccountRow
from eenthuis.store.organisation_models import DeputyRow, UnitRow
from eenthuis.terms.access import Actor


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of an organisation, with how many accounts are in it."""

    number: int
    organisation: str
    name: str
    accounts: int


@dataclass(frozen=True, slots=True)
class Deputy:
    """That ``deputy`` stands in for ``name`` from the first to the last day."""

    number: int
    name: str
    deputy: str
    first_day: date
    last_day: date


def units(organisation: str = "") -> tuple[Unit, ...]:
    """Return the units of an organisation, or of all."""
    rows = UnitRow.objects.annotate(accounts_in=Count("accounts")).order_by("organisation", "name")
    found = rows.filter(organisation=organisation) if organisation else rows
    return tuple(Unit(row.pk, row.organisation, row.name, row.accounts_in) for row in found)


def add_unit(organisation: str, name: str) -> bool:
    """Add a unit; False when the organisation has one by this name."""
    _, is_new = UnitRow.objects.get_or_create(organisation=organisation, name=name)
    return is_new


def drop_unit(number: int) -> Unit | None:
    """Remove a unit that nobody is in; None when there is none such."""
    found = next((unit for unit in units() if unit.number == number and not unit.accounts), None)
    if found is not None:
        UnitRow.objects.filter(pk=number).delete()
    return found


def unit_of(name: str) -> Unit | None:
    """Return the unit an account is in."""
    row = AccountRow.objects.filter(user__username=name).select_related("unit").first()
    if row is None or row.unit is None:
        return None
    return Unit(row.unit.pk, row.unit.organisation, row.unit.name, 0)


def set_unit(user_id: int, number: int | None) -> None:
    """Put an account into a unit, or into none."""
    AccountRow.objects.filter(user_id=user_id).update(unit_id=number)


def names_in_unit_of(name: str) -> tuple[str, ...]:
    """Return the names of everybody in the unit of an account; none when it is in none."""
    mine = AccountRow.objects.filter(user__username=name).values("unit")
    rows = AccountRow.objects.filter(unit__isnull=False, unit__in=mine).order_by("user__username")
    return tuple(rows.values_list("user__username", flat=True))


def colleagues(who: Actor, *, open_only: bool = True) -> tuple[str, ...]:
    """Return the names of the other accounts in somebody's organisation."""
    rows = _of_organisation(who).exclude(user__username=who.name).order_by("user__username")
    found = rows.filter(user__is_active=True) if open_only else rows
    return tuple(found.values_list("user__username", flat=True))


def add_deputy(user_id: int, deputy_id: int, first_day: date, last_day: date, *, made_by: str) -> int:
    """Let somebody stand in; return the number of it."""
    row = DeputyRow.objects.create(
        user_id=user_id, deputy_id=deputy_id, first_day=first_day, last_day=last_day, made_by=made_by
    )
    return row.pk


def deputies_of(name: str, today: date) -> tuple[Deputy, ...]:
    """Return who stands in for an account now or later."""
    return tuple(_deputy(row) for row in _lasting(today).filter(user__username=name))


def stood_in_for(name: str, today: date) -> tuple[Deputy, ...]:
    """Return for whom an account may stand in on a day."""
    return tuple(_deputy(row) for row in _lasting(today).filter(deputy__username=name, first_day__lte=today))


def standing_in(number: int, deputy_id: int, today: date) -> Actor | None:
    """Return who an account stands in for under a number on a day; None when it may not, or no more.

    Both must still be open accounts of one organisation.
    """
    row = _lasting(today).filter(pk=number, deputy_id=deputy_id, first_day__lte=today).first()
    if row is None or not row.user.is_active or not row.deputy.is_active:
        return None
    absent = accounts.actor(row.user.pk, row.user.get_username())
    deputy = accounts.actor(row.deputy.pk, row.deputy.get_username())
    if absent is None or deputy is None or absent.organisation != deputy.organisation:
        return None
    return absent


def end_deputy(number: int, *, name: str, ended_by: str) -> Deputy | None:
    """End that somebody stands in for an account; None when there is no such number of it."""
    row = DeputyRow.objects.filter(pk=number, user__username=name, ended_by="").first()
    if row is None:
        return None
    DeputyRow.objects.filter(pk=number).update(ended_by=ended_by)
    return _deputy(row)


def _of_organisation(who: Actor) -> QuerySet[AccountRow]:
    return AccountRow.objects.filter(
        Q(role=who.role.value, is_sealed=False),
        Q(municipality=who.municipality or "") if not who.association else Q(),
        Q(province=who.province or "") if not who.association else Q(),
        Q(association=who.association or ""),
    )


def _lasting(today: date) -> QuerySet[DeputyRow]:
    rows = DeputyRow.objects.filter(ended_by="", last_day__gte=today)
    return rows.select_related("user", "deputy").order_by("first_day", "id")


def _deputy(row: DeputyRow) -> Deputy:
    return Deputy(row.pk, row.user.get_username(), row.deputy.get_username(), row.first_day, row.last_day)
