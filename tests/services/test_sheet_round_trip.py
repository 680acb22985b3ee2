"""What is exported imports again: every household, whatever it holds, in every form of file."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis import reference
from eenthuis.connect.sheet_book import forms, list_words
from eenthuis.connect.sheet_cells import read_cells, written
from eenthuis.connect.sheet_ods import list_ods
from eenthuis.connect.sheet_reading import read_sheet
from eenthuis.connect.sheet_writing import ListFile, list_csv, list_workbook
from eenthuis.services.sheet_people import household_of, values_of
from eenthuis.terms.people import (
    CentreCode,
    HardCriterion,
    HardTie,
    Household,
    HouseholdId,
    JoiningRelatives,
    Member,
    Sex,
    SoftCriterion,
    SoftTie,
)
from eenthuis.terms.places import LinkingRegion
from eenthuis.terms.sheets import SheetKind

TODAY = date(2026, 3, 3)
FORM = forms()[SheetKind.HOUSEHOLDS]
MOMENT = datetime(2026, 3, 3, 9, 5)  # noqa: DTZ001 - a moment on the wall
CODES = [one.code for one in reference.municipalities(TODAY)]
names = st.text("ABCXYZ0123456789-", min_size=1, max_size=12)
days = st.dates(date(2010, 1, 1), TODAY)
places = st.frozensets(st.sampled_from(CODES), min_size=1, max_size=3)
members = st.builds(Member, st.integers(1930, 2026), st.sampled_from(Sex), st.booleans())

joining = st.builds(
    JoiningRelatives, st.integers(1, 30), st.booleans(), st.none() | st.dates(TODAY, date(2030, 1, 1))
)


@st.composite
def households(draw: st.DrawFn) -> Household:
    return Household(
        identifier=HouseholdId(draw(names)),
        members=tuple(draw(st.lists(members, min_size=1, max_size=12))),
        permit_on=draw(days),
        centre=CentreCode(draw(names)),
        region=draw(st.sampled_from(LinkingRegion)),
        hard_ties=tuple(HardTie(one, draw(places)) for one in draw(st.sets(st.sampled_from(HardCriterion)))),
        soft_ties=tuple(SoftTie(one, draw(places)) for one in draw(st.sets(st.sampled_from(SoftCriterion)))),
        joining=draw(st.none() | joining),
        needs_accessible_home=draw(st.booleans()),
    )


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv", "excel"])
@given(every=st.lists(households(), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_a_household_comes_back_from_its_row(form: str, every: list[Household]) -> None:
    made = ListFile(
        sheet="Huishoudens",
        title="Huishoudens",
        headings=list_words("households").headings,
        rows=[[written(values_of(one)[column.name], column) for column in FORM.columns] for one in every],
        filter_words="geen",
        moment=MOMENT,
    )
    kinds = {"xlsx": list_workbook, "ods": list_ods}
    content = kinds[form](made) if form in kinds else list_csv(made, for_excel=form == "excel")
    sheet = read_sheet(content, f"a.{form if form in kinds else 'csv'}", FORM)
    cells = [read_cells(line, FORM, TODAY) for line in sheet.lines]
    assert not sheet.problems
    assert [problem for one in cells for problem in one.problems] == []
    assert [values_of(household_of(one.values)) for one in cells] == [values_of(one) for one in every]
