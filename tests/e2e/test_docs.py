"""Every command in README and docs runs, and every answer shown there is what one gets."""

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.e2e.documents import DOCUMENTS, blocks_of, make_commands_of
from tests.e2e.installation import Installation
from tests.e2e.newcomer import Newcomer
from tests.e2e.processes import ROOT, environment

QUICKSTART = ROOT / "docs" / "quickstart.md"
WITH_BLOCKS = [each for each in DOCUMENTS if blocks_of(each)]
IDENTIFIER = re.compile(r"([RS])-\d{4}")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_command_names_targets_that_exist(document: Path) -> None:
    for command in make_commands_of(document):
        done = subprocess.run(
            [*shlex.split(command), "--dry-run"],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"


def test_every_linked_file_exists() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


@pytest.mark.slow
@pytest.mark.parametrize("document", WITH_BLOCKS, ids=lambda path: path.name)
def test_the_commands_of_a_document_work_in_their_order(document: Path, installation: Installation) -> None:
    # The quickstart starts all processes itself; the others speak of a running service, and await no flight.
    if document != QUICKSTART:
        installation.start_service()
    newcomer = Newcomer(installation)
    for block in blocks_of(document):
        printed = newcomer.type(without_make(block.commands))
        if block.answer is not None:
            assert_shows(json.loads(printed), json.loads(block.answer))


def without_make(commands: str) -> str:
    """Leave out what has a test of its own: ``make test`` would start this test again."""
    return "\n".join(line for line in commands.splitlines() if not line.startswith("make "))


def assert_shows(answer: dict[str, object], shown: dict[str, object]) -> None:
    """Compare what a document shows with the answer, which may have more; identifiers count on."""
    assert shown.keys() <= answer.keys()
    assert {name: counted(value) for name, value in shown.items()} == {
        name: counted(answer[name]) for name in shown
    }


def counted(value: object) -> object:
    return IDENTIFIER.sub(r"\1-N", value) if isinstance(value, str) else value
