"""Commands, the current item and parameters under any interleaving of messages, losses and timers."""

from typing import Any

from flight.errors import FlightError, VehicleRefused
from flight.protocol.command import Place, SendCommand
from flight.protocol.conversation import Conversation
from flight.protocol.messages import CommandInt, CommandLong
from flight.protocol.names import Command
from flight.protocol.operation import Target
from flight.protocol.parameter_list import FetchParameters
from flight.protocol.parameters import EnsureParameter
from flight.protocol.set_current import SetCurrent
from tests.unit.flight.scripted.machine import ConversationMachine, case_of
from tests.unit.flight.scripted.vehicles import (
    ACCEPTED,
    FAILED,
    IN_PROGRESS,
    REJECTED,
    CommandEnd,
    CurrentEnd,
    ParameterEnd,
)

HERE = Place(327_000_000, 1_288_000_000, 60.0)


class AcceptedCommandMachine(ConversationMachine):
    """The vehicle hesitates, works on it, and accepts."""

    vehicle: CommandEnd

    def make_vehicle(self) -> CommandEnd:
        return CommandEnd((REJECTED, IN_PROGRESS, IN_PROGRESS, ACCEPTED))

    def make_operation(self) -> Conversation[Any]:
        return SendCommand(Target(1), "arm", Command.COMPONENT_ARM_DISARM, 1.0)

    def check_success(self, value: object) -> None:
        assert self.vehicle.accepted > 0


class RefusedCommandMachine(ConversationMachine):
    """The vehicle never accepts."""

    vehicle: CommandEnd

    def make_vehicle(self) -> CommandEnd:
        return CommandEnd((REJECTED, FAILED))

    def make_operation(self) -> Conversation[Any]:
        return SendCommand(Target(1), "arm", Command.COMPONENT_ARM_DISARM, 1.0)

    def check_success(self, value: object) -> None:
        raise AssertionError("it was never accepted")

    def check_error(self, error: FlightError) -> None:
        assert not isinstance(error, VehicleRefused) or self.vehicle.given & {REJECTED, FAILED}


class IntCommandMachine(AcceptedCommandMachine):
    """The command goes in one form, and the vehicle wants the other."""

    def make_vehicle(self) -> CommandEnd:
        return CommandEnd((ACCEPTED,), wanted_form=CommandInt)

    def make_operation(self) -> Conversation[Any]:
        return SendCommand(Target(1), "go", Command.DO_REPOSITION, -1.0)


class LongCommandMachine(AcceptedCommandMachine):
    """The same, the other way round."""

    def make_vehicle(self) -> CommandEnd:
        return CommandEnd((ACCEPTED,), wanted_form=CommandLong)

    def make_operation(self) -> Conversation[Any]:
        return SendCommand(Target(1), "go", Command.DO_REPOSITION, -1.0, place=HERE)


class SetCurrentMachine(ConversationMachine):
    """A vehicle in flight, which moves on from item to item by itself."""

    vehicle: CurrentEnd

    def make_vehicle(self) -> CurrentEnd:
        return CurrentEnd(9, knows_command=True)

    def make_operation(self) -> Conversation[Any]:
        return SetCurrent(Target(1), "divert", 7, (7, 8))

    def check_success(self, value: object) -> None:
        assert self.vehicle.was_made_current == {7} or self.vehicle.current in (7, 8)


class OldSetCurrentMachine(SetCurrentMachine):
    """A vehicle that knows the message only."""

    def make_vehicle(self) -> CurrentEnd:
        return CurrentEnd(9, knows_command=False)


class ParameterMachine(ConversationMachine):
    """A parameter that takes the value."""

    vehicle: ParameterEnd

    def make_vehicle(self) -> ParameterEnd:
        return ParameterEnd({"FS_OPTIONS": 16.0, "OTHER": 1.0})

    def make_operation(self) -> Conversation[Any]:
        return EnsureParameter(Target(1), "parameters", ("FS_OLD", "FS_OPTIONS"), 11.0, write=True)

    def check_success(self, value: object) -> None:
        assert value == "FS_OPTIONS"
        assert self.vehicle.values == {"FS_OPTIONS": 11.0, "OTHER": 1.0}


class StubbornParameterMachine(ParameterMachine):
    """A parameter that cannot hold the value."""

    def make_vehicle(self) -> ParameterEnd:
        return ParameterEnd({"SMALL": 16.0}, frozenset({"SMALL"}))

    def make_operation(self) -> Conversation[Any]:
        return EnsureParameter(Target(1), "parameters", ("SMALL",), 1000.0, write=True)

    def check_success(self, value: object) -> None:
        raise AssertionError("it holds 127")


class VerifyMachine(StubbornParameterMachine):
    """A parameter that is looked at and never written."""

    def make_operation(self) -> Conversation[Any]:
        return EnsureParameter(Target(1), "parameters", ("SMALL",), 1000.0, write=False)

    def check_error(self, error: FlightError) -> None:
        assert self.vehicle.writes == 0


class ParameterListMachine(ConversationMachine):
    """All parameters, some of them lost."""

    vehicle: ParameterEnd

    def make_vehicle(self) -> ParameterEnd:
        return ParameterEnd({f"P{index}": float(index) for index in range(6)})

    def make_operation(self) -> Conversation[Any]:
        return FetchParameters(Target(1))

    def check_success(self, value: Any) -> None:
        assert {name: found.value for name, found in value.items()} == self.vehicle.values


TestAcceptedCommand = case_of(AcceptedCommandMachine)
TestRefusedCommand = case_of(RefusedCommandMachine)
TestIntCommand = case_of(IntCommandMachine)
TestLongCommand = case_of(LongCommandMachine)
TestSetCurrent = case_of(SetCurrentMachine)
TestOldSetCurrent = case_of(OldSetCurrentMachine)
TestParameter = case_of(ParameterMachine)
TestStubbornParameter = case_of(StubbornParameterMachine)
TestVerify = case_of(VerifyMachine)
TestParameterList = case_of(ParameterListMachine)
