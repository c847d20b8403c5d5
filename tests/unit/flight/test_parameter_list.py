"""All parameters of a vehicle, also over a bad link; and what of them differs from what is required."""

import numpy as np
import pytest

from flight.errors import VehicleSilent
from flight.plan import VehicleClass
from flight.protocol.messages import Message, ParamRequestList, ParamRequestRead, ParamValue
from flight.protocol.operation import Target
from flight.protocol.parameter_list import BATCH, QUIET_S, FetchParameters, Parameter
from flight.vehicles.parameters import REQUIRED, differences_of
from tests.unit.flight.scripted.vehicles import ParameterEnd

STEP_S = 0.25


def talk(fetch: FetchParameters, vehicle: ParameterEnd, loss: float, seed: int = 1) -> tuple[float, int]:
    """Let the two speak over a link that loses, with a second each way; return time and messages sent."""
    random = np.random.default_rng(seed)
    delayed: list[tuple[float, Message]] = []
    now, sent = 0.0, 0
    fetch.start(now)
    while not fetch.done:
        for message in fetch.take_messages():
            sent += 1
            answers = vehicle.receive(message, now) if random.random() >= loss else []
            delayed += [(now + 2.0, answer) for answer in answers if random.random() >= loss]
        due = [message for at, message in delayed if at <= now]
        delayed = [(at, message) for at, message in delayed if at > now]
        for message in due:
            fetch.receive(message, now)
        now += STEP_S
        fetch.handle_timer(now)
    return now, sent


def values(fetch: FetchParameters) -> dict[str, float]:
    return {name: parameter.value for name, parameter in fetch.result().items()}


def test_all_parameters_come_with_one_request_over_a_good_link() -> None:
    vehicle = ParameterEnd({f"P{index}": float(index) for index in range(1400)})
    fetch = FetchParameters(Target(1))

    fetch.start(0.0)
    (request,) = fetch.take_messages()
    for answer in vehicle.receive(request, 0.0):
        fetch.receive(answer, 0.1)

    assert request == ParamRequestList(1, 1)
    assert values(fetch) == vehicle.values


@pytest.mark.parametrize("loss", [0.1, 0.4])
def test_1400_parameters_come_over_a_bad_link(loss: float) -> None:
    vehicle = ParameterEnd({f"P{index}": index / 3 for index in range(1400)})
    fetch = FetchParameters(Target(1))

    duration_s, sent = talk(fetch, vehicle, loss)

    assert values(fetch) == vehicle.values
    assert duration_s < 200.0
    assert sent < 5 * 1400


def test_only_the_gaps_are_asked_for_again_and_not_all_at_once() -> None:
    fetch = FetchParameters(Target(1))
    fetch.start(0.0)
    fetch.take_messages()
    for index in range(0, 200, 2):
        fetch.receive(ParamValue(f"P{index}", 1.0, 9, 200, index), 0.1)

    fetch.handle_timer(0.1 + QUIET_S)

    asked = fetch.take_messages()
    assert asked == [ParamRequestRead(1, 1, "", index) for index in range(1, 2 * BATCH, 2)]


def test_types_are_kept_and_an_unasked_value_is_newer() -> None:
    fetch = FetchParameters(Target(1))
    fetch.start(0.0)

    fetch.receive(ParamValue("A", 1.0, 2, 2, 0), 0.1)
    fetch.receive(ParamValue("A", 5.0, 2, 2, 65535), 0.2)
    fetch.receive(ParamValue("UNKNOWN", 5.0, 2, 2, 65535), 0.2)
    fetch.receive(ParamValue("B", 2.5, 9, 2, 1), 0.3)

    assert fetch.result() == {"A": Parameter(5.0, 2), "B": Parameter(2.5, 9)}


def test_a_list_whose_length_changes_is_read_anew() -> None:
    fetch = FetchParameters(Target(1))
    fetch.start(0.0)
    fetch.receive(ParamValue("A", 1.0, 9, 2, 0), 0.1)

    fetch.receive(ParamValue("B", 2.0, 9, 3, 1), 0.2)
    fetch.receive(ParamValue("C", 3.0, 9, 3, 2), 0.2)

    assert not fetch.done
    fetch.receive(ParamValue("NEW", 4.0, 9, 3, 0), 0.3)
    assert values(fetch) == {"NEW": 4.0, "B": 2.0, "C": 3.0}


def test_one_name_under_two_indices_is_no_list() -> None:
    fetch = FetchParameters(Target(1))
    fetch.start(0.0)
    fetch.take_messages()
    fetch.receive(ParamValue("A", 1.0, 9, 2, 0), 0.1)

    fetch.receive(ParamValue("A", 1.0, 9, 2, 1), 0.2)
    fetch.handle_timer(10.0)

    assert not fetch.done
    assert fetch.take_messages() == [ParamRequestList(1, 1)]


def test_what_did_not_come_is_counted() -> None:
    fetch = FetchParameters(Target(1))
    fetch.start(0.0)
    fetch.receive(ParamValue("A", 1.0, 9, 3, 0), 0.1)

    fetch.handle_timer(100.0)

    with pytest.raises(VehicleSilent, match="2 of 3 parameters did not come"):
        fetch.result()


def as_required(vehicle_class: VehicleClass) -> dict[str, float]:
    return {each.name: float(each.value) for each in REQUIRED[vehicle_class]}


@pytest.mark.parametrize("vehicle_class", VehicleClass)
def test_a_vehicle_that_has_what_is_required_differs_in_nothing(vehicle_class: VehicleClass) -> None:
    found = {**as_required(vehicle_class), "ELSE": 3.0}

    assert differences_of(REQUIRED[vehicle_class], found) == ()


def test_a_difference_shows_name_both_values_and_the_reason() -> None:
    found = as_required(VehicleClass.QUADPLANE) | {"Q_GUIDED_MODE": 0.0}
    del found["RTL_AUTOLAND"]

    differing = differences_of(REQUIRED[VehicleClass.QUADPLANE], found)

    assert {str(each) for each in differing} == {
        "Q_GUIDED_MODE: 0, required 1: a hold waits over a point, on the rotors, and does not circle",
        "RTL_AUTOLAND: not on board, required 4: every RTL joins the return path of the mission",
    }


def test_a_parameter_counts_under_its_name_of_another_version() -> None:
    found = as_required(VehicleClass.QUADPLANE)
    found["FS_GCS_ENABLE"] = found.pop("FS_GCS_ENABL")

    assert differences_of(REQUIRED[VehicleClass.QUADPLANE], found) == ()
