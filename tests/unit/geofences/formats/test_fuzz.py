"""Whatever a file holds: a DataError or what it holds, and nothing else."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geofences.errors import DataError
from geofences.formats import FORMATS, Imported, import_bytes, import_text
from tests.unit.geofences.formats import samples

NAMES = [each.name for each in FORMATS]
SAMPLES = {
    "ed269": samples.ed269(),
    "ed318": samples.ed318(),
    "plan": samples.plan(),
    "geojson": samples.geojson(),
    "kml": samples.KML,
    "notam": samples.NOTAM,
}
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["YES", "ANY", "SR", "09:00Z", "2026-12-01T00:00Z", 10**400, -1, "Circle", "\ud800"])
)
VALUES = st.recursive(
    LEAVES, lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=4), each), max_leaves=8
)


def assert_told_or_read(content: bytes | str, name: str | None) -> None:
    try:
        if isinstance(content, bytes):
            imported = import_bytes(content, "file.x", name)
        else:
            imported = import_text(content, "file.x", name)
    except DataError as error:
        told = error.problems
    else:
        assert isinstance(imported, Imported)
        return
    assert told


def places_in(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the ways to all values inside a JSON document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, each in inside for place in places_in(each, (*at, key)))]


def replaced(document: Any, place: tuple[Any, ...], value: object) -> Any:
    if not place:
        return value
    changed = copy.deepcopy(document)
    parent = changed
    for key in place[:-1]:
        parent = parent[key]
    parent[place[-1]] = value
    return changed


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([None, *NAMES]))
def test_any_bytes_are_told_or_read(content: bytes, name: str | None) -> None:
    assert_told_or_read(content, name)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(VALUES, st.sampled_from([None, *NAMES]))
def test_any_json_is_told_or_read(document: object, name: str | None) -> None:
    assert_told_or_read(json.dumps(document), name)


@pytest.mark.parametrize("name", ["ed269", "ed318", "plan", "geojson"])
@settings(max_examples=150, derandomize=True, deadline=None)
@given(data=st.data())
def test_a_file_with_any_value_in_any_place_is_told_or_read(name: str, data: st.DataObject) -> None:
    document = json.loads(SAMPLES[name])
    place = data.draw(st.sampled_from(places_in(document)))

    assert_told_or_read(json.dumps(replaced(document, place, data.draw(VALUES))), name)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=100, derandomize=True, deadline=None)
@given(start=st.integers(0, 2000), length=st.integers(0, 40), text=st.text(max_size=8))
def test_a_file_with_a_piece_cut_out_or_put_in_is_told_or_read(
    name: str, start: int, length: int, text: str
) -> None:
    whole = SAMPLES[name]
    at = start % len(whole)

    assert_told_or_read(whole[:at] + text + whole[at + length :], name)


@pytest.mark.parametrize("depth", [500, 990, 100_000])
@pytest.mark.parametrize("name", NAMES)
def test_a_deeply_nested_file_is_told(name: str, depth: int) -> None:
    nested = "[" * depth + "]" * depth
    elements = "<a>" * depth + "</a>" * depth
    for content in (
        nested,
        f'{{"fileType": "Plan", "type": "FeatureCollection", "features": {nested}}}',
        elements,
    ):
        with pytest.raises(DataError):
            import_text(content, "file.x", name)


@pytest.mark.parametrize("depth", [500, 900])
def test_deeply_nested_coordinates_are_told(depth: int) -> None:
    nested = json.loads("[" * depth + "]" * depth)

    for name in ("ed269", "ed318", "geojson"):
        with pytest.raises(DataError):
            import_text(samples.with_rings(name, nested), "file.x", name)
