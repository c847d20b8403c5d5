from datetime import timedelta

from dispatch.fleet_view import FleetView
from flight.link_state import LinkState
from tests.unit.dispatch.world import NOW, Q1, snapshot_of


def test_the_newest_snapshot_counts_in_whatever_order_they_come() -> None:
    view = FleetView()
    newer = snapshot_of(Q1, LinkState.FRESH, 0.8, NOW + timedelta(seconds=1))

    view.update(newer)
    view.update(snapshot_of(Q1, LinkState.FRESH, 0.9, NOW))

    assert view.snapshot(Q1.address) == newer


def test_a_change_of_the_link_shows_in_the_snapshot() -> None:
    view = FleetView()
    view.update(snapshot_of(Q1, LinkState.FRESH, 0.8, NOW))

    view.change_link(Q1.address, LinkState.LOST, NOW.timestamp() + 20.0)

    assert view.snapshots()[Q1.address].link is LinkState.LOST


def test_a_vehicle_that_was_never_heard_has_no_snapshot() -> None:
    view = FleetView()

    view.change_link(Q1.address, LinkState.LOST, 0.0)

    assert view.snapshot(Q1.address) is None
