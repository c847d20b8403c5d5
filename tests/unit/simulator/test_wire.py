"""Our frames are pymavlink's, byte for byte."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.comms.wire import frame

_RANGES = {"uint8_t": (0, 255), "int8_t": (-128, 127), "uint16_t": (0, 65535), "int16_t": (-32768, 32767)}
_WIDE = {"uint32_t": (0, 2**32 - 1), "int32_t": (-(2**31), 2**31 - 1), "uint64_t": (0, 2**64 - 1)}
_SENT = sorted(mavlink.mavlink_map)


def _value(kind: str) -> st.SearchStrategy[Any]:
    if kind in ("float", "double"):
        return st.floats(width=32, allow_nan=False)
    low, high = {**_RANGES, **_WIDE, "int64_t": (-(2**63), 2**63 - 1), "uint8_t_mavlink_version": (0, 255)}[
        kind
    ]
    return st.one_of(st.just(0), st.integers(low, high))


@st.composite
def messages(draw: st.DrawFn) -> Any:
    """Draw any message of the dialect with any values."""
    kind = mavlink.mavlink_map[draw(st.sampled_from(_SENT))]
    values: list[Any] = []
    for name, field in zip(kind.fieldnames, kind.fieldtypes, strict=True):
        length = kind.array_lengths[kind.ordered_fieldnames.index(name)]
        if field == "char":
            values.append(draw(st.binary(max_size=max(1, length))).ljust(1, b"x"))
        elif length:
            values.append([draw(_value(field)) for _ in range(length)])
        else:
            values.append(draw(_value(field)))
    return kind(*values)


@settings(max_examples=300, deadline=None)
@given(message=messages(), sequence=st.integers(0, 255), system=st.integers(1, 255))
def test_a_frame_is_the_one_that_pymavlink_makes(message: Any, sequence: int, system: int) -> None:
    theirs = mavlink.MAVLink(None, srcSystem=system, srcComponent=1)
    theirs.seq = sequence

    assert frame(message, sequence, system, 1) == bytes(message.pack(theirs))


@pytest.mark.parametrize("text", [b"", b"EKF3 IMU0 origin set", b"x" * 50])
def test_texts_are_cut_of_their_zeros(text: bytes) -> None:
    message = mavlink.MAVLink_statustext_message(6, text)
    theirs = mavlink.MAVLink(None, srcSystem=1, srcComponent=1)

    assert frame(message, 0, 1, 1) == bytes(message.pack(theirs))
