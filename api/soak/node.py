"""One simulated drone with the two directions of its link."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from api.soak.places import distance_m
from api.soak.sea import sea
from api.soak.weather import Weather
from dispatch.values import Drone
from simulator.airframes import airframe_of
from simulator.comms.link import BadLink, Luck
from simulator.fleet import Fleet
from simulator.values import TrackSample, VehicleConfig
from simulator.vehicle import Vehicle

GROUND_STATION = "gateway"
"""The gateway's address, as the vehicle sees it."""


@dataclass(frozen=True)
class Berth:
    """A drone as dispatch knows it, and the aircraft that really stands there."""

    drone: Drone
    config: VehicleConfig


AT_HOME_M = 50.0
"""Nearer than this a drone is on its base (half an approach sector, as dispatch has it)."""


class Node:
    """A drone that exists.

    Parameters
    ----------
    berth
        What it is and where it stands.
    vehicle
        The aircraft, one of the fleet of its world.
    weather
        Of its link; the wind is in the configuration of the aircraft.
    """

    def __init__(self, berth: Berth, vehicle: Vehicle, weather: Weather) -> None:
        self.drone = berth.drone
        self.config = berth.config
        self.vehicle = vehicle
        self.is_heard = True
        """Whether anything that it sends arrives; tests cut it."""
        self.is_in_use = True
        """Whether it is switched on; a drone that was fetched from the sea is not."""
        rates = (weather.loss, weather.duplicate, weather.reorder, weather.delay_s)
        self.up: BadLink[bytes] = BadLink(2 * berth.config.seed, Luck(*rates))
        self.down: BadLink[bytes] = BadLink(2 * berth.config.seed + 1, Luck(*rates))
        self._earlier: list[TrackSample] = []

    @property
    def link(self) -> str:
        """The link by which the gateway knows it."""
        return self.drone.address.link

    @property
    def capacity_wh(self) -> float:
        """What its battery holds when it is full."""
        config = self.config
        return config.battery_wh or airframe_of(config.vehicle_class, config.airframe).battery_wh

    @property
    def track(self) -> list[TrackSample]:
        """Where it was since the beginning, whatever batteries it had."""
        return [*self._earlier, *self.vehicle.track]

    def distance_from_home_m(self) -> float:
        """Return how far it really is from its pad."""
        return distance_m(self.config.home, self.vehicle.truth)

    def is_at_home(self) -> bool:
        """Say whether it is on its base."""
        return self.distance_from_home_m() <= AT_HOME_M

    def is_down(self) -> bool:
        """Say whether it is on the ground or in the water, and will not move by itself."""
        truth = self.vehicle.truth
        return truth.wrecked or (truth.on_ground and not truth.armed)

    def step(self, now: float) -> Iterator[bytes]:
        """Bring the vehicle to ``now``; yield the datagrams of its that arrive."""
        if not self.is_in_use:
            return
        self.vehicle.advance(now)
        for datagram in self.up.due(now):
            self.vehicle.receive(datagram, GROUND_STATION, now)
        for datagram, _ in self.vehicle.send():
            self.down.put(datagram, now)
        arrived = self.down.due(now)
        if self.is_heard:
            yield from arrived

    def swap_battery(self, now: float) -> None:
        """Give it a full battery, on the ground: the autopilot boots anew, with other chance."""
        self._earlier += self.vehicle.track
        self.config = replace(self.config, boot_at=now, seed=self.config.seed + 1)
        (self.vehicle,) = Fleet([self.config], sea()).vehicles
