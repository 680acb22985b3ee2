"""Shares of flex homes: both directions, what counts where, which text decides, and the days on which that changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.law.book import Book
from eenthuis.law.schemes import ShareRule, scheme, scheme_codes
from eenthuis.rules.flex_effect import effect_on_target, last_day_of
from eenthuis.rules.flex_shares import (
    FlexVerdict,
    NoRule,
    Standing,
    broken_by,
    flex_verdict,
    require_homes,
    share_of,
)
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.flex import Direction, FlexProject, FlexProjectId, HomesForGroups, HomesInHalfYear
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import SchemeCode, TargetGroup

BOOK = law_book()
SFT22, SFT23, SFT25 = (SchemeCode(f"sft-{year}") for year in (2022, 2023, 2025))
HOLDERS, DISPLACED = TargetGroup.STATUS_HOLDERS, TargetGroup.DISPLACED_PEOPLE
MEMO, TEXT22 = scheme(BOOK, SFT22, date(2022, 10, 1)).shares
(TEXT23,) = scheme(BOOK, SFT23, date(2024, 4, 2)).shares
PROJECT = FlexProject(
    identifier=FlexProjectId("F-1"),
    municipality=MunicipalityCode("GM0344"),
    owner="corporatie",
    scheme=SFT22,
    applied_on=date(2022, 10, 1),
    homes=30,
    meant_for={HOLDERS: 12},
    delivered_on=date(2023, 9, 1),
    years=15,
)


@pytest.mark.parametrize(
    ("rule", "homes", "limit", "slack"),
    [
        pytest.param(MEMO, HomesForGroups(30, {HOLDERS: 10}), 10, 0, id="at most a third, exactly"),
        pytest.param(MEMO, HomesForGroups(30, {HOLDERS: 11}), 10, -1, id="at most a third, one too many"),
        pytest.param(MEMO, HomesForGroups(31, {HOLDERS: 10}), 10, 0, id="a most share rounds down"),
        pytest.param(MEMO, HomesForGroups(30, {DISPLACED: 30}), 10, 10, id="the memo names one group"),
        pytest.param(TEXT22, HomesForGroups(30, {HOLDERS: 10}), 10, 0, id="at least a third, exactly"),
        pytest.param(TEXT22, HomesForGroups(31, {HOLDERS: 10}), 11, -1, id="a least share rounds up"),
        pytest.param(
            TEXT22, HomesForGroups(30, {HOLDERS: 4, DISPLACED: 7}), 10, 1, id="both groups together"
        ),
        pytest.param(
            TEXT22, HomesForGroups(30, {HOLDERS: 9}, {HOLDERS: 9}), 10, -1, id="elsewhere does not count"
        ),
        pytest.param(TEXT23, HomesForGroups(40, {HOLDERS: 2}, {HOLDERS: 10}), 12, 0, id="elsewhere counts"),
        pytest.param(TEXT23, HomesForGroups(41, {HOLDERS: 12}), 13, -1, id="thirty per cent rounds up"),
    ],
)
def test_a_share_by_its_direction_groups_and_base(
    rule: ShareRule, homes: HomesForGroups, limit: int, slack: int
) -> None:
    found = share_of(homes, rule)
    assert (found.limit, found.slack, found.is_kept) == (limit, slack, slack >= 0)


def test_the_texts_of_2022_contradict_each_other_and_the_scheme_decides() -> None:
    found = flex_verdict(PROJECT, BOOK)
    memo, text = found.verdicts
    assert (memo.rule.direction, memo.standing, memo.is_kept) == (Direction.AT_MOST, Standing.STATED, False)
    assert (text.rule.direction, text.standing, text.is_kept) == (Direction.AT_LEAST, Standing.BINDING, True)
    assert found.broken == ()


def test_a_share_that_the_next_home_breaks_is_warned_of() -> None:
    found = flex_verdict(replace(PROJECT, meant_for={HOLDERS: 10}), BOOK)
    assert [one.rule.name for one in found.warnings] == ["scheme"]
    assert not broken_by(found, 1)
    assert broken_by(found, -1) == found.warnings


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"scheme": None}, NoRule.NO_SCHEME),
        ({"scheme": SFT23}, NoRule.NOT_IN_FORCE),
        ({"scheme": SFT25, "applied_on": date(2025, 3, 1)}, NoRule.NOT_KNOWN),
    ],
)
def test_why_no_share_applies(changes: dict[str, object], why: NoRule) -> None:
    found = flex_verdict(replace(PROJECT, **changes), BOOK)  # type: ignore[arg-type]
    assert (found.no_rule, found.verdicts) == (why, ())


@pytest.mark.parametrize(
    "changes",
    [
        {"homes": 0},
        {"years": 0},
        {"meant_for": {HOLDERS: -1}},
        {"meant_for": {HOLDERS: 20, DISPLACED: 11}},
        {"sizes": {1: 29}},
        {"starts_on": date(2023, 9, 2)},
    ],
)
def test_homes_that_do_not_add_up_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(EenthuisError, match=r"INP-06.*F-1"):
        require_homes(replace(PROJECT, **changes))  # type: ignore[arg-type]


def test_an_unknown_scheme_is_refused_by_name() -> None:
    with pytest.raises(EenthuisError, match=r"LAW-01.*'sft-1999'"):
        flex_verdict(replace(PROJECT, scheme=SchemeCode("sft-1999")), BOOK)


def test_homes_come_in_the_half_year_of_delivery_and_end_with_their_last_day() -> None:
    none = replace(PROJECT, meant_for={DISPLACED: 12})
    assert last_day_of(PROJECT) == date(2038, 8, 31)
    assert effect_on_target([PROJECT, PROJECT, none]) == (
        HomesInHalfYear(HalfYear(2023, 2), 24, 0),
        HomesInHalfYear(HalfYear(2038, 2), 0, 24),
    )


Verdict = Callable[[FlexProject], FlexVerdict]
OWN = Book(tuple(value for value in BOOK.values if value.key.startswith("scheme.")))
CHANGES = frozenset(OWN.change_days())
DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))
PROJECTS = st.builds(
    lambda day, code, homes, holders, extra: replace(
        PROJECT,
        scheme=code,
        applied_on=day,
        homes=homes,
        meant_for={HOLDERS: min(holders, homes)},
        extra_in_stock={HOLDERS: extra},
    ),
    DAYS,
    st.sampled_from(scheme_codes(BOOK)),
    st.integers(1, 200),
    st.integers(0, 200),
    st.integers(0, 50),
)


def told(verdict: FlexVerdict) -> object:
    return verdict.no_rule, [(one.rule.name, one.standing, one.slack) for one in verdict.verdicts]


def changes_only_on_validity_dates(made: Verdict, project: FlexProject) -> bool:
    """Say whether applying a day later changes nothing, unless the law changes that day."""
    later = replace(project, applied_on=project.applied_on + timedelta(days=1))
    return told(made(project)) == told(made(later)) or later.applied_on in CHANGES


@given(PROJECTS)
def test_a_verdict_changes_exactly_on_validity_dates(project: FlexProject) -> None:
    assert changes_only_on_validity_dates(lambda one: flex_verdict(one, BOOK), project)


def test_a_verdict_does_change_on_a_validity_date() -> None:
    last = replace(PROJECT, scheme=SFT23, applied_on=date(2025, 2, 2))
    assert flex_verdict(last, BOOK).no_rule is None
    assert flex_verdict(replace(last, applied_on=date(2025, 2, 3)), BOOK).no_rule is NoRule.NOT_IN_FORCE


def by_calendar_year(project: FlexProject) -> FlexVerdict:
    """Take the scheme as it was on 1 January: wrong, since schemes begin inside a year."""
    return flex_verdict(replace(project, applied_on=project.applied_on.replace(month=1, day=1)), BOOK)


def test_the_axiom_catches_a_verdict_by_calendar_year() -> None:
    turn_of_year = replace(PROJECT, applied_on=date(2022, 12, 31))
    assert not changes_only_on_validity_dates(by_calendar_year, turn_of_year)


@given(st.integers(1, 500), st.integers(0, 500))
def test_slack_is_exactly_the_homes_before_a_share_breaks(homes: int, holders: int) -> None:
    meant = min(holders, homes)
    for rule in (MEMO, TEXT22, TEXT23):
        found = share_of(HomesForGroups(homes, {HOLDERS: meant}), rule)
        over = meant > rule.part * homes if rule.direction is Direction.AT_MOST else meant < rule.part * homes
        assert found.is_kept is not over
        step = 1 if rule.direction is Direction.AT_MOST else -1
        edge = meant + step * found.slack
        assert share_of(HomesForGroups(homes, {HOLDERS: edge}), rule).slack == 0
        assert not share_of(HomesForGroups(homes, {HOLDERS: edge + step}), rule).is_kept
