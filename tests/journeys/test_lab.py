"""The pages of the policy lab in a real browser, at both widths and with axe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from walking import fill_by_keyboard, leave, look, press, sign_in

pytestmark = pytest.mark.browser
PATIENCE = 120_000


WORK = "code,persons,at_work,source,is_invented\n" + "".join(
    f",{persons},0.4,a trial,yes\n" for persons in range(1, 9)
)


def ask(page: Page, address: str, how: str, work: str = "") -> str:
    """Ask a small question and return the address of the answer once it is there."""
    page.goto(f"{address}/beleidslab/")
    page.get_by_label("Scenario").select_option("as-advised")
    page.get_by_label("Vergeleken met").select_option("today")
    page.get_by_label("Hoe").select_option(label=how)
    page.get_by_label("Toekomsten").fill("4" if how == "als geheel" else "100")
    if work:
        page.get_by_label("Kansen op werk").set_input_files(
            {"name": "werk.csv", "mimeType": "text/csv", "buffer": work.encode()}
        )
    page.get_by_role("button", name="Reken door").click()
    done = page.get_by_role("link", name="Bekijk de uitkomst")
    expect(done).to_be_visible(timeout=PATIENCE)
    with page.expect_navigation():
        done.click()
    found = re.search(r"/beleidslab/[0-9a-f]{16}/", page.url)
    assert found is not None
    return found[0]


def test_what_knowing_more_is_worth_is_read(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    ask(page, address, "wat meer weten waard is")
    page.get_by_label("Maat").select_option(label="subsidie voor flexwoningen in het halfjaar")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_text("Wie alle parameters kende")).to_be_visible()
    look(page, "lab-worth")


def test_work_is_measured_with_a_file_and_a_bad_one_is_told(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    page.goto(f"{address}/beleidslab/vragen/?uit=as-advised")
    page.get_by_label("Naam van het scenario").fill("met kansen op werk")
    page.get_by_label("Bestand met kansen op werk").set_input_files(
        {"name": "werk.csv", "mimeType": "text/csv", "buffer": WORK.replace("0.4", "1.4").encode()}
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Reken door").click()
    expect(page.get_by_text("rij 2, kolom at_work, waarde 1.4").first).to_be_visible()
    look(page, "lab-ask-work")
    ask(page, address, "als geheel", WORK)
    expect(page.get_by_text("Deze kansen zijn verzonnen")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Mensen van wie verwacht wordt")).click()
    look(page, "lab-run-work")
    page.get_by_role("link", name="Per provincie", exact=True).click()
    page.get_by_label("Maat").select_option(
        label="duurzame opvangplaatsen onder het deel, naar inwoners, van wat nodig is"
    )
    page.get_by_role("button", name="Toon").click()
    look(page, "lab-provinces-places-short")


def test_a_comparison_is_read_per_province_and_through_the_half_years(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    ask(page, address, "als geheel")
    look(page, "lab-run")
    page.get_by_role("link", name="Per provincie", exact=True).click()
    page.get_by_label("Maat").select_option(label="afgemeld in het halfjaar")
    page.get_by_role("button", name="Toon").click()
    look(page, "lab-provinces")
    page.get_by_role("link", name="Per gemeente, in de tijd").click()
    expect(page.get_by_role("heading", name="Achterstand op de taakstelling, 2035-II")).to_be_visible()
    page.get_by_role("link", name="vorig halfjaar").click()
    expect(page.get_by_role("heading", name="Achterstand op de taakstelling, 2035-I")).to_be_visible()
    look(page, "lab-map")


def test_a_scenario_of_ones_own_is_asked_stopped_shared_and_read_from_a_file(
    page: Page, address: str, tmp_path: Path
) -> None:
    sign_in(page, address, "gemeente-utrecht")
    page.goto(f"{address}/beleidslab/vragen/")
    send = "button[name=scenario][value=eigen]"
    fill_by_keyboard(page, {"#naam": "Verzonnen bijstelling", "#toekomsten": "veel"}, send)
    expect(page.locator("#toekomsten")).to_have_attribute("aria-describedby", "toekomsten-fout")
    expect(page.locator("#naam")).to_have_value("Verzonnen bijstelling")
    look(page, "lab-ask-wrong")
    fill_by_keyboard(page, {"#interim_adjustment": "alleen omlaag", "#toekomsten": "5.000"}, send)
    where = page.url
    press(page, "Stop")
    expect(page.locator("#verloop")).to_contain_text(re.compile("gestopt|stopt"), timeout=PATIENCE)
    page.goto(where)
    text = page.request.get(f"{where}scenario-1.toml").text()
    assert 'interim_adjustment = "down-only"' in text
    file = tmp_path / "scenario.toml"
    file.write_text(text.replace("down-only", "sideways"))
    page.goto(f"{address}/beleidslab/vragen/")
    page.locator("#toekomsten").fill("2")
    page.locator("#bestand").set_input_files(file)
    press(page, "Reken het bestand door")
    expect(page.locator("#bestand-fout")).to_contain_text("interim_adjustment")
    expect(page.locator("#toekomsten")).to_have_value("2")
    file.write_text(text)
    page.locator("#bestand").set_input_files(file)
    press(page, "Reken het bestand door")
    shared = page.url
    expect(page.get_by_role("link", name="Bekijk de uitkomst")).to_be_visible(timeout=PATIENCE)
    leave(page)
    page.goto(shared)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Verzonnen bijstelling tegen")
    look(page, "lab-shared")
    expect(page.get_by_role("link", name="rapport (PDF)")).to_be_visible()
    assert page.request.get(f"{shared}rapport.pdf").body().startswith(b"%PDF")
    again = page.request.get(f"{shared}scenario-1.toml").text()
    assert again.split("[levers]")[1] == text.split("[levers]")[1]
