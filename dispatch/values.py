"""The values that dispatch works on. All are frozen; rows become these at the border of the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dispatch.states import RequestState, SortieState
from flight.plan import VehicleAddress, VehicleClass

EventData = Mapping[str, str | float | None]
"""What else an event tells, by name."""


class TemperatureClass(StrEnum):
    """The temperature at which the goods must stay on the way."""

    AMBIENT = "ambient"
    """1 to 30 °C (room temperature in the Japanese Pharmacopoeia)."""
    COLD = "cold"
    """2 to 8 °C (vaccines, insulin)."""
    FROZEN = "frozen"
    """-20 °C or colder (fresh frozen plasma)."""


class Urgency(StrEnum):
    """How pressing a request is."""

    ROUTINE = "routine"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """Place in the queue: 0 goes first."""
        return (Urgency.EMERGENCY, Urgency.URGENT, Urgency.ROUTINE).index(self)


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in the two languages of the console."""

    en: str
    ja: str


@dataclass(frozen=True)
class NewRequest:
    """What a clinic asks for, before it is checked. Masses are never rounded."""

    items: str
    mass_kg: float
    temperature: TemperatureClass
    urgency: Urgency
    deadline: datetime
    from_site_id: str
    to_site_id: str
    requested_by: str


@dataclass(frozen=True)
class Request:
    """A request and how far it has come.

    ``reason`` says why it waits, failed or was cancelled. The times are those of the events themselves, so
    figures such as "on time" do not depend on when a row was last touched.
    """

    id: str
    items: str
    mass_kg: float
    temperature: TemperatureClass
    urgency: Urgency
    deadline: datetime
    from_site_id: str
    to_site_id: str
    requested_by: str
    state: RequestState
    submitted_at: datetime
    reason: Words | None = None
    sortie_id: str | None = None
    accepted_at: datetime | None = None
    planned_at: datetime | None = None
    loaded_at: datetime | None = None
    launched_at: datetime | None = None
    delivered_at: datetime | None = None
    received_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def queue_key(self) -> tuple[int, datetime, datetime, str]:
        """Order in which requests are served: urgency, deadline, time of submission."""
        return (self.urgency.rank, self.deadline, self.submitted_at, self.id)


@dataclass(frozen=True)
class DroneType:
    """The figures of an airframe that planning needs.

    Powers are at the empty mass and the battery's terminals. ``temperatures`` names the classes for which
    the type has a box. ``source`` says where the figures come from.
    """

    id: str
    name: str
    vehicle_class: VehicleClass
    cruise_speed_m_s: float
    climb_rate_m_s: float
    descent_rate_m_s: float
    turn_radius_m: float
    cruise_power_w: float
    hover_power_w: float
    climb_power_w: float
    battery_wh: float
    empty_mass_kg: float
    payload_limit_kg: float
    temperatures: frozenset[TemperatureClass]
    source: str


@dataclass(frozen=True)
class Drone:
    """One aircraft: its type, where to reach it, and the site where it is based.

    ``uid`` is the unique id of its autopilot board (``AUTOPILOT_VERSION``), where it is known: a plan is then
    bound to it. ``backup_links`` are further links that the same aircraft is heard over, the best first.
    ``may_move`` believes, without a signing key, a heartbeat from another address when its own is silent.
    """

    id: str
    type_id: str
    address: VehicleAddress
    base_site_id: str
    uid: str | None = None
    backup_links: tuple[str, ...] = ()
    may_move: bool = False


@dataclass(frozen=True)
class Sortie:
    """One planned flight of one drone for one request, and how far it has come.

    ``attempt`` counts launches: commands and events of an older attempt are void. ``held_from`` is the state
    that a held sortie was in.
    """

    id: str
    request_id: str
    drone_id: str
    attempt: int
    state: SortieState
    created_at: datetime
    plan_hash: str
    planned_duration_s: float
    planned_energy_wh: float
    arrives_at: datetime
    reason: Words | None = None
    held_from: SortieState | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    verified_hash: str | None = None
    launched_at: datetime | None = None
    released_at: datetime | None = None
    landed_at: datetime | None = None
    closed_at: datetime | None = None
    energy_used_wh: float | None = None


@dataclass(frozen=True)
class Event:
    """Something that happened to a request, a sortie or a drone. ``id`` grows and has no two alike."""

    id: int
    type: str
    at: datetime
    subject_id: str
    actor: str
    reason: Words | None
    data: EventData = field(default_factory=dict)
