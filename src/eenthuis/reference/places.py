"""Municipalities, provinces and mergers, looked up by code, name and day."""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from eenthuis.reference.tables import rows
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.places import (
    LinkingRegion,
    Merger,
    Municipality,
    MunicipalityCode,
    Point,
    Province,
    ProvinceCode,
)


@cache
def _everything() -> Mapping[MunicipalityCode, Municipality]:
    other_names: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows("other_names"):
        other_names[row["code"]].append(row["name"])
    found = {}
    for row in rows("municipalities"):
        code = MunicipalityCode(row["code"])
        found[code] = Municipality(
            code=code,
            name=row["name"],
            official_name=row["official_name"],
            province=ProvinceCode(row["province"]),
            corop=row["corop"],
            point=Point(float(row["lat"]), float(row["lon"])) if row["lat"] else None,
            first_day=date.fromisoformat(row["first_day"]),
            last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
            other_names=tuple(other_names[row["code"]]),
        )
    return MappingProxyType(found)


@cache
def municipalities(on: date) -> tuple[Municipality, ...]:
    """Return the municipalities that existed on a day, by code.

    Raises
    ------
    ReferenceFactError
        REF-03 for a day before the packaged facts begin.

    Examples
    --------
    >>> len(municipalities(date(2022, 3, 23))), len(municipalities(date(2022, 3, 24)))
    (345, 344)
    """
    found = tuple(m for m in sorted(_everything().values(), key=lambda m: m.code) if m.exists_on(on))
    if not found:
        earliest = min(m.first_day for m in _everything().values())
        raise ReferenceFactError(
            "REF-03",
            f"no municipalities are packaged for {on.isoformat()}; the facts begin on {earliest.isoformat()}",
            remedy="Ask for a later day, or hand in your own list.",
        )
    return found


def municipalities_ever(province: ProvinceCode) -> frozenset[MunicipalityCode]:
    """Return the codes of all municipalities that lie or lay in a province; a merged one keeps its rows.

    Examples
    --------
    >>> len(municipalities_ever(ProvinceCode("PV26"))) >= 26
    True
    """
    return frozenset(found.code for found in _everything().values() if found.province == province)


def municipality(code: str, on: date | None = None) -> Municipality:
    """Return one municipality by its CBS code, checked to exist on a day when one is given.

    Raises
    ------
    ReferenceFactError
        REF-01 when the code is unknown; REF-03 when it did not exist on the day, naming where its people
        went.
    """
    found = _everything().get(MunicipalityCode(code.strip().upper()))
    if found is None:
        near = difflib.get_close_matches(code.strip().upper(), list(_everything()), n=3)
        raise ReferenceFactError(
            "REF-01",
            f"no municipality has the code {code!r}",
            remedy=f"Near codes: {', '.join(near)}." if near else "Use a CBS code such as GM0344.",
        )
    if on is not None and not found.exists_on(on):
        raise _not_then(found, on)
    return found


def find(name_or_code: str, on: date) -> Municipality:
    """Return the municipality that a name or code means on a day.

    Case, accents and punctuation do not matter; common spellings such as "Den Haag" are known.

    Raises
    ------
    ReferenceFactError
        REF-01 unknown, with near names; REF-02 when several bear the name, with each of them; REF-03 when it
        did not exist on the day.

    Examples
    --------
    >>> find("den haag", date(2023, 1, 1)).code
    'GM0518'
    """
    asked = name_or_code.strip()
    if asked[:2].upper() == "GM" and asked[2:].isdigit():
        return municipality(asked, on)
    candidates = [_everything()[code] for code in _names().get(_folded(asked), ())]
    living = [m for m in candidates if m.exists_on(on)]
    if len(living) == 1:
        return living[0]
    if len(living) > 1:
        meant = ", ".join(f"{m.official_name} ({m.code})" for m in living)
        raise ReferenceFactError(
            "REF-02", f"{asked!r} can mean {meant}", remedy="Use the code, or the name with its province."
        )
    if candidates:
        raise _not_then(candidates[0], on)
    near = difflib.get_close_matches(_folded(asked), list(_names()), n=3, cutoff=0.7)
    meant = ", ".join(f"{_everything()[code].name} ({code})" for name in near for code in _names()[name])
    raise ReferenceFactError(
        "REF-01",
        f"no municipality is called {asked!r}",
        remedy=f"Did you mean {meant}?" if meant else "Use the official name or the CBS code.",
    )


def mergers(after: date | None = None, until: date | None = None) -> tuple[Merger, ...]:
    """Return the mergers and border changes after one day up to and including another, oldest first."""
    every = (
        Merger(
            day=date.fromisoformat(row["day"]),
            giving=MunicipalityCode(row["giving"]),
            receiving=MunicipalityCode(row["receiving"]),
            people=int(row["people"]),
        )
        for row in rows("mergers")
    )
    return tuple(m for m in every if (after is None or m.day > after) and (until is None or m.day <= until))


@cache
def provinces() -> tuple[Province, ...]:
    """Return the twelve provinces with the linking region each belongs to, by code."""
    return tuple(
        Province(ProvinceCode(row["code"]), row["name"], LinkingRegion(row["region"]))
        for row in rows("provinces")
    )


def province(asked: str) -> Province:
    """Return the province that a code, name or name of a folder means.

    Raises
    ------
    ReferenceFactError
        REF-01 when there is none, with the names of all.

    Examples
    --------
    >>> province("noord-brabant").code, province("PV26").name
    ('PV30', 'Utrecht')
    """
    for one in provinces():
        if _folded(asked) in {_folded(one.code), _folded(one.name)}:
            return one
    raise ReferenceFactError(
        "REF-01",
        f"no province is called {asked!r}",
        remedy=f"Use one of {', '.join(one.name for one in provinces())}, or its CBS code.",
    )


def province_place(found: Province) -> str:
    """Return the name under which the law book keeps the values of a province, such as ``noord-brabant``."""
    return _folded(found.name).replace(" ", "-")


@cache
def supervising_places() -> Mapping[MunicipalityCode, str]:
    """Return for every municipality ever packaged the place in the law book of the province that supervises it."""
    places = {one.code: province_place(one) for one in provinces()}
    return MappingProxyType({code: places[m.province] for code, m in _everything().items()})


@cache
def corop_areas() -> Mapping[str, str]:
    """Return the names of the forty COROP areas by their two-digit code."""
    return MappingProxyType({row["code"]: row["name"] for row in rows("corop_areas")})


@cache
def _names() -> Mapping[str, tuple[MunicipalityCode, ...]]:
    found: defaultdict[str, dict[MunicipalityCode, None]] = defaultdict(dict)
    for m in _everything().values():
        for name in (m.name, m.official_name, *m.other_names):
            found[_folded(name)][m.code] = None
    return {name: tuple(codes) for name, codes in found.items()}


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in bare.replace("'", "")).split())


def _not_then(found: Municipality, on: date) -> ReferenceFactError:
    if on < found.first_day:
        return ReferenceFactError(
            "REF-03",
            f"{found.name} ({found.code}) is packaged from {found.first_day}; asked for {on}",
            remedy="Use the municipalities of that day.",
        )
    went = [m for m in mergers() if m.giving == found.code]
    into = ", ".join(f"{_everything()[m.receiving].name} ({m.receiving})" for m in went)
    return ReferenceFactError(
        "REF-03",
        f"{found.name} ({found.code}) existed until {found.last_day}; asked for {on.isoformat()}",
        remedy=f"Its inhabitants went to {into}." if into else "Use the municipalities of that day.",
    )
