"""The one question of access: whether this actor may do this here."""

from __future__ import annotations

from typing import assert_never

from eenthuis.access.matrix import actions
from eenthuis.terms.access import Actor, Place, Reach, Verdict


def decide(actor: Actor, action: str, place: Place) -> Verdict:
    """Return whether ``actor`` may do ``action`` at ``place``, with the row that decided.

    An action that is not in the matrix is nobody's. ``aggregates`` and ``own-homes`` do not allow the thing itself;
    the reach in the verdict tells the caller what it may show instead. A program with an API key is held to the
    actions its key names.

    Examples
    --------
    >>> from eenthuis.terms.access import Role
    >>> decide(Actor("coa", Role.COA), "confirm-link", Place()).allowed
    True
    >>> decide(Actor("anyone", Role.PUBLIC), "confirm-link", Place()).reason
    'confirm-link is not for public'
    """
    row = actions().get(action)
    if row is None:
        return Verdict(
            allowed=False, reach=Reach.NOTHING, row="", reason=f"{action} is in no row of the matrix"
        )
    role = actor.role_for(action)
    reach = row.reach[role]
    match reach:
        case Reach.NATION:
            allowed, reason = True, f"{action} is for {role} in the whole country"
        case Reach.OWN_PROVINCE:
            allowed = actor.province is not None and place.province == actor.province
            reason = f"{action} is for {role} in its own province"
        case Reach.OWN_MUNICIPALITY:
            allowed = actor.municipality is not None and place.municipality == actor.municipality
            reason = f"{action} is for {role} in its own municipality"
        case Reach.OWN_HOMES | Reach.AGGREGATES:
            allowed, reason = False, f"{action} is for {role} in {reach} only"
        case Reach.NOTHING:
            allowed, reason = False, f"{action} is not for {role}"
        case _:
            assert_never(reach)
    return Verdict(allowed=allowed, reach=reach, row=action, reason=reason)
