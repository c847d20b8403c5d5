"""A whole vehicle: bytes and time in, bytes out."""

import math
from collections.abc import Hashable

from simulator import sim_parameters
from simulator.autopilot.avionics import Avionics
from simulator.autopilot.battery import Battery
from simulator.autopilot.craft import Craft, Seat
from simulator.autopilot.telemetry.state import compass_deg
from simulator.clockwork import ROUNDING_S, Clockwork
from simulator.comms.channel import Channel, Packet
from simulator.faults.schedule import FaultSchedule
from simulator.hazards import Hazards
from simulator.physics import STEP_S
from simulator.physics.model import FlightModel
from simulator.values import TrackSample, VehicleConfig, VehicleTruth

_TRACK_PERIOD_S = 1.0


class Vehicle:
    """A simulated ArduPilot vehicle, sans-IO.

    Parameters
    ----------
    config
        What it is and where.
    seat
        Its place in the flight model of a fleet; a model of its own where None.

    Notes
    -----
    Give it what arrives with :meth:`receive`, let time pass with :meth:`advance`, and send what :meth:`send`
    returns. ``now`` is Unix seconds; it never goes back. The flight is computed in steps of ``STEP_S``.
    """

    def __init__(self, config: VehicleConfig, seat: Seat | None = None) -> None:
        self.config = config
        self.track: list[TrackSample] = []
        self.craft = Craft(config, seat or Seat(FlightModel([config]), 0))
        self._avionics = Avionics(self.craft, math.inf, self.reboot)
        self._clockwork: Clockwork | None = None
        self._channel = Channel(self.craft.hazards, config.seed)
        self._faults = FaultSchedule(config.faults, config.seed)
        self._on_since: float | None = None
        self._now = 0.0
        self._track_at = 0.0
        self._on_air: list[Packet] = []
        self._reboots = False

    def join(self, clockwork: Clockwork) -> None:
        """Fly in step with others."""
        self._clockwork = clockwork

    @property
    def wanted_boot_at(self) -> float | None:
        """Unix time at which it is to be switched on; None for the start of the clock."""
        return self.config.boot_at

    def switch_on(self, now: float) -> None:
        """Boot: all that no memory keeps begins anew."""
        self.craft.power_up()
        self._avionics = Avionics(self.craft, now, self.reboot)
        self._now = now
        if self._on_since is None:
            self._on_since = now
            self.craft.battery.swap(1.0)

    def reboot(self) -> None:
        """Ask for a restart at the next step; in the air it falls, as its motors stand still."""
        self._reboots = True

    @property
    def truth(self) -> VehicleTruth:
        """What is really so."""
        craft, autopilot = self.craft, self._avionics.autopilot
        model, row = craft.seat
        state = model.state
        latitude, longitude = craft.frame.degrees_from_local(float(state.north[row]), float(state.east[row]))
        return VehicleTruth(
            time=self._now,
            latitude_deg=latitude,
            longitude_deg=longitude,
            altitude_amsl_m=craft.config.home.altitude_amsl_m + float(state.up[row]),
            ground_speed_m_s=model.ground_speed_m_s(row),
            climb_m_s=float(state.v_up[row]),
            airspeed_m_s=float(state.airspeed[row]),
            heading_deg=compass_deg(float(state.yaw[row])),
            energy_used_wh=craft.battery.used_wh,
            payload_kg=craft.payload_kg,
            mode=autopilot.mode.name,
            armed=craft.armed,
            on_ground=bool(state.on_ground[row]),
            mission_seq=autopilot.executive.index,
            released=craft.released,
            wrecked=bool(state.wrecked[row]),
            in_water=model.is_in_water(row),
        )

    @property
    def battery(self) -> Battery:
        """The pack on board."""
        return self.craft.battery

    @property
    def peers(self) -> int:
        """How many ground stations it hears."""
        return self.craft.radio.listeners

    @property
    def active_faults(self) -> tuple[str, ...]:
        """Kinds of the faults that are at work now."""
        return tuple(fault.kind for fault in self._faults.active)

    def connect(self, peer: Hashable, now: float) -> None:
        """Make a peer known that has not sent anything yet (a TCP connection)."""
        self.advance(now)
        self.craft.radio.connect(peer)

    def disconnect(self, peer: Hashable) -> None:
        """Forget a peer, and an upload of its."""
        self.craft.radio.disconnect(peer)
        self._avionics.forget_peer(peer)

    def receive(self, data: bytes, peer: Hashable, now: float) -> None:
        """Take in bytes from a peer (a UDP address, a connection)."""
        self.advance(now)
        for arrived, sender in self._channel.to_vehicle([(data, peer)], now):
            self.overhear(arrived, sender)

    def overhear(self, data: bytes, peer: Hashable) -> None:
        """Take in bytes at once, whatever the link is like; who is switched off or sunk hears nothing."""
        model, row = self.craft.seat
        if self._on_since is None or model.is_in_water(row):
            return
        for message, sender in self.craft.radio.hear(data, peer, self.craft.time):
            self._avionics.hear(message, sender)

    def advance(self, now: float) -> None:
        """Let time pass up to ``now``, for the whole fleet if it is in one."""
        if self._clockwork is None:
            self._clockwork = Clockwork(self.craft.seat.model, [self])
        self._clockwork.advance(now)
        self.speak(now)

    def speak(self, now: float) -> None:
        """Send the periodic messages that are due by ``now``."""
        self._avionics.speak(now)

    def decide(self, now: float) -> None:
        """Let the autopilot ask for its motion in the step that ends at ``now``.

        What was due before is said before, over the link as it was: how often somebody looks changes nothing.
        """
        self._use_link(now - ROUNDING_S)
        self._suffer(now)
        if self._reboots:
            self._reboots = False
            self.craft.radio.restart()
            self.switch_on(self._now)
        self._avionics.decide(now)

    def _use_link(self, now: float) -> None:
        """Say what is due, take in what was delayed, and send it all if the link is bad or may become so."""
        self.speak(now)
        spoilt = self._channel.is_spoilt
        if spoilt:
            for arrived, sender in self._channel.to_vehicle([], now):
                self.overhear(arrived, sender)
        if spoilt or self._faults or self._reboots:
            self._transmit(now)

    def _suffer(self, now: float) -> None:
        """Let faults and ``SIM_`` parameters do what they do."""
        time_s = now - (self._on_since or 0.0)
        if self._faults.step(self, time_s) or self.craft.params.simulates:
            broken = Hazards()
            sim_parameters.harm(self.craft, broken)
            self._faults.harm(broken, time_s)
            self.craft.hazards.become(broken)

    def report(self, now: float) -> None:
        """Say what there is to say after the motion up to ``now``."""
        self._now = now
        self._avionics.report()
        if now >= self._track_at:
            self._track_at = now + _TRACK_PERIOD_S - STEP_S / 2
            self.track.append(self._sample())

    def send(self) -> list[tuple[bytes, Hashable]]:
        """Return what has arrived at its peers by now, and at whom; a bad link delivers once in a step."""
        if not self._channel.is_spoilt:
            self._transmit(self._now)
        on_air, self._on_air = self._on_air, []
        return on_air

    def _transmit(self, now: float) -> None:
        """Send what was said; nothing comes out of the water."""
        said = self.craft.radio.take()
        if said or self._channel.is_spoilt:
            model, row = self.craft.seat
            self._on_air += self._channel.to_ground([] if model.is_in_water(row) else said, now)

    def _sample(self) -> TrackSample:
        truth = self.truth
        return TrackSample(
            truth.time,
            truth.latitude_deg,
            truth.longitude_deg,
            truth.altitude_amsl_m,
            truth.ground_speed_m_s,
            truth.energy_used_wh,
            truth.mode,
            truth.armed,
            truth.mission_seq,
            truth.released,
        )
