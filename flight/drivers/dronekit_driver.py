"""The driver for those who have DroneKit scripts: their vehicle, and our transfer, launch and actions.

Import this module only where it is needed: DroneKit takes a while to load.
"""

from dataclasses import replace

import dronekit

from flight.drivers.dronekit_engine import DroneKitEngine
from flight.drivers.dronekit_link import close_vehicle, open_vehicle
from flight.drivers.gateway_driver import HEARTBEAT_S, GatewayDriver, not_heard
from flight.drivers.own import NOBODY_IS_ASKED
from flight.events import VehicleSnapshot
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from flight.preflight.settings import PreflightSettings
from flight.transports.clock import Clock

SOURCE_SYSTEM = 255
"""The ground station whose heartbeats ArduPilot's failsafe listens to, unless told otherwise
(``SYSID_MYGCS``)."""


class DroneKitDriver(GatewayDriver):
    """Flies a DroneKit vehicle; the script goes on using ``vehicle`` beside it.

    What the vehicle says of itself is read from DroneKit, so that the script and this driver never differ.

    Parameters
    ----------
    vehicle
        A connected DroneKit vehicle. It stays open when the driver is closed.
    address
        The vehicle, as its plans name it.
    vehicle_class
        What it is.
    clock
        The time, faster than the wall's for a vehicle that is simulated faster.
    preflight
        How bad each failure of a preflight check is.
    by
        Who flies; events name him.
    """

    def __init__(
        self,
        vehicle: dronekit.Vehicle,
        address: VehicleAddress,
        vehicle_class: VehicleClass,
        clock: Clock,
        *,
        preflight: PreflightSettings = NOBODY_IS_ASKED,
        by: str = "script",
    ) -> None:
        self.vehicle = vehicle
        ours = vehicle.message_factory
        gateway = Gateway(
            system_id=ours.srcSystem,
            component_id=ours.srcComponent,
            vehicles=[(address, vehicle_class)],
            preflight=preflight,
        )
        super().__init__(
            address,
            vehicle_class,
            clock,
            by,
            lambda mailbox: DroneKitEngine(vehicle, gateway, address, clock, mailbox),
        )

    def state(self) -> VehicleSnapshot:
        """Return what DroneKit knows of the vehicle now, and what we know of its flight."""
        return seen_by_dronekit(super().state(), self.vehicle)


class _ConnectedDriver(DroneKitDriver):
    """Closes the vehicle, too: nobody else has it."""

    def close(self) -> None:
        """End all threads, ours and DroneKit's; a second time does nothing."""
        super().close()
        close_vehicle(self.vehicle)


def connect(
    address: VehicleAddress,
    vehicle_class: VehicleClass,
    clock: Clock,
    *,
    timeout_s: float = HEARTBEAT_S,
    preflight: PreflightSettings = NOBODY_IS_ASKED,
    by: str = "script",
) -> DroneKitDriver:
    """Open the link to a vehicle by DroneKit and wait for its first heartbeat.

    The parameters are those of `flight.drivers.own.connect`; keys are DroneKit's matter.

    Raises
    ------
    VehicleSilent
        If no heartbeat of this system came.
    VehicleRefused
        If DroneKit cannot open the link.
    """
    vehicle = open_vehicle(address.link, SOURCE_SYSTEM, clock.wall_s(timeout_s))
    if vehicle is None:
        raise not_heard(address, timeout_s)
    driver = _ConnectedDriver(vehicle, address, vehicle_class, clock, preflight=preflight, by=by)
    driver.await_vehicle(timeout_s)
    return driver


def seen_by_dronekit(snapshot: VehicleSnapshot, vehicle: dronekit.Vehicle) -> VehicleSnapshot:
    """Return a snapshot with everything that DroneKit's attributes tell."""
    place, mode, battery = vehicle.location, vehicle.mode, vehicle.battery
    level = None if battery is None else battery.level
    return replace(
        snapshot,
        armed=bool(vehicle.armed),
        mode=None if mode is None else mode.name,
        latitude_deg=place.global_frame.lat,
        longitude_deg=place.global_frame.lon,
        altitude_amsl_m=place.global_frame.alt,
        altitude_above_home_m=place.global_relative_frame.alt,
        heading_deg=vehicle.heading,
        ground_speed_m_s=vehicle.groundspeed,
        battery_remaining=None if level is None else level / 100,
        mission_seq=vehicle.commands.next,
    )
