"""Scenarios that are compared, but whose differences are not explained one by one yet."""

import tomllib
from pathlib import Path

FILE = Path(__file__).with_name("floors.toml")


def load(path: Path = FILE) -> dict[str, int]:
    """Return by scenario how many expectations hold at least."""
    floors: dict[str, int] = tomllib.loads(path.read_text(encoding="utf-8"))
    return floors
