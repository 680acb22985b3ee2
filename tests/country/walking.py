"""What every walk through the pages needs: signing in, looking with axe at both widths, and reading a fact."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
WIDE = """width => [...document.querySelectorAll('main *')].filter(
    one => one.getBoundingClientRect().right > width && !one.closest('.ee-scroll')
).slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""
"""The first elements that reach past the page, for whoever has to mend it."""
SHOTS = ROOT / ".cache" / "pages"


def sign_in(page: Page, address: str, account: str) -> None:
    page.goto(f"{address}/aanmelden/")
    page.locator(f"button[name=account][value={account}]").click()
    expect(page.locator(".ee-who")).to_contain_text(account)


def leave(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Afmelden").click()


def as_account(page: Page, address: str, account: str, path: str) -> None:
    """Go to a page as another account, signing out first."""
    leave(page)
    sign_in(page, address, account)
    page.goto(address + path)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def done(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


def choose(page: Page, group: str, entry: str) -> None:
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    menu.locator("summary", has_text=group).click()
    with page.expect_navigation():
        menu.get_by_role("link", name=entry, exact=True).click()


def violations(page: Page) -> list[str]:
    page.wait_for_load_state()
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def look(page: Page, name: str) -> None:
    """Keep a picture at both widths, and find no violation and no sideways scrolling at either."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = violations(page)
        assert found == [], f"{name} at {width}: {found}"
        wide = page.evaluate(WIDE, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}: {wide}"
        page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)


def fact(page: Page, name: str) -> int:
    shown = (
        page.locator(".ee-fact", has=page.locator("dt", has_text=re.compile(f"^{name}$"))).locator("dd").first
    )
    return int(shown.inner_text().replace(".", ""))


def tab_to(page: Page, selector: str, most: int = 260) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    pytest.fail(f"{selector} cannot be reached with the keyboard")


def fill_by_keyboard(page: Page, fields: dict[str, str], button: str) -> None:
    """Fill fields in the order of the page and press a button, with the keyboard alone.

    In a list the choice is typed, a tick box or round button takes a space, and text replaces what stood there.
    """
    for field, typed in fields.items():
        tab_to(page, field)
        kind = page.evaluate("[document.activeElement.tagName, document.activeElement.type].join(' ')")
        if kind.endswith(("checkbox", "radio")):
            page.keyboard.press("Space")
        else:
            if not kind.startswith("SELECT"):
                page.keyboard.press("Control+a")
            page.keyboard.type(typed)
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")
