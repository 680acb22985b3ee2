"""Every list of files there is, in every form: the rows that the page counts, with filter and moment."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import get_resolver
from every_route import client_of, routes
from small_country import COA, OF_UTRECHT, TODAY, UTRECHT, home_in

from eenthuis.connect.sheet_reading import grids
from eenthuis.services import homes, linking, lists, sign_offs
from eenthuis.services.processing import processed
from eenthuis.store import accounts
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.people import HouseholdId

OFFICER = Actor("iemand-coa", Role.COA)
FILTERS = {
    "households-file": ("stand=waiting", "Stand"),
    "homes-file": ("gemeente=GM0344", "Gemeente: Utrecht (GM0344)"),
    "sign-offs-file": ("halfjaar=2026-I", "Halfjaar: 2026-I"),
    "progress-file": ("gemeente=GM0344", "Gemeente: Utrecht (GM0344)"),
    "workspace-file": ("stand=confirmed", "Stand: "),
    "work-file": ("soort=house&gemeente=GM0344", "Gemeente: Utrecht (GM0344)"),
    "journal-file": ("handeling=confirm-link", "Handeling: "),
}
ROWS = {
    "households-file": 5,
    "homes-file": 1,
    "sign-offs-file": 1,
    "workspace-file": 3,
    "work-file": 1,
    "journal-file": 3,
}


@pytest.fixture
def officer(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    names = tuple(HouseholdId(f"PE-{number:06d}") for number in (1, 2, 3))
    linking.confirm(actor=COA, proposal=proposal, households=names, today=TODAY)
    sign_offs.sign_off(actor=COA, household=names[0], on=TODAY, today=TODAY)
    homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))
    accounts.save_account(OFFICER, "een lang wachtwoord")
    return client_of(OFFICER)


def files() -> dict[str, str]:
    return {
        name: f"/{where}"
        for name, where in routes(get_resolver())
        if name.endswith("-file") and "lijsten/" in where
    }


def test_every_list_goes_out_in_every_form_with_its_rows_its_filter_and_the_moment(officer: Client) -> None:
    assert set(files()) == set(FILTERS)
    for name, where in files().items():
        query, words = FILTERS[name]
        page = officer.get(f"{where}?{query}").content.decode()
        count = int(re.search(r"<dt>Rijen</dt><dd>(\d+)</dd>", page)[1])  # type: ignore[index]
        assert count == ROWS.get(name, 0), name
        for form, ending in lists.FORMS.items():
            answer = officer.post(f"{where}?{query}", {"vorm": form})
            assert f".{ending}" in answer["Content-Disposition"], (name, form)
            assert re.search(r"-\d{8}-\d{4}\.", answer["Content-Disposition"])
            rows, facts = read(answer.content, ending, form)
            assert len(rows) == count, (name, form)
            assert facts is None or words in facts["Filter"], (name, form)
            assert facts is None or re.fullmatch(r"\d\d-\d\d-\d{4} \d\d:\d\d", facts["Moment"]), (name, form)
    assert "export-list" in {line.activity.value for line in processed("PE-000002")}


def read(content: bytes, ending: str, form: str) -> tuple[list[list[object]], dict[str, str] | None]:
    """Return the rows of a file and what stands beside them; None where a file without rows has no place for it."""
    found = grids(content, f"a.{ending}")
    rows: list[list[object]] = [list(row) for row in found[0].rows]
    if form in {"xlsx", "ods"}:
        return rows[1:], {str(row[0]): str(row[1]) for row in found[1].rows}
    if form == "excel":
        return rows[5:], {str(row[0]): str(row[1]) for row in rows[:3]}
    names = [str(cell) for cell in rows[0][-3:]]
    return rows[1:], dict(zip(names, map(str, rows[1][-3:]), strict=True)) if rows[1:] else None


def test_the_page_of_open_work_leads_to_its_file_with_the_present_filter(officer: Client) -> None:
    page = officer.get("/werk/?soort=house&gemeente=GM0344").content.decode()
    assert "/lijsten/werk/?soort=house&amp;gemeente=GM0344" in page
    assert "PE-000002" in page
    content = officer.post("/lijsten/werk/?soort=house&gemeente=GM0344", {"vorm": "csv"}).content.decode()
    assert "PE-000002" in content
    assert "PE-000003" not in content
