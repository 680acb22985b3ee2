"""A household from permit to sign-off by the roles concerned, in a real browser, counted for its municipality."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from walking import fact, look, sign_in

pytestmark = pytest.mark.browser


def leave(page: Page) -> None:
    page.get_by_role("button", name="Afmelden", exact=True).click()


def record(page: Page, step: str, **fields: str) -> None:
    """Take a step from the page of the household: follow its link, fill in what it asks, and record it."""
    page.get_by_role("link", name=step, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(step)
    for label, value in fields.items():
        page.get_by_label(re.compile(f"^{label}")).fill(value)
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("status")).to_contain_text("Vastgelegd")


def add_home(page: Page, address: str) -> str:
    """Add a home for four that anybody can live in, and return its number."""
    page.goto(f"{address}/woningen/toevoegen/")
    page.get_by_label("Soort woning").select_option("social-rent")
    page.get_by_label("Aantal kamers").fill("3")
    page.get_by_label("Voor hoogstens hoeveel mensen").fill("9")
    page.get_by_label("Geschikt voor iemand met een rolstoel").check()
    look(page, "home-add")
    page.get_by_role("button", name="Voeg toe").click()
    found = re.search(r"W-\d{7}", page.get_by_role("status").inner_text())
    assert found is not None
    return found[0]


def offer(page: Page, home: str) -> None:
    page.get_by_role("link", name="Woning aangeboden", exact=True).click()
    page.get_by_label("Woning", exact=True).select_option(home)
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("status")).to_contain_text("Vastgelegd")


def talk_and_link(page: Page, address: str) -> tuple[str, int]:
    """Hold the talk and confirm the link of a household of two to Utrecht; return it and its people."""
    page.goto(f"{address}/koppelen/?gemeente=GM0344&grootte=2&volgorde=weeks_waiting")
    row = page.locator("tbody tr").nth(1)
    household = row.locator("th").inner_text()
    people = int(row.locator("td.ee-num").first.inner_text().split()[0])
    page.goto(f"{address}/huishoudens/{household}/")
    if page.get_by_role("link", name="Profielgesprek gehouden", exact=True).count():
        record(page, "Profielgesprek gehouden")
    expect(page.locator("#weg ~ p").first).to_contain_text("wacht op een koppeling")
    page.get_by_role("button", name=re.compile("^Koppel aan Utrecht")).click()
    page.get_by_role("button", name="Bevestig", exact=True).click()
    return household, people


def refuse(page: Page, where: str) -> None:
    """Refuse the home that is kept, after leaving out why."""
    page.goto(f"{where}stappen/geweigerd/")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("alert")).to_contain_text("Maak een keuze")
    look(page, "way-step")
    page.get_by_label("Waar heeft de weigering mee te maken?").select_option("medical")
    page.get_by_label("Reden").fill("De trap is te steil.")
    page.get_by_role("button", name="Leg vast").click()


def judge(page: Page, address: str, household: str) -> None:
    page.goto(f"{address}/weigeringen/")
    look(page, "refusals")
    page.goto(f"{address}/huishoudens/{household}/")
    page.get_by_role("link", name="Weigering terecht, er volgt een nieuw aanbod", exact=True).click()
    page.get_by_label("Reden").fill("Er is een brief van de arts gezien.")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.locator(".ee-timeline")).to_contain_text("weigering terecht")


def test_from_permit_to_sign_off_by_the_roles_concerned(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    household, people = talk_and_link(page, address)
    where = f"{address}/huishoudens/{household}/"
    leave(page)

    sign_in(page, address, "gemeente-utrecht")
    page.goto(f"{address}/gemeenten/GM0344/")
    before = fact(page, "Gehuisvest")
    page.goto(where)
    look(page, "household-way")
    page.get_by_role("button", name="Reden gelezen").click()
    expect(page.locator(".ee-list").first).to_contain_text("3 maart 2026")
    first, second = add_home(page, address), add_home(page, address)
    page.goto(f"{address}/gemeenten/GM0344/woningen/")
    look(page, "home-matching")
    expect(page.locator("tbody th", has_text=household)).to_be_visible()
    page.goto(where)
    offer(page, first)
    refuse(page, where)
    leave(page)

    sign_in(page, address, "coa")
    judge(page, address, household)
    leave(page)

    sign_in(page, address, "gemeente-utrecht")
    page.goto(where)
    offer(page, second)
    for step in ("Woning bezichtigd", "Woning geaccepteerd", "Huurcontract getekend"):
        record(page, step)
    page.goto(f"{address}/woningen/?stand=kept")
    look(page, "homes")
    leave(page)

    sign_in(page, address, "coa")
    page.goto(where)
    record(page, "Verhuisd")
    page.get_by_role("button", name="Meld dit huishouden af").click()
    expect(page.get_by_role("status")).to_contain_text("telt nu mee")
    expect(page.locator("#weg ~ p").first).to_contain_text("afgemeld bij het COA")
    page.goto(f"{address}/gemeenten/GM0344/")
    assert fact(page, "Gehuisvest") == before + people
    leave(page)

    sign_in(page, address, "corporatie")
    page.goto(f"{address}/woningen/")
    assert not re.search(r"PE-\d{6}", page.content())
    look(page, "homes-association")


def test_a_step_is_taken_with_the_keyboard_alone_and_mended_afterwards(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    page.goto(f"{address}/koppelen/?grootte=1&volgorde=-weeks_waiting")
    household = page.locator("tbody tr").nth(5).locator("th").inner_text()
    page.goto(f"{address}/huishoudens/{household}/stappen/nareizigers-afwachten/")
    page.get_by_label(re.compile("^Verwacht op")).focus()
    page.keyboard.type("01-09-2026")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Vastgelegd: wacht op nareizigers")
    page.get_by_role("link", name=re.compile("^Verbeter stap")).last.click()
    page.get_by_label("De stap doorhalen: dit is niet gebeurd").check()
    page.get_by_label("Wat was er verkeerd?").fill("Dit was een ander huishouden.")
    look(page, "way-correct")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("status")).to_contain_text("blijft bewaard")
    expect(page.locator(".ee-timeline")).not_to_contain_text("wacht op nareizigers")
