"""Keeping a round trip clear of others by waiting on the ground.

The other remedies of `geofences.deconflict` are not used. A higher layer cannot be certified: the proof
holds every leg to the bands of policy and corridors. Another way would leave the pads as they are, and it is
the columns above the pads that sorties of one hub share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Never

from dispatch.assign import RoundTrip
from dispatch.reservations import PLANNED_IN_CALM
from geofences.airspace import Airspace
from geofences.deconflict import delayed
from geofences.errors import NoRoute
from geofences.route import Route
from geofences.volumes import Volume4D, volumes_of


def volumes_of_flight(
    airspace: Airspace, way_out: Route, way_home: Route, delay_s: float, start_window_s: float
) -> tuple[Volume4D, ...]:
    """Return the volumes of way out, stop and way home of a flight that begins later than planned."""
    return volumes_of(
        airspace,
        delayed(way_out, delay_s),
        delayed(way_home, delay_s),
        start_window_s=start_window_s,
        uncertainty=PLANNED_IN_CALM,
    )


@dataclass(frozen=True)
class OnlyWaiting:
    """What may be done to a round trip: see `geofences.deconflict.Planning`.

    Its route is the way out. The stop and the way home follow it, and their volumes count.
    """

    airspace: Airspace
    trip: RoundTrip
    start_window_s: float

    @property
    def rises_m(self) -> Sequence[float]:
        """No layers."""
        return ()

    def volumes(self, route: Route) -> tuple[Volume4D, ...]:
        """Return the volumes of the round trip with the departure of this way out."""
        delay_s = (route.departure - self.trip.way_out.departure) / timedelta(seconds=1)
        trip = self.trip
        return volumes_of_flight(self.airspace, trip.way_out, trip.way_home, delay_s, self.start_window_s)

    def raised(self, route: Route, rise_m: float) -> Never:
        """Raise NoRoute."""
        raise NoRoute("a higher layer cannot be certified")

    def around(self, route: Route, avoid: Sequence[Volume4D]) -> Never:
        """Raise NoRoute."""
        raise NoRoute("another way does not part those who share a pad")
