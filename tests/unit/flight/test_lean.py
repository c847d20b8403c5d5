"""Every message of ours goes to pymavlink and comes from it with the same values."""

import copy
from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymavlink.dialects.v20 import ardupilotmega as dialect

from flight.errors import UnsendableMessage
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.messages import (
    MESSAGES,
    BatteryStatus,
    GlobalPositionInt,
    Message,
    MissionAck,
    MissionCount,
    MissionCurrent,
    MissionSetCurrent,
    ParamSet,
    VfrHud,
)
from tests.unit.flight.wire import in_their_form, messages_of, table_of, values_of

EVERY_MESSAGE = pytest.mark.parametrize("name", sorted(MESSAGES))


def read(raw: bytes) -> Message | None:
    (frame,) = Decoder().frames(raw)
    return frame.message


def own(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@EVERY_MESSAGE
@settings(max_examples=15)
@given(data=st.data())
def test_what_we_send_we_read(name: str, data: st.DataObject) -> None:
    message = data.draw(messages_of(name))

    assert read(Encoder(7, 1).encode(message)) == message


@EVERY_MESSAGE
@settings(max_examples=15)
@given(data=st.data())
def test_pymavlink_reads_what_we_send(name: str, data: st.DataObject) -> None:
    message = data.draw(messages_of(name))

    (theirs,) = dialect.MAVLink(None).parse_buffer(Encoder(7, 1).encode(message))

    known = [field.name for field in fields(message) if field.name in theirs.fieldnames]
    assert theirs.get_type() == name
    assert {field: own(getattr(theirs, field)) for field in known} == {
        field: getattr(message, field) for field in known
    }


@EVERY_MESSAGE
@settings(max_examples=15)
@given(data=st.data())
def test_we_read_what_pymavlink_sends(name: str, data: st.DataObject) -> None:
    values = data.draw(values_of(name))
    raw = table_of(name)(**in_their_form(values)).pack(dialect.MAVLink(None, 7, 1))

    message = read(raw)

    expected = {field.name: values.get(field.name, 0) for field in fields(MESSAGES[name])}
    assert message == MESSAGES[name](**expected)


@EVERY_MESSAGE
@settings(max_examples=5)
@given(data=st.data())
def test_we_read_what_pymavlink_sends_in_mavlink_1(name: str, data: st.DataObject) -> None:
    values = data.draw(values_of(name))
    raw = table_of(name)(**in_their_form(values)).pack(dialect.MAVLink(None, 7, 1), force_mavlink1=True)

    (frame,) = Decoder().frames(raw)

    expected = {field.name: values.get(field.name, 0) for field in fields(MESSAGES[name])}
    assert (frame.system_id, frame.component_id, frame.sequence) == (7, 1, 0)
    assert frame.message == MESSAGES[name](**expected)


def test_a_message_that_was_read_is_as_frozen_as_any_other() -> None:
    field = "heading"

    message = read(Encoder(7, 1).encode(VfrHud(1.0, 2.0, 3, 4, 5.0, 6.0)))

    assert type(message) is VfrHud
    with pytest.raises(FrozenInstanceError):
        setattr(message, field, 7)


def test_a_message_that_was_read_can_be_hashed_and_copied() -> None:
    message = read(Encoder(7, 1).encode(GlobalPositionInt(1, 2, 3, 4, 5, 6, 7, 8, 9)))

    assert hash(message) == hash(GlobalPositionInt(1, 2, 3, 4, 5, 6, 7, 8, 9))
    assert copy.copy(message) == copy.deepcopy(message) == message


@pytest.mark.parametrize(
    ("message", "payload"),
    [
        (MissionCount(1, 2, 3, 4, 0x0A0B0C0D), "0300 01 02 04 0d0c0b0a"),
        (MissionCount(1, 2, 3, 4), "0300 01 02 04"),
        (MissionAck(1, 2, 3, 4, 0x0A0B0C0D), "01 02 03 04 0d0c0b0a"),
        (MissionCurrent(1, 2, 3, 4, 5, 6, 7), "0100 0200 03 04 05000000 06000000 07"),
        (MissionCurrent(0), "00"),
    ],
)
def test_opaque_ids_lie_where_common_xml_puts_them(message: Message, payload: str) -> None:
    raw = Encoder(7, 1).encode(message)

    assert raw[10:-2] == bytes.fromhex(payload)


def test_a_payload_longer_than_we_know_is_read_as_far_as_we_know_it() -> None:
    sender = dialect.MAVLink(None, 7, 1)
    table = table_of("MISSION_SET_CURRENT")
    longer = table(1, 2, 3)._pack(sender, table.crc_extra, b"\x03\x00\x01\x02" + b"new")

    assert read(longer) == MissionSetCurrent(1, 2, 3)


@pytest.mark.parametrize(
    ("message", "because"),
    [
        (MissionSetCurrent(1, 1, 65536), "number too large"),
        (MissionSetCurrent(1, 1, -1), "negative number in an unsigned field"),
        (ParamSet(1, 1, "X", 1e39, 9), "no such float of 32 bits"),
        (BatteryStatus(0, 0, 0, 0, (1, 2, 3), 0, 0, 0, 0), "three of ten cells"),
    ],
)
def test_a_message_that_its_fields_cannot_hold_is_refused_by_name(message: Message, because: str) -> None:
    with pytest.raises(UnsendableMessage, match=f"{message.NAME} cannot be sent"):
        Encoder(7, 1).encode(message)
