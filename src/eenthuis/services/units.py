"""Units inside organisations, and who is in them; they sort work and open nothing."""

from __future__ import annotations

from django.db import transaction

from eenthuis.services.access import require
from eenthuis.store import account_lists, journal, organisations
from eenthuis.store.organisations import Unit
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, Location, StateError

LONGEST_NAME = 60


def read_units(*, actor: Actor, organisation: str = "") -> tuple[Unit, ...]:
    """Return the units of an organisation, or of all.

    Raises
    ------
    AccessError
        ACC-01 for everybody but the administrator.
    """
    require(actor, "manage-accounts")
    return organisations.units(organisation)


def read_unit_of(*, actor: Actor, name: str) -> Unit | None:
    """Return the unit an account is in.

    Raises
    ------
    AccessError
        ACC-01 for everybody but the administrator.
    """
    require(actor, "manage-accounts")
    return organisations.unit_of(name)


def add_unit(*, actor: Actor, account: str, unit: str) -> None:
    """Add a unit to the organisation of an account, and put the account into it.

    Raises
    ------
    AccessError
        ACC-01 for everybody but the administrator; ACC-02 when there is no such account.
    InputError
        INP-04 without a name, INP-06 when it is too long.
    StateError
        STA-01 when the organisation has one by this name.
    """
    require(actor, "manage-accounts")
    unit = " ".join(unit.split())
    if not unit:
        raise InputError("INP-04", "the unit has no name", remedy="Give it a name.")
    if len(unit) > LONGEST_NAME:
        raise InputError("INP-06", f"a name has at most {LONGEST_NAME} characters", remedy="Shorten it.")
    with transaction.atomic():
        organisation = _found(account).listed.who.organisation
        if not organisations.add_unit(organisation, unit):
            raise StateError("STA-01", "there is a unit by this name", remedy="Choose it in the list.")
        journal.write(actor, "add-unit", f"unit {unit}", after={"organisation": organisation})
        number = next(one.number for one in organisations.units(organisation) if one.name == unit)
        set_unit(actor=actor, account=account, number=number)


def drop_unit(*, actor: Actor, number: int) -> None:
    """Remove a unit that nobody is in.

    Raises
    ------
    AccessError
        ACC-01 for everybody but the administrator.
    StateError
        STA-01 when there is none such, or somebody is in it.
    """
    require(actor, "manage-accounts")
    with transaction.atomic():
        gone = organisations.drop_unit(number)
        if gone is None:
            raise StateError("STA-01", "somebody is in this unit", remedy="Put them into another first.")
        journal.write(actor, "drop-unit", f"unit {gone.name}", before={"organisation": gone.organisation})


def set_unit(*, actor: Actor, account: str, number: int | None) -> None:
    """Put an account into a unit of its own organisation, or into none.

    Raises
    ------
    AccessError
        ACC-01 for everybody but the administrator; ACC-02 when there is no such account.
    InputError
        INP-01 when the unit is none of its organisation.
    """
    require(actor, "manage-accounts")
    with transaction.atomic():
        found = _found(account)
        known = {unit.number: unit for unit in organisations.units(found.listed.who.organisation)}
        if number is not None and number not in known:
            raise InputError(
                "INP-01",
                "this unit is of another organisation",
                remedy="Choose one of the list.",
                location=Location(column="unit"),
            )
        was = organisations.unit_of(account)
        organisations.set_unit(found.user_id, number)
        before = {"unit": was.name if was else ""}
        after = {"unit": known[number].name if number is not None else ""}
        journal.write(actor, "set-unit", f"account {account}", before=before, after=after)


def _found(account: str) -> account_lists.AccountPage:
    found = account_lists.page_of(account)
    if found is None:
        raise AccessError("ACC-02", "no account by that name", remedy="Check the name.")
    return found
