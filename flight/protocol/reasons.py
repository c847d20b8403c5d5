"""Results in words, for a person who has to decide what to do.

Sources: ``MAV_RESULT`` and ``MAV_MISSION_RESULT`` of https://mavlink.io/en/messages/common.html; what
ArduPilot means by them is recorded.
"""

from flight.protocol.names import CommandResult, MissionResult, result_name

_MISSION: dict[int, str] = {
    MissionResult.ERROR: "the vehicle does not take the list, or was not receiving one",
    MissionResult.UNSUPPORTED_FRAME: "an item has a coordinate frame that the vehicle does not know",
    MissionResult.UNSUPPORTED: "an item is of a kind that the vehicle does not know",
    MissionResult.NO_SPACE: "the list has more items than the vehicle can hold",
    MissionResult.INVALID: "a value of an item is invalid",
    MissionResult.INVALID_PARAM1: "parameter 1 of an item is invalid",
    MissionResult.INVALID_PARAM2: "parameter 2 of an item is invalid",
    MissionResult.INVALID_PARAM3: "parameter 3 of an item is invalid",
    MissionResult.INVALID_PARAM4: "parameter 4 of an item is invalid",
    MissionResult.INVALID_PARAM5_X: "the latitude of an item is invalid",
    MissionResult.INVALID_PARAM6_Y: "the longitude of an item is invalid",
    MissionResult.INVALID_PARAM7: "the altitude of an item is invalid",
    MissionResult.INVALID_SEQUENCE: "an item came or was asked for out of turn",
    MissionResult.DENIED: "another ground station is writing to the vehicle",
    MissionResult.OPERATION_CANCELLED: "the vehicle gave the transfer up",
}

_COMMAND: dict[int, str] = {
    CommandResult.TEMPORARILY_REJECTED: "not now; the vehicle went on rejecting it",
    CommandResult.DENIED: "its values are invalid, or it makes no sense in this state",
    CommandResult.UNSUPPORTED: "the vehicle does not know this command in this form",
    CommandResult.FAILED: "the vehicle tried and could not",
    CommandResult.CANCELLED: "the vehicle cancelled it",
    CommandResult.COMMAND_LONG_ONLY: "it is taken as COMMAND_LONG only",
    CommandResult.COMMAND_INT_ONLY: "it is taken as COMMAND_INT only",
}


def mission_reason(value: int) -> str:
    """Return the name, number and meaning of the type of a ``MISSION_ACK``."""
    return _worded(result_name(MissionResult, value), _MISSION.get(value))


def command_reason(value: int) -> str:
    """Return the name, number and meaning of the result of a ``COMMAND_ACK``."""
    return _worded(result_name(CommandResult, value), _COMMAND.get(value))


def _worded(name: str, meaning: str | None) -> str:
    return name if meaning is None else f"{name}: {meaning}"
