"""From a document that is ready to one that a colleague checked, and an invitation in four languages on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from walking import choose, leave, look, sign_in

pytestmark = pytest.mark.browser


def signal_one(page: Page, address: str) -> str:
    """Signal another document of a household that got one before, where no session is held today; return its centre."""
    page.goto(f"{address}/documenten/uitgiftedagen/")
    held = page.locator("tr", has=page.locator("a[href$='2026-03-03/']"))
    today = " ".join(held.all_inner_texts())
    page.goto(f"{address}/documenten/lijst/?soort=uitgereikt")
    rows = [text.split("\t") for text in page.locator("tbody tr").all_inner_texts()]
    household, centre = next((row[1], row[2]) for row in rows if row[2] not in today)
    page.goto(f"{address}/documenten/aanmelden/")
    for name, typed in {"huishouden": household, "klaar": "01-02-2026", "geboren": "01-05-1990"}.items():
        page.locator(f"#{name}").fill(typed)
    for name in ("foto", "vingers"):
        page.locator(f"#{name}").fill("10-01-2026")
    for name in ("bsn", "adres"):
        page.locator(f"#{name}").check()
    page.get_by_role("button", name="Meld aan").click()
    expect(page.get_by_role("status").first).to_contain_text("is aangemeld")
    return centre


def test_a_document_goes_from_ready_to_handed_out(page: Page, address: str) -> None:
    sign_in(page, address, "ind")
    choose(page, "Opvang", "Verblijfsdocumenten")
    look(page, "documents")
    page.goto(f"{address}/documenten/lijst/")
    look(page, "document-list")
    page.goto(f"{address}/documenten/aanmelden/")
    look(page, "document-signal")
    centre = signal_one(page, address)
    page.goto(f"{address}/documenten/uitgiftedagen/maken/")
    page.locator("#opvang").select_option(label=centre)
    look(page, "document-session-make")
    page.get_by_label("Dag (dd-mm-jjjj)").fill("03-03-2026")
    page.get_by_label("Naam van het team").fill("Reisteam")
    page.get_by_role("button", name="Maak de uitgiftedag").click()
    expect(page.get_by_role("status")).to_contain_text("De uitgiftedag is gemaakt")
    page.locator("input[name=huishouden]").first.check()
    page.get_by_role("button", name="Nodig uit wie is gekozen").click()
    expect(page.get_by_role("status")).to_contain_text("uitgenodigd")
    look(page, "document-session")
    session = page.url
    page.locator("table tbody th a").first.click()
    number = page.locator("h1").inner_text().removeprefix("Document ")
    look(page, "document")
    page.get_by_role("link", name="in vier talen, en voor de agenda").click()
    page.get_by_role("link", name="العربية").click()
    look(page, "document-invitation")
    page.goto(session)
    page.get_by_role("button", name=f"Uitgereikt {number}").click()
    expect(page.locator("main")).to_contain_text("wacht op een collega")
    leave(page)
    sign_in(page, address, "ind-2")
    page.goto(session)
    page.get_by_role("button", name=f"Gecontroleerd {number}").click()
    expect(page.locator("tr", has_text=number)).to_contain_text("uitgereikt en gecontroleerd")
    look(page, "document-session-done")
    page.goto(f"{address}/documenten/uitgiftedagen/")
    look(page, "document-sessions")
    leave(page)
    sign_in(page, address, "gemeente-utrecht")
    page.goto(f"{address}/documenten/")
    look(page, "documents-municipality")
