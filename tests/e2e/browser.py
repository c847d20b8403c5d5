"""Debian's Chromium, driven by Playwright; its own browsers would be a download."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, ViewportSize, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    # The map needs WebGL; a machine without a graphics card draws it with the processor.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
WINDOW = ViewportSize(width=1440, height=900)


@contextmanager
def opened_page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            page = browser.new_page(viewport=WINDOW, locale="ja-JP")
            page.goto(address)
            yield page
        finally:
            browser.close()
