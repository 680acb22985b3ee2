"""Keys for programs: handed out, rotated, withdrawn, and asked with."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from eenthuis import reference
from eenthuis.access import actions
from eenthuis.services.access import require
from eenthuis.store import accounts, api_keys, journal
from eenthuis.store.models import ApiKeyRow
from eenthuis.terms.access import Actor, Reach, Role
from eenthuis.terms.errors import AccessError, EenthuisError, InputError, InputErrors, Location, StateError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

MARK = "eenthuis"
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
PREFIX_LENGTH = 8
SECRET_BYTES = 32
LONGEST_DAYS = 366
OVERLAP_DAYS = 14
"""So long the older of two keys goes on after a rotation, unless its own last day comes first."""

NOT_FOR_KEYS = frozenset(
    {
        "see-published-figures", "sign-in", "manage-keys", "read-own-letter", "check-letter",
        "see-recommendations",
        "see-decision-note-drafts", "write-decision-note",
        "see-transit-counts",
    }
)  # fmt: skip
"""What anyone may do, and what only a person does."""

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NAME_LENGTH = 80
EMAIL_LENGTH = 254


@dataclass(frozen=True, slots=True)
class KeyWanted:
    """What a new key is for: who answers for it, as which role and where, for which actions, until when."""

    name: str
    contact_name: str
    contact_email: str
    role: Role
    scopes: frozenset[str]
    last_day: date
    municipality: str = ""
    province: str = ""
    association: str = ""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as the administrator sees it; its secret is nowhere."""

    prefix: str
    name: str
    contact_name: str
    contact_email: str
    role: Role
    municipality: str
    province: str
    association: str
    scopes: tuple[str, ...]
    last_day: date
    last_used_on: date | None
    made_by: str
    made_at: datetime
    is_withdrawn: bool
    is_valid: bool
    is_followed: bool


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made, with the secret that is shown this once."""

    secret: str
    line: KeyLine


def scopes_for(role: Role) -> tuple[str, ...]:
    """Return the actions that a key of a role can be given, in the order of the matrix."""
    return tuple(
        name
        for name, action in actions().items()
        if name not in NOT_FOR_KEYS and action.reach[role] is not Reach.NOTHING
    )


def create_key(*, actor: Actor, wanted: KeyWanted, today: date) -> NewKey:
    """Hand out a key.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputErrors
        Everything that is wrong with what was asked.
    """
    require(actor, "manage-keys")
    holder = _holder(wanted, today)
    with transaction.atomic():
        made = _make(actor, wanted, holder, follows=None)
        journal.write(actor, "create-key", f"key {made.line.prefix}", after=_told(made.line))
    return made


def rotate_key(*, actor: Actor, prefix: str, last_day: date, today: date) -> NewKey:
    """Hand out a key that follows on another with the same name, contact and scopes; both hold for two weeks.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such key.
    InputErrors
        INP-06 when the last day is past or too far ahead.
    StateError
        STA-01 when the key no longer holds, was rotated already, or the one before it still holds.
    """
    require(actor, "manage-keys")
    with transaction.atomic():
        journal.lock_subject(f"key:{prefix}")
        old = _found(prefix)
        _check_rotates(old, today)
        wanted = KeyWanted(
            name=old.name,
            contact_name=old.contact_name,
            contact_email=old.contact_email,
            role=Role(old.role),
            scopes=frozenset(old.scopes),
            last_day=last_day,
            municipality=old.municipality,
            province=old.province,
            association=old.association,
        )
        made = _make(actor, wanted, _holder(wanted, today), follows=old)
        ends = min(old.last_day, today + timedelta(days=OVERLAP_DAYS))
        api_keys.end_on(old, ends)
        journal.write(
            actor,
            "rotate-key",
            f"key {made.line.prefix}",
            before={"prefix": prefix, "last_day": ends},
            after=_told(made.line),
        )
    return made


def withdraw_key(*, actor: Actor, prefix: str, why: str) -> None:
    """Let a key end now.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such key.
    InputError
        INP-04 when no reason is given.
    StateError
        STA-01 when it was withdrawn already.
    """
    require(actor, "manage-keys")
    if not why.strip():
        raise InputError("INP-04", "no reason was given", remedy="Say why the key is withdrawn.")
    with transaction.atomic():
        journal.lock_subject(f"key:{prefix}")
        key = _found(prefix)
        if key.withdrawn_at is not None:
            raise StateError("STA-01", "the key was withdrawn already", remedy="Reload the page.")
        api_keys.withdraw(key)
        journal.write(actor, "withdraw-key", f"key {prefix}", why=why.strip())


def list_keys(*, actor: Actor, today: date) -> tuple[KeyLine, ...]:
    """Return all keys, newest first."""
    require(actor, "manage-keys")
    rows = api_keys.every_key()
    followed = {row.follows_id for row in rows}
    return tuple(_line(row, today, is_followed=row.pk in followed) for row in rows)


def holder_of(*, secret: str, today: date) -> Actor | None:
    """Return who asks with a key, and note the day; None when the key is unknown, withdrawn or past its last day."""
    mark, _, rest = secret.partition("_")
    prefix, _, _ = rest.partition("_")
    if mark != MARK or len(prefix) != PREFIX_LENGTH or not prefix.isascii() or not prefix.isalnum():
        return None
    key = api_keys.by_prefix(prefix)
    if key is None or not hmac.compare_digest(key.secret_hash, _hash(secret)) or not _is_valid(key, today):
        return None
    api_keys.used(key, today)
    return api_keys.holder_of(key)


def _hash(secret: str) -> str:
    """Return the hash of a secret; it is drawn from 256 bits, so that one round is enough."""
    return hashlib.sha256(secret.encode("utf-8", errors="surrogateescape")).hexdigest()


def _make(actor: Actor, wanted: KeyWanted, holder: Actor, *, follows: ApiKeyRow | None) -> NewKey:
    prefix = "".join(secrets.choice(ALPHABET) for _ in range(PREFIX_LENGTH))
    secret = f"{MARK}_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    row = api_keys.add(
        prefix=prefix,
        secret_hash=_hash(secret),
        name=wanted.name.strip(),
        contact=(wanted.contact_name.strip(), wanted.contact_email.strip()),
        holder=holder,
        last_day=wanted.last_day,
        follows=follows,
        made_by=actor.name,
    )
    return NewKey(secret, _line(row, wanted.last_day, is_followed=False))


def _holder(wanted: KeyWanted, today: date) -> Actor:
    wrong = [*_wrong_words(wanted), *_wrong_scopes(wanted)]
    if not today <= wanted.last_day <= today + timedelta(days=LONGEST_DAYS):
        wrong.append(
            InputError(
                "INP-06",
                f"the last day must lie within {LONGEST_DAYS} days from today",
                remedy="Give a nearer day, and rotate the key before it.",
                location=Location(column="last-day", value=wanted.last_day.isoformat()),
            )
        )
    place = _place(wanted, wrong)
    wrong += _wrong_association(wanted)
    if wrong:
        raise InputErrors(tuple(wrong))
    return Actor(
        wanted.name,
        wanted.role,
        place[0],
        place[1],
        scopes=wanted.scopes,
        association=wanted.association or None,
    )


def _wrong_words(wanted: KeyWanted) -> list[EenthuisError]:
    parts = (("name", wanted.name, NAME_LENGTH), ("contact-name", wanted.contact_name, NAME_LENGTH))
    wrong: list[EenthuisError] = [
        InputError(
            "INP-04" if not text.strip() else "INP-06",
            f"{column} must have 1 to {most} characters",
            remedy="Say what the key is for and who answers for it.",
            location=Location(column=column),
        )
        for column, text, most in parts
        if not 0 < len(text.strip()) <= most or not text.strip().isprintable()
    ]
    email = wanted.contact_email.strip()
    if not EMAIL.fullmatch(email) or len(email) > EMAIL_LENGTH or not email.isprintable():
        wrong.append(
            InputError(
                "INP-01",
                "contact-email is no e-mail address",
                remedy="Give an address at which someone is reached when the key misbehaves.",
                location=Location(column="contact-email"),
            )
        )
    return wrong


def _wrong_scopes(wanted: KeyWanted) -> list[EenthuisError]:
    known = scopes_for(wanted.role)
    remedy = f"Choose from {', '.join(known)}." if known else "A key for this role has nothing to do."
    if not wanted.scopes:
        return [InputError("INP-04", "no scope was chosen", remedy=remedy, location=Location(column="scope"))]
    return [
        InputError(
            "INP-01",
            f"{scope} is not for a key of {wanted.role}",
            remedy=remedy,
            location=Location(column="scope", value=scope),
        )
        for scope in sorted(wanted.scopes - set(known))
    ]


def _wrong_association(wanted: KeyWanted) -> list[EenthuisError]:
    """Return what is wrong with the housing association: only a key of that role has one, and accounts work for it."""
    if wanted.role is not Role.HOUSING_ASSOCIATION and not wanted.association:
        return []
    if wanted.role is Role.HOUSING_ASSOCIATION and wanted.association in accounts.associations():
        return []
    return [
        InputError(
            "INP-01",
            "no account works for this housing association, or this role works for none",
            remedy="Give the name of the association as its accounts have it, for a key of that role only.",
            location=Location(column="association", value=wanted.association),
        )
    ]


def _place(
    wanted: KeyWanted, wrong: list[EenthuisError]
) -> tuple[MunicipalityCode | None, ProvinceCode | None]:
    if wanted.municipality:
        try:
            place = reference.municipality(wanted.municipality)
        except EenthuisError as unknown:
            wrong.append(unknown)
            return None, None
        return place.code, place.province
    if wanted.province:
        found = {province.code for province in reference.provinces()}
        if ProvinceCode(wanted.province) in found:
            return None, ProvinceCode(wanted.province)
        wrong.append(
            InputError(
                "INP-01",
                "no province has this code",
                remedy="Give a code of CBS, such as PV26.",
                location=Location(column="province", value=wanted.province),
            )
        )
    elif wanted.role in {Role.MUNICIPALITY, Role.PROVINCE, Role.HOUSING_ASSOCIATION}:
        wrong.append(
            InputError(
                "INP-04",
                f"a key of {wanted.role} needs its place",
                remedy="Give the municipality or the province.",
                location=Location(column="municipality"),
            )
        )
    return None, None


def _found(prefix: str) -> ApiKeyRow:
    key = api_keys.by_prefix(prefix)
    if key is None:
        raise AccessError("ACC-02", "no key by that prefix", remedy="Check the prefix.")
    return key


def _check_rotates(old: ApiKeyRow, today: date) -> None:
    if not _is_valid(old, today):
        raise StateError("STA-01", "the key no longer holds", remedy="Make a new key.")
    if api_keys.followed_by(old) is not None:
        raise StateError("STA-01", "the key was rotated already", remedy="Rotate the one that follows on it.")
    if old.follows is not None and _is_valid(old.follows, today):
        raise StateError(
            "STA-01",
            f"the key before it, {old.follows.prefix}, still holds",
            remedy="Withdraw that one first, or wait until its last day.",
        )


def _is_valid(key: ApiKeyRow, today: date) -> bool:
    return key.withdrawn_at is None and today <= key.last_day


def _line(row: ApiKeyRow, today: date, *, is_followed: bool) -> KeyLine:
    return KeyLine(
        prefix=row.prefix,
        name=row.name,
        contact_name=row.contact_name,
        contact_email=row.contact_email,
        role=Role(row.role),
        municipality=row.municipality,
        province=row.province,
        association=row.association,
        scopes=tuple(row.scopes),
        last_day=row.last_day,
        last_used_on=row.last_used_on,
        made_by=row.made_by,
        made_at=row.made_at,
        is_withdrawn=row.withdrawn_at is not None,
        is_valid=_is_valid(row, today),
        is_followed=is_followed,
    )


def _told(line: KeyLine) -> dict[str, object]:
    """Return what the journal keeps of a key: no contact, no secret."""
    return {
        "name": line.name,
        "role": line.role.value,
        "municipality": line.municipality,
        "province": line.province,
        "association": line.association,
        "scopes": list(line.scopes),
        "last_day": line.last_day,
    }
