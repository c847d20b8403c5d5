"""Supervision of one flight: from telemetry to stages, figures, and alerts."""

from collections.abc import Collection, Iterator

from flight.events import AlertRaised, FlightPhase
from flight.order import Order
from flight.procedure import Announcement
from flight.situations import Situation
from flight.supervision.figures import FlightFigures, figures_of
from flight.supervision.monitors.all import monitors_for
from flight.supervision.observer import Baseline, Observer, Told
from flight.supervision.stages import Stages
from flight.supervision.track import Track
from flight.supervision.traffic import Neighbour
from flight.vehicle import Vehicle
from flight.vehicles.modes import AUTO, FOLLOWING

LOOK_S = 0.9
"""The monitors look at most so often: at every call of a gateway, which makes one a second, but not once more
at each call between. Stages are looked at every time."""


class Supervision:
    """Follows one flight until it has landed.

    `update` yields what is new: phases, release, return, alerts raised and cleared, landing. What others
    have to tell it, and may ask of it between two updates:

    - ``active_alerts``: what is out of the ordinary now, as it was told when it began.
    - ``figures``: the numbers of the newest look (`FlightFigures`), ``None`` before the first.
    - ``expect_modes``: which flight modes are no surprise from now on; at first those that fly the mission.
      An action calls it before it sends its command, with the modes before and after, and again with those
      after, once they are seen.
    - ``note_pad``: the receiver said that the pad is clear, or that it is not.
    - ``note_traffic``: the nearest other aircraft (`flight.supervision.traffic.nearest`), or ``None``.

    A plan without ``expected`` is watched without corridor, heights, times and energy.

    Parameters
    ----------
    order
        The sortie and its plan.
    vehicle
        The vehicle, whose telemetry is read each time.
    baseline
        For the energy of this flight alone.
    """

    def __init__(self, order: Order, vehicle: Vehicle, baseline: Baseline) -> None:
        self.order = order
        self.track = Track(order.plan)
        self.figures: FlightFigures | None = None
        self._vehicle = vehicle
        self._stages = Stages(order, self.track, vehicle)
        self._observer = Observer(self.track, vehicle, baseline)
        self._monitors = monitors_for(self.track)
        self._told = Told(_modes_at_first(vehicle))
        self._next_look_at: float | None = None

    def update(self, now: float) -> Iterator[Announcement]:
        """Look at the vehicle; yield what is new."""
        if self.landed:
            return
        yield from self._stages.update(now, self._vehicle.telemetry.place)
        if self.landed:
            yield from self._clear_all()
            yield self._stages.landing(self._vehicle.telemetry.place, self.energy_used_wh)
        elif self._vehicle.telemetry.armed and self.phase is not None and self._is_due(now):
            yield from self._look(now, self.phase)

    def expect_modes(self, modes: Collection[int]) -> None:
        """Take these flight modes, and no others, for intended from now on."""
        self._told.expected_modes = frozenset(modes)

    def note_pad(self, *, clear: bool) -> None:
        """Note what the receiver said of the pad."""
        self._told.pad_clear = clear

    def note_traffic(self, neighbour: Neighbour | None) -> None:
        """Note the nearest other aircraft that is in the air."""
        self._told.neighbour = neighbour

    @property
    def expected_modes(self) -> frozenset[int]:
        """The flight modes that are no surprise now."""
        return self._told.expected_modes

    @property
    def pad_clear(self) -> bool | None:
        """What the receiver said of the pad; ``None`` if nothing."""
        return self._told.pad_clear

    @property
    def active_alerts(self) -> dict[Situation, AlertRaised]:
        """What was raised and is not cleared."""
        return {each.situation: each.alert for each in self._monitors if each.alert is not None}

    @property
    def phase(self) -> FlightPhase | None:
        """Where the flight is; ``None`` before the first look."""
        return self._stages.phase

    @property
    def released(self) -> bool:
        """Say whether the payload has left the vehicle."""
        return self._stages.released

    @property
    def landed(self) -> bool:
        """Say whether the flight is over."""
        return self._stages.landed

    @property
    def distance_to_go_m(self) -> float | None:
        """The way that is left; nothing after the landing."""
        if self.landed:
            return 0.0
        place = self._vehicle.telemetry.place
        if place is None or self._stages.seq is None:
            return None
        return self.track.distance_to_go_m(self._stages.seq, place)

    @property
    def energy_used_wh(self) -> float | None:
        """The energy of this flight."""
        return self._observer.energy_used_wh

    def _is_due(self, now: float) -> bool:
        if self._next_look_at is not None and now < self._next_look_at:
            return False
        self._next_look_at = now + LOOK_S
        return True

    def _look(self, now: float, phase: FlightPhase) -> Iterator[Announcement]:
        look = self._observer.look(now, phase, self._told)
        self.figures = figures_of(look)
        for monitor in self._monitors:
            yield from monitor.update(look, self.order)

    def _clear_all(self) -> Iterator[Announcement]:
        """End what is active: on the ground nothing of it holds any more."""
        for monitor in self._monitors:
            if monitor.alert is not None:
                yield monitor.clear(monitor.alert.value, self.order)


def _modes_at_first(vehicle: Vehicle) -> frozenset[int]:
    """Return AUTO, and the mode that flies the return path if it is on already: that is an adopted flight."""
    mode, vehicle_class = vehicle.telemetry.mode, vehicle.vehicle_class
    adopted = {mode} if mode is not None and mode in FOLLOWING[vehicle_class] else set()
    return frozenset({AUTO[vehicle_class], *adopted})
