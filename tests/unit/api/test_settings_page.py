"""The page of settings says what the service reads."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_of_settings_is_written_from_the_settings() -> None:
    module = runpy.run_path(str(DOCS / "make_settings.py"))

    assert (DOCS / "settings.md").read_text(encoding="utf-8") == module["page"]()
