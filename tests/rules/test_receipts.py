"""A receipt holds all it takes to compute it again, and shows what was changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.realisation import PastHalfYear, corrected_targets
from eenthuis.rules.receipts import (
    SWAP,
    Shared,
    corrected_receipt,
    net_target_receipt,
    recompute,
    row_differences,
    since_changed,
)
from eenthuis.rules.targets import net_targets
from eenthuis.terms.errors import InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.receipt import Receipt, digest, make_receipt, plain, receipt_from_plain

HALF_YEAR = HalfYear(2026, 2)


def shared(half_year: HalfYear = HALF_YEAR, national: int = 15_000) -> Shared:
    law = law_book().targets(half_year)
    inhabitants = reference.inhabitants(date(2025, 1, 1))
    made = net_targets(half_year=half_year, national=national, inhabitants=inhabitants, law=law)
    return Shared(made, inhabitants, law)


def net_receipt() -> Receipt:
    asked = shared()
    return net_target_receipt(
        made=asked.made,
        inhabitants=asked.inhabitants,
        law=asked.law,
        as_of=HALF_YEAR.first_day,
        code_version="1",
    )


def chain_receipt() -> Receipt:
    earlier, asked = shared(HALF_YEAR.previous, 14_000), shared()
    targets = {target.municipality: target.people for target in earlier.made.targets}
    realisation = law_book().realisation(HALF_YEAR)
    progress = law_book().progress(HALF_YEAR)
    past = [(earlier, PastHalfYear(HALF_YEAR.previous, targets, dict.fromkeys(targets, 30), realisation))]
    made = corrected_targets(
        net=asked.made,
        past=[one for _, one in past],
        mergers=(),
        realisation=realisation,
        progress=progress,
    )
    return corrected_receipt(
        asked=asked,
        past=past,
        mergers=reference.mergers(date(2022, 1, 1)),
        months=progress.months,
        made=made,
        as_of=HALF_YEAR.first_day,
        code_version="1",
    )


def written(receipt: Receipt) -> dict[str, Any]:
    """Return what a file holds after writing and reading it."""
    read: dict[str, Any] = json.loads(json.dumps(plain(receipt)))
    return read


@pytest.mark.parametrize("made", [net_receipt, chain_receipt])
def test_a_receipt_recomputes_from_its_file(made: Callable[[], Receipt]) -> None:
    receipt = made()
    read = receipt_from_plain(written(receipt))
    assert recompute(read).is_same
    assert recompute(receipt).is_same
    assert read.number == receipt.number
    assert since_changed(read) == ()


def test_the_same_input_gives_the_same_number_and_another_gives_another() -> None:
    assert net_receipt().number == net_receipt().number
    assert net_receipt().number != chain_receipt().number


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"national": 14_999}, "the inputs have digest", id="another national number"),
        pytest.param({"rounding": "arithmetic"}, "cites targets.rounding as 'up'", id="another rounding"),
        pytest.param(
            {"reference_rule": "year-before-announcement"}, "cites targets.reference_rule", id="date rule"
        ),
    ],
)
def test_a_changed_input_is_seen(changed: dict[str, object], said: str) -> None:
    document = written(net_receipt())
    document["inputs"] |= changed
    found = recompute(receipt_from_plain(document))
    assert not found.is_same
    assert any(said in difference for difference in found.differences)


def test_a_changed_input_with_a_mended_digest_still_gives_another_result() -> None:
    document = written(net_receipt())
    document["inputs"]["national"] = 14_000
    document["input_digest"] = digest(document["inputs"])
    found = recompute(receipt_from_plain(document))
    assert [difference.split(" has")[0] for difference in found.differences] == ["the result computed again"]


def test_a_changed_citation_is_seen() -> None:
    document = written(net_receipt())
    rounding = next(c for c in document["citations"] if c["key"] == "targets.rounding")
    rounding["value"] = "down"
    assert not recompute(receipt_from_plain(document)).is_same


@pytest.mark.parametrize(
    "broken",
    [
        {"national": None},
        {"national": 1.5},
        {"national": True},
        {"inhabitants": []},
        {"inhabitants": {"GM0344": "many"}},
        {"rounding": "sideways"},
        {"reference_date": "soon"},
    ],
)
def test_an_input_of_another_kind_is_refused(broken: dict[str, object]) -> None:
    document = written(net_receipt())
    document["inputs"] |= broken
    with pytest.raises(InputError, match="the inputs of the receipt cannot be read"):
        recompute(receipt_from_plain(document))


@pytest.mark.parametrize(
    "broken",
    [
        {"past": {}},
        {"mergers": [["2022-01-01", "GM0001"]]},
        {"months": "six"},
        {"past": [{"share": {}}]},
    ],
)
def test_a_chain_of_another_kind_is_refused(broken: dict[str, object]) -> None:
    document = written(chain_receipt())
    document["inputs"] |= broken
    with pytest.raises(InputError, match="the inputs of the receipt cannot be read"):
        recompute(receipt_from_plain(document))


@pytest.mark.parametrize(("key", "value"), [("backlog_carries", 1), ("targets", {"GM0344": 1})])
def test_a_past_half_year_that_does_not_follow_is_refused(key: str, value: object) -> None:
    document = written(chain_receipt())
    document["inputs"]["past"][0][key] = value
    with pytest.raises(InputError, match="the inputs of the receipt cannot be read"):
        recompute(receipt_from_plain(document))


def swap_receipt(changes: dict[str, int]) -> Receipt:
    before = {"GM0060": 4, "GM0080": 100}
    return make_receipt(
        action=SWAP,
        as_of=HALF_YEAR.first_day,
        inputs={"half_year": str(HALF_YEAR), "before": before, "changes": changes},
        output={code: before[code] + changes[code] for code in before},
        citations=law_book().targets(HALF_YEAR).citations,
        code_version="1",
    )


def test_a_swap_recomputes_by_the_rule() -> None:
    result = recompute(receipt_from_plain(written(swap_receipt({"GM0060": -3, "GM0080": 3}))))
    assert result.is_same
    assert result.total("target") == 104
    assert row_differences(result, [{"code": "GM0060", "target": 1}, {"code": "GM0080", "target": 103}]) == ()


def test_a_swap_that_the_rule_refuses_is_a_difference() -> None:
    found = recompute(receipt_from_plain(written(swap_receipt({"GM0060": -3, "GM0080": 4}))))
    assert found.differences == (
        "the inputs do not compute: the changes add up to +1 people where they must add up to 0",
    )


def test_an_unknown_action_names_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"no rule computes 'targets\.guess' again") as caught:
        recompute(replace(net_receipt(), action="targets.guess"))
    assert "targets.compute, targets.correct, targets.swap" in caught.value.remedy


def test_rows_beside_a_receipt_are_compared_by_municipality_and_column() -> None:
    result = recompute(net_receipt())
    rows: list[dict[str, object]] = [
        {"code": code, "exact": values[0], "net_target": values[1]}
        for code, values in result.output.items()
        if isinstance(values, list)
    ]
    assert row_differences(result, rows) == ()
    rows[0]["net_target"] = -1
    rows[1]["code"] = "GM9999"
    found = row_differences(result, rows)
    assert len(found) == 3
    assert found[0].endswith("the row says -1")
    assert any("GM9999 stands only in the rows" in difference for difference in found)
    assert result.total("net_target") == shared().made.total


def test_what_the_law_book_has_learned_since_is_told_without_being_a_difference() -> None:
    receipt = net_receipt()
    older = tuple(
        replace(c, authority=type(c.authority)("circular")) if c.key == "targets.rounding" else c
        for c in receipt.citations
    )
    unknown = replace(receipt.citations[0], key="targets.colour")
    read = replace(receipt, citations=(*older, unknown))
    assert recompute(read).is_same
    assert [said.split(" on ")[0] for said in since_changed(read)] == [
        "today's law book has targets.rounding",
        "today's law book has no targets.colour",
    ]


def test_an_assumption_is_no_change_of_the_law_book() -> None:
    law = law_book().assuming({"targets.rounding": "down"}, why="example").targets(HALF_YEAR)
    inhabitants = reference.inhabitants(date(2025, 1, 1))
    made = net_targets(half_year=HALF_YEAR, national=100, inhabitants=inhabitants, law=law)
    receipt = net_target_receipt(
        made=made, inhabitants=inhabitants, law=law, as_of=HALF_YEAR.first_day, code_version="1"
    )
    assert recompute(receipt).is_same
    assert since_changed(receipt) == ()
