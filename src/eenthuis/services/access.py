"""The first step of every use case: whether the actor may."""

from __future__ import annotations

from eenthuis import reference
from eenthuis.access import decide
from eenthuis.terms.access import Actor, Place, Reach, Verdict
from eenthuis.terms.errors import AccessError
from eenthuis.terms.places import MunicipalityCode


def place_of(code: MunicipalityCode) -> Place:
    """Return a municipality with the province it lies in."""
    return Place(province=reference.municipality(code).province, municipality=code)


def own_province(actor: Actor) -> Place:
    """Return the place of an actor that has a province, and any place for one that has none."""
    return Place(province=actor.province) if actor.province else Place()


def require(actor: Actor, action: str, place: Place | None = None) -> Verdict:
    """Return the verdict when the actor may.

    Raises
    ------
    AccessError
        ACC-01 when the action is not for this role at all; ACC-02, "not found", when it is, but not here.
    """
    verdict = decide(actor, action, place or Place())
    if verdict.allowed:
        return verdict
    if verdict.reach in {Reach.NOTHING, Reach.AGGREGATES, Reach.OWN_HOMES}:
        raise AccessError("ACC-01", verdict.reason, remedy="Sign in with an account that may.")
    raise AccessError("ACC-02", "nothing by that name within your reach", remedy="Check the name or code.")


def require_somewhere(actor: Actor, action: str) -> None:
    """Pass when an action is for the role of the actor in some place; what lies where is asked after that.

    Raises
    ------
    AccessError
        ACC-01 when it is for this role nowhere.
    """
    if decide(actor, action, Place()).reach is Reach.NOTHING:
        require(actor, action)


def in_person(actor: Actor) -> None:
    """Refuse who stands in for another, for what would last longer or open more than standing in.

    Raises
    ------
    AccessError
        ACC-04 while standing in for another.
    """
    if actor.hand:
        raise AccessError("ACC-04", "this is done in person only", remedy="Stop standing in first.")


def person(actor: Actor) -> str:
    """Return who really does it: while standing in for another, the hand and not the name it acts under."""
    return actor.hand or actor.name


def is_other(actor: Actor, *before: str) -> bool:
    """Return whether the actor is another pair of eyes than those before, which were kept as :func:`person` gave them.

    Who stands in for a colleague is somebody else than that colleague, and nobody else than oneself.
    """
    return person(actor) not in before


def require_eyes(actor: Actor) -> None:
    """Refuse a program with a key where a second person is asked for: whoever holds the key may be the first one.

    Raises
    ------
    AccessError
        ACC-03 for a key.
    """
    if actor.scopes is not None:
        raise AccessError(
            "ACC-03", "a key is no second person", remedy="Let a colleague look at it on the pages."
        )


def may(actor: Actor, action: str, place: Place | None = None) -> bool:
    """Return whether the actor may."""
    return decide(actor, action, place or Place()).allowed
