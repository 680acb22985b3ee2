"""Reading which sign-in providers an installation trusts: a TOML file, its secrets in the environment."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from eenthuis.terms.errors import SetupError

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
NEEDED = {"key", "label", "issuer", "client_id", "secret_variable"}
LISTS = {"scopes", "second_factor", "acr_values"}
MOST_SKEW = 300
SKEW = 60
CLAIM = "sub"
SCOPES = ("openid", "email")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Provider:
    """A sign-in provider that speaks OpenID Connect.

    ``account_claim`` is the claim that says who somebody is there and never changes; ``second_factor`` lists values of
    ``acr`` or ``amr`` that stand for a second factor given there; ``clock_skew`` is in seconds.
    """

    key: str
    label: str
    issuer: str
    client_id: str
    secret: str
    account_claim: str = CLAIM
    scopes: tuple[str, ...] = SCOPES
    second_factor: tuple[str, ...] = ()
    acr_values: tuple[str, ...] = ()
    clock_skew: int = SKEW


@cache
def read_providers(path: str) -> Mapping[str, Provider]:
    """Return the providers of a file by key; none when no file is named.

    Raises
    ------
    SetupError
        SET-04 when the file cannot be read, a provider lacks something or has something unknown, two share a key or an
        issuer, or a secret is not in the environment.
    """
    if not path:
        return {}
    try:
        text = Path(path).read_text(encoding="utf-8")
        rows = tomllib.loads(text).get("provider", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise _cannot(f"the file in OIDC_PROVIDERS cannot be read ({type(wrong).__name__})") from wrong
    found = [_provider(row, os.environ) for row in rows]
    for kind, values in (("key", [one.key for one in found]), ("issuer", [one.issuer for one in found])):
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise _cannot(f"{kind} {twice[0]!r} stands twice")
    return {one.key: one for one in found}


def _provider(row: Mapping[str, object], environment: Mapping[str, str]) -> Provider:
    name = str(row.get("key", "?"))
    missing, unknown = NEEDED - set(row), set(row) - NEEDED - LISTS - {"account_claim", "clock_skew"}
    if missing or unknown:
        what = (
            f"lacks {', '.join(sorted(missing))}" if missing else f"has unknown {', '.join(sorted(unknown))}"
        )
        raise _cannot(f"provider {name!r} {what}")
    if not KEY.fullmatch(name):
        raise _cannot(f"key {name!r} is not of small letters, digits and dashes")
    if not is_safe_address(str(row["issuer"])):
        raise _cannot(f"the issuer of {name!r} is no https address")
    secret = environment.get(str(row["secret_variable"]), "")
    if not secret:
        raise _cannot(f"the secret of {name!r} is not in the environment as {row['secret_variable']}")
    skew = row.get("clock_skew", SKEW)
    if not isinstance(skew, int) or not 0 <= skew <= MOST_SKEW:
        raise _cannot(f"clock_skew of {name!r} is not from 0 to {MOST_SKEW} seconds")
    lists = {part: _texts(name, part, row[part]) for part in LISTS & set(row)}
    if "openid" not in lists.get("scopes", SCOPES):
        raise _cannot(f"scopes of {name!r} lack openid")
    return Provider(
        key=name,
        label=str(row["label"]),
        issuer=str(row["issuer"]),
        client_id=str(row["client_id"]),
        secret=secret,
        account_claim=str(row.get("account_claim", CLAIM)),
        scopes=lists.get("scopes", SCOPES),
        second_factor=lists.get("second_factor", ()),
        acr_values=lists.get("acr_values", ()),
        clock_skew=skew,
    )


def is_safe_address(address: str) -> bool:
    """Return whether an address is reached over TLS, or is on this machine itself.

    Examples
    --------
    >>> is_safe_address("https://login.example/"), is_safe_address("http://login.example/")
    (True, False)
    """
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    )


def _texts(name: str, part: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise _cannot(f"{part} of {name!r} is not a list of texts")
    return tuple(value)


def _cannot(found: str) -> SetupError:
    return SetupError("SET-04", found, remedy="See the how-to on connecting your own sign-in.")
