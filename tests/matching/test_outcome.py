"""The chance of work: learned right where the truth is known, and refused where nothing can be learned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from eenthuis.matching.outcome.columns import Column, coded, personal_kind
from eenthuis.matching.outcome.evidence import FOLDS, Trained, Verdict, learn, parts
from eenthuis.matching.outcome.invented import Truth, draw_adults, draw_table, draw_truth, true_chances
from eenthuis.matching.outcome.measures import auc, calibration, measured
from eenthuis.matching.outcome.model import Basis, Variant, at_places, chances, chances_in, train
from eenthuis.matching.outcome.table import LEAST_OF_EACH, Table, refuse_unfit
from eenthuis.terms.errors import EenthuisError

Known = tuple[Truth, Table, NDArray[np.float64]]


@pytest.fixture(scope="module")
def known() -> Known:
    rng = np.random.default_rng(11)
    truth = draw_truth(14, rng, spread=0.8)
    return truth, *draw_table(truth, 1400, rng)


@pytest.fixture(scope="module")
def trained(known: Known) -> Trained:
    return learn(known[1], rng=np.random.default_rng(1))


@pytest.fixture(scope="module")
def small() -> Table:
    rng = np.random.default_rng(5)
    return draw_table(draw_truth(6, rng), 500, rng)[0]


def test_chances_of_left_out_people_are_calibrated(trained: Trained) -> None:
    found = trained.by_household.measures[Variant.POOLED]["calibration_error"]
    assert found.value < 0.035
    assert sum(one.low <= one.chance <= one.high for one in trained.bins) >= 8
    assert 0.8 < trained.model.slope < 1.25


def test_the_pooled_model_beats_a_plain_logistic_regression_where_places_differ(trained: Trained) -> None:
    split = trained.by_household
    assert split.verdict is Verdict.BETTER
    for name in ("log_loss", "brier"):
        assert split.measures[Variant.POOLED][name].value < split.measures[Variant.PLAIN][name].value
    assert split.measures[Variant.POOLED]["auc"].value > split.measures[Variant.PLAIN]["auc"].value
    assert split.measures[Variant.SHARE]["auc"].value == pytest.approx(0.5, abs=0.02)


def test_the_order_of_places_for_new_people_is_recovered(known: Known, trained: Trained) -> None:
    truth, _, _ = known
    adults = draw_adults(200, np.random.default_rng(99))
    given = chances(
        trained.model,
        coded(trained.model.people, adults.columns, len(adults.sex)),
        at_places(trained.model, truth.places),
    )
    right = true_chances(truth, adults)
    rank = [np.corrcoef(_ranks(one), _ranks(other))[0, 1] for one, other in zip(given, right, strict=True)]
    assert np.mean(rank) > 0.6
    plain = train(known[1], Variant.PLAIN)
    blind = chances(
        plain, coded(plain.people, adults.columns, len(adults.sex)), at_places(plain, truth.places)
    )
    assert np.abs(given - right).mean() < 0.8 * np.abs(blind - right).mean()


def _ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.argsort(np.argsort(values))


def test_nothing_is_found_in_shuffled_outcomes_and_progress_is_told(small: Table) -> None:
    rng = np.random.default_rng(3)
    shuffled = replace(small, worked=rng.permutation(small.worked), placed_on=None)
    told: list[tuple[int, int]] = []
    found = learn(shuffled, rng=rng, tell=lambda *at: told.append(at))
    assert [done for done, _ in told] == list(range(1, told[-1][1] + 1))
    split = found.by_household
    assert split.measures[Variant.POOLED]["auc"].value == pytest.approx(0.5, abs=0.06)
    assert split.verdict is Verdict.NOTHING_LEARNED
    assert split.saved_on_share.value == pytest.approx(0.0, abs=0.01)
    assert float(np.ptp(chances_in(found.model, shuffled))) < 0.25
    assert found.by_time is None


def test_members_of_a_household_are_never_on_both_sides(small: Table) -> None:
    part = parts(small, np.random.default_rng(0))
    sides = {(int(household), int(one)) for household, one in zip(small.household, part, strict=True)}
    assert len(sides) == len(np.unique(small.household))
    sizes = np.bincount(part)
    assert len(sizes) == FOLDS
    assert sizes.max() - sizes.min() < 0.1 * sizes.mean()


def test_a_split_by_time_leaves_out_the_households_placed_last(trained: Trained, known: Known) -> None:
    assert trained.by_time is not None
    assert trained.by_time.people == pytest.approx(0.2 * len(known[1].worked), rel=0.15)


def test_the_same_seed_gives_the_same_digits(small: Table) -> None:
    plain = replace(small, placed_on=None)
    one, other = (learn(plain, rng=np.random.default_rng(7)) for _ in range(2))
    assert one.by_household == other.by_household
    assert chances_in(one.model, small).tolist() == chances_in(other.model, small).tolist()


@pytest.mark.parametrize("variant", [Variant.PLAIN, Variant.PER_PLACE])
def test_the_plain_regressions_are_those_of_scikit_learn(small: Table, variant: Variant) -> None:
    model = train(small, variant)
    around = coded(model.surroundings, small.surroundings, len(small.places))[small.place]
    design = [coded(model.people, small.people, len(small.worked)), around]
    if variant is Variant.PER_PLACE:
        design.append((np.array(small.places)[small.place][:, None] == np.array(model.places)).astype(float))
    other = LogisticRegression(C=1.0, tol=1e-12, max_iter=10_000).fit(np.hstack(design), small.worked)
    own = np.concatenate(
        [model.terms[name] for name in ("people", "surroundings", "place") if name in model.terms]
    )
    assert own == pytest.approx(other.coef_[0], abs=1e-5)
    assert model.intercept == pytest.approx(float(other.intercept_[0]), abs=1e-5)


def test_measures_are_those_of_scikit_learn(small: Table) -> None:
    rng = np.random.default_rng(2)
    chance = np.round(rng.random(len(small.worked)), 2)
    found = measured(small.worked, chance, small.household, rng)
    clipped = np.clip(chance, 1e-9, 1 - 1e-9)
    assert found["log_loss"].value == pytest.approx(log_loss(small.worked, clipped))
    assert found["brier"].value == pytest.approx(brier_score_loss(small.worked, chance))
    assert found["auc"].value == pytest.approx(roc_auc_score(small.worked, chance))
    assert all(one.low <= one.value <= one.high for one in found.values())


def test_weights_count_as_rows_that_are_there_more_often() -> None:
    worked, value = np.array([True, False, True, False]), np.array([0.9, 0.4, 0.3, 0.3])
    weight = np.array([1.0, 2.0, 3.0, 0.0])
    rows = np.repeat(np.arange(4), weight.astype(int))
    assert auc(worked, value, weight) == pytest.approx(auc(worked[rows], value[rows]))


def test_bins_hold_everyone_once_and_the_interval_holds_the_share() -> None:
    rng = np.random.default_rng(0)
    chance = rng.random(997)
    bins = calibration(rng.random(997) < chance, chance)
    assert sum(one.people for one in bins) == 997
    assert all(one.low <= one.worked <= one.high for one in bins)
    assert [one.chance for one in bins] == sorted(one.chance for one in bins)


def test_a_place_with_few_people_is_believed_less(small: Table) -> None:
    """All people of one place find work: twelve of them say less than all of them do."""
    here = np.flatnonzero(small.place == 0)
    chance = []
    for people in (12, len(here)):
        kept = np.sort(np.concatenate([np.flatnonzero(small.place != 0), here[:people]]))
        table = small.taken(kept)
        table = replace(table, worked=table.worked | (table.place == 0))
        found = chances_in(train(table), table)
        chance.append(found[table.place == 0].mean())
        assert chance[-1] > found[table.place != 0].mean()
    assert chance[0] < chance[1] < 1.0


def test_places_that_few_people_share_have_no_terms_of_their_own(small: Table) -> None:
    here = np.flatnonzero(small.place == 0)
    table = small.taken(np.sort(np.concatenate([np.flatnonzero(small.place != 0), here[:9]])))
    model = train(table)
    assert small.places[0] not in model.places
    there = at_places(model, (small.places[1], small.places[0], "nowhere"))
    assert there.basis == (Basis.PLACE, Basis.REGION, Basis.WHOLE)
    assert there.offset[2] == 0.0
    region = model.terms["region"][model.regions.index(small.regions[0])]
    jobs = coded(model.surroundings, small.surroundings, len(small.places))[0]
    assert there.offset[1] == pytest.approx(region + jobs @ model.terms["surroundings"])


def test_a_table_of_places_stands_in_for_what_training_knew(known: Known, trained: Trained) -> None:
    truth, table, _ = known
    model = trained.model
    same = at_places(model, truth.places, truth.regions, table.surroundings)
    assert same.offset == pytest.approx(at_places(model, truth.places).offset)
    new = at_places(model, ("new",), (truth.regions[0],), (Column("place_jobs", np.array([np.nan])),))
    assert new.basis == (Basis.REGION,)
    assert new.offset[0] == pytest.approx(model.terms["region"][model.regions.index(truth.regions[0])])


def _with(table: Table, name: str, values: NDArray[np.float64] | NDArray[np.str_]) -> Table:
    return replace(table, people=(*table.people, Column(name, values)))


def _unfit(table: Table) -> dict[str, Table]:
    working = np.flatnonzero(table.worked)
    few = np.sort(np.concatenate([np.flatnonzero(~table.worked), working[: LEAST_OF_EACH - 1]]))
    contract = np.where(table.worked, "yes", "no")
    first_day = np.where(table.worked, 3.0, np.nan)
    many = np.array([f"kind {at % 31}" for at in range(len(table.worked))])
    return {
        "have the same outcome": replace(table, worked=np.ones_like(table.worked)),
        "99 people have the rarer outcome": table.taken(few),
        "there are 49 households": replace(table, household=table.household % 49),
        "no column of people": replace(table, people=()),
        "at least 10 for each number": replace(
            table,
            people=tuple(
                Column(f"q{at}", np.random.default_rng(at).normal(size=len(table.worked))) for at in range(40)
            ),
        ),
        "'copied' tells the outcome": _with(table, "copied", table.worked.astype(np.float64)),
        "'turned' tells the outcome": _with(table, "turned", -table.worked.astype(np.float64)),
        "'contract' tells the outcome": _with(table, "contract", contract),
        "'first_day' tells the outcome": _with(table, "first_day", first_day),
        "31 different texts": _with(table, "craft_in_full", many),
        "another whole number in every row": _with(
            table, "file", np.arange(len(table.worked), dtype=np.float64)
        ),
    }


REASONS = (
    "have the same outcome",
    "99 people have the rarer outcome",
    "there are 49 households",
    "no column of people",
    "at least 10 for each number",
    "'copied' tells the outcome",
    "'turned' tells the outcome",
    "'contract' tells the outcome",
    "'first_day' tells the outcome",
    "31 different texts",
    "another whole number in every row",
)


@pytest.mark.parametrize("reason", REASONS)
def test_an_unfit_table_is_refused_with_the_reason(small: Table, reason: str) -> None:
    tables = _unfit(small)
    assert tuple(tables) == REASONS
    with pytest.raises(EenthuisError, match=reason):
        refuse_unfit(tables[reason])


def test_a_fit_table_is_not_refused(small: Table) -> None:
    refuse_unfit(small)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("age", "age"),
        ("ageBand", "age"),
        ("birth_year", "age"),
        ("leeftijd", "age"),
        ("is_woman", "sex"),
        ("Geslacht", "sex"),
        ("gender", "sex"),
        ("language", None),
        ("manager_before", None),
    ],
)
def test_columns_of_sex_and_age_are_known_by_their_name(name: str, kind: str | None) -> None:
    assert personal_kind(name) == kind


def test_empty_and_strange_cells_count_as_average() -> None:
    values = np.array([*np.linspace(0, 9, 30), *[np.nan] * 12])
    rng = np.random.default_rng(0)
    table = replace(
        draw_table(draw_truth(6, rng), 500, rng)[0],
        people=(),
    ).taken(np.arange(42))
    model = train(replace(table, people=(Column("years", values),), worked=np.arange(42) % 2 == 0))
    (coding,) = model.people
    assert coding.terms == ("years", "years is empty")
    shown = coding.coded(Column("years", np.array([np.nan, 99.0, 9.0])))
    assert shown[:, 1].tolist() == [1.0, 0.0, 0.0]
    assert shown[0, 0] == 0.0
    assert shown[1, 0] == shown[2, 0]
    assert coding.strange(Column("years", np.array([np.nan, 99.0, 9.0]))) == 1
