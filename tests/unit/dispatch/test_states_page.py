import runpy
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_of_life_cycles_is_drawn_from_the_tables() -> None:
    module = runpy.run_path(str(DOCS / "make_states.py"))

    assert (DOCS / "states.md").read_text(encoding="utf-8") == module["page"]()
