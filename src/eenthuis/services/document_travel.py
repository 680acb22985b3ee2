"""From where teams can go: coordinates of desks and centres and teams with vans, loaded from files and kept by date."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from eenthuis.connect.document_files import read_coordinates, read_teams
from eenthuis.connect.text import handed_in
from eenthuis.reference.desks import ind_desks, point_of
from eenthuis.services.access import may, require
from eenthuis.store import journal, people
from eenthuis.store import travel as stored
from eenthuis.store.travel import OwnPoint, TravelFile
from eenthuis.terms.access import Actor
from eenthuis.terms.documents import DocumentTeam
from eenthuis.terms.errors import InputError, InputErrors, Location
from eenthuis.terms.places import Point

MOST_TEAM_STAFF, MOST_TEAM_VANS = 200, 50
LONGEST_SOURCE, LONGEST_CODE, LONGEST_NAME = 300, 20, 120
UNNAMED = "file.csv"
FURTHEST_DAYS = 366
"""A file holds at most from so many days ahead."""

OWN_DESK = re.compile(r"IND-[A-Z0-9-]{1,16}")
"""A code of a desk that is not packaged."""


@dataclass(frozen=True, slots=True)
class TravelPlace:
    """Where a desk or a centre stands today; ``own`` is None where the point of its municipality is used instead."""

    code: str
    name: str
    is_desk: bool
    point: Point
    own: OwnPoint | None


@dataclass(frozen=True, slots=True)
class TravelPage:
    """Everything a plan of today takes as where it is and who travels, and every file that was loaded."""

    places: tuple[TravelPlace, ...]
    teams: tuple[DocumentTeam, ...]
    teams_file: TravelFile | None
    files: tuple[TravelFile, ...]
    may_load: bool

    @property
    def own_places(self) -> int:
        """How many desks and centres have coordinates of their own."""
        return sum(one.own is not None for one in self.places)


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as somebody hands it in: its bytes and name, from which day it holds, and where it comes from."""

    content: bytes
    name: str
    first_day: date
    source: str


def read_travel(*, actor: Actor, today: date) -> TravelPage:
    """Return where desks and centres stand today, which teams travel, and the files behind both.

    Raises
    ------
    AccessError
        ACC-01 when this role sees none.
    """
    require(actor, "see-documents")
    own = stored.points_on(today)
    listed = [(str(one.code), one.name, one.municipality, False) for one in people.centres().values()]
    listed += [(str(one.code), one.name, one.municipality, True) for one in ind_desks() if one.is_open(today)]
    known = {code for code, *_ in listed}
    places = [
        TravelPlace(code, name, is_desk, own[code].point if code in own else point_of(place), own.get(code))
        for code, name, place, is_desk in listed
    ]
    places += [
        TravelPlace(code, code, OWN_DESK.fullmatch(code) is not None, one.point, one)
        for code, one in own.items()
        if code not in known
    ]
    held = stored.teams_on(today)
    return TravelPage(
        places=tuple(sorted(places, key=lambda one: (not one.is_desk, one.name, one.code))),
        teams=held[1] if held else (),
        teams_file=held[0] if held else None,
        files=stored.files(),
        may_load=may(actor, "plan-session"),
    )


def load_coordinates(*, actor: Actor, given: GivenFile, today: date) -> int:
    """Load coordinates from a CSV ``code,lat,lon``; return how many. Earlier files stay, and a plan uses the newest.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError, InputErrors
        With every row that is wrong: INP-01 for a code of no centre and no desk; nothing is kept then.
    """
    require(actor, "plan-session")
    _check(given, today)
    with _handed_in(given) as file:
        found = read_coordinates(file)
    known = {str(code) for code in people.centres()} | {str(one.code) for one in ind_desks()}
    strange = [code for code in found if code not in known and not OWN_DESK.fullmatch(code)]
    if strange:
        raise InputErrors(tuple(_unknown(given, code) for code in strange))
    with transaction.atomic():
        number = stored.add_points(
            found,
            first_day=given.first_day,
            source=given.source.strip(),
            name=_named(given),
            decided_by=actor.name,
        )
        _tell(actor, number, given, len(found))
    return len(found)


def load_teams(*, actor: Actor, given: GivenFile, today: date) -> int:
    """Load teams from a CSV ``code,desk,staff,vans`` and where wanted ``first_day,last_day``; return how many.

    The file takes the place of all teams from its first day on; a desk is packaged, or has coordinates by then.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError, InputErrors
        With every row that is wrong; nothing is kept then.
    """
    require(actor, "plan-session")
    _check(given, today)
    own = stored.points_on(max(today, given.first_day))
    with _handed_in(given) as file:
        found = read_teams(file, {code for code in own if OWN_DESK.fullmatch(code)})
    _check_teams(given, found)
    with transaction.atomic():
        number = stored.add_teams(
            found,
            first_day=given.first_day,
            source=given.source.strip(),
            name=_named(given),
            decided_by=actor.name,
        )
        _tell(actor, number, given, len(found))
    return len(found)


def _check(given: GivenFile, today: date) -> None:
    if not given.source.strip():
        raise InputError(
            "INP-04",
            "no source was given",
            remedy="Say where the file comes from.",
            location=Location(column="source"),
        )
    if len(given.source) > LONGEST_SOURCE:
        raise InputError(
            "INP-06",
            "the source is too long",
            remedy="Say it in fewer words.",
            location=Location(column="source"),
        )
    if not today - timedelta(days=FURTHEST_DAYS) <= given.first_day <= today + timedelta(days=FURTHEST_DAYS):
        raise InputError(
            "INP-06",
            f"{given.first_day.isoformat()} is too far away",
            remedy="Choose a day within a year.",
            location=Location(column="first_day", value=given.first_day.isoformat()),
        )


def _check_teams(given: GivenFile, teams: Collection[DocumentTeam]) -> None:
    wrong = tuple(
        InputError(
            "INP-06",
            f"{column} of team {one.code} is {value}",
            remedy=f"Write at most {most}.",
            location=Location(_named(given), column=column, value=str(value)),
        )
        for one in teams
        for column, value, most in (
            ("code", len(one.code), LONGEST_CODE),
            ("staff", one.staff, MOST_TEAM_STAFF),
            ("vans", one.vans, MOST_TEAM_VANS),
        )
        if value > most
    )
    if wrong:
        raise InputErrors(wrong)


def _unknown(given: GivenFile, code: str) -> InputError:
    return InputError(
        "INP-01",
        f"{code!r} is no centre and no desk",
        remedy="Write the code of a centre or desk as it stands on the page; a desk of your own begins with IND-.",
        location=Location(_named(given), column="code", value=code),
    )


def _handed_in(given: GivenFile) -> AbstractContextManager[Path]:
    return handed_in(given.content, _named(given), otherwise=UNNAMED)


def _named(given: GivenFile) -> str:
    return (Path(given.name).name or UNNAMED)[-LONGEST_NAME:]


def _tell(actor: Actor, number: int, given: GivenFile, rows: int) -> None:
    after = {"rows": rows, "source": given.source.strip(), "from": given.first_day}
    journal.write(actor, "load-travel", f"travel file {number}", after=after)
