"""Fields of a TOML table, each of the kind that it must be; errors name the field."""

import math
from collections.abc import Mapping
from typing import Any

from simulator.errors import ConfigurationError


def text(table: Mapping[str, Any], key: str) -> str:
    """Return a text."""
    value = table[key]
    if not isinstance(value, str):
        raise ConfigurationError(key, f"{value!r} is no text", "write it in quotes")
    return value


def number(table: Mapping[str, Any], key: str, default: float) -> float:
    """Return a number, the default where there is none."""
    return _number(key, table.get(key, default))


def whole(table: Mapping[str, Any], key: str, default: int) -> int:
    """Return a whole number, the default where there is none."""
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ConfigurationError(key, f"{value!r} is no whole number", "give one, without quotes")
    return value


def numbers(table: Mapping[str, Any], key: str, form: str) -> tuple[float, ...]:
    """Return so many numbers as ``form`` has names between commas."""
    value = table[key]
    if not isinstance(value, list) or len(value) != form.count(",") + 1:
        raise ConfigurationError(key, f"{value!r} is not [{form}]", f"write {key} = [{form}]")
    return tuple(_number(key, each) for each in value)


def texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a list of texts, none where there is no such field; a text alone is a list of one."""
    value = table.get(key, [])
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise ConfigurationError(key, f"{value!r} is no list of texts", f'write {key} = ["…", "…"]')
    return tuple(listed)


def _number(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ConfigurationError(key, f"{value!r} is no number", "give one, without quotes")
    return float(value)
