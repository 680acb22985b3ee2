"""Trained models as files: plain JSON with a digest, so that reading one never runs anything."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import VERSION
from eenthuis.matching.outcome.columns import Coding
from eenthuis.matching.outcome.model import Model
from eenthuis.terms.errors import InputError, LinkingError, Location

MODEL = "model.json"
FORM = "eenthuis-outcome-1"
"""Name of the form of the file; another form is refused."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A model as it was kept: within how many months work counts, and the digest of the file's content."""

    model: Model
    months: int
    digest: str


def model_document(model: Model, months: int) -> dict[str, object]:
    """Return a model as JSON holds it, with the digest of everything else in it."""
    document: dict[str, object] = {
        "form": FORM,
        "version": VERSION,
        "months": months,
        "people": [asdict(coding) for coding in model.people],
        "surroundings": [asdict(coding) for coding in model.surroundings],
        "places": list(model.places),
        "regions": list(model.regions),
        "known": {place: [region, list(codes)] for place, (region, codes) in model.known.items()},
        "intercept": model.intercept,
        "terms": {name: found.ravel().tolist() for name, found in model.terms.items()},
        "errors": {name: found.ravel().tolist() for name, found in model.errors.items()},
        "precision": dict(model.precision),
        "slope": model.slope,
        "shift": model.shift,
    }
    return {**document, "digest": _digest(document)}


def _digest(document: Mapping[str, object]) -> str:
    content = {key: value for key, value in document.items() if key != "digest"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def read_model(folder: Path) -> Kept:
    """Read the model of a folder.

    Raises
    ------
    InputError
        INP-07 when there is none, INP-05 when it is not JSON.
    LinkingError
        LNK-06 when it is of another form, was changed after it was made, or its parts do not fit each other.
    """
    path = folder / MODEL
    where = Location(str(path))
    try:
        document = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except OSError as wrong:
        raise InputError(
            "INP-07", "there is no model here", remedy="Give the folder that training wrote.", location=where
        ) from wrong
    except (UnicodeDecodeError, ValueError, RecursionError) as wrong:
        raise InputError(
            "INP-05",
            "the model is not JSON",
            remedy="Train it again, or ask for the file again.",
            location=where,
        ) from wrong
    if not isinstance(document, dict) or document.get("form") != FORM:
        raise _does_not_hold(f"it is not a model of the form {FORM}", where)
    if document.get("digest") != _digest(document):
        raise _does_not_hold("it was changed after it was made: its digest does not hold", where)
    try:
        return Kept(_model(document), _months(document["months"]), str(document["digest"]))
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise _does_not_hold(f"its parts do not fit each other: {wrong}", where) from wrong


def _no_number(text: str) -> float:
    raise ValueError(text)


def _does_not_hold(what: str, where: Location) -> LinkingError:
    return LinkingError("LNK-06", what, remedy="Train it again, or ask for the file again.", location=where)


def _months(value: object) -> int:
    if type(value) is not int or value < 1:
        raise ValueError("months")
    return value


def _model(document: Mapping[str, object]) -> Model:
    known = _mapping(document["known"])
    empty = Model(
        people=tuple(_coding(one) for one in _items(document["people"])),
        surroundings=tuple(_coding(one) for one in _items(document["surroundings"])),
        places=_texts(document["places"]),
        regions=_texts(document["regions"]),
        known={place: _known(one) for place, one in known.items()},
        intercept=_number(document["intercept"]),
        terms={},
        errors={},
        precision={name: _number(one) for name, one in _mapping(document["precision"]).items()},
        slope=_number(document["slope"]),
        shift=_number(document["shift"]),
    )
    shapes = empty.shapes()
    around = shapes["surroundings"][0]
    if any(len(codes) != around for _, codes in empty.known.values()):
        raise ValueError("codes of places")
    terms, errors = (
        {name: _array(one, shapes[name]) for name, one in _mapping(document[part]).items()}
        for part in ("terms", "errors")
    )
    return Model(
        **{name: getattr(empty, name) for name in Model.__slots__} | {"terms": terms, "errors": errors}
    )


def _coding(value: object) -> Coding:
    part = _mapping(value)
    numbers = {name: _number(part[name]) for name in ("mean", "scale", "low", "high")}
    if (
        numbers["scale"] <= 0
        or not isinstance(part["marks_empty"], bool)
        or set(part) != set(Coding.__slots__)
    ):
        raise ValueError("a column")
    return Coding(
        str(part["name"]), levels=_texts(part["levels"]), marks_empty=part["marks_empty"], **numbers
    )


def _known(value: object) -> tuple[str, tuple[float, ...]]:
    region, codes = _items(value)
    return str(region), tuple(_number(code) for code in _items(codes))


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError("a part is not an object")
    return value


def _items(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("a part is not a list")
    return value


def _texts(value: object) -> tuple[str, ...]:
    found = _items(value)
    if not all(isinstance(one, str) for one in found) or len(set(map(str, found))) != len(found):
        raise TypeError("a list of different texts was expected")
    return tuple(map(str, found))


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError("a finite number was expected")
    return float(value)


def _array(value: object, shape: tuple[int, ...]) -> NDArray[np.float64]:
    return np.array([_number(one) for one in _items(value)], np.float64).reshape(shape)
