"""The micro-services one by one, and the two transfers under any pattern of loss."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flight.errors import FlightError, LocalFlightError, VehicleRefused, VehicleSilent
from flight.plan import MissionItem
from flight.protocol.clear import ClearList
from flight.protocol.command import ATTEMPTS, SendCommand
from flight.protocol.download import DownloadList
from flight.protocol.messages import (
    CommandAck,
    CommandLong,
    Message,
    MissionAck,
    MissionClearAll,
    MissionCount,
    MissionItemInt,
    MissionRequest,
    MissionRequestInt,
    MissionRequestList,
    ParamRequestRead,
    ParamSet,
    ParamValue,
    StatusText,
)
from flight.protocol.names import Command, MissionType
from flight.protocol.operation import Operation, Target
from flight.protocol.parameters import EnsureParameter, same_value
from flight.protocol.upload import UploadList
from tests.unit.flight.fake_lists import FakeLists
from tests.unit.flight.plans import small_plan

ITEMS = small_plan().mission
STEP_S = 0.25


def started(operation: Operation[Any]) -> list[Message]:
    operation.start(0.0)
    return operation.take_messages()


def answered(operation: Operation[Any], message: Message, now: float = 0.0) -> list[Message]:
    operation.receive(message, now)
    return operation.take_messages()


def talk(operation: Operation[Any], lists: FakeLists, fates: Sequence[bool], limit_s: float) -> None:
    """Let an operation and a vehicle's lists speak; ``fates`` says which messages pass, then all do."""
    passes = iter(fates)
    now = 0.0
    outbox = started(operation)
    while now < limit_s and not operation.done:
        back = [answer for message in outbox if next(passes, True) for answer in lists.receive(message, now)]
        for message in [*back, *lists.tick(now)]:
            if next(passes, True):
                operation.receive(message, now)
        now += STEP_S
        operation.handle_timer(now)
        outbox = operation.take_messages()


@given(st.lists(st.booleans(), max_size=300))
@settings(max_examples=60, deadline=None)
def test_an_upload_under_any_loss_ends_with_the_right_list_or_a_named_error(fates: list[bool]) -> None:
    lists = FakeLists()
    upload = UploadList(Target(1), MissionType.MISSION, ITEMS)

    talk(upload, lists, fates, limit_s=900)

    assert upload.done
    try:
        upload.result()
    except FlightError:
        return
    assert lists.stored[0] == ITEMS


@given(st.lists(st.booleans(), max_size=300))
@settings(max_examples=60, deadline=None)
def test_a_download_under_any_loss_ends_with_the_right_list_or_a_named_error(fates: list[bool]) -> None:
    lists = FakeLists()
    lists.stored[0] = ITEMS
    download = DownloadList(Target(1), MissionType.MISSION)

    talk(download, lists, fates, limit_s=900)

    assert download.done
    try:
        found = download.result()
    except FlightError:
        return
    assert found == ITEMS


def test_both_kinds_of_request_are_answered_with_an_int_item() -> None:
    upload = UploadList(Target(1), MissionType.MISSION, ITEMS)
    started(upload)

    for request in (MissionRequest(255, 190, 2, 0), MissionRequestInt(255, 190, 2, 0)):
        (item,) = answered(upload, request)
        assert isinstance(item, MissionItemInt)
        assert (item.seq, item.x, item.mission_type) == (2, ITEMS[2].x_e7, 0)


@pytest.mark.parametrize(
    ("message", "remark"),
    [
        (MissionAck(255, 190, 0, 0), "before any item was asked for"),
        (MissionAck(255, 190, 0, 1), "for another list"),
        (MissionAck(255, 190, 13, 0), "invalid sequence"),
        (MissionAck(255, 190, 14, 0), "another upload is open"),
        (MissionRequest(255, 190, 99, 0), "an item that does not exist"),
        (MissionRequest(255, 190, 0, 2), "an item of another list"),
    ],
)
def test_an_upload_does_not_end_on(message: Message, remark: str) -> None:
    upload = UploadList(Target(1), MissionType.MISSION, ITEMS)
    started(upload)

    answered(upload, message)

    assert not upload.done, remark


def test_an_upload_does_not_end_on_the_end_of_another_list() -> None:
    upload = UploadList(Target(1), MissionType.MISSION, ITEMS)
    started(upload)
    for seq in range(len(ITEMS)):
        answered(upload, MissionRequest(255, 190, seq, 0))

    answered(upload, MissionAck(255, 190, 0, 1))

    assert not upload.done
    answered(upload, MissionAck(255, 190, 0, 0))
    upload.result()


def test_the_count_is_sent_again_when_nobody_asks() -> None:
    upload = UploadList(Target(1), MissionType.FENCE, ITEMS)
    started(upload)

    upload.handle_timer(2.0)

    assert upload.take_messages() == [MissionCount(1, 1, len(ITEMS), MissionType.FENCE)]


def test_an_empty_list_is_cleared_and_seen_empty() -> None:
    clearing = ClearList(Target(1), MissionType.RALLY)

    assert started(clearing) == [MissionClearAll(1, 1, MissionType.RALLY)]
    assert answered(clearing, MissionAck(255, 190, 0, 2)) == [MissionRequestList(1, 1, MissionType.RALLY)]
    assert not clearing.done
    answered(clearing, MissionCount(255, 190, 0, 2))
    clearing.result()


def test_a_list_that_is_not_empty_after_its_clearing_is_cleared_again() -> None:
    clearing = ClearList(Target(1), MissionType.RALLY)
    started(clearing)
    answered(clearing, MissionAck(255, 190, 0, 2))

    again = answered(clearing, MissionCount(255, 190, 3, 2))

    assert again == [MissionClearAll(1, 1, MissionType.RALLY)]
    clearing.handle_timer(100.0)
    with pytest.raises(VehicleRefused, match="still holds 3 items"):
        clearing.result()


def test_an_empty_list_is_not_uploaded_by_mistake() -> None:
    with pytest.raises(LocalFlightError, match="cleared, not uploaded"):
        UploadList(Target(1), MissionType.FENCE, ())


def test_a_download_of_an_impossible_count_is_refused() -> None:
    download = DownloadList(Target(1), MissionType.MISSION)
    started(download)

    answered(download, MissionCount(255, 190, 65535, 0))

    with pytest.raises(VehicleRefused, match="65535 items"):
        download.result()


def test_a_download_asks_for_the_missing_item_again_and_thanks_at_the_end() -> None:
    lists = FakeLists()
    lists.stored[1] = (MissionItem(5001, 0, 3.0, x_e7=1, y_e7=2),)
    download = DownloadList(Target(1), MissionType.FENCE)
    started(download)
    first = answered(download, MissionCount(255, 190, 1, 1))

    download.handle_timer(1.5)
    again = download.take_messages()
    (item,) = lists.receive(again[0], 1.5)
    thanks = answered(download, item)

    assert first == again == [MissionRequestInt(1, 1, 0, 1)]
    assert thanks == [MissionAck(1, 1, 0, 1)]
    assert download.result() == lists.stored[1]


def command() -> SendCommand:
    return SendCommand(Target(1), "arm", Command.COMPONENT_ARM_DISARM, 1.0)


def test_a_command_is_repeated_with_a_higher_confirmation_and_given_up_in_the_end() -> None:
    operation = command()
    sent = started(operation)

    for second in range(1, 60):
        operation.handle_timer(float(2 * second))
        sent += operation.take_messages()

    assert [each.confirmation for each in sent if isinstance(each, CommandLong)] == list(range(ATTEMPTS))
    with pytest.raises(VehicleSilent, match="COMPONENT_ARM_DISARM"):
        operation.result()


def test_an_acknowledgement_of_another_command_is_not_ours() -> None:
    operation = command()
    started(operation)

    answered(operation, CommandAck(176, 0))

    assert not operation.done


def test_a_refusal_waits_for_the_vehicles_words_before_and_after_it() -> None:
    operation = command()
    started(operation)
    answered(operation, StatusText(2, "Arm: Compass not healthy"))
    answered(operation, CommandAck(400, 4), 0.1)
    answered(operation, StatusText(2, "Arm: GPS 1: Bad fix"), 0.2)
    answered(operation, StatusText(2, "Arm: Compass not healthy"), 0.2)
    answered(operation, StatusText(6, "unrelated"), 0.3)

    operation.handle_timer(1.2)

    with pytest.raises(VehicleRefused) as raised:
        operation.result()
    assert raised.value.reason == "Arm: Compass not healthy; Arm: GPS 1: Bad fix"


def test_a_refusal_without_words_names_the_result() -> None:
    operation = command()
    started(operation)
    answered(operation, CommandAck(400, 3))

    operation.handle_timer(1.2)

    with pytest.raises(VehicleRefused, match=r"UNSUPPORTED \(3\)"):
        operation.result()


def test_a_command_that_is_temporarily_rejected_is_tried_again() -> None:
    operation = command()
    started(operation)
    answered(operation, CommandAck(400, 1))

    operation.handle_timer(1.1)

    assert len(operation.take_messages()) == 1
    answered(operation, CommandAck(400, 0))
    operation.result()


def test_a_command_in_progress_is_waited_for() -> None:
    operation = command()
    started(operation)
    answered(operation, CommandAck(400, 5))

    operation.handle_timer(5.0)

    assert operation.take_messages() == []
    assert not operation.done


def ensure(value: float, *, write: bool = True, names: tuple[str, ...] = ("FS_OPTIONS",)) -> EnsureParameter:
    return EnsureParameter(Target(1), "parameters", names, value, write=write)


def test_a_parameter_that_is_right_is_not_written() -> None:
    operation = ensure(11.0)
    started(operation)

    assert answered(operation, ParamValue("FS_OPTIONS", 11.0, 6, 1, 65535)) == []
    assert operation.result() == "FS_OPTIONS"


def test_a_parameter_is_set_and_the_echo_verified() -> None:
    operation = ensure(11.0)
    started(operation)
    answered(operation, ParamValue("OTHER", 11.0, 6, 1, 65535))

    assert answered(operation, ParamValue("FS_OPTIONS", 16.0, 6, 1, 65535)) == [
        ParamSet(1, 1, "FS_OPTIONS", 11.0, 9)
    ]
    answered(operation, ParamValue("FS_OPTIONS", 11.0, 6, 1, 65535))
    assert operation.result() == "FS_OPTIONS"


def test_a_parameter_that_keeps_another_value_is_refused() -> None:
    operation = ensure(1000.0)
    started(operation)

    for second in range(1, 40):
        answered(operation, ParamValue("FS_OPTIONS", 127.0, 6, 1, 65535), float(second))
        operation.handle_timer(second + 0.5)

    with pytest.raises(VehicleRefused, match="is 127 and not 1000"):
        operation.result()


def test_a_parameter_that_is_only_verified_is_never_written() -> None:
    operation = ensure(11.0, write=False)
    started(operation)

    sent = answered(operation, ParamValue("FS_OPTIONS", 16.0, 6, 1, 65535))
    for second in range(1, 9):
        operation.handle_timer(float(second))
        sent += operation.take_messages()
        sent += answered(operation, ParamValue("FS_OPTIONS", 16.0, 6, 1, 65535), float(second))

    assert {type(each) for each in sent} == {ParamRequestRead}
    with pytest.raises(VehicleRefused, match="is 16 and not 11"):
        operation.result()


def test_an_old_value_that_comes_late_is_no_refusal() -> None:
    operation = ensure(11.0, write=False)
    started(operation)

    answered(operation, ParamValue("FS_OPTIONS", 16.0, 6, 1, 65535), 0.1)
    answered(operation, ParamValue("FS_OPTIONS", 11.0, 6, 1, 65535), 0.2)

    assert operation.result() == "FS_OPTIONS"


def test_the_name_of_another_version_is_tried_after_silence() -> None:
    operation = ensure(1.0, names=("OLD", "NEW"))
    started(operation)
    for second in range(1, 15):
        operation.handle_timer(1.1 * second)

    answered(operation, ParamValue("NEW", 1.0, 2, 1, 65535))

    assert operation.result() == "NEW"


@given(st.floats(-1e6, 1e6, width=32))
def test_a_value_is_itself_after_a_journey_as_a_32_bit_float(value: float) -> None:
    assert same_value(value, value * (1 + 5e-8))
