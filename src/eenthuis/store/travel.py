"""Where desks and centres are and which teams travel, as rows and back; the newest file that holds on a day counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eenthuis.store.travel_models import StandpointRow, TravelFileRow, TravelTeamRow
from eenthuis.terms.documents import DeskCode, DocumentTeam, TeamCode
from eenthuis.terms.places import Point


@dataclass(frozen=True, slots=True)
class TravelFile:
    """A file that was loaded: what is in it, from which day it holds, and where it comes from."""

    number: int
    kind: str
    first_day: date
    source: str
    name: str
    loaded_by: str
    loaded_at: datetime
    rows: int


@dataclass(frozen=True, slots=True)
class OwnPoint:
    """Coordinates that were loaded for a code, and the file they are from."""

    point: Point
    file: TravelFile


def files() -> tuple[TravelFile, ...]:
    """Return every file that was loaded, newest first."""
    rows = TravelFileRow.objects.prefetch_related("standpoints", "teams").order_by("-pk")
    return tuple(_file(row) for row in rows)


def points_on(day: date) -> Mapping[str, OwnPoint]:
    """Return the coordinates that hold on a day by code: those of the file that begins last, and of two the newest."""
    found: dict[str, OwnPoint] = {}
    rows = TravelFileRow.objects.filter(kind="coordinates", first_day__lte=day)
    for row in rows.prefetch_related("standpoints", "teams").order_by("first_day", "pk"):
        file = _file(row)
        found |= {
            one.code: OwnPoint(Point(float(one.lat), float(one.lon)), file) for one in row.standpoints.all()
        }
    return found


def teams_on(day: date) -> tuple[TravelFile, tuple[DocumentTeam, ...]] | None:
    """Return the teams that hold on a day with their file; None where none were loaded. A file replaces all teams."""
    rows = TravelFileRow.objects.filter(kind="teams", first_day__lte=day)
    row = rows.prefetch_related("standpoints", "teams").order_by("-first_day", "-pk").first()
    return None if row is None else (_file(row), _teams(row))


def teams_of(number: int) -> tuple[DocumentTeam, ...]:
    """Return the teams of one file, by code; none when there is no such file."""
    row = TravelFileRow.objects.prefetch_related("teams").filter(pk=number, kind="teams").first()
    return () if row is None else _teams(row)


def add_points(
    points: Mapping[str, Point], *, first_day: date, source: str, name: str, decided_by: str
) -> int:
    """Add a file of coordinates, and return its number."""
    file = TravelFileRow.objects.create(
        kind="coordinates", first_day=first_day, source=source, name=name, decided_by=decided_by
    )
    StandpointRow.objects.bulk_create(
        [
            StandpointRow(file=file, code=code, lat=f"{at.lat:.6f}", lon=f"{at.lon:.6f}")
            for code, at in points.items()
        ]
    )
    return file.pk


def add_teams(
    teams: Sequence[DocumentTeam], *, first_day: date, source: str, name: str, decided_by: str
) -> int:
    """Add a file of teams, and return its number."""
    file = TravelFileRow.objects.create(
        kind="teams", first_day=first_day, source=source, name=name, decided_by=decided_by
    )
    TravelTeamRow.objects.bulk_create(
        [
            TravelTeamRow(
                file=file,
                code=one.code,
                desk=one.desk,
                staff=one.staff,
                vans=one.vans,
                first_day=one.first_day,
                last_day=one.last_day,
            )
            for one in teams
        ]
    )
    return file.pk


def _teams(row: TravelFileRow) -> tuple[DocumentTeam, ...]:
    return tuple(
        DocumentTeam(TeamCode(one.code), DeskCode(one.desk), one.staff, one.vans, one.first_day, one.last_day)
        for one in sorted(row.teams.all(), key=lambda one: one.code)
    )


def _file(row: TravelFileRow) -> TravelFile:
    return TravelFile(
        number=row.pk,
        kind=row.kind,
        first_day=row.first_day,
        source=row.source,
        name=row.name,
        loaded_by=row.decided_by,
        loaded_at=row.decided_at,
        rows=len(row.standpoints.all()) + len(row.teams.all()),
    )
