"""What the holder of an API key may do."""

from enum import StrEnum


class Role(StrEnum):
    """What the holder of a key may do."""

    CLINIC = "clinic"
    OPERATOR = "operator"
