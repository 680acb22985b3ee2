"""Whole walks in a real browser: the main job, by mouse and by keyboard, and every page with axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect
from walking import fact, look, sign_in, tab_to, violations

pytestmark = pytest.mark.browser
PUBLIC = {
    "start": "/",
    "half-year": "/halfjaren/2026-I/",
    "half-year-replaced": "/halfjaren/2025-I/",
    "municipalities": "/gemeenten/",
    "municipality": "/gemeenten/GM0344/",
    "provinces": "/provincies/",
    "province": "/provincies/PV26/",
    "sign-in": "/aanmelden/",
    "about": "/over/",
    "accessibility": "/toegankelijkheid/",
    "urgency": "/urgentie/",
    "transit": "/doorstroomlocaties/",
    "schemes": "/regelingen/?dag=15-06-2025",
    "scheme": "/regelingen/sft-2023/?dag=02-04-2024",
    "authority": "/bevoegdheden/",
    "error": "/gemeenten/GM9999/",
    "missing": "/bestaat-niet/",
}
OF_ROLE = {
    "desk-coa": ("coa", "/bureau/"),
    "desk-region": ("coa", "/bureau/regios/zuid-holland-zeeland/"),
    "desk-municipality": ("gemeente-utrecht", "/bureau/"),
    "desk-association": ("corporatie", "/bureau/"),
    "desk-province": ("provincie-utrecht", "/bureau/"),
    "desk-ministry": ("ministerie", "/bureau/"),
    "desk-ind": ("ind", "/bureau/"),
    "desk-auditor": ("auditor", "/bureau/"),
    "desk-administrator": ("beheer", "/bureau/"),
    "open-work": ("coa", "/werk/?termijn=late"),
    "workspace": ("coa", "/koppelen/"),
    "propose": ("coa", "/koppelen/voorstel/"),
    "place-explained": ("auditor", "/koppelen/gemeenten/GM0344/"),
    "weeks": ("coa", "/koppelen/weken/?gemeente=GM0344"),
    "proposal": ("auditor", "/koppelen/voorstellen/1/"),
    "journal": ("auditor", "/journaal/"),
    "announce": ("ministerie", "/aankondigen/"),
    "homes-all": ("auditor", "/woningen/"),
    "transit-all": ("ministerie", "/doorstroomlocaties/"),
    "transit-site": ("gemeente-utrecht", "/doorstroomlocaties/T-0000001/"),
    "transit-add": ("gemeente-utrecht", "/doorstroomlocaties/toevoegen/"),
    "flex": ("corporatie", "/flexwoningen/"),
    "flex-add": ("corporatie", "/flexwoningen/toevoegen/"),
    "urgency-of": ("gemeente-utrecht", "/urgentie/GM0344/"),
    "own-municipality": ("gemeente-utrecht", "/gemeenten/GM0344/"),
}


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_page_is_accessible_at_both_widths(page: Page, address: str, name: str) -> None:
    page.goto(address + PUBLIC[name])
    look(page, name)


@pytest.mark.parametrize("name", OF_ROLE)
def test_every_page_of_a_role_is_accessible_at_both_widths(page: Page, address: str, name: str) -> None:
    account, path = OF_ROLE[name]
    sign_in(page, address, account)
    page.goto(address + path)
    look(page, name)


def test_axe_finds_what_is_wrong(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelector('label').remove()")
    assert any(found.startswith("label") for found in violations(page))


def test_from_sign_in_to_a_confirmed_link_and_its_effect(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    expect(page).to_have_url(re.compile("/bureau/$"))
    page.get_by_role("link", name="voorgestelde koppelingen wachten op uw besluit").click()
    expect(page).to_have_url(re.compile("/koppelen/$"))
    first = page.locator("tbody tr").first
    household = first.locator("th").inner_text()
    municipality = first.locator("td a").inner_text()
    people = int(re.findall(r"\d+", first.locator("td.ee-num").first.inner_text())[0])
    target = first.locator("td a").get_attribute("href")
    page.goto(f"{address}{target}")
    linked_before = fact(page, "Gekoppeld, nog niet gehuisvest")
    room_before = fact(page, "Nog te koppelen door het COA")

    page.goto(f"{address}/koppelen/")
    page.get_by_label(f"Kies {household}").check()
    page.get_by_role("button", name="Bekijk en bevestig").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 koppeling bevestigen")
    look(page, "confirm")
    page.get_by_role("button", name="Bevestig", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1 huishouden is gekoppeld")
    look(page, "household")
    expect(page.get_by_role("heading", level=2).first).to_contain_text(f"Gekoppeld aan {municipality}")

    page.goto(f"{address}{target}")
    assert fact(page, "Gekoppeld, nog niet gehuisvest") == linked_before + people
    assert fact(page, "Nog te koppelen door het COA") == room_before - people
    expect(page.locator("tbody th", has_text=household)).to_be_visible()

    page.goto(f"{address}/huishoudens/{household}/")
    page.get_by_role("button", name="Beëindig de koppeling").click()
    expect(page.get_by_role("alert")).to_contain_text("Vul in waarom de koppeling eindigt")
    page.get_by_label("Reden").fill("Het huishouden heeft zelf een woning gevonden.")
    page.get_by_role("button", name="Beëindig de koppeling").click()
    expect(page.locator(".ee-timeline li").last).to_contain_text("koppeling beëindigd")
    expect(page.locator(".ee-timeline")).to_contain_text("zelf een woning gevonden")
    page.goto(f"{address}{target}")
    assert fact(page, "Gekoppeld, nog niet gehuisvest") == linked_before


def test_a_signed_off_household_counts_for_its_municipality(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    page.goto(f"{address}/koppelen/?grootte=1&volgorde=-weeks_waiting")
    row = page.locator("tbody tr").nth(3)
    household, target = row.locator("th").inner_text(), row.locator("td a").get_attribute("href")
    page.goto(f"{address}{target}")
    before = fact(page, "Gehuisvest")
    page.goto(f"{address}/huishoudens/{household}/")
    page.get_by_role("button", name=re.compile("^Koppel aan")).click()
    page.get_by_role("button", name="Bevestig", exact=True).click()
    page.get_by_role("button", name="Meld dit huishouden af").click()
    expect(page.get_by_role("status")).to_contain_text("telt nu mee")
    page.goto(f"{address}{target}")
    assert fact(page, "Gehuisvest") == before + 1


def test_the_main_job_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/aanmelden/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    tab_to(page, "button[name=account][value=coa]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/bureau/$"))
    tab_to(page, ".ee-task a[href='/koppelen/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/koppelen/$"))
    tab_to(page, "input[name=huishouden]")
    page.keyboard.press("Space")
    tab_to(page, "form[action='/koppelen/bevestigen/'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 koppeling bevestigen")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 huishouden is gekoppeld")


def test_a_list_is_filtered_ordered_and_shared_by_its_address(page: Page, address: str) -> None:
    page.goto(f"{address}/halfjaren/2026-I/")
    page.get_by_label("Provincie").select_option(label="Zeeland")
    page.get_by_role("button", name="Toon").click()
    expect(page.locator("#tabel tbody tr")).to_have_count(13)
    page.get_by_role("link", name="Inwoners", exact=True).click()
    counts = [
        int(text.replace(".", "")) for text in page.locator("#tabel tbody td:nth-child(3)").all_inner_texts()
    ]
    assert counts == sorted(counts, reverse=True)
    shared = page.url
    page.context.clear_cookies()
    page.goto(shared)
    expect(page.locator("#tabel tbody tr")).to_have_count(13)


def test_the_language_switch_stays(page: Page, address: str) -> None:
    page.goto(f"{address}/gemeenten/GM0344/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="The target, step by step")).to_be_visible()
    page.goto(f"{address}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("A home for those who may stay")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Nederlands").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Een thuis voor wie mag blijven")


def test_pages_work_without_javascript(browser: object, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")  # type: ignore[attr-defined]
    page = context.new_page()
    sign_in(page, address, "coa")
    page.goto(f"{address}/koppelen/")
    page.locator("input[name=huishouden]").nth(5).check()
    page.get_by_role("button", name="Bekijk en bevestig").click()
    page.get_by_role("button", name="Bevestig", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1 huishouden is gekoppeld")
    context.close()


def test_the_ministry_announces_a_number_and_sees_the_targets(
    page: Page, address: str, runs_alone: Callable[[], AbstractContextManager[None]]
) -> None:
    sign_in(page, address, "ministerie")
    page.goto(f"{address}/aankondigen/")
    page.get_by_label("Aantal mensen").fill("twaalf")
    page.get_by_label("Bron (Staatscourant of adres)").fill("")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("alert").locator("li")).to_have_count(2)
    assert page.get_by_label("Aantal mensen").get_attribute("aria-invalid") == "true"
    with runs_alone():
        page.get_by_label("Aantal mensen").fill("12.000")
        page.get_by_label("Bron (Staatscourant of adres)").fill("Voorbeeld voor de toets")
        page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taakstelling 2026-II")
    expect(page.locator(".ee-card")).to_contain_text("12.000")
    page.get_by_role("link", name=re.compile("Ontvangstbewijs")).click()
    page.get_by_role("button", name="Reken dit na").click()
    expect(page.get_by_role("status")).to_contain_text("precies dezelfde")
    look(page, "receipt")


def test_a_municipality_registers_a_swap_and_both_pages_show_it(page: Page, address: str) -> None:
    sign_in(page, address, "gemeente-utrecht")
    page.goto(f"{address}/gemeenten/GM0344/")
    before = fact(page, "Gecorrigeerde taakstelling")
    page.get_by_role("link", name="Leg een ruil").click()
    page.get_by_role("button", name="Leg de ruil vast").click()
    expect(page.get_by_role("alert").locator("li")).to_have_count(4)
    look(page, "swap")
    page.get_by_label("Utrecht neemt mensen over").check()
    page.get_by_label("Aantal mensen").fill("2")
    page.get_by_role("textbox", name="Andere gemeente").fill("Bergen")
    page.get_by_label("Kenmerk").fill("besluit 2026-17")
    page.get_by_role("button", name="Leg de ruil vast").click()
    expect(page.get_by_role("alert")).to_contain_text("REF-02")
    page.get_by_role("textbox", name="Andere gemeente").fill("Zeist")
    page.get_by_role("button", name="Leg de ruil vast").click()
    expect(page.get_by_role("status")).to_contain_text("som van de taakstellingen is gelijk")
    assert fact(page, "Gecorrigeerde taakstelling") == before + 2
    page.goto(f"{address}/gemeenten/GM0355/")
    expect(page.locator(".ee-step", has_text="Ruil").locator(".ee-step__number")).to_have_text("\u22122")
