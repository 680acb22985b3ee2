"""For whom the database answers: the scope that the policies of the tables go by (see :mod:`row_security`).

A scope belongs to the request, not to the connection. Every statement carries it for the length of its own
transaction (:mod:`eenthuis.store.scoped`), so a connection that is used again has nothing of the one before on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from typing import Final, ParamSpec, TypeVar

from eenthuis import reference
from eenthuis.terms.access import Actor
from eenthuis.terms.places import ProvinceCode

COUNTING: Final = "counting"
"""Reads every row and writes none: for counts of the whole country that go to people who may not see its rows."""

WHOLE: Final = "whole"
"""Reads and writes every row: for work that nobody asked for by name, such as erasing what is past its term."""

Given = ParamSpec("Given")
Count = TypeVar("Count")
SETTINGS: Final = ("role", "actor", "municipality", "province", "association")


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, and the places that are its own; ``province`` lists its municipalities, present and past."""

    role: str = ""
    actor: str = ""
    municipality: str = ""
    province: str = ""
    association: str = ""


NOBODY = Scope()
"""No scope at all: a table with people shows nothing."""

_now: ContextVar[Scope] = ContextVar("scope", default=NOBODY)


def current() -> Scope:
    """Return the scope of what is being done now."""
    return _now.get()


def scope_of(actor: Actor) -> Scope:
    """Return the scope of an actor."""
    return Scope(
        role=actor.role.value,
        actor=actor.name,
        municipality=actor.municipality or "",
        province=_municipalities_of(actor.province) if actor.province else "",
        association=actor.association or "",
    )


@cache
def _municipalities_of(province: ProvinceCode) -> str:
    return ",".join(sorted(reference.municipalities_ever(province)))


@contextmanager
def within(scope: Scope) -> Iterator[None]:
    """Ask in a scope until the block ends."""
    token = _now.set(scope)
    try:
        yield
    finally:
        _now.reset(token)


@contextmanager
def whole(name: str) -> Iterator[None]:
    """Read and write every row until the block ends; ``name`` says in the journal which work of the service does."""
    with within(Scope(role=WHOLE, actor=name)):
        yield


def counts(function: Callable[Given, Count]) -> Callable[Given, Count]:
    """Let a function count over every row; it returns sums and no row, number or name of a household.

    Without a scope nothing is changed: there is no request whose reach would be widened.
    """

    @wraps(function)
    def counting(*given: Given.args, **named: Given.kwargs) -> Count:
        if current() == NOBODY:
            return function(*given, **named)
        with within(Scope(role=COUNTING)):
            return function(*given, **named)

    counting.counts_everyone = True  # type: ignore[attr-defined]
    return counting
