"""The example of docs/howto/add-a-format.md does what the page says."""

import re
import runpy
from pathlib import Path

import pytest

from geofences.errors import DataError
from geofences.formats import FORMATS, Format, import_text

PAGE = (Path(__file__).parents[4] / "docs" / "howto" / "add-a-format.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


@pytest.fixture
def circles(tmp_path: Path) -> Format:
    path = tmp_path / "circles.py"
    path.write_text(block("python"), encoding="utf-8")
    made: Format = runpy.run_path(str(path))["Circles"]()
    return made


GOOD = "id,latitude,longitude,radius_m,ceiling_agl_m\nFARM,32.7,128.85,500.0,150.0\n"


def test_the_example_reads_and_writes_circles(circles: Format) -> None:
    imported = circles.read(GOOD, "farms.csv")

    assert circles.recognises(GOOD, None)
    assert [zone.id for zone in imported.zones] == ["FARM"]
    assert circles.write(imported.zones) == GOOD


def test_the_example_tells_all_problems_at_once(circles: Format) -> None:
    bad = GOOD + "FARM,95,128.85,x,150\nZERO,32.7,128.85,0,150\n"

    with pytest.raises(DataError) as caught:
        circles.read(bad, "farms.csv")

    problems = "\n".join(caught.value.problems)
    assert "row 2 (FARM): lies outside longitude ±180, latitude ±90" in problems
    assert "row 2 (FARM): 'radius_m' must be a finite number, not 'x'" in problems
    assert "row 3 (ZERO): the radius must be more than 0 m" in problems


def test_the_quick_form_on_the_page_is_one_zone() -> None:
    assert [zone.name_en for zone in import_text(block("notam"), "fireworks.txt").zones] == ["Fireworks"]


def test_the_page_names_every_format_and_only_files_that_exist() -> None:
    folder = Path(__file__).parents[4] / "geofences" / "formats"

    assert all(f"`{each.name}`" in PAGE for each in FORMATS)
    assert all((folder / name).exists() for name in re.findall(r"`(\w+\.py)`", PAGE.partition("## 3.")[0]))
