"""A run of the policy lab per province and per municipality: pages, files and report."""

from __future__ import annotations

import csv
import io
import re
from itertools import product

import pytest
from django.test import Client
from small_country import COA

from eenthuis.lab import PLACE_MEASURES, PROVINCE_MEASURES
from eenthuis.reference.policy import scenarios
from eenthuis.services import lab, lab_work
from eenthuis.store.lab_models import LabFileRow
from eenthuis.terms.lab_runs import LabAsk, LabKind

pytestmark = pytest.mark.django_db
PAIR = (scenarios()["today"], scenarios()["as-advised"])


@pytest.fixture
def where() -> str:
    """The address of a comparison that is done."""
    address = lab.ask(actor=COA, asked=LabAsk(LabKind.COMPARE, PAIR, 3, 3, 1))
    lab_work.work_once("w")
    return f"/beleidslab/{address}/"


def text(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_province_has_a_panel_and_a_row_for_every_measure(where: str) -> None:
    for measure in PROVINCE_MEASURES:
        page = text(f"{where}provincies/?maat={measure.name}")
        assert page.count("Fryslân</th>") == 1
        assert page.count("2027-I</th>") == 12
        panels = re.findall(r'<svg[^>]*ee-figure--panel".*?</svg>', page, re.DOTALL)
        assert len(panels) == 12
        scales = {tuple(re.findall(r'text-anchor="end">([^<]*)</text>', one)[:3]) for one in panels}
        assert len(scales) == 1, "all on the same axes"


def test_every_municipality_has_a_square_and_a_row_for_every_measure(where: str) -> None:
    for name, shown in product([one.name for one in PLACE_MEASURES], ["scenario", "basis", "verschil"]):
        page = text(f"{where}kaart/?maat={name}&toon={shown}&halfjaar=2026-II")
        assert len(re.findall(r'<rect[^>]*class="tile', page)) == 342
        assert page.count('<th scope="row">') == 342
        assert page.count('halfjaar=2027-I#kaart" rel="next"') == 1
        assert page.count('halfjaar=2026-I#kaart" rel="prev"') == 1
        kinds = set(re.findall(r'"tile tile--(\w+)"', page))
        assert kinds <= set(re.findall(r"ee-key--tile-(\w+)", page))


def test_the_figures_of_a_page_are_those_of_its_file(where: str) -> None:
    answer = Client().get(f"{where}municipalities-backlog.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 2 * 3 * 342
    assert LabFileRow.objects.filter(name="municipalities-backlog.csv.gz").exists()
    assert "municipalities-backlog.csv<" in text(where)
    provinces = list(csv.DictReader(io.StringIO(Client().get(f"{where}provinces.csv").content.decode())))
    behind = sum(
        max(0.0, float(row["mean"]))
        for row in provinces
        if row["measure"] == "backlog" and row["half_year"] == "2027-I"
    )
    assert behind > 0
    assert {row["difference"] for row in provinces if row["scenario"] == "today"} == {""}


def test_what_is_no_measure_or_half_year_shows_the_first(where: str) -> None:
    page = text(f"{where}kaart/?maat=%3Cscript%3E&toon=x&halfjaar=1999-I")
    assert "Achterstand op de taakstelling, 2027-I" in page
    assert "<script>" not in page.split("<main")[1]
    assert "Achterstand op de taakstelling (mensen)" in text(f"{where}provincies/?maat=niets")


def test_a_run_without_places_has_no_map() -> None:
    address = lab.ask(actor=COA, asked=LabAsk(LabKind.TORNADO, PAIR, 1, 1, 1))
    assert Client().get(f"/beleidslab/{address}/kaart/").status_code == 404
    lab_work.work_once("w")
    assert Client().get(f"/beleidslab/{address}/provincies/").status_code == 404
    assert "kaart/" not in text(f"/beleidslab/{address}/")


def test_the_pages_are_in_english_too(where: str) -> None:
    client = Client()
    client.cookies["taal"] = "en"
    assert "Per municipality, in time" in client.get(f"{where}kaart/").content.decode()
    assert "Per province" in client.get(f"{where}provincies/").content.decode()
