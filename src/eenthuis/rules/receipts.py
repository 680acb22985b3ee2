"""Making the receipts of targets, and computing any receipt again from nothing but itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eenthuis.law.book import law_book
from eenthuis.law.records import CountingOrder, ReferenceRule, TargetLaw
from eenthuis.rules.allocation_receipts import ALLOCATE, ALLOCATE_COLUMNS, allocate_again
from eenthuis.rules.composition_receipts import (
    PUBLISH,
    PUBLISH_COLUMNS,
    publication_differences,
    publish_again,
)
from eenthuis.rules.inputs import listed, mapping, people, whole, yes
from eenthuis.rules.law_lines import law_differences
from eenthuis.rules.lot_receipts import DRAW, DRAW_COLUMNS, draw_again
from eenthuis.rules.money_receipts import (
    AWARD,
    AWARD_COLUMNS,
    SETTLE,
    SETTLE_COLUMNS,
    award_again,
    settle_again,
)
from eenthuis.rules.realisation import PastHalfYear, corrected_targets
from eenthuis.rules.reception_receipts import (
    DISTRIBUTE,
    DISTRIBUTE_COLUMNS,
    PROVINCE_COLUMNS,
    distribute_again,
    is_province,
)
from eenthuis.rules.sheet_receipts import TAKE_IN, TAKE_IN_COLUMNS, take_in_again
from eenthuis.rules.supervision_receipts import ASSESS, ASSESS_COLUMNS, assess_again
from eenthuis.rules.swaps import Swapped, SwapRefused, swap
from eenthuis.rules.targets import net_targets
from eenthuis.terms.errors import EenthuisError, InputError, LawError, StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Authority, Citation, Rounding
from eenthuis.terms.places import Inhabitants, Merger, MunicipalityCode
from eenthuis.terms.receipt import Receipt, digest, make_receipt
from eenthuis.terms.targets import CorrectedTarget, NetTargets, Swap

COMPUTE = "targets.compute"
CORRECT = "targets.correct"
SWAP = "targets.swap"

Output = dict[str, object]
"""What a receipt promises: per municipality the values named in :data:`COLUMNS`, as a list when there are several."""

COLUMNS = {
    COMPUTE: ("exact", "net_target"),
    CORRECT: ("net_target", "backlog_or_lead", "corrected_target"),
    SWAP: ("target",),
    ASSESS: ASSESS_COLUMNS,
    DISTRIBUTE: DISTRIBUTE_COLUMNS,
    ALLOCATE: ALLOCATE_COLUMNS,
    TAKE_IN: TAKE_IN_COLUMNS,
    PUBLISH: PUBLISH_COLUMNS,
    DRAW: DRAW_COLUMNS,
    AWARD: AWARD_COLUMNS,
    SETTLE: SETTLE_COLUMNS,
}
"""The names of the values in the output of each action, as the commands name their columns."""

TOTALS = {COMPUTE: "net_target", CORRECT: "net_target", DISTRIBUTE: "places"}
"""The column whose sum over the municipalities a command writes as ``total``."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Net targets together with the inhabitants and the law they were made from."""

    made: NetTargets
    inhabitants: Inhabitants
    law: TargetLaw


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What computing a receipt again gave; ``differences`` is empty when all is the same."""

    action: str
    output: Output
    differences: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether input and output are those of the receipt."""
        return not self.differences

    def total(self, column: str) -> int:
        """Return the sum of one column of :data:`COLUMNS`, in people."""
        place = COLUMNS[self.action].index(column)
        return sum(
            int(str(_values(value)[place])) for code, value in self.output.items() if not is_province(code)
        )


def net_target_receipt(
    *, made: NetTargets, inhabitants: Inhabitants, law: TargetLaw, as_of: date, code_version: str
) -> Receipt:
    """Return the receipt of net targets, with every input needed to compute them again."""
    return make_receipt(
        action=COMPUTE,
        as_of=as_of,
        inputs=_share_inputs(Shared(made, inhabitants, law)),
        output=_net_output(made),
        citations=made.citations,
        code_version=code_version,
    )


def corrected_receipt(
    *,
    asked: Shared,
    past: Sequence[tuple[Shared, PastHalfYear]],
    mergers: Sequence[Merger],
    months: int,
    made: Sequence[CorrectedTarget],
    as_of: date,
    code_version: str,
    opening: Mapping[MunicipalityCode, int] | None = None,
) -> Receipt:
    """Return the receipt of corrected targets, with every input of every half-year in the chain.

    ``past`` holds the earlier half-years, oldest first, and ``opening`` the balances before the first of them;
    ``months`` is the law's number of months over which the pace is spread.
    """
    citations = {citation: None for shared, _ in past for citation in shared.made.citations}
    own = {citation: None for target in made for citation in target.citations}
    return make_receipt(
        action=CORRECT,
        as_of=as_of,
        inputs={
            "asked": _share_inputs(asked),
            "months": months,
            "swapped": {target.municipality: target.swapped for target in made if target.swapped},
            "past": [
                {
                    "share": _share_inputs(shared),
                    "targets": dict(one.targets),
                    **_swapped_input(shared, one),
                    "realised": dict(one.realised),
                    "backlog_carries": one.law.backlog_carries,
                    "lead_carries": one.law.lead_carries,
                }
                for shared, one in past
            ],
            "mergers": [[m.day.isoformat(), m.giving, m.receiving, m.people] for m in mergers],
            **({"opening": dict(opening)} if opening else {}),
        },
        output=_corrected_output(made),
        citations=tuple(dict.fromkeys((*asked.made.citations, *citations, *own))),
        code_version=code_version,
    )


def _swapped_input(shared: Shared, one: PastHalfYear) -> dict[str, object]:
    """Return what swaps changed in a half-year, where they did; the targets of a past half-year are after swaps."""
    net = {target.municipality: target.people for target in shared.made.targets}
    changed = {code: people - net[code] for code, people in one.targets.items() if people != net[code]}
    return {"swapped": changed} if changed else {}


def recompute(receipt: Receipt) -> Recomputed:
    """Compute a receipt again from its own inputs and say what differs.

    The law values written in the receipt are used, not those of today's law book, so that an old receipt still
    recomputes after the law book has grown.

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
    output: Output = {}
    differences: list[str] = []
    try:
        differences += _citation_differences(receipt)
        if (given := digest(receipt.inputs)) != receipt.input_digest:
            differences.append(f"the inputs have digest {given}; the receipt says {receipt.input_digest}")
        output = again(receipt.inputs)
    except EenthuisError as refused:
        differences.append(f"the inputs do not compute: {refused.message}")
    except (KeyError, TypeError, ValueError, IndexError) as wrong:
        raise InputError(
            "INP-01",
            f"the inputs of the receipt cannot be read: {wrong!r}",
            remedy="Use the receipt as it was written.",
        ) from wrong
    if output and (found := digest(output)) != receipt.output_digest:
        differences.append(
            f"the result computed again has digest {found}; the receipt says {receipt.output_digest}"
        )
    return Recomputed(receipt.action, output, tuple(differences))


def since_changed(receipt: Receipt) -> tuple[str, ...]:
    """Return where today's law book says otherwise than a receipt cites; assumptions of a scenario are left out."""
    found = []
    for citation in receipt.citations:
        if citation.authority is Authority.ASSUMPTION:
            continue
        try:
            _, now = law_book().look_up(citation.key, citation.first_day, citation.place)
        except LawError:
            found.append(f"today's law book has no {citation.key} on {citation.first_day.isoformat()}")
            continue
        if (now.value, now.authority) != (citation.value, citation.authority):
            found.append(
                f"today's law book has {citation.key} on {citation.first_day.isoformat()} as {now.value!r} "
                f"({now.authority}); the receipt cites {citation.value!r} ({citation.authority})"
            )
    return tuple(found)


def row_differences(result: Recomputed, rows: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """Return where the rows of a result differ from what was computed again, by municipality or province and column.

    Nothing is compared when the receipt did not compute at all.
    """
    if not result.output:
        return ()
    found = []
    by_code = {str(row.get("code", row.get("application"))): row for row in rows}
    for code in sorted(result.output.keys() | by_code.keys()):
        if code not in by_code or code not in result.output:
            found.append(f"{code} stands only in the {'receipt' if code in result.output else 'rows'}")
            continue
        columns = PROVINCE_COLUMNS if is_province(code) else COLUMNS[result.action]
        for column, value in zip(columns, _values(result.output[code]), strict=True):
            given = by_code[code].get(column)
            if given != value:
                found.append(f"{code} {column}: computed again {value}, the row says {given}")
    return tuple(found)


def _share_inputs(shared: Shared) -> dict[str, object]:
    made, inhabitants = shared.made, shared.inhabitants
    return {
        "half_year": str(made.half_year),
        "national": made.national,
        "reference_date": made.reference_date.isoformat(),
        "country": inhabitants.country,
        "inhabitants": dict(inhabitants.people),
        "rounding": shared.law.rounding.value,
        "reference_rule": shared.law.reference_rule.value,
        "source": inhabitants.source,
    }


def _net_output(made: NetTargets) -> Output:
    return {t.municipality: [f"{t.exact.numerator}/{t.exact.denominator}", t.people] for t in made.targets}


def _corrected_output(made: Sequence[CorrectedTarget]) -> Output:
    return {t.municipality: [t.net, t.backlog_or_lead, t.people] for t in made}


def _citation_differences(receipt: Receipt) -> tuple[str, ...]:
    """Return where the citations name another value than the inputs that were computed with."""
    if receipt.action in {ASSESS, DISTRIBUTE, ALLOCATE}:
        return law_differences(receipt)
    if receipt.action in {TAKE_IN, DRAW, AWARD, SETTLE}:
        return ()
    if receipt.action == PUBLISH:
        return publication_differences(receipt)
    inputs = mapping(receipt.inputs.get("asked", receipt.inputs))
    on = HalfYear.parse(str(inputs["half_year"])).first_day

    def holds(citation: Citation) -> bool:
        return citation.first_day <= on and (citation.last_day is None or on <= citation.last_day)

    cited = {citation.key: citation.value for citation in receipt.citations if holds(citation)}
    return tuple(
        f"the receipt cites {key} as {cited.get(key)!r} but was computed with {inputs[name]!r}"
        for key, name in (("targets.rounding", "rounding"), ("targets.reference_rule", "reference_rule"))
        if name in inputs and cited.get(key) != inputs[name]
    )


def _shared_again(inputs: Mapping[str, object]) -> NetTargets:
    half_year = HalfYear.parse(str(inputs["half_year"]))
    law = replace(
        law_book().targets(half_year),
        rounding=Rounding(str(inputs["rounding"])),
        reference_rule=ReferenceRule(str(inputs["reference_rule"])),
    )
    inhabitants = Inhabitants(
        reference_date=date.fromisoformat(str(inputs["reference_date"])),
        people=people(inputs["inhabitants"]),
        country=whole(inputs["country"]),
        source=str(inputs["source"]),
    )
    return net_targets(
        half_year=half_year, national=whole(inputs["national"]), inhabitants=inhabitants, law=law
    )


def _net_again(inputs: Mapping[str, object]) -> Output:
    return _net_output(_shared_again(inputs))


def _corrected_again(inputs: Mapping[str, object]) -> Output:
    asked = _shared_again(mapping(inputs["asked"]))
    book = law_book()
    made = corrected_targets(
        net=asked,
        past=[_past_again(mapping(one)) for one in listed(inputs["past"])],
        mergers=[_merger(listed(one)) for one in listed(inputs["mergers"])],
        swapped=people(inputs["swapped"]),
        opening=people(inputs.get("opening", {})),
        realisation=book.realisation(asked.half_year),
        progress=replace(book.progress(asked.half_year), months=whole(inputs["months"])),
    )
    return _corrected_output(made)


def _past_again(inputs: Mapping[str, object]) -> PastHalfYear:
    net = _shared_again(mapping(inputs["share"]))
    changed = people(inputs.get("swapped", {}))
    targets = {one.municipality: one.people + changed.get(one.municipality, 0) for one in net.targets}
    if targets != people(inputs["targets"]):
        raise ValueError(f"the targets of {net.half_year} do not follow from its national number")
    law = replace(
        law_book().realisation(net.half_year),
        backlog_carries=yes(inputs["backlog_carries"]),
        lead_carries=yes(inputs["lead_carries"]),
        order=CountingOrder.BACKLOG_FIRST,
    )
    return PastHalfYear(net.half_year, targets, people(inputs["realised"]), law)


def _swap_again(inputs: Mapping[str, object]) -> Output:
    half_year = HalfYear.parse(str(inputs["half_year"]))
    agreed = Swap(half_year, half_year.first_day, people(inputs["changes"]))
    outcome = swap(people(inputs["before"]), agreed, law_book().targets(half_year))
    match outcome:
        case Swapped(targets):
            return {str(code): targets[code] for code in sorted(targets)}
        case SwapRefused(reasons):
            raise StateError("STA-02", "; ".join(reasons), remedy="Use the receipt as it was written.")


_AGAIN: dict[str, Callable[[Mapping[str, object]], Output]] = {
    COMPUTE: _net_again,
    CORRECT: _corrected_again,
    SWAP: _swap_again,
    ASSESS: assess_again,
    DISTRIBUTE: distribute_again,
    ALLOCATE: allocate_again,
    TAKE_IN: take_in_again,
    PUBLISH: publish_again,
    DRAW: draw_again,
    AWARD: award_again,
    SETTLE: settle_again,
}


def _merger(parts: Sequence[object]) -> Merger:
    day, giving, receiving, people = parts
    return Merger(
        date.fromisoformat(str(day)),
        MunicipalityCode(str(giving)),
        MunicipalityCode(str(receiving)),
        whole(people),
    )


def _values(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]
