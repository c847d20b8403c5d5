"""pymavlink's view of our messages: which fields they have on the wire, and values for them."""

from typing import Any

from hypothesis import strategies as st
from pymavlink.dialects.v20 import ardupilotmega as dialect

from flight.protocol.lean import NEWER_EXTENSIONS
from flight.protocol.messages import MESSAGES

NUMBERS = {
    "uint8_t": st.integers(0, 2**8 - 1),
    "int8_t": st.integers(-(2**7), 2**7 - 1),
    "uint16_t": st.integers(0, 2**16 - 1),
    "int16_t": st.integers(-(2**15), 2**15 - 1),
    "uint32_t": st.integers(0, 2**32 - 1),
    "int32_t": st.integers(-(2**31), 2**31 - 1),
    "uint64_t": st.integers(0, 2**64 - 1),
    "int64_t": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(width=32, allow_nan=False),
}


def table_of(name: str) -> Any:
    """Return pymavlink's class of a message."""
    return getattr(dialect, f"MAVLink_{name.lower()}_message")


def values_of(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return values for all fields that pymavlink knows of a message, in our form: text and tuples."""
    table = table_of(name)
    lengths = dict(zip(table.ordered_fieldnames, table.array_lengths, strict=True))
    kinds = dict(zip(table.fieldnames, table.fieldtypes, strict=True))
    return st.fixed_dictionaries({field: _value(kind, lengths[field]) for field, kind in kinds.items()})


def messages_of(name: str) -> st.SearchStrategy[Any]:
    """Return messages of ours, with the extensions that pymavlink does not know."""
    kind = MESSAGES[name]
    newer = {field: NUMBERS["uint32_t"] for field, _ in NEWER_EXTENSIONS.get(name, ())}
    used = set(kind.__dataclass_fields__)
    return st.tuples(values_of(name), st.fixed_dictionaries(newer)).map(
        lambda parts: kind(
            **{field: value for field, value in (parts[0] | parts[1]).items() if field in used}
        )
    )


def in_their_form(values: dict[str, Any]) -> dict[str, Any]:
    """Return what pymavlink's constructor takes."""
    return {
        name: value.encode() if isinstance(value, str) else list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }


def _value(kind: str, length: int) -> st.SearchStrategy[Any]:
    if kind == "char":
        return st.text(st.characters(min_codepoint=1, max_codepoint=127), max_size=length)
    if length:
        return st.tuples(*[NUMBERS[kind]] * length)
    return NUMBERS[kind]
