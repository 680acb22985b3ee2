"""A spreadsheet handed in, in a real browser: wrong rows shown and given back, mended, agreed to and taken in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from walking import choose, look, sign_in, tab_to
from workbooks import Written, xlsx

from eenthuis.connect import sheet_reading

pytestmark = pytest.mark.browser
PATIENCE_MS = 120_000
HEADINGS: list[Written] = ["Gemeente", "Halfjaar", "Stand op", "Gehuisvest", "Toelichting"]
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def payload(*rows: list[Written]) -> FilePayload:
    content = xlsx({"Voortgang": [HEADINGS, *rows]})
    return {"name": "voortgang-utrecht.xlsx", "mimeType": MIME, "buffer": content}


def ready(page: Page, word: str) -> None:
    expect(page.locator("#stand")).to_have_text(word, timeout=PATIENCE_MS)


def test_progress_is_handed_in_mended_taken_in_and_taken_out_again(page: Page, address: str) -> None:
    sign_in(page, address, "gemeente-utrecht")
    choose(page, "Bestanden en beheer", "Bestanden")
    tab_to(page, "form[action*=voortgang] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Kies eerst een bestand")
    look(page, "sheets-problem")
    good: list[Written] = ["Utrecht", "2026-I", date(2026, 2, 28), 42, "=geen formule"]
    page.get_by_label("Ingevuld bestand met Voortgang").set_input_files(
        payload(
            good,
            ["Utregt", "2026-I", "30-02-2026", "veel", None],
            ["Zundert", "2026-I", "28-02-2026", 4, None],
        )
    )
    page.get_by_role("button", name="Kijk Voortgang na").click()
    expect(page).to_have_url(re.compile(r"/bestanden/\d+/$"))
    ready(page, "Nagekeken")
    expect(page.locator("#tabel tbody tr")).to_have_count(4)
    expect(page.locator("#tabel")).to_contain_text("Deze gemeente is niet de uwe.")
    look(page, "sheet-wrong")
    with page.expect_download() as got:
        page.get_by_role("link", name="Download uw bestand").click()
    (grid,) = sheet_reading.grids(Path(got.value.path()).read_bytes(), "terug.xlsx")
    assert grid.rows[1][:5] == [*good]
    assert "geen gemeente die zo heet" in str(grid.rows[2][5])
    choose(page, "Bestanden en beheer", "Bestanden")
    page.get_by_label("Ingevuld bestand met Voortgang").set_input_files(payload(good))
    page.get_by_role("button", name="Kijk Voortgang na").click()
    ready(page, "Nagekeken")
    look(page, "sheet-sound")
    page.get_by_role("button", name="Lees 1 nieuwe rij in").click()
    ready(page, "Klaar")
    look(page, "sheet-done")
    page.get_by_role("link", name="Ontvangstbewijs").click()
    page.get_by_role("button", name="Reken dit na").click()
    expect(page.get_by_role("status")).to_contain_text("precies dezelfde")
    choose(page, "Bestanden en beheer", "Bestanden")
    look(page, "sheets")
    page.get_by_role("link", name="Voortgang volgens uw gemeente").click()
    look(page, "list-file")
    with page.expect_download() as got:
        page.get_by_role("button", name="Download").click()
    page.goto(f"{address}/bestanden/")
    page.get_by_label("Ingevuld bestand met Voortgang").set_input_files(got.value.path())
    page.get_by_role("button", name="Kijk Voortgang na").click()
    ready(page, "Nagekeken")
    expect(page.get_by_text("Alles stond er al.")).to_be_visible()
    page.get_by_role("button", name="Trek dit bestand in").click()
    expect(page.get_by_role("status")).to_contain_text("weggegooid")


def test_a_long_list_is_made_in_the_background_with_its_filter_and_without_a_script(
    page: Page, address: str
) -> None:
    browser = page.context.browser
    assert browser is not None
    with browser.new_context(java_script_enabled=False, locale="nl-NL") as context:
        plain = context.new_page()
        sign_in(plain, address, "coa")
        plain.goto(f"{address}/koppelen/?stand=&grootte=1")
        plain.get_by_role("link", name="Excel of CSV met filter").click()
        expect(plain.locator(".ee-list")).to_contain_text("Personen: 1")
        plain.goto(f"{address}/lijsten/huishoudens/")
        plain.get_by_role("button", name="Download").click()
        expect(plain).to_have_url(re.compile(r"/bestanden/\d+/$"))
        for _ in range(60):
            if plain.locator("#stand").inner_text() == "Klaar":
                break
            plain.wait_for_timeout(2000)
            plain.get_by_role("link", name="Ververs deze pagina").click()
        with plain.expect_download() as got:
            plain.get_by_role("link", name="Download de lijst").click()
        first, about = sheet_reading.grids(Path(got.value.path()).read_bytes(), got.value.suggested_filename)
        assert len(first.rows) > 2000
        assert ["Filter", "geen, de hele lijst"] in about.rows
