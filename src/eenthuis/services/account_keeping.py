"""Accounts made, closed and helped from the machine itself, by whoever keeps the installation."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from django.db import transaction

from eenthuis import reference
from eenthuis.services.inviting import Invitation, make_invitation
from eenthuis.services.provider_links import link_to_provider, unlink_from_provider
from eenthuis.store import accounts, invitations, journal, sign_ins
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import InputError, Location, StateError
from eenthuis.terms.places import LinkingRegion, MunicipalityCode

KEEPER = Actor("installation", Role.ADMINISTRATOR)
"""In whose name the journal tells what was done on the machine itself."""

NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,78}")
LONGEST_ASSOCIATION = 80
ASSOCIATION = re.compile(rf"[^\W_](?:[^\x00-\x1f\x7f]{{0,{LONGEST_ASSOCIATION - 2}}}[^\s\x00-\x1f\x7f])?")
"""The name of a housing association: it begins with a letter or a digit and ends with no space."""

PASSWORD_BYTES = 15
PLACED = {Role.MUNICIPALITY, Role.HOUSING_ASSOCIATION}


@dataclass(frozen=True, slots=True)
class AccountWanted:
    """The role and place an account is to have, as somebody wrote them."""

    name: str
    role: str
    place: str = ""
    region: str = ""
    association: str = ""


def told_of(who: Actor) -> dict[str, str]:
    """Return what the journal tells of the role and place of an account."""
    return {
        "role": who.role.value,
        "place": who.municipality or who.province or "",
        "region": who.region.value if who.region else "",
        "association": who.association or "",
    }


def add_account(*, name: str, role: str, place: str = "", region: str = "", association: str = "") -> str:
    """Make an account with a role and a place, and return a first password, which is kept nowhere.

    Raises
    ------
    InputError
        INP-01 for a name, role, region or place that cannot be; INP-04 when the role asks for a place or association.
    ReferenceFactError
        REF-01 for a municipality or province that is none.
    StateError
        STA-01 when there is such an account already.
    """
    who = checked(AccountWanted(name, role, place, region, association))
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with transaction.atomic():
        journal.lock_subject(f"account {name}")
        if accounts.user_id(name) is not None:
            raise StateError("STA-01", f"there is an account {name} already", remedy="Choose another name.")
        accounts.save_account(who, password)
        journal.write(KEEPER, "add-account", f"account {name}", after=told_of(who))
    return password


def invite_account(*, name: str, email: str, by: Actor = KEEPER) -> Invitation:
    """Invite somebody to an account that is there: a link that lets them in once.

    Raises
    ------
    InputError
        INP-01 when the address is none; INP-04 when there is no such account.
    """
    key = _key(name)
    with transaction.atomic():
        return make_invitation(key, name, email, by)


def link_account(*, name: str, provider: str, subject: str, by: Actor = KEEPER) -> None:
    """Link an account to somebody at a sign-in provider.

    Raises
    ------
    AccessError
        ACC-02 when there is no such provider.
    InputError
        INP-01 when the subject cannot be; INP-04 when there is no such account.
    StateError
        STA-01 when the account is somebody there already, or the subject is another account's.
    """
    key = _key(name)
    with transaction.atomic():
        link_to_provider(key, name, provider, subject, by)


def unlink_account(*, name: str, provider: str, why: str, by: Actor = KEEPER) -> bool:
    """Take the link of an account with a provider away and end its sessions; False when there was none.

    Raises
    ------
    AccessError
        ACC-02 when there is no such provider.
    InputError
        INP-04 when there is no such account, or no reason.
    """
    key = _key(name)
    if not why.strip():
        raise InputError("INP-04", "a reason is missing", remedy="Say why with --why.")
    with transaction.atomic():
        return unlink_from_provider(key, name, provider, why.strip(), by)


def close_account(*, name: str, why: str, by: Actor = KEEPER) -> None:
    """Let an account sign in no more, and end its sessions; what it did keeps its name.

    Raises
    ------
    InputError
        INP-04 when there is no such account, or no reason.
    """
    key = _key(name)
    if not why.strip():
        raise InputError("INP-04", "a reason is missing", remedy="Say why with --why.")
    with transaction.atomic():
        accounts.close(key)
        ended = sign_ins.end(key)
        invitations.drop(key)
        before, after = {"open": True, "sessions": ended}, {"open": False, "sessions": 0}
        journal.write(by, "close-account", f"account {name}", before=before, after=after, why=why.strip())


def reset_second_factor(*, name: str, why: str, by: Actor = KEEPER) -> bool:
    """Take the second factor and recovery codes of an account away and end its sessions; False when it had none.

    Raises
    ------
    InputError
        INP-04 when there is no such account, or no reason.
    """
    key = _key(name)
    if not why.strip():
        raise InputError("INP-04", "a reason is missing", remedy="Say why with --why.")
    with transaction.atomic():
        had = sign_ins.take_away(key)
        sign_ins.end(key)
        before, after = {"second_factor": had}, {"second_factor": False}
        journal.write(
            by, "reset-second-factor", f"account {name}", before=before, after=after, why=why.strip()
        )
    return had


def _key(name: str) -> int:
    key = accounts.user_id(name)
    if key is None:
        raise InputError(
            "INP-04",
            f"there is no account {name}",
            remedy="Check the name.",
            location=Location(column="NAME", value=name),
        )
    return key


def checked(wanted: AccountWanted) -> Actor:
    """Return who an account would be.

    Raises
    ------
    InputError
        INP-01 for a name, role, region or place that cannot be; INP-04 when the role asks for a place.
    ReferenceFactError
        REF-01 for a municipality or province that is none.
    """
    name, role, place = wanted.name, wanted.role, wanted.place
    region, association = wanted.region, wanted.association
    if not NAME.fullmatch(name):
        raise _cannot("NAME", name, "Use small letters, digits, dots and dashes.")
    if role not in set(Role) - {Role.PUBLIC}:
        raise _cannot("--role", role, f"Use one of {', '.join(sorted(set(Role) - {Role.PUBLIC}))}.")
    if region and region not in set(LinkingRegion):
        raise _cannot("--region", region, f"Use one of {', '.join(LinkingRegion)}.")
    kind = Role(role)
    if kind is Role.HOUSING_ASSOCIATION and not ASSOCIATION.fullmatch(association):
        raise InputError(
            "INP-04",
            f"a {role} works for an association, named in at most {LONGEST_ASSOCIATION} characters",
            remedy="Give its name with --association.",
            location=Location(column="--association", value=association),
        )
    if kind in PLACED | {Role.PROVINCE} and not place:
        raise InputError("INP-04", f"a {role} has a place", remedy="Give its code with --place.")
    municipality = province = None
    if kind in PLACED:
        found = reference.municipality(MunicipalityCode(place))
        municipality, province = found.code, found.province
    elif kind is Role.PROVINCE:
        province = reference.province(place).code
    elif place:
        raise _cannot("--place", place, f"A {role} acts in the whole country.")
    return Actor(
        name,
        kind,
        municipality,
        province,
        region=LinkingRegion(region) if region else None,
        association=association or None,
    )


def _cannot(column: str, value: str, remedy: str) -> InputError:
    return InputError(
        "INP-01", f"{value!r} cannot be used", remedy=remedy, location=Location(column=column, value=value)
    )
