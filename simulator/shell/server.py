"""The asyncio shell: a fleet on UDP and TCP sockets, driven by a simulated clock."""

import asyncio
import gc
from collections.abc import Sequence
from pathlib import Path

from simulator.command_line.fleet_file import Berth
from simulator.fleet import Fleet
from simulator.physics.surface import Surface
from simulator.shell.address import Address
from simulator.shell.clock import SimulatedClock
from simulator.shell.sockets import Sockets
from simulator.shell.station import Station
from simulator.shell.status import Display
from simulator.shell.tracklog import TrackLog
from simulator.vehicle import Vehicle

TICK_S = 0.01
TICK_PER_VEHICLE_S = 1e-4
"""Wall seconds between two turns of a fleet that has nothing to receive, and at least so many for each
vehicle: a thousand speak ten times a second."""

CHUNK_S = 1.0
"""Simulated seconds that the fleet advances before the sockets get their turn."""

SHOW_S = 0.2
SHOW_PER_VEHICLE_S = 5e-3
"""Simulated seconds between two looks at the vehicles, their step, and at least so many for each vehicle."""


class FleetServer:
    """Serves a fleet until it is told to stop.

    Parameters
    ----------
    berths
        The vehicles, where they listen and whom they call.
    clock
        Simulated time.
    display
        Shows the fleet to a person.
    log_directory
        Folder for the track logs; none are written where None.
    surface
        What is under the vehicles; flat ground where None.

    Notes
    -----
    ``opened`` is set once all sockets are open; ``addresses`` then has them all.
    """

    def __init__(
        self,
        berths: Sequence[Berth],
        clock: SimulatedClock,
        display: Display,
        log_directory: Path | None = None,
        surface: Surface | None = None,
    ) -> None:
        self._berths = tuple(berths)
        self._clock = clock
        self._display = display
        self._at = self._show_at = clock.now()
        self._fleet = Fleet([berth.config for berth in self._berths], surface)
        self.stations = [self._station(vehicle, log_directory) for vehicle in self._fleet.vehicles]
        self.addresses: list[Address] = []
        self._sockets = Sockets()
        self._tick_s = max(TICK_S, TICK_PER_VEHICLE_S * len(self._berths))
        self._show_s = max(SHOW_S, SHOW_PER_VEHICLE_S * len(self._berths))
        self._stop = asyncio.Event()
        self.opened = asyncio.Event()

    def _station(self, vehicle: Vehicle, directory: Path | None) -> Station:
        return Station(vehicle, lambda: self._at, TrackLog(vehicle, directory) if directory else None)

    @property
    def simulated_time(self) -> float:
        """Up to when the fleet has flown, Unix seconds."""
        return self._at

    def stop(self) -> None:
        """Ask for an end; may be called twice."""
        self._stop.set()

    async def run(self) -> None:
        """Open all sockets and fly until stopped; raise AddressUnavailableError where one does not open."""
        try:
            for berth, station in zip(self._berths, self.stations, strict=True):
                for link, address in enumerate(berth.listen):
                    await self._open(address, station, link)
            # The fleet lives as long as the server: the collector need not look through it again and again.
            gc.freeze()
            self.opened.set()
            await self._fly()
        finally:
            await self._sockets.close()
            for station in self.stations:
                station.close()
            self._display.close()

    async def _open(self, address: Address, station: Station, link: int) -> None:
        opened = await self._sockets.open(address, station, link)
        self.addresses.append(opened)
        config = station.vehicle.config
        does = "calling" if opened.calls else "listening on"
        self._display.say(
            f"{config.name}: {config.vehicle_class}, system {config.system_id}, {does} {opened}"
        )

    async def _fly(self) -> None:
        while not self._stop.is_set():
            caught_up = self._turn()
            await asyncio.sleep(self._tick_s if caught_up else 0.0)

    def _turn(self) -> bool:
        """Advance by at most a chunk; say whether the fleet has caught up with the clock."""
        now = self._clock.now()
        # The wall clock may be set back; simulated time waits for it.
        self._at = max(self._at, min(now, self._at + CHUNK_S))
        self._fleet.advance(self._at)
        for station in self.stations:
            station.flush()
        if self._at >= self._show_at:
            self._show_at = self._at + self._show_s
            self._display.show([station.look() for station in self.stations])
        return self._at >= now
