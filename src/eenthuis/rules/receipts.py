"""Making the receipts of targets, and computing them again from nothing but the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from eenthuis.law.book import law_book
from eenthuis.law.records import ReferenceRule, TargetLaw
from eenthuis.rules.realisation import carried_over, corrected
from eenthuis.rules.targets import net_targets
from eenthuis.terms.errors import InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import Inhabitants, MunicipalityCode
from eenthuis.terms.receipt import Receipt, digest, make_receipt
from eenthuis.terms.targets import CorrectedTarget, NetTargets

COMPUTE = "targets.compute"
CORRECT = "targets.correct"


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What computing a receipt again gave; ``differences`` is empty when all is the same."""

    action: str
    differences: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether input and output are those of the receipt."""
        return not self.differences


def net_target_receipt(
    *, made: NetTargets, inhabitants: Inhabitants, law: TargetLaw, as_of: date, code_version: str
) -> Receipt:
    """Return the receipt of net targets, with every input needed to compute them again."""
    return make_receipt(
        action=COMPUTE,
        as_of=as_of,
        inputs={
            "half_year": str(made.half_year),
            "national": made.national,
            "reference_date": made.reference_date.isoformat(),
            "country": inhabitants.country,
            "inhabitants": dict(inhabitants.people),
            "rounding": law.rounding.value,
            "reference_rule": law.reference_rule.value,
            "source": inhabitants.source,
        },
        output=net_output(made),
        citations=made.citations,
        code_version=code_version,
    )


def corrected_receipt(
    *,
    half_year: HalfYear,
    net: Mapping[MunicipalityCode, int],
    swapped: Mapping[MunicipalityCode, int],
    carried: Mapping[MunicipalityCode, tuple[tuple[int, int], ...]],
    made: tuple[CorrectedTarget, ...],
    as_of: date,
    code_version: str,
) -> Receipt:
    """Return the receipt of corrected targets.

    ``carried`` holds per municipality the earlier half-years, oldest first: the net target and what was realised.
    """
    return make_receipt(
        action=CORRECT,
        as_of=as_of,
        inputs={
            "half_year": str(half_year),
            "net": dict(net),
            "swapped": dict(swapped),
            "earlier": {code: [list(pair) for pair in pairs] for code, pairs in carried.items()},
        },
        output=corrected_output(made),
        citations=made[0].citations if made else (),
        code_version=code_version,
    )


def net_output(made: NetTargets) -> dict[str, object]:
    """Return what a receipt of net targets promises: the exact share and the target of each municipality."""
    return {
        target.municipality: [f"{target.exact.numerator}/{target.exact.denominator}", target.people]
        for target in made.targets
    }


def corrected_output(made: tuple[CorrectedTarget, ...]) -> dict[str, object]:
    """Return what a receipt of corrected targets promises: backlog or lead, and the corrected target of each."""
    return {target.municipality: [target.backlog_or_lead, target.people] for target in made}


def chained(
    *,
    municipality: MunicipalityCode,
    half_year: HalfYear,
    net: int,
    swapped: int,
    earlier: tuple[tuple[int, int], ...],
) -> CorrectedTarget:
    """Return the corrected target after carrying every earlier half-year over, oldest first.

    ``earlier`` holds pairs of net target and realised people of the half-years just before.
    """
    book = law_book()
    carried = 0
    first = half_year.shift(-len(earlier))
    for step, (target, realised) in enumerate(earlier):
        carried = carried_over(target + carried, realised, book.realisation(first.shift(step)))
    return corrected(
        municipality=municipality,
        half_year=half_year,
        net=net,
        swapped=swapped,
        backlog_or_lead=carried,
        realisation=book.realisation(half_year),
        progress=book.progress(half_year),
    )


def recompute(receipt: Receipt) -> Recomputed:
    """Compute a receipt again from its own inputs and say what differs.

    Raises
    ------
    InputError
        INP-01 when its action is unknown or an input is missing or of another kind.
    """
    again = _AGAIN.get(receipt.action)
    if again is None:
        raise InputError(
            "INP-01",
            f"no rule computes {receipt.action!r} again",
            remedy=f"Known actions: {', '.join(sorted(_AGAIN))}.",
        )
    try:
        output = again(receipt.inputs)
    except (KeyError, TypeError, ValueError, IndexError) as wrong:
        raise InputError(
            "INP-01",
            f"the inputs of the receipt cannot be read: {wrong!r}",
            remedy="Use the receipt as it was written.",
        ) from wrong
    differences = []
    if digest(receipt.inputs) != receipt.input_digest:
        differences.append(
            f"the inputs have digest {digest(receipt.inputs)}; the receipt says {receipt.input_digest}"
        )
    if digest(output) != receipt.output_digest:
        differences.append(
            f"the result computed again has digest {digest(output)}; the receipt says {receipt.output_digest}"
        )
    return Recomputed(receipt.action, tuple(differences))


def _net_again(inputs: Mapping[str, object]) -> dict[str, object]:
    half_year = HalfYear.parse(str(inputs["half_year"]))
    people = {
        MunicipalityCode(code): _whole(number) for code, number in _mapping(inputs["inhabitants"]).items()
    }
    law = law_book().targets(half_year)
    changed = TargetLaw(
        rounding=Rounding(str(inputs["rounding"])),
        reference_rule=ReferenceRule(str(inputs["reference_rule"])),
        notice_weeks=law.notice_weeks,
        swap_keeps_sum=law.swap_keeps_sum,
        swap_parties=law.swap_parties,
        reorganisation=law.reorganisation,
        interim_change_has_ground=law.interim_change_has_ground,
        down_inside=law.down_inside,
        up_inside=law.up_inside,
        citations=law.citations,
    )
    made = net_targets(
        half_year=half_year,
        national=_whole(inputs["national"]),
        inhabitants=Inhabitants(
            reference_date=date.fromisoformat(str(inputs["reference_date"])),
            people=people,
            country=_whole(inputs["country"]),
            source=str(inputs["source"]),
        ),
        law=changed,
    )
    return net_output(made)


def _corrected_again(inputs: Mapping[str, object]) -> dict[str, object]:
    half_year = HalfYear.parse(str(inputs["half_year"]))
    swapped, earlier = _mapping(inputs["swapped"]), _mapping(inputs["earlier"])
    made = tuple(
        chained(
            municipality=MunicipalityCode(code),
            half_year=half_year,
            net=_whole(net),
            swapped=_whole(swapped.get(code, 0)),
            earlier=tuple((_whole(pair[0]), _whole(pair[1])) for pair in _pairs(earlier.get(code, []))),
        )
        for code, net in sorted(_mapping(inputs["net"]).items())
    )
    return corrected_output(made)


_AGAIN: dict[str, Callable[[Mapping[str, object]], dict[str, object]]] = {
    COMPUTE: _net_again,
    CORRECT: _corrected_again,
}


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(type(value).__name__)
    return value


def _pairs(value: object) -> list[list[object]]:
    if not isinstance(value, list | tuple):
        raise TypeError(type(value).__name__)
    return [list(pair) for pair in value]


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(type(value).__name__)
    return value


def exact_text(share: Fraction) -> str:
    """Return a share as ``n/d``, whole numbers too."""
    return f"{share.numerator}/{share.denominator}"
