"""The console in a real browser: an operator sees the request, approves it, and watches it fly."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import CHROMIUM, opened_page
from tests.e2e.installation import Installation
from tests.e2e.processes import ROOT, Processes

CONSOLE = ROOT / "api" / "console" / "dist" / "index.html"
PICTURE = ROOT / "docs" / "images" / "console.png"
SPEEDUP = 30.0
"""Slower than the other tests: drawing the map without a graphics card takes most of a core."""
SHOWN_MS = 60_000
LAUNCH_MS = 120_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="install Debian's package chromium"),
    pytest.mark.skipif(not CONSOLE.exists(), reason="make console"),
]


@pytest.fixture
def installation(processes: Processes, tmp_path: Path) -> Installation:
    made = Installation(processes, tmp_path / "data", SPEEDUP)
    made.start_simulator()
    made.start_service("--policy", "operator")
    return made


def test_an_operator_approves_in_the_console_and_sees_the_drone_move(installation: Installation) -> None:
    request_id = installation.ask_for_medicine()["id"]
    with opened_page(f"{installation.url}/#key={installation.key('operator')}") as page:
        card = page.get_by_test_id(f"request-{request_id}")
        expect(card).to_have_attribute("data-state", "planned", timeout=SHOWN_MS)
        expect(page.get_by_test_id("live-state")).to_have_attribute("data-state", "live")
        page.get_by_test_id("approve-S-0001").click()
        page.get_by_test_id(f"loaded-{request_id}").click()
        expect(card).to_have_attribute("data-state", "in_flight", timeout=LAUNCH_MS)
        see_it_move(page.get_by_test_id("drone-Q1"))
        switch_the_language(page)
        take_the_picture(page, installation, card)


def see_it_move(marker: Locator) -> None:
    """See the drone at another place of the map than before."""
    expect(marker).to_be_visible()
    before = marker.get_attribute("style") or ""
    expect(marker).not_to_have_attribute("style", before, timeout=SHOWN_MS)


def switch_the_language(page: Page) -> None:
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "ja")
    page.get_by_test_id("language-switch").click()
    expect(html).to_have_attribute("lang", "en")


def take_the_picture(page: Page, installation: Installation, card: Locator) -> None:
    """Make the README's picture when asked to: half-way out, with route and figures."""
    if "TSUBAKI_SCREENSHOT" not in os.environ:
        return
    with installation.client("operator") as operator:

        def is_well_on_its_way() -> bool:
            return any((drone["progress"] or 0) > 0.25 for drone in operator.get("/drones"))

        installation.processes.wait_for("a good moment", is_well_on_its_way, LAUNCH_MS / 1000)
    card.locator("button").first.click()
    page.wait_for_timeout(4_000)
    PICTURE.parent.mkdir(exist_ok=True)
    page.screenshot(path=PICTURE)
