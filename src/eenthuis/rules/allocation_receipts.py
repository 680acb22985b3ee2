"""The receipt of an allocation of reception places, and its computation again from nothing but that receipt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from eenthuis.law.reception import ReceptionLaw
from eenthuis.rules.allocation import Allocation, TableFacts, allocate
from eenthuis.rules.inputs import listed, mapping, people, whole, yes
from eenthuis.rules.law_lines import book_of, law_line
from eenthuis.rules.regional_table import PlaceSwapRefused
from eenthuis.terms.errors import StateError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.receipt import Receipt, make_receipt
from eenthuis.terms.reception import Offer, PlaceKind, PlaceSwap

ALLOCATE = "reception.allocate"
ALLOCATE_COLUMNS = ("share", "swapped", "durable", "standing", "offered", "added", "places")
"""The names of the values in the output of an allocation, per municipality."""


def allocation_receipt(
    *,
    made: Allocation,
    facts: TableFacts,
    shares_receipt: str,
    as_of: date,
    law: ReceptionLaw,
    code_version: str,
) -> Receipt:
    """Return the receipt of an allocation; ``shares_receipt`` is the number of that of the shares it began with."""
    return make_receipt(
        action=ALLOCATE,
        as_of=as_of,
        inputs={
            "province": made.province,
            "as_of": as_of.isoformat(),
            "shares_receipt": shares_receipt,
            "shares": dict(facts.shares),
            "durable": dict(facts.durable),
            "standing": dict(facts.standing),
            "offers": [
                [one.municipality, one.places, one.kind.value, one.is_durable] for one in facts.offers
            ],
            "swaps": [[dict(one.changes), one.kind.value, one.is_durable] for one in facts.swaps],
            "added": dict(facts.added),
            "law": [law_line(citation) for citation in law.citations],
        },
        output=_output(made),
        citations=law.citations,
        code_version=code_version,
    )


def allocate_again(inputs: Mapping[str, object]) -> dict[str, object]:
    """Allocate again with nothing but the inputs of a receipt."""
    facts = TableFacts(
        shares=people(inputs["shares"]),
        durable=people(inputs["durable"]),
        standing=people(inputs["standing"]),
        offers=tuple(_offer(one) for one in listed(inputs["offers"])),
        swaps=tuple(_swap(one) for one in listed(inputs["swaps"])),
        added=people(inputs["added"]),
    )
    law = book_of(inputs).reception(date.fromisoformat(str(inputs["as_of"])))
    outcome = allocate(ProvinceCode(str(inputs["province"])), facts, law=law)
    if isinstance(outcome, PlaceSwapRefused):
        raise StateError("STA-02", "; ".join(outcome.reasons), remedy="Use the receipt as it was written.")
    return _output(outcome)


def _output(made: Allocation) -> dict[str, object]:
    return {
        line.municipality: [
            line.share,
            line.swapped,
            line.durable,
            line.standing,
            line.offered,
            line.added,
            line.places,
        ]
        for line in made.lines
    }


def _offer(line: object) -> Offer:
    code, places, kind, is_durable = listed(line)
    return Offer(MunicipalityCode(str(code)), whole(places), PlaceKind(str(kind)), yes(is_durable))


def _swap(line: object) -> PlaceSwap:
    changes, kind, is_durable = listed(line)
    return PlaceSwap(people(mapping(changes)), PlaceKind(str(kind)), yes(is_durable))
