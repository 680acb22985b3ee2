"""A criterion without a basis does not load, and nobody is judged by descent or faith."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from functools import partial

import numpy as np
import pytest

from eenthuis.law import law_book
from eenthuis.matching.criteria import (
    READABLE,
    Basis,
    Criterion,
    Ground,
    Holds,
    Kind,
    Setting,
    protected_word,
    register,
)
from eenthuis.matching.registers import (
    COUNTED_RELATIVES,
    ELIGIBILITY,
    PACING,
    REGIONS_OF_COA,
    REGISTERS,
    SCORING,
    every_criterion,
)
from eenthuis.terms import linking, people
from eenthuis.terms.errors import LinkingError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Authority
from eenthuis.terms.people import HardCriterion, Household, SoftCriterion

SOUND = SCORING["soft:network"]


def everywhere(household: Household, ground: Ground) -> tuple[np.ndarray, ...]:
    return (ground.by_region[household.region],)


def test_every_criterion_has_meaning_unit_basis_and_source() -> None:
    listed = every_criterion()
    assert len(listed) == sum(len(one) for one in REGISTERS) == len({one.key for one in listed})
    for criterion in listed:
        assert all([criterion.meaning, criterion.unit, criterion.source, criterion.reads]), criterion.key
        assert isinstance(criterion.basis, Basis)
        if criterion.basis is not Basis.CHOICE:
            assert criterion.source.startswith("http")


def test_the_registers_hold_every_criterion_of_practice() -> None:
    assert list(ELIGIBILITY) == [f"hard:{one.value}" for one in HardCriterion]
    assert list(SCORING) == [*(f"soft:{one.value}" for one in SoftCriterion), "soft:region"]
    assert {one.kind for one in every_criterion()} == set(Kind)


def test_a_number_that_no_paper_gives_is_marked_as_an_assumption() -> None:
    stated = [one.setting for one in every_criterion() if one.setting]
    assert len(stated) == len(SCORING) + 1
    assert {one.authority for one in stated} == {Authority.ASSUMPTION}
    assert all(one.why for one in stated)
    assert all(ELIGIBILITY[key].points == 0 for key in ELIGIBILITY)
    assert {one.points for one in SCORING.values()} == {1.0, 0.5}


def test_sources_are_those_of_the_law_book() -> None:
    book, day = law_book(), date(2026, 3, 3)
    cited = {citation.key: citation.source for citation in book.progress(HalfYear(2026, 1)).citations}
    assert PACING["pace:month"].source == cited["progress.months"]
    assert {citation.source for citation in book.linking(day).citations} >= {REGIONS_OF_COA}
    assert book.counting(day).citations["joining-relative-in-centre"].source == COUNTED_RELATIVES


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"basis": ""}, "no basis"),
        ({"basis": None}, "no basis"),
        ({"basis": "because"}, "no basis"),
        ({"source": " "}, "no source"),
        ({"source": "someone said so"}, "without the address"),
        ({"meaning": ""}, "no meaning"),
        ({"unit": ""}, "no unit"),
        ({"reads": ()}, "what it reads"),
        ({"reads": ("household.shoe_size",)}, "not a field"),
        ({"reads": ("passport.number",)}, "not a field"),
        ({"key": "network"}, "its key"),
        ({"key": "soft:Net work"}, "its key"),
        ({"holds": None}, "where it holds"),
        ({"setting": None}, "not stated"),
        ({"setting": Setting(1.0, "points", "")}, "no reason"),
        ({"setting": Setting(float("nan"), "points", "why not")}, "not finite"),
        ({"key": "count:guests", "setting": None}, "what it counts"),
    ],
)
def test_a_criterion_without_a_basis_does_not_load(change: dict[str, object], told: str) -> None:
    with pytest.raises(LinkingError, match=told) as refused:
        replace(SOUND, **change)  # type: ignore[arg-type]
    assert refused.value.code == "LNK-04"
    assert str(change.get("key", SOUND.key)) in refused.value.message


def test_a_key_is_registered_once() -> None:
    with pytest.raises(LinkingError, match="soft:network: it is registered twice"):
        register(SOUND, SOUND)


def test_a_criterion_with_a_basis_loads() -> None:
    mine = Criterion(
        key="soft:quiet",
        meaning="the place is in the region",
        unit="points",
        basis=Basis.CHOICE,
        source="an example",
        reads=("household.region",),
        holds=everywhere,
        setting=Setting(0.25, "points", "an example"),
    )
    assert register(SOUND, mine)["soft:quiet"].points == 0.25


@pytest.mark.parametrize(
    "name",
    [
        "nationality", "nationalities", "nationaliteit", "religion", "religious_need", "religie", "geloof",
        "geloofsovertuiging", "godsdienst", "faith", "ethnicity", "ethnic_group", "etniciteit", "etnische_groep",
        "country_of_origin", "originCountry", "land_van_herkomst", "herkomstland", "herkomst", "geboorteland",
        "birth_country", "race", "ras", "racial", "afkomst", "citizenship", "second_nationality", "skin_colour",
    ],
)  # fmt: skip
def test_no_criterion_can_read_nationality_religion_or_ethnicity(name: str) -> None:
    assert protected_word(name)
    with pytest.raises(LinkingError, match="may not"):
        replace(SOUND, reads=("household.soft_ties", f"household.{name}"))
    with pytest.raises(LinkingError, match="may not"):
        replace(SOUND, holds=partial(_looking_at, name))
    with pytest.raises(LinkingError, match="may not"):
        replace(SOUND, holds=_closing_over(name))
    dashed = name.lower().replace("_", "-")
    with pytest.raises(LinkingError, match="may not"):
        replace(SOUND, key=f"soft:{dashed}")


def _looking_at(field: str, household: Household, ground: Ground) -> tuple[np.ndarray, ...]:
    return everywhere(household, ground) if getattr(household, field) else ()


def _closing_over(field: str) -> Holds:
    def holds(household: Household, ground: Ground) -> tuple[np.ndarray, ...]:
        return everywhere(household, ground) if getattr(household, field) else ()

    return holds


def test_a_function_that_looks_is_refused_whatever_it_says_it_reads() -> None:
    def looking(household: Household, ground: Ground) -> tuple[np.ndarray, ...]:
        return tuple(ground.by_region[household.region] for one in household.members if one.nationality)  # type: ignore[attr-defined]

    def hiding(household: Household, ground: Ground) -> tuple[np.ndarray, ...]:
        return everywhere(household, ground) if getattr(household, "herkomst", "") else ()

    for function in (looking, hiding):
        with pytest.raises(LinkingError, match="it reads"):
            replace(SOUND, holds=function)


def test_no_record_of_linking_has_a_protected_field() -> None:
    records = [
        one
        for module in (people, linking)
        for one in vars(module).values()
        if isinstance(one, type) and hasattr(one, "__dataclass_fields__")
    ]
    named = [field.name for one in records for field in fields(one)]
    assert {"region", "hard_ties", "birth_year", "persons"} <= set(named)
    assert not [name for name in named if protected_word(name)]
    assert not [name for names in READABLE.values() for name in names if protected_word(name)]


@pytest.mark.parametrize(
    "name", ["region", "persons", "needs_accessible_home", "people", "permit_on", "promised"]
)
def test_ordinary_names_may_be_read(name: str) -> None:
    assert protected_word(name) is None
