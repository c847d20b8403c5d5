"""The world of the tests: the fleet of the demonstration, and its request."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from api.soak.airspace import goto
from api.soak.node import Berth
from api.soak.watching import Watcher
from api.soak.weather import CALM, Weather
from api.soak.world import World as AnyWorld
from dispatch.catalogue import load_drone_types, load_fleet
from dispatch.store.store import Store
from dispatch.values import Drone, NewRequest, Request, TemperatureClass, Urgency
from simulator.values import HomePoint, VehicleClass, VehicleConfig

__all__ = ["CALM", "HOMES", "Weather", "World", "goto"]

HOMES = {
    "Q1": HomePoint(32.69676, 128.85228, 4.0, 0.0),
    "C1": HomePoint(32.69676, 128.85234, 4.0, 0.0),
    "C2": HomePoint(32.69681, 128.85231, 4.0, 0.0),
    "Q2": HomePoint(32.69681, 128.85237, 4.0, 0.0),
    "Q3": HomePoint(32.69671, 128.85231, 4.0, 0.0),
}


class World(AnyWorld):
    """A town with its drones.

    Parameters
    ----------
    seed
        Seed of all chance.
    weather
        Links and wind.
    store
        The database; one in memory unless a test wants to open it again.
    drones
        Names of the drones that exist; all of the fleet are known to dispatch.
    fleet
        The drones that dispatch knows; those of the demonstration unless told otherwise.
    shares_air
        Whether drones of one hub may fly at once.
    watchers
        Look at the world at every tick.
    """

    def __init__(
        self,
        seed: int = 0,
        weather: Weather | None = None,
        *,
        store: Store | None = None,
        drones: tuple[str, ...] = ("Q1",),
        fleet: tuple[Drone, ...] | None = None,
        shares_air: bool = False,
        watchers: Sequence[Watcher] = (),
    ) -> None:
        known = fleet or tuple(load_fleet())
        weather = weather or Weather()
        berths = [
            _berth(drone, 10 * seed + number, weather)
            for number, drone in enumerate(known)
            if drone.id in drones
        ]
        super().__init__(berths, weather, fleet=known, store=store, shares_air=shares_air, watchers=watchers)

    def ask(self, **changes: Any) -> Request:
        """Submit the request of the demonstration, with changes."""
        wish = NewRequest(
            items="医薬品",
            mass_kg=1.2,
            temperature=TemperatureClass.COLD,
            urgency=Urgency.URGENT,
            deadline=self.utc + timedelta(hours=3),
            from_site_id="FKP",
            to_site_id="SGC",
            requested_by="嵯峨島診療所",
        )
        return self.dispatcher.submit_request(replace(wish, **changes), "clinic", self.utc)

    def is_closed(self, request_id: str) -> bool:
        """Say whether nothing more will happen to a request by itself, and no drone is flying for it."""
        request = self.dispatcher.request(request_id)
        done = request.state in {"delivered", "failed", "rejected", "returned", "cancelled"}
        return done and all(sortie.state in {"closed", "aborted"} for sortie in self.dispatcher.sorties())


def _berth(drone: Drone, seed: int, weather: Weather) -> Berth:
    vehicle_class = VehicleClass(load_drone_types()[drone.type_id].vehicle_class.value)
    system_id = drone.address.system_id
    return Berth(
        drone,
        VehicleConfig(
            drone.id, vehicle_class, HOMES[drone.id], system_id, weather.wind, seed, payload_kg=1.2
        ),
    )
