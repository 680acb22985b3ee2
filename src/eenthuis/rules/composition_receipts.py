"""The receipt of published family composition: anyone can see again that no small count is shown and that sums hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from eenthuis.law.records import CompositionLaw
from eenthuis.rules.inputs import mapping, whole, whole_or_none
from eenthuis.terms.composition import Publication
from eenthuis.terms.errors import StateError
from eenthuis.terms.receipt import Receipt, digest, make_receipt

PUBLISH = "composition.publish"
PUBLISH_COLUMNS = ("shown", "hidden")


def publication_receipt(
    publication: Publication, *, law: CompositionLaw, secret: Mapping[str, int], code_version: str
) -> Receipt:
    """Return the receipt of a publication: what is shown, and the digest of all counts, the hidden ones too."""
    shown = {
        cell.key: publication.shown(cell) for cell in sorted(publication.counts, key=lambda cell: cell.key)
    }
    inputs: dict[str, object] = {
        "month": publication.month.isoformat(),
        "floor": law.floor,
        "protection": law.protection,
        "shown": shown,
        "all_counts": digest(secret),
    }
    return make_receipt(
        action=PUBLISH,
        as_of=publication.month,
        inputs=inputs,
        output=publish_again(inputs),
        citations=law.citations,
        code_version=code_version,
    )


def publish_again(inputs: Mapping[str, object]) -> dict[str, object]:
    """Return per place how many counts of it are shown and hidden; a small count that is shown is refused."""
    floor = whole(inputs["floor"])
    date.fromisoformat(str(inputs["month"]))
    shown: dict[str, int] = {}
    hidden: dict[str, int] = {}
    for key, value in mapping(inputs["shown"]).items():
        count = whole_or_none(value)
        place = str(key).split("/")[2]
        if count is not None and 0 < count < floor:
            raise StateError(
                "STA-04", f"{key} shows {count}, below {floor}", remedy="Do not use this publication."
            )
        part = hidden if count is None else shown
        part[place] = part.get(place, 0) + 1
    places = sorted(shown.keys() | hidden.keys())
    return {place: [shown.get(place, 0), hidden.get(place, 0)] for place in places}


def publication_differences(receipt: Receipt) -> tuple[str, ...]:
    """Return where the citations name another floor or protection than the publication was made with."""
    cited = {citation.key: citation.value for citation in receipt.citations}
    return tuple(
        f"the receipt cites disclosure.{name} as {cited.get(f'disclosure.{name}')!r}, not {receipt.inputs[name]!r}"
        for name in ("floor", "protection")
        if cited.get(f"disclosure.{name}") != str(receipt.inputs[name])
    )
