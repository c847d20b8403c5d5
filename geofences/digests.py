"""A hash of the content of values: equal content, equal digest, on every machine and in every process."""

import hashlib
import json
from dataclasses import fields, is_dataclass

from shapely.geometry.base import BaseGeometry


def digest(content: object) -> str:
    """Return the SHA-256 hex digest of dataclasses, geometries, times and what JSON knows."""
    text = json.dumps(content, default=_plain, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, BaseGeometry):
        return value.wkb_hex
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    return str(value)
