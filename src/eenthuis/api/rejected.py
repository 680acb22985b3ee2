"""What is wrong with a request, each error with the part and the place it stands in, in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SENTENCES = {
    "missing": "dit ontbreekt",
    "extra_forbidden": "dit kennen we niet",
    "int_type": "dit moet een geheel getal zijn",
    "int_parsing": "dit moet een geheel getal zijn",
    "int_from_float": "dit moet een geheel getal zijn",
    "bool_type": "dit moet true of false zijn",
    "string_type": "dit moet tekst zijn",
    "string_unicode": "dit is geen geldige tekst",
    "list_type": "dit moet een lijst zijn",
    "model_type": "dit moet een object zijn",
    "model_attributes_type": "dit moet een object zijn",
    "dict_type": "dit moet een object zijn",
    "date_type": "dit moet een datum zijn, als 2026-01-31",
    "value_error": "{error}",
    "greater_than_equal": "dit moet {ge} of meer zijn",
    "less_than_equal": "dit mag niet meer dan {le} zijn",
    "string_too_short": "dit moet {min_length} of meer tekens hebben",
    "string_too_long": "dit mag niet meer dan {max_length} tekens hebben",
    "too_short": "hier moeten er {min_length} of meer staan",
    "too_long": "hier mogen er niet meer dan {max_length} staan",
    "literal_error": "dit moet een van deze zijn: {expected}",
    "enum": "dit moet een van deze zijn: {expected}",
    "string_pattern_mismatch": "dit heeft niet de gevraagde vorm {pattern}; tekst is leesbaar en staat op één regel",
    "uuid_parsing": "dit is geen nummer van deze soort",
    "uuid_type": "dit is geen nummer van deze soort",
}
"""A Dutch sentence for each kind of error that reading a request can find."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """One error: ``part`` is query, path, header or body, ``location`` the name there or a JSON pointer."""

    code: str
    detail: str
    part: str = ""
    location: str = ""


def rejected(found: Mapping[str, object]) -> Rejected:
    """Return an error of pydantic with its place as the outside knows it, and its sentence."""
    kind = str(found["type"])
    listed = found["loc"]
    path = [str(step) for step in listed] if isinstance(listed, list | tuple) else []
    part, steps = (path[0], path[1:]) if path else ("body", [])
    if part == "body":
        pointer = "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps[1:])
        location = f"#{pointer}"
    else:
        location = ".".join(steps[-1:])
    context = found.get("ctx")
    return Rejected(kind, _sentence(kind, context if isinstance(context, Mapping) else {}), part, location)


def _sentence(kind: str, context: Mapping[str, object]) -> str:
    words = {key: str(value).replace(" or ", " of ") for key, value in context.items()}
    try:
        return SENTENCES.get(kind, "deze waarde klopt niet").format(**words)
    except KeyError:
        return "deze waarde klopt niet"
