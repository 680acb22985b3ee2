"""The record for the Algorithm Register: valid, plain to read, and true of the engine."""

from __future__ import annotations

import inspect
import re
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from eenthuis import reference
from eenthuis.matching import solve
from eenthuis.matching.building import build
from eenthuis.matching.fairness import solve_fair
from eenthuis.matching.households import ALTERNATIVES, GAP
from eenthuis.matching.registers import REGION_POINTS, SOFT_POINTS, every_criterion
from eenthuis.reference.algorithm_register import (
    LONG,
    AlgorithmRecord,
    blocks,
    filled,
    not_filled,
    standard,
    titles,
    to_fill,
)
from eenthuis.terms.errors import InputError
from eenthuis.terms.linking import Choices, OpenPlace
from eenthuis.terms.people import (
    CentreCode,
    HardCriterion,
    Household,
    HouseholdId,
    JoiningRelatives,
    Member,
    Sex,
    SoftCriterion,
    SoftTie,
)
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode

RECORD = reference.algorithm_record()
VALIDATOR = Draft202012Validator(dict(standard()))
REQUIRED = (
    "name", "description_short", "organization", "status", "contact_email", "publication_category", "lang",
)  # fmt: skip
FILLED = {
    "organization": "Gemeente Voorbeeld",
    "contact_email": "algoritmes@voorbeeld.example",
    "impacttoetsen": "De DPIA is niet openbaar.",
}
MOST_WORDS = 30
MOST_WORDS_ON_AVERAGE = 15


def wrong_fields(document: dict[str, object]) -> set[str]:
    """Return the fields with a fault; a missing or unknown field counts as the document itself."""
    return {str(fault.path[0]) if fault.path else "" for fault in VALIDATOR.iter_errors(document)}


def sentences(text: str) -> list[list[str]]:
    """Return the words of every sentence; an item of a list ends one."""
    parts = [item for _, items in blocks(text) for item in items]
    cut = [sentence for part in parts for sentence in re.split(r"(?<=[.?!:])\s+", part)]
    return [words for sentence in cut if (words := re.findall(r"[\w][\w'’,.-]*", sentence))]


def prose() -> dict[str, str]:
    """Return what is written in sentences: every long text, the short description, and what to fill in."""
    texts = {name: getattr(RECORD, name) for name in ("description_short", *sorted(LONG))}
    return texts | {f"to fill: {one.field}": one.how for one in to_fill()}


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(dict(standard()))
    assert tuple(standard()["required"]) == REQUIRED


def test_the_packaged_record_is_valid() -> None:
    assert not wrong_fields(RECORD.document())


def test_the_record_has_every_field_of_the_standard_in_its_order() -> None:
    assert tuple(field.name for field in fields(AlgorithmRecord)) == tuple(titles())
    assert len(titles()) == 29


def test_what_an_impactful_algorithm_should_say_is_said() -> None:
    said = set(RECORD.document())
    assert {*LONG, "category", "lawful_basis_grouping", "source_data_grouping", "provider", "tags"} <= said


@pytest.mark.parametrize("field", REQUIRED)
def test_without_a_required_field_it_is_not_valid(field: str) -> None:
    document = RECORD.document()
    del document[field]
    assert wrong_fields(document) == {""}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "in gebruik"),
        ("publication_category", "Impactvol"),
        ("lang", "nl"),
        ("standard_version", "0.4"),
        ("category", ["Huisvesting"]),
        ("category", ["Wonen", "Wonen"]),
        ("category", ["Wonen", "Recht", "Werk", "Verkeer"]),
        ("name", ""),
        ("name", "k" * 101),
        ("description_short", "k" * 351),
        ("organization", "k" * 101),
        ("goal", "k" * 2501),
        ("methods_and_models", "k" * 5001),
        ("goal", "<p>Doel</p><script>x</script>"),
        ("risks", "<b>vet</b>"),
        ("begin_date", "2027-13"),
        ("begin_date", "2027-01-01"),
        ("contact_email", "de balie"),
        ("website", "http://voorbeeld.example"),
        ("lawful_basis_grouping", [{"title": "Huisvestingswet 2014"}]),
        ("impacttoetsen_grouping", [{"link": "https://voorbeeld.example"}]),
    ],
)
def test_a_wrong_value_is_not_valid(field: str, value: object) -> None:
    assert wrong_fields(RECORD.document() | {field: value}) == {field}


def test_a_field_outside_the_standard_is_not_valid() -> None:
    assert wrong_fields(RECORD.document() | {"department": "Wonen"}) == {""}


def test_an_assessment_without_an_address_is_valid() -> None:
    assert not wrong_fields(RECORD.document() | {"impacttoetsen_grouping": [{"title": "IAMA"}]})


def test_the_record_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        RECORD.name = "Iets anders"  # type: ignore[misc]


def test_long_texts_are_handed_in_as_paragraphs_and_lists() -> None:
    record = replace(RECORD, goal="Per plaats:\n\n- ruimte\n- regio\n\nKlaar.", url="")
    document = record.document()
    assert document["goal"] == "<p>Per plaats:</p><ul><li>ruimte</li><li>regio</li></ul><p>Klaar.</p>"
    assert "url" not in document


def test_what_depends_on_the_user_is_marked_and_can_be_filled_in() -> None:
    assert {one.field for one in not_filled(RECORD)} == set(FILLED)
    own = filled(RECORD, {**FILLED, "status": "In gebruik", "begin_date": "2027-01"})
    assert not_filled(own) == ()
    assert not wrong_fields(own.document())
    assert own.document()["begin_date"] == "2027-01"
    assert RECORD.status == "In ontwikkeling"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("goal", "Een ander doel.", "INP-02"),
        ("colour", "blauw", "INP-02"),
        ("status", "Bijna klaar", "INP-01"),
        ("begin_date", "januari 2027", "INP-01"),
        ("organization", "k" * 101, "INP-01"),
        ("organization", " ", "INP-01"),
        ("contact_email", "de balie", "INP-01"),
        ("impacttoetsen", "<script>x</script>", "INP-01"),
    ],
)
def test_a_value_that_cannot_be_filled_in_is_refused(field: str, value: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        filled(RECORD, {field: value})
    assert refused.value.code == code
    assert refused.value.remedy


@pytest.mark.parametrize("name", sorted(prose()))
def test_sentences_are_short(name: str) -> None:
    lengths = [len(words) for words in sentences(prose()[name])]
    assert lengths
    assert max(lengths) <= MOST_WORDS
    assert sum(lengths) / len(lengths) <= MOST_WORDS_ON_AVERAGE


def test_the_count_of_words_finds_a_long_sentence() -> None:
    assert [len(words) for words in sentences("Een twee. Drie vier vijf!\n\n- zes\n- 0,5 punt")] == [
        2,
        3,
        1,
        2,
    ]
    assert len(sentences(" ".join(["woord"] * 31))[0]) > MOST_WORDS


# What the record says of the engine, held beside the engine.

PLACES = tuple(
    OpenPlace(MunicipalityCode(code), code, ProvinceCode("PV20"), region, 10)
    for code, region in (
        ("GM1", LinkingRegion.WEST),
        ("GM2", LinkingRegion.SOUTH),
    )
)
HOUSEHOLD = Household(
    identifier=HouseholdId("h1"),
    members=(Member(birth_year=1990, sex=Sex.FEMALE, is_adult=True),),
    permit_on=date(2026, 1, 1),
    centre=CentreCode("c1"),
    region=LinkingRegion.WEST,
    soft_ties=(SoftTie(SoftCriterion.NETWORK, frozenset({MunicipalityCode("GM2")})),),
)


def test_numbers_in_the_text_are_those_of_the_engine() -> None:
    working = RECORD.methods_and_models
    assert f"geven elk {SOFT_POINTS.value:g} punt" in working
    assert f"opvang geeft {REGION_POINTS.value:g} punt".replace(".", ",") in working
    assert f"hoogstens {GAP * 100:.2f} procent".replace(".", ",") in working
    assert {1: "één", 2: "twee", 3: "drie", 4: "vier"}[ALTERNATIVES] in RECORD.human_intervention


def test_every_criterion_is_named() -> None:
    dutch = {
        HardCriterion.FIRST_DEGREE_FAMILY: "familie in de eerste graad",
        HardCriterion.FAMILY_REUNIFICATION: "gezinshereniging",
        HardCriterion.MEDICAL_TREATMENT: "medische behandeling",
        HardCriterion.WORK_CONTRACT: "arbeidscontract",
        HardCriterion.STUDY: "studie",
        SoftCriterion.WORK_EXPERIENCE: "Werkervaring",
        SoftCriterion.EDUCATION: "opleiding",
        SoftCriterion.NETWORK: "netwerk",
        SoftCriterion.AMBITION: "plannen",
    }
    assert set(dutch) == {*HardCriterion, *SoftCriterion}
    assert not [word for word in dutch.values() if word not in RECORD.methods_and_models]


def test_what_the_text_says_does_not_count_does_not() -> None:
    assert "Leeftijd, geslacht en de behoefte aan een aangepaste woning" in RECORD.source_data
    other = replace(
        HOUSEHOLD,
        members=(Member(birth_year=1950, sex=Sex.MALE, is_adult=True),),
        permit_on=date(2024, 1, 1),
        needs_accessible_home=True,
    )
    one, two = (build([household], PLACES, date(2026, 7, 1))[0] for household in (HOUSEHOLD, other))
    assert all(
        np.array_equal(getattr(one, name), getattr(two, name))
        for name in ("score", "allowed", "demand", "capacity", "group")
    )
    assert one.score.tolist() == [[REGION_POINTS.value, SOFT_POINTS.value]]


@pytest.mark.parametrize(
    ("relatives", "count"),
    [
        (JoiningRelatives(2, visa_granted=True, expected_on=date(2026, 9, 1)), 2),
        (JoiningRelatives(2, visa_granted=True, expected_on=date(2027, 9, 1)), 0),
        (JoiningRelatives(2, visa_granted=False, expected_on=date(2026, 9, 1)), 0),
    ],
)
def test_relatives_count_as_the_text_says(relatives: JoiningRelatives, count: int) -> None:
    assert "gezinsleden met een visum die nog komen, en wanneer" in RECORD.source_data
    assert (
        "Gezinsleden met een visum die dit half jaar komen, krijgen ook plaats." in RECORD.methods_and_models
    )
    with_relatives = replace(HOUSEHOLD, joining=relatives)
    problem, _ = build([with_relatives], PLACES, date(2026, 7, 1), Choices())
    assert problem.demand.max() == HOUSEHOLD.persons + count


def test_what_is_on_and_off_by_default_is_as_the_text_says() -> None:
    working = RECORD.methods_and_models
    assert "Grote en kleine huishoudens worden gespreid." in working
    assert Choices().spread
    assert not Choices().within_pace
    assert all(one.source for one in every_criterion())
    assert "Een regel zonder zo'n basis werkt niet." in working
    asked = inspect.signature(solve_fair).parameters["least_gain"]
    assert asked.default is inspect.Parameter.empty
    assert "least_gain" not in inspect.signature(solve).parameters
    assert "Een schatting van de kans op werk doet standaard niet mee." in working
    read = {name for one in every_criterion() for name in one.reads}
    assert not [name for name in read if "chance" in name or "outcome" in name]


def test_what_the_text_says_is_no_field_is_none() -> None:
    names = {field.name for kind in (Household, Member) for field in fields(kind)}
    assert "Nationaliteit, religie en etniciteit staan niet in het systeem." in RECORD.source_data
    assert not [name for name in names if re.search("nation|relig|ethni|origin|country|language", name)]


def test_the_text_falls_into_paragraphs() -> None:
    assert all("\n\n" in getattr(RECORD, name) for name in LONG - {"impacttoetsen"})
    kinds = [is_list for is_list, _ in blocks(RECORD.source_data)]
    assert (False, True) in pairwise(kinds)
