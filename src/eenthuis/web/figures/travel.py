"""A map of a plan of sessions: centres by the people served, desks, and the ways of the teams between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from xml.sax.saxutils import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eenthuis.services.document_plan_places import PlannedDesk, PlannedPlaces
from eenthuis.terms.documents import Standpoint
from eenthuis.terms.places import MunicipalityCode, Point
from eenthuis.web.figures.map import HEIGHT, WIDTH, Polygons, Projection, ring_path
from eenthuis.web.figures.svg import element, picture, text

SMALLEST, LARGEST = 10.0, 20.0
GROUND, DESK = 2.5, 11
BELOW = 5
"""Half the height of a digit."""


def travel_map(
    places: PlannedPlaces,
    *,
    ground: Sequence[Point],
    boundaries: Mapping[MunicipalityCode, Polygons],
) -> SafeString:
    """Draw a plan on the country: a number in each centre is its sessions, a line the way from a desk.

    The country is drawn by its boundaries where they were loaded, else by a point in each municipality of ``ground``.
    The table beside it says the same.
    """
    place = Projection(
        (point.lon, point.lat) for point in (*ground, *(one.stands.point for one in places.centres))
    )
    most = max((one.people for one in places.centres), default=1)
    parts = _country(place, ground, boundaries)
    for way in places.ways:
        (x1, y1), (x2, y2) = _at(place, way.desk.stands), _at(place, way.centre.stands)
        title = _("%(desk)s – %(centre)s: %(sessions)s keer, %(km)s km heen en terug") % {
            "desk": way.desk.name,
            "centre": way.centre.name,
            "sessions": way.sessions,
            "km": way.km,
        }
        parts.append(
            element("line", element("title", escape(title)), x1=x1, y1=y1, x2=x2, y2=y2, class_="ee-way")
        )
    for centre in sorted(places.centres, key=lambda one: -one.people):
        x, y = _at(place, centre.stands)
        told = ngettext("%(count)s uitgiftedag", "%(count)s uitgiftedagen", centre.sessions) % {
            "count": centre.sessions
        }
        title = f"{centre.name}: {told}, {centre.people} {_('mensen')}"
        radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(centre.people / most)
        parts.append(
            element("circle", element("title", escape(title)), cx=x, cy=y, r=radius, class_="ee-stop")
        )
        parts.append(text(centre.sessions, x=x, y=y + BELOW, text_anchor="middle", class_="ee-stop-number"))
    for desk in places.desks:
        parts += _desk(place, desk)
    title = _(
        "%(centres)s opvanglocaties met een uitgiftedag, en de wegen van teams van %(desks)s loketten."
    ) % {
        "centres": len(places.centres),
        "desks": len(places.desks),
    }
    return picture(parts, width=WIDTH, height=HEIGHT, name="travel", title=title)


def _desk(place: Projection, desk: PlannedDesk) -> list[str]:
    """Return the square of a desk with its name on the side where there is room."""
    x, y = _at(place, desk.stands)
    is_right = x > WIDTH / 2
    beside = x + (-DESK - BELOW if is_right else DESK + BELOW)
    anchor = "end" if is_right else "start"
    return [
        element("rect", x=x - DESK, y=y - DESK, width=2 * DESK, height=2 * DESK, class_="ee-desk"),
        text(desk.name, x=beside, y=y + BELOW, text_anchor=anchor, class_="ee-desk-name"),
    ]


def _country(
    place: Projection, ground: Sequence[Point], boundaries: Mapping[MunicipalityCode, Polygons]
) -> list[str]:
    if boundaries:
        return [
            element(
                "path",
                d="".join(ring_path(ring, place) for rings in polygons for ring in rings),
                fill_rule="evenodd",
                class_="ee-ground",
            )
            for _code, polygons in sorted(boundaries.items())
        ]
    spots = [place((point.lon, point.lat)) for point in ground]
    return [element("circle", cx=x, cy=y, r=GROUND, class_="ee-ground") for x, y in spots]


def _at(place: Projection, stands: Standpoint) -> tuple[float, float]:
    return place((stands.point.lon, stands.point.lat))
