"""Flies a plan with the built-in simulator, and lets the supervision look on, without a gateway between."""

from collections.abc import Callable
from typing import Any, TypeVar

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.events import AlertRaised, FlightEvent, Landed
from flight.order import Order
from flight.plan import FlightPlan
from flight.protocol.codec import Decoder
from flight.supervision.figures import FlightFigures
from flight.supervision.flight import Supervision
from flight.supervision.observer import Baseline
from flight.vehicle import Vehicle
from simulator import HomePoint, VehicleConfig, Wind
from simulator import Vehicle as SimulatedVehicle
from simulator import VehicleClass as SimulatedClass
from simulator.testing import GroundStation
from tests.unit.flight.flown import wire_messages

E = TypeVar("E", bound=FlightEvent)

RATES_HZ = {33: 2, 1: 1, 245: 1, 42: 1, 36: 1, 74: 1, 24: 0.5, 193: 0.5, 147: 0.5, 162: 1, 168: 0.5}
"""What the gateway asks for, or nearly so."""

GUIDED = {"copter": 4, "quadplane": 15}


class WatchedFlight:
    """A delivery flown by the simulator; ``events`` is what its supervision said."""

    def __init__(self, plan: FlightPlan, wind: Wind | None = None, **config: Any) -> None:
        home = HomePoint(plan.home_latitude_e7 / 1e7, plan.home_longitude_e7 / 1e7, plan.home_amsl_m)
        kind = SimulatedClass(plan.vehicle_class.value)
        extra: dict[str, Any] = {} if wind is None else {"wind": wind}
        self.plan = plan
        self.vehicle = Vehicle(plan.vehicle, plan.vehicle_class)
        self.events: list[FlightEvent] = []
        self.supervision: Supervision | None = None
        self._decoder = Decoder()
        self._seen = 0
        self.station = GroundStation(
            SimulatedVehicle(VehicleConfig("V1", kind, home, battery_wh=900.0, **extra, **config))
        )

    def prepare(self) -> None:
        """Boot, upload, and ask for what supervision reads."""
        self.station.run(60.0)
        for kind, items in enumerate((self.plan.mission, self.plan.fence)):
            assert self.station.upload(wire_messages(items, kind), kind) == 0
        for name, value in self.plan.parameters:
            self.station.set_parameter(name, value)
        for message_id, rate_hz in RATES_HZ.items():
            self.station.ask_for(message_id, rate_hz)
        self._pass(2.0)

    def launch(self) -> None:
        """Arm, start the mission, and begin to watch."""
        self.station.set_mode(GUIDED[self.plan.vehicle_class.value])
        assert self.station.arm() == 0
        assert self.station.command(mavlink.MAV_CMD_MISSION_START) == 0
        self._pass(1.5)
        self.watch(Baseline(self.vehicle.telemetry.energy_used_wh or 0.0))

    def watch(self, baseline: Baseline) -> None:
        """Begin to watch, as after a launch or, without energy, an adoption."""
        order = Order(self.plan.sortie_id, 1, self.plan)
        self.supervision = Supervision(order, self.vehicle, baseline)

    def fly(self, limit_s: float = 3600.0, until: Callable[[], bool] = lambda: False) -> None:
        """Let it fly until it has landed, or until a condition holds."""
        end = self.station.now + limit_s
        while self.station.now < end and not until():
            self._pass(0.6)
            self.events += [each(self.station.now) for each in self.watched.update(self.station.now)]
            if self.watched.landed:
                return

    def of(self, kind: type[E]) -> list[E]:
        """Return the events of a kind."""
        return [each for each in self.events if isinstance(each, kind)]

    @property
    def alerts(self) -> list[AlertRaised]:
        """What was raised."""
        return self.of(AlertRaised)

    @property
    def landed(self) -> Landed:
        """The end of the flight."""
        (event,) = self.of(Landed)
        return event

    @property
    def watched(self) -> Supervision:
        """Who looks on."""
        assert self.supervision is not None
        return self.supervision

    @property
    def figures(self) -> FlightFigures:
        """The numbers of the newest look."""
        assert self.watched.figures is not None
        return self.watched.figures

    def _pass(self, duration_s: float) -> None:
        self.station.run(duration_s)
        fresh, self._seen = self.station.received[self._seen :], len(self.station.received)
        for _, message in fresh:
            for frame in self._decoder.frames(message.get_msgbuf()):
                if frame.message is not None:
                    self.vehicle.telemetry.receive(frame.message, self.station.now)
