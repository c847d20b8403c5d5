"""Who the vehicle says it is, on request (traces ``copter/params`` and ``quadplane/qp_params``)."""

from simulator.values import VehicleClass, VehicleConfig

_NAMES = {VehicleClass.COPTER: "ArduCopter", VehicleClass.QUADPLANE: "ArduPlane"}
_SERIAL = "{system_id}d1219c7c4c5404aaa1f6d2a48adfda4"
"""A simulated board's serial number, in the form of the recorded ones."""


def banner(config: VehicleConfig) -> tuple[str, ...]:
    """Return firmware, serial number of the board, and on a copter the frame."""
    firmware = f"{_NAMES[config.vehicle_class]} V4.7.0-dev (tsubaki)"
    serial = _SERIAL.format(system_id=config.system_id)[:32]
    frame = ("Frame: QUAD/PLUS",) if config.vehicle_class is VehicleClass.COPTER else ()
    return firmware, serial, *frame
