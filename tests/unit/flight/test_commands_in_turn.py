"""Forms of a command, its turn among others of the same kind, and acknowledgements that come late."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flight.errors import LocalFlightError, VehicleRefused, VehicleSilent
from flight.protocol.command import LONGEST_S, Place, SendCommand
from flight.protocol.conversation import SLOT_WAIT_S
from flight.protocol.download import DownloadList
from flight.protocol.messages import CommandAck, CommandInt, CommandLong, Message, MissionAck, MissionCount
from flight.protocol.names import Command, MissionType
from flight.protocol.operation import Target
from flight.protocol.slots import LATE_S
from flight.protocol.upload import UploadList
from tests.unit.flight.plans import small_plan

MODE = Command.DO_SET_MODE
GOTO = Place(327_024_001, 1_288_450_001, 60.0)


def mode_command(target: Target, mode: float) -> SendCommand:
    return SendCommand(target, "mode", MODE, 1.0, mode)


def modes_sent(operation: SendCommand) -> list[float]:
    return [each.param2 for each in operation.take_messages() if isinstance(each, CommandLong)]


def test_a_command_with_a_place_goes_as_command_int_to_the_last_digit() -> None:
    command = SendCommand(Target(1), "hold", Command.DO_REPOSITION, -1.0, 1.0, place=GOTO)

    command.start(0.0)

    assert command.take_messages() == [
        CommandInt(1, 1, 3, 192, 0, 0, -1.0, 1.0, 0.0, 0.0, 327_024_001, 1_288_450_001, 60.0)
    ]


def test_a_vehicle_that_takes_command_int_only_gets_it_at_once() -> None:
    command = SendCommand(Target(1), "servo", Command.DO_SET_SERVO, 9.0, 1900.0)
    command.start(0.0)
    command.take_messages()

    command.receive(CommandAck(183, 8), 0.1)
    command.handle_timer(0.1)

    (sent,) = command.take_messages()
    assert isinstance(sent, CommandInt)
    assert (sent.param1, sent.param2) == (9.0, 1900.0)
    command.receive(CommandAck(183, 0), 0.2)
    command.result()


def test_a_vehicle_that_takes_command_long_only_gets_degrees() -> None:
    command = SendCommand(Target(1), "hold", Command.DO_REPOSITION, -1.0, place=GOTO)
    command.start(0.0)
    command.take_messages()

    command.receive(CommandAck(192, 7), 0.1)
    command.handle_timer(0.1)

    (sent,) = command.take_messages()
    assert isinstance(sent, CommandLong)
    assert (sent.param5, sent.param6, sent.param7) == (32.7024001, 128.8450001, 60.0)


def test_the_form_is_changed_once_and_not_for_ever() -> None:
    command = SendCommand(Target(1), "hold", Command.DO_REPOSITION, -1.0, place=GOTO)
    command.start(0.0)
    command.receive(CommandAck(192, 7), 0.1)
    command.handle_timer(0.1)

    command.receive(CommandAck(192, 8), 0.2)
    command.handle_timer(2.0)

    with pytest.raises(VehicleRefused, match="COMMAND_INT_ONLY"):
        command.result()


def test_a_command_that_is_always_in_progress_is_given_up() -> None:
    command = mode_command(Target(1), 4.0)
    command.start(0.0)

    for second in range(1, int(LONGEST_S) + 1):
        command.receive(CommandAck(MODE, 5), float(second))
        command.handle_timer(float(second))

    with pytest.raises(VehicleSilent, match="did not come to an end in 120 s"):
        command.result()


def test_a_second_command_of_the_same_number_waits_for_the_first() -> None:
    target = Target(1)
    first, second = mode_command(target, 4.0), mode_command(target, 3.0)
    first.start(0.0)

    second.start(0.1)
    second.handle_timer(1.0)
    assert modes_sent(second) == []
    first.receive(CommandAck(MODE, 0), 1.1)
    second.handle_timer(1.3)

    assert modes_sent(second) == [3.0]


def test_another_command_another_vehicle_and_another_list_need_not_wait() -> None:
    target = Target(1)
    mode_command(target, 4.0).start(0.0)
    others = (
        SendCommand(target, "start", Command.MISSION_START),
        mode_command(Target(2), 4.0),
        DownloadList(target, MissionType.FENCE),
    )

    for each in others:
        each.start(0.0)

    assert all(each.take_messages() for each in others)


def test_who_waits_too_long_for_the_turn_says_so() -> None:
    target = Target(1)
    first, second = mode_command(target, 4.0), mode_command(target, 3.0)
    first.start(0.0)
    second.start(0.0)

    second.handle_timer(SLOT_WAIT_S)

    with pytest.raises(LocalFlightError, match="another one of the same kind"):
        second.result()


def test_a_command_that_nobody_keeps_any_more_does_not_hold_up_its_successor() -> None:
    target = Target(1)
    first = mode_command(target, 17.0)
    first.start(0.0)
    del first
    gc.collect()

    urgent = mode_command(target, 9.0)
    urgent.start(0.1)

    assert modes_sent(urgent) == [9.0]


def test_a_command_that_was_abandoned_does_not_hold_up_its_successor() -> None:
    target = Target(1)
    first, second = mode_command(target, 17.0), mode_command(target, 9.0)
    first.start(0.0)
    first.abandon()

    second.start(0.1)

    assert modes_sent(second) == [9.0]
    with pytest.raises(LocalFlightError, match="abandoned"):
        first.result()


def test_a_late_acknowledgement_of_an_earlier_command_is_not_believed() -> None:
    target = Target(1)
    hold, resume = mode_command(target, 17.0), mode_command(target, 3.0)
    hold.start(0.0)
    hold.handle_timer(1.5)
    hold.receive(CommandAck(MODE, 0), 1.6)
    resume.start(1.7)
    modes_sent(resume)

    resume.receive(CommandAck(MODE, 0), 1.8)

    assert not resume.done
    resume.handle_timer(1.8)
    assert modes_sent(resume) == [3.0]
    resume.receive(CommandAck(MODE, 0), 1.9)
    resume.result()


def test_an_acknowledgement_that_is_owed_for_long_is_not_waited_for() -> None:
    target = Target(1)
    hold, resume = mode_command(target, 17.0), mode_command(target, 3.0)
    hold.start(0.0)
    hold.abandon()

    resume.start(LATE_S + 0.1)
    resume.receive(CommandAck(MODE, 0), LATE_S + 0.2)

    resume.result()


@given(st.integers(1, 4), st.lists(st.booleans(), max_size=12), st.booleans())
def test_on_a_link_that_loses_but_keeps_the_order_an_outcome_is_never_that_of_an_earlier_command(
    tries: int, fates: list[bool], earlier_is_accepted: bool
) -> None:
    target = Target(1)
    earlier, later = mode_command(target, 17.0), mode_command(target, 3.0)
    answer = {17.0: 0 if earlier_is_accepted else 4, 3.0: 4 if earlier_is_accepted else 0}
    earlier.start(0.0)
    for number in range(1, tries):
        earlier.handle_timer(1.5 * number)
    acks: list[Message] = [CommandAck(MODE, answer[mode]) for mode in modes_sent(earlier)]
    earlier.abandon()
    passes = iter(fates)

    now = 6.0
    later.start(now)
    while not later.done:
        acks += [CommandAck(MODE, answer[mode]) for mode in modes_sent(later)]
        for ack in acks:
            if next(passes, True):
                later.receive(ack, now)
        acks.clear()
        now += 0.5
        later.handle_timer(now)

    if earlier_is_accepted:
        with pytest.raises(VehicleRefused):
            later.result()
    else:
        later.result()


def test_the_vehicle_is_told_when_an_upload_is_cancelled() -> None:
    upload = UploadList(Target(1), MissionType.MISSION, small_plan().mission)
    upload.start(0.0)
    upload.take_messages()

    upload.abandon()

    assert upload.take_messages() == [MissionAck(1, 1, 15, 0)]


def test_the_vehicle_is_told_when_a_download_is_cancelled() -> None:
    download = DownloadList(Target(1), MissionType.RALLY)
    download.start(0.0)
    download.receive(MissionCount(255, 190, 3, 2), 0.1)
    download.take_messages()

    download.abandon()

    assert download.take_messages() == [MissionAck(1, 1, 15, 2)]


def test_a_transfer_that_has_not_begun_is_cancelled_without_a_word() -> None:
    target = Target(1)
    first, second = DownloadList(target, MissionType.MISSION), DownloadList(target, MissionType.RALLY)
    first.start(0.0)
    second.start(0.0)

    second.abandon()

    assert second.take_messages() == []
