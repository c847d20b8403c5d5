"""ArduPilot's flight modes: numbers and names.

Sources: ``ArduCopter/mode.h``, ``ArduPlane/mode.h``; https://mavlink.io/en/messages/ardupilotmega.html
(``COPTER_MODE``, ``PLANE_MODE``).
"""

from flight.plan import VehicleClass

COPTER_GUIDED = 4
PLANE_FBWA = 5

AUTO = {VehicleClass.COPTER: 3, VehicleClass.QUADPLANE: 10}
"""The mode that flies the mission."""

FOLLOWING = {VehicleClass.COPTER: frozenset({3, 27}), VehicleClass.QUADPLANE: frozenset({10})}
"""Modes in which the mission on board is flown: AUTO, and AUTO_RTL on a copter's return path."""

HOLDING = {VehicleClass.COPTER: 17, VehicleClass.QUADPLANE: 15}
"""The mode in which we hold: BRAKE needs no stick; GUIDED hovers with ``Q_GUIDED_MODE`` 1."""

NAMES = {
    VehicleClass.COPTER: {
        0: "STABILIZE",
        2: "ALT_HOLD",
        3: "AUTO",
        4: "GUIDED",
        5: "LOITER",
        6: "RTL",
        9: "LAND",
        16: "POSHOLD",
        17: "BRAKE",
        21: "SMART_RTL",
        27: "AUTO_RTL",
    },
    VehicleClass.QUADPLANE: {
        0: "MANUAL",
        5: "FBWA",
        10: "AUTO",
        11: "RTL",
        12: "LOITER",
        15: "GUIDED",
        16: "INITIALISING",
        17: "QSTABILIZE",
        18: "QHOVER",
        19: "QLOITER",
        20: "QLAND",
        21: "QRTL",
        26: "AUTOLAND",
    },
}

RETURNING = {VehicleClass.COPTER: frozenset({6, 21, 27}), VehicleClass.QUADPLANE: frozenset({11, 21})}
"""Modes in which the vehicle is on its way home on its own account."""

LANDING = {VehicleClass.COPTER: 9, VehicleClass.QUADPLANE: 20}
"""The mode that lands where the vehicle is. A quadplane on its wing brakes first, some 150 m ahead
(``Q_TRANS_DECEL``)."""


def mode_name(vehicle_class: VehicleClass, number: int) -> str:
    """Name a mode, also one that this list does not know."""
    return NAMES[vehicle_class].get(number, f"MODE {number}")
