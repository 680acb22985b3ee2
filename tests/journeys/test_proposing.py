"""Asking for a proposal in a real browser: followed while it goes on, stopped, and laid open."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect
from walking import look, sign_in, tab_to

pytestmark = pytest.mark.browser
PATIENCE_MS = 240_000


@pytest.fixture(autouse=True)
def _alone(runs_alone: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    with runs_alone():
        yield


def ready(page: Page) -> None:
    """Wait until the run on the page has made its proposal."""
    expect(page.get_by_role("status")).to_contain_text("Klaar", timeout=PATIENCE_MS)


def test_a_proposal_is_asked_for_by_keyboard_followed_stopped_and_checked(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    page.goto(f"{address}/koppelen/voorstel/")
    page.get_by_label("Minste winst").fill("veel")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("getal in van 0,1")
    look(page, "propose-problem")
    page.get_by_label("Minste winst").fill("")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/koppelen/rekenen/\d+/$"))
    expect(page.get_by_text("Mensen met een plek")).to_be_visible(timeout=PATIENCE_MS)
    look(page, "run")
    page.goto(f"{address}/koppelen/")
    page.get_by_role("link", name="Er wordt een nieuw voorstel gemaakt").click()
    if page.locator("#stoppen button").count():
        tab_to(page, "#stoppen button")
        page.keyboard.press("Enter")
    ready(page)
    look(page, "run-done")
    page.get_by_role("link", name="Bewijs, vergelijking").click()
    expect(page.get_by_role("heading", level=2, name="Wie krijgt wat")).to_be_visible()
    assert page.locator("section[aria-labelledby=vergelijk] tbody tr").count() == 6

    with page.expect_download() as got:
        page.get_by_role("link", name="Map om te controleren").click()
    with zipfile.ZipFile(got.value.path()) as archive:
        names = set(archive.namelist())
        certificate = json.load(io.TextIOWrapper(archive.open("certificate.json"), encoding="utf-8"))
    assert {"households.csv", "places.csv", "scores.npy", "allowed.npy", "proposal.csv"} <= names
    assert all(check["violations"] == 0 for check in certificate["checks"])
    page.goto(f"{address}/journaal/")
    expect(page.locator("main")).to_contain_text("voorstel gevraagd")


def test_the_page_of_a_run_works_without_a_script(page: Page, address: str) -> None:
    browser = page.context.browser
    assert browser is not None
    with browser.new_context(java_script_enabled=False, locale="nl-NL") as context:
        plain = context.new_page()
        sign_in(plain, address, "coa")
        plain.goto(f"{address}/koppelen/")
        plain.locator("form[action$='/koppelen/voorstel/'] button").click()
        expect(plain).to_have_url(re.compile(r"/koppelen/rekenen/\d+/$"))
        for _ in range(600):
            if "Klaar" in plain.get_by_role("status").inner_text():
                break
            stop = plain.locator("#stoppen button")
            if stop.count() and "Mensen met een plek" in plain.locator("#verloop").inner_text():
                stop.click()
            else:
                plain.get_by_role("link", name="Ververs deze pagina").click()
                plain.wait_for_timeout(500)
        expect(plain.get_by_role("link", name="Bekijk het voorstel")).to_be_visible()


def test_a_person_changes_a_link_sees_the_difference_and_accepts_it(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    page.goto(f"{address}/koppelen/?grootte=2")
    household = page.locator("#tabel tbody th").first.inner_text()
    page.goto(f"{address}/huishoudens/{household}/")
    page.get_by_role("link", name=re.compile("^Kies ")).first.click()
    wanted = page.get_by_label("Gemeente", exact=True).evaluate("one => one.selectedOptions[0].text")
    page.get_by_role("button", name="Reken door").click()
    expect(page.get_by_role("alert")).to_contain_text("waarom u dit aanpast")
    look(page, "override-problem")
    page.get_by_label("Waar heeft de reden").select_option("family")
    page.get_by_label("Reden", exact=True).fill("De zus van de moeder woont daar.")
    tab_to(page, "section[aria-labelledby=aanpassen] button")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Bekijk het verschil").click(timeout=PATIENCE_MS)
    look(page, "change")
    row = page.locator("tbody tr", has_text=household)
    expect(row.locator("td").last).to_have_text(wanted)
    page.get_by_role("button", name="Neem de aanpassing aan").click()
    expect(page.get_by_role("status")).to_contain_text("aangenomen")

    page.goto(f"{address}/huishoudens/{household}/")
    expect(page.get_by_role("heading", level=2).first).to_have_text(f"Voorstel: {wanted}")
    expect(page.get_by_label("Eerdere aanpassingen")).to_be_visible()
    page.get_by_role("button", name=f"Koppel aan {wanted}").click()
    page.get_by_role("button", name="Bevestig", exact=True).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text(f"Gekoppeld aan {wanted}")
    page.goto(f"{address}/journaal/?zoek={household}")
    expect(page.locator("main")).to_contain_text("De zus van de moeder woont daar.")


def test_what_cannot_be_is_told_with_what_can_be_done(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    page.goto(f"{address}/koppelen/?grootte=8%2B")
    household = page.locator("#tabel tbody th").first.inner_text()
    page.goto(f"{address}/huishoudens/{household}/")
    page.get_by_label("Naar de gemeente die ik kies", exact=True).check()
    page.get_by_label("Gemeente", exact=True).select_option("GM0088")
    page.get_by_label("Waar heeft de reden").select_option("other")
    page.get_by_label("Reden", exact=True).fill("Toets of het kan.")
    page.get_by_role("button", name="Reken door").click()
    expect(page.get_by_role("heading", name="Dit gaat niet samen").first).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("#verloop ol li").first).to_be_visible()
    look(page, "change-refused")
