"""The commands and answers that stand in our documents."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.processes import ROOT

HOWTO = ROOT / "docs" / "howto" / "sign-a-link.md"
"""The others show what to write, and commands that fly for minutes."""

DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", HOWTO, *(ROOT / "docs").glob("*.md")])

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_INLINE_MAKE = re.compile(r"`(make [^`]+)`")


@dataclass(frozen=True)
class Block:
    """Shell commands, and the JSON that the document says they print."""

    commands: str
    answer: str | None


def blocks_of(document: Path) -> list[Block]:
    """Return the ``sh`` blocks; a ``json`` block is the answer to the one right before it."""
    found: list[Block] = []
    for language, body in _BLOCK.findall(_text(document)):
        if language == "sh":
            found.append(Block(body, None))
        elif language == "json":
            found[-1] = Block(found[-1].commands, body)
    return found


def make_commands_of(document: Path) -> list[str]:
    """Return every ``make`` command, in a block or in a sentence."""
    in_blocks = [
        line
        for block in blocks_of(document)
        for line in block.commands.splitlines()
        if line.startswith("make ")
    ]
    return in_blocks + _INLINE_MAKE.findall(_FENCED.sub("", _text(document)))


def _text(document: Path) -> str:
    return document.read_text(encoding="utf-8")
