"""The reception centres, for who moves households between them."""

from __future__ import annotations

from eenthuis.services.access import require
from eenthuis.store import people
from eenthuis.terms.access import Actor
from eenthuis.terms.people import ReceptionCentre


def centres_with_sessions(*, actor: Actor) -> tuple[ReceptionCentre, ...]:
    """Return every reception centre, by name, to whoever sees sessions at centres.

    Raises
    ------
    AccessError
        ACC-01 when this role sees none.
    """
    require(actor, "see-documents")
    return _by_name()


def read_centres(*, actor: Actor) -> tuple[ReceptionCentre, ...]:
    """Return every reception centre, by name.

    Raises
    ------
    AccessError
        ACC-01 when this role may not move households between centres.
    """
    require(actor, "change-centre")
    return _by_name()


def _by_name() -> tuple[ReceptionCentre, ...]:
    return tuple(sorted(people.centres().values(), key=lambda one: (one.name, one.code)))
