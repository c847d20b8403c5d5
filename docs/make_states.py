"""Write docs/states.md: the life cycles, drawn from the transition tables of ``dispatch.states``."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from dispatch.states import REQUEST_TRANSITIONS, SORTIE_TRANSITIONS, RequestState, SortieState

State = TypeVar("State", RequestState, SortieState)
PAGE = Path(__file__).with_name("states.md")
HEAD = """# Life cycles

Made by `python docs/make_states.py` from `dispatch/states.py`; a test keeps the two equal. A transition that
is not drawn raises `IllegalTransition`, which names both states.
"""


def diagram(title: str, table: Mapping[State, frozenset[State]]) -> str:
    """Return a section with a Mermaid state diagram."""
    arrows = [f"    {one} --> {other}" for one, others in table.items() for other in sorted(others)]
    ends = [f"    {state} --> [*]" for state, others in table.items() if not others]
    body = "\n".join([f"    [*] --> {next(iter(table))}", *arrows, *ends])
    return f"\n## {title}\n\n```mermaid\nstateDiagram-v2\n{body}\n```\n"


def page() -> str:
    """Return the whole page."""
    return HEAD + diagram("Request", REQUEST_TRANSITIONS) + diagram("Sortie", SORTIE_TRANSITIONS)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
