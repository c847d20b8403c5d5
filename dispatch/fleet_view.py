"""The newest news of each aircraft, in memory: telemetry is not written to the database at every tick."""

from dataclasses import replace

from flight.events import VehicleSnapshot
from flight.link_state import LinkState
from flight.plan import VehicleAddress


class FleetView:
    """The newest snapshot of each vehicle. It starts empty, and fills within a heartbeat or two."""

    def __init__(self) -> None:
        self._snapshots: dict[VehicleAddress, VehicleSnapshot] = {}

    def update(self, snapshot: VehicleSnapshot) -> None:
        """Take a snapshot, unless a newer one is known."""
        known = self._snapshots.get(snapshot.address)
        if known is None or known.at <= snapshot.at:
            self._snapshots[snapshot.address] = snapshot

    def change_link(self, address: VehicleAddress, link: LinkState, at: float) -> None:
        """Note how fresh a vehicle's heartbeat is; before its first snapshot there is nothing to note."""
        known = self._snapshots.get(address)
        if known is not None and known.at <= at:
            self._snapshots[address] = replace(known, link=link, at=at)

    def snapshot(self, address: VehicleAddress) -> VehicleSnapshot | None:
        """Return the newest snapshot of a vehicle, if it has been heard."""
        return self._snapshots.get(address)

    def snapshots(self) -> dict[VehicleAddress, VehicleSnapshot]:
        """Return the newest snapshot of every vehicle that has been heard."""
        return dict(self._snapshots)
