"""Reading the plain inputs of a receipt back; what is of another kind is a ``TypeError``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eenthuis.terms.places import MunicipalityCode


def mapping(value: object) -> Mapping[str, object]:
    """Return ``value`` as a mapping."""
    if not isinstance(value, Mapping):
        raise TypeError(type(value).__name__)
    return value


def listed(value: object) -> Sequence[object]:
    """Return ``value`` as a list."""
    if not isinstance(value, list | tuple):
        raise TypeError(type(value).__name__)
    return value


def whole(value: object) -> int:
    """Return ``value`` as a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(type(value).__name__)
    return value


def whole_or_none(value: object) -> int | None:
    """Return ``value`` as a whole number, None where it is not known."""
    return None if value is None else whole(value)


def yes(value: object) -> bool:
    """Return ``value`` as yes or no."""
    if not isinstance(value, bool):
        raise TypeError(type(value).__name__)
    return value


def people(value: object) -> dict[MunicipalityCode, int]:
    """Return ``value`` as people per municipality."""
    return {MunicipalityCode(code): whole(number) for code, number in mapping(value).items()}
