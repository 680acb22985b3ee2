"""Where the sessions of a plan are: centres and desks with their points, and the ways of the teams between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eenthuis.reference.desks import ind_desks
from eenthuis.services.document_situation import Situation
from eenthuis.store import people
from eenthuis.terms.documents import DocumentSession, Standpoint
from eenthuis.terms.people import CentreCode
from eenthuis.terms.places import Point

METRES_PER_KM = 1000


@dataclass(frozen=True, slots=True)
class PlannedCentre:
    """A centre of a plan: its sessions, the people who come to them, and from which desks; ``km`` of all trips."""

    name: str
    stands: Standpoint
    sessions: int
    people: int
    desks: tuple[str, ...]
    km: int


@dataclass(frozen=True, slots=True)
class PlannedDesk:
    """A desk whose teams travel in a plan; ``km`` of all their trips, there and back."""

    name: str
    stands: Standpoint
    sessions: int
    km: int


@dataclass(frozen=True, slots=True)
class PlannedWay:
    """A way that a team goes so many times, there and back; ``km`` of one such trip."""

    desk: PlannedDesk
    centre: PlannedCentre
    sessions: int
    km: int


@dataclass(frozen=True, slots=True)
class PlannedPlaces:
    """Everything of a plan that has a place: centres by name, desks by name, and the ways between them."""

    centres: tuple[PlannedCentre, ...]
    desks: tuple[PlannedDesk, ...]
    ways: tuple[PlannedWay, ...]

    @property
    def all(self) -> int:
        """How many centres and desks there are."""
        return len(self.centres) + len(self.desks)

    @property
    def own(self) -> int:
        """How many of them stand where somebody loaded their coordinates."""
        return sum(one.stands.is_real for one in self.centres) + sum(one.stands.is_real for one in self.desks)


def plain_places(found: Situation, sessions: Sequence[DocumentSession]) -> dict[str, object]:
    """Return the points of the centres and desks of these sessions, and the desk of each team, as they are kept."""
    desks = {team.code: team.desk for team in found.teams}
    used = {one.centre for one in sessions} | {desks[one.team] for one in sessions if one.team in desks}
    return {
        "points": [
            [code, one.point.lat, one.point.lon, one.is_real]
            for code, one in sorted(found.where.items())
            if code in used
        ],
        "desks": {team: desk for team, desk in desks.items() if desk in used},
    }


def places_of(
    found: Mapping[str, object], sessions: Sequence[tuple[DocumentSession, int]]
) -> PlannedPlaces | None:
    """Return where the sessions of a plan are, each with the people it serves; None for a plan kept without points."""
    if "points" not in found:
        return None
    listed, desk_of = found["points"], found["desks"]
    assert isinstance(listed, list)  # noqa: S101 - written by ourselves
    assert isinstance(desk_of, dict)  # noqa: S101 - written by ourselves
    where = {code: Standpoint(code, Point(lat, lon), is_real) for code, lat, lon, is_real in listed}
    names = {str(one.code): one.name for one in ind_desks()}
    served, held, metres = Counter[str](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    at, by = defaultdict[str, list[DocumentSession]](list), defaultdict[str, list[DocumentSession]](list)
    for one, count in sessions:
        desk = str(desk_of.get(one.team, ""))
        at[one.centre].append(one)
        served[one.centre] += count
        if desk:
            by[desk].append(one)
            held[desk, one.centre] += 1
            metres[desk, one.centre] = one.metres
    desks = {
        code: PlannedDesk(names.get(code, code), where[code], len(own), _km(own)) for code, own in by.items()
    }
    known = people.centres()
    centres = {
        code: PlannedCentre(
            name=known[CentreCode(code)].name if CentreCode(code) in known else code,
            stands=where[code],
            sessions=len(own),
            people=served[code],
            desks=tuple(sorted(names.get(desk, desk) for desk, centre in held if centre == code)),
            km=_km(own),
        )
        for code, own in at.items()
    }
    return PlannedPlaces(
        centres=tuple(sorted(centres.values(), key=lambda one: one.name)),
        desks=tuple(sorted(desks.values(), key=lambda one: one.name)),
        ways=tuple(
            PlannedWay(desks[desk], centres[centre], count, metres[desk, centre] // METRES_PER_KM)
            for (desk, centre), count in sorted(held.items())
        ),
    )


def _km(sessions: Sequence[DocumentSession]) -> int:
    return sum(one.metres for one in sessions) // METRES_PER_KM
