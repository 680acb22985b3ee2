"""A municipality's urgency scheme orders its offers, and a project of flex homes warns before it breaks its share."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from walking import choose, done, fill_by_keyboard, follow, leave, look, press, sign_in

pytestmark = pytest.mark.browser
ZUNDERT = "GM0879"


def test_an_urgency_scheme_decides_in_which_order_homes_are_offered(page: Page, address: str) -> None:
    sign_in(page, address, "gemeente-zundert")
    page.goto(f"{address}/gemeenten/{ZUNDERT}/woningen/")
    expect(page.locator("main")).to_contain_text("een aanname van dit programma")
    follow(page, "Urgentieregeling")
    press(page, "Leg vast")
    expect(page.get_by_role("alert").locator("li")).to_have_count(5)
    look(page, "urgency-wrong")
    fill_by_keyboard(
        page,
        {
            "#vanaf": "01-02-2026",
            "#regeling": "",
            "#statushouders": "",
            "#bepaling": "vast",
            "#groep-a": "",
            "#volgorde1": "het grootste",
            "#volgorde2": "wie het langst",
            "#bron": "huisvestingsverordening 2026 (verzonnen)",
        },
        "form.ee-form button",
    )
    done(page, "De urgentieregeling is vastgelegd")
    row = page.get_by_role("row", name="1 februari 2026")
    expect(row).to_contain_text("het grootste huishouden, dan wie het langst een vergunning heeft")
    look(page, "urgency-of")
    page.locator("#vanaf").fill("01-02-2026")
    page.locator("#volgorde3").select_option(label="huishoudens met kinderen")
    press(page, "Leg vast")
    expect(page.locator("#reden")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#bron")).to_have_value("huisvestingsverordening 2026 (verzonnen)")
    page.goto(f"{address}/gemeenten/{ZUNDERT}/woningen/")
    expect(page.locator("main")).to_contain_text("Zo staat het in uw urgentieregeling, vanaf 1 februari 2026")
    expect(page.get_by_role("cell", name="Na het vorige").first).to_be_visible()
    look(page, "home-matching")
    leave(page)
    page.goto(f"{address}/urgentie/?dag=31-01-2026")
    expect(page.get_by_role("rowheader", name="Zundert")).to_have_count(0)
    page.goto(f"{address}/urgentie/")
    expect(page.get_by_role("rowheader", name="Zundert")).to_be_visible()
    look(page, "urgency")


def measure(page: Page) -> None:
    """Record a figure on liveability with the keyboard alone."""
    follow(page, "Leg een cijfer vast")
    press(page, "Leg vast")
    expect(page.get_by_role("alert").locator("li")).to_have_count(5)
    fill_by_keyboard(
        page,
        {
            "#maat": "Klachten",
            "#waarde": "4",
            "#dag": "01-03-2026",
            "#wie": "gemeente Zundert",
            "#bron": "rapport (verzonnen)",
        },
        "form.ee-form button",
    )
    done(page, "Het cijfer is vastgelegd")
    expect(page.locator("#leefbaarheid ~ .ee-lived svg")).to_have_count(1)
    look(page, "flex-project")


def take_back(page: Page) -> None:
    """Withdraw a figure that should not have stood there."""
    follow(page, "Verbeter klachten")
    follow(page, "Trek dit cijfer in")
    press(page, "Trek in")
    expect(page.get_by_role("alert").locator("li")).to_have_count(1)
    look(page, "flex-take-back")
    page.locator("#reden").fill("ging over een ander project")
    press(page, "Trek in")
    done(page, "Het cijfer is ingetrokken")
    expect(page.locator("main")).to_contain_text("Over dit project is nog geen cijfer vastgelegd.")


def test_a_flex_project_warns_before_its_share_is_broken(page: Page, address: str) -> None:
    sign_in(page, address, "gemeente-zundert")
    choose(page, "Wonen en geld", "Flexwoningen")
    follow(page, "Voeg een project toe")
    fields = {
        "#naam": "Verzonnen wei",
        "#regeling": "sft-2022",
        "#aanvraag": "01-10-2022",
        "#woningen": "30",
        "#statushouders": "2",
        "#oplevering": "01-10-2026",
        "#jaren": "15",
    }
    fill_by_keyboard(page, fields, "form.ee-form button")
    expect(page.locator("#gezien-fout")).to_contain_text("Zo wordt het aandeel van de regeling niet gehaald")
    expect(page.locator("#naam")).to_have_value("Verzonnen wei")
    look(page, "flex-warned")
    page.locator("#statushouders").fill("10")
    press(page, "Voeg toe")
    done(page, "is toegevoegd")
    where = page.url
    expect(page.locator("main")).to_contain_text("precies op de grens")
    expect(page.locator("#effect ~ table")).to_contain_text("2026-II")
    stale = page.context.new_page()
    stale.goto(where)
    page.locator("#statushouders").fill("9")
    page.locator("#reden").fill("een woning minder")
    press(page, "Leg vast")
    page.get_by_label("Ik heb dit gezien").check()
    press(page, "Leg vast")
    done(page, "is gewijzigd")
    expect(page.locator("main")).to_contain_text("niet gehaald")
    stale.locator("#jaren").fill("16")
    stale.locator("#reden").fill("uit een oud tabblad")
    press(stale, "Leg vast")
    expect(stale.get_by_role("alert")).to_contain_text("Iemand anders was u voor")
    expect(stale.locator("#reden")).to_have_value("uit een oud tabblad")
    stale.close()
    measure(page)
    take_back(page)
