"""Announcements as pages show them, with their legal remarks."""

from __future__ import annotations

from eenthuis.law import law_book
from eenthuis.rules.announcing import remarks
from eenthuis.rules.deadlines import announcement_deadline
from eenthuis.services.read_models import AnnouncementView
from eenthuis.store import announcements as stored
from eenthuis.terms.half_year import HalfYear


def views(half_year: HalfYear) -> tuple[AnnouncementView, ...]:
    """Return the announcements of a half-year, each with its remarks; the last one is in force."""
    listed = stored.announcements(half_year)
    law = law_book().targets(half_year)
    by_name = {announcement.identifier: announcement for announcement in listed}
    replaced = {announcement.replaces for announcement in listed}
    return tuple(
        AnnouncementView(
            announcement=announcement,
            remarks=remarks(
                half_year=half_year,
                people=announcement.people,
                announced_on=announcement.announced_on,
                known_by=announcement.known_by,
                replaced_people=by_name[announcement.replaces].people if announcement.replaces else None,
                law=law,
            ),
            deadline=announcement_deadline(half_year, law),
            is_in_force=announcement.identifier not in replaced,
        )
        for announcement in listed
    )
