"""Requests and answers of the HTTP API. Units stand in the names; times are aware UTC."""

from datetime import datetime

from pydantic import Field

from api.flight_schemas import FlightOut
from api.roles import Role
from api.schema_base import Instant, Model, ReasonIn, RequestId, SiteId, Words
from dispatch.states import RequestState, SortieState
from dispatch.values import TemperatureClass, Urgency
from flight.events import FlightPhase
from flight.link_state import LinkState
from flight.plan import VehicleClass


class Problem(Model):
    """Why the service refused (RFC 9457)."""

    type: str = Field(examples=["urn:tsubaki:problem:invalid-input"])
    title: str = Field(examples=["Invalid input"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["mass_kg: -1 kg is not a mass; give a mass above 0 kg"])
    field: str | None = Field(description="入力項目 / JSON name of the field at fault", examples=["mass_kg"])
    remedy: str | None = Field(description="対処 / what to do about it", examples=["give a mass above 0 kg"])
    message_ja: str = Field(examples=["質量は0 kgより大きい値にしてください"])
    blocking_zones: list[str] | None = Field(
        default=None, description="経路をふさぐ区域 / zones that block the route"
    )


class RequestIn(Model):
    """What a clinic asks for."""

    items: str = Field(description="品名 / what is to be carried", examples=["インスリン 10本"])
    mass_kg: float = Field(description="質量 / mass with packing, never rounded", examples=[1.2])
    temperature: TemperatureClass = Field(
        description="温度区分 / ambient 1–30 °C, cold 2–8 °C, frozen ≤ −20 °C", examples=["cold"]
    )
    urgency: Urgency = Field(description="緊急度 / how pressing it is", examples=["urgent"])
    deadline: Instant = Field(description="期限 / to be delivered before (with time zone)")
    from_site_id: SiteId = Field(description="出発地 / where the goods are", examples=["FKP"])
    to_site_id: SiteId = Field(description="届け先 / where they are needed", examples=["SGC"])


class RequestOut(RequestIn):
    """A request and how far it has come."""

    id: RequestId
    requested_by: str = Field(description="要請者 / who asked", examples=["嵯峨島診療所"])
    state: RequestState = Field(examples=["in_flight"])
    reason: Words | None = Field(description="理由 / why it waits, failed or was cancelled", examples=[None])
    sortie_id: str | None = Field(examples=["S-0001"])
    created_at: Instant
    updated_at: Instant
    eta: datetime | None = Field(description="到着予定 / expected delivery, from telemetry in flight")
    accepted_at: datetime | None
    planned_at: datetime | None
    loaded_at: datetime | None
    launched_at: datetime | None
    delivered_at: datetime | None
    received_at: datetime | None


class CloseIn(ReasonIn):
    """How a flight ended that could not tell by itself."""

    delivered: bool = Field(
        description="荷物は届いたか / whether the parcel reached the clinic", examples=[True]
    )


class CertificateOut(Model):
    """The proof of a sortie's way out and way home."""

    airspace_version: str
    route_digest: str
    valid_from: datetime
    valid_until: datetime
    zone_clearance_m: float | None = Field(
        description="区域までの最小距離 / smallest distance to a keep-out zone"
    )
    nearest_zone_id: str | None
    coast_clearance_m: float = Field(description="海岸までの最小距離 / smallest distance to land in cruise")
    nearest_island_id: str
    energy_wh: float
    energy_available_wh: float
    reserve_fraction: float


class SortieOut(Model):
    """One planned flight of one drone, and how far it has come."""

    id: str = Field(examples=["S-0001"])
    state: SortieState = Field(examples=["enroute"])
    drone_id: str = Field(examples=["Q1"])
    request_ids: list[RequestId]
    attempt: int = Field(description="発進の試行回数 / launches tried so far", examples=[1])
    reason: Words | None
    created_at: datetime
    distance_m: float = Field(description="往復の距離 / way out and home", examples=[84_000.0])
    duration_s: float = Field(description="予定時間 / planned, out and home", examples=[3450.0])
    energy_wh: float = Field(description="予定電力量 / planned, out and home", examples=[520.0])
    energy_used_wh: float | None = Field(
        description="使用電力量 / used, as the vehicle says", examples=[505.0]
    )
    energy_reserve_fraction: float = Field(examples=[0.42])
    smallest_clearance_m: float | None = Field(description="区域までの最小距離 / to any keep-out zone")
    airspace_version: str
    certificate: CertificateOut
    plan_hash: str = Field(description="飛行計画のハッシュ / SHA-256 of the flight plan as certified")
    verified_hash: str | None = Field(description="機体から読み戻した計画のハッシュ / of the plan read back")
    approved_by: str | None
    launched_at: datetime | None
    released_at: datetime | None
    landed_at: datetime | None
    closed_at: datetime | None
    eta_delivery: datetime | None
    eta_home: datetime | None
    flight: FlightOut = Field(description="いまの飛行 / the flight now: alerts, orders, control, preflight")


class EventOut(Model):
    """Something that happened, as it is stored."""

    id: int = Field(description="通し番号 / grows; use it as ``after``", examples=[17])
    type: str = Field(examples=["request.accepted"])
    at: datetime
    subject_id: str = Field(description="要請・便・機体の番号 / request, sortie or drone")
    actor: str
    reason: Words | None
    data: dict[str, str | int | float | None]


class SortieDetailOut(SortieOut):
    """A sortie with its history."""

    events: list[EventOut]


class DroneOut(Model):
    """A drone and its newest telemetry (``null`` until it has told it)."""

    id: str = Field(examples=["Q1"])
    name: str
    drone_type: str = Field(examples=["quadplane"])
    vehicle_class: VehicleClass
    address: str = Field(examples=["udp:127.0.0.1:14551#1"])
    base_site_id: SiteId
    state: str = Field(description="idle, assigned or flying", examples=["flying"])
    link: LinkState
    sortie_id: str | None
    mode: str | None
    armed: bool
    phase: FlightPhase
    latitude_deg: float | None
    longitude_deg: float | None
    altitude_amsl_m: float | None
    heading_deg: float | None
    ground_speed_m_s: float | None
    battery_remaining: float | None = Field(description="0 to 1", examples=[0.81])
    energy_used_wh: float | None
    progress: float | None = Field(description="0 to 1 of the whole flight", examples=[0.5])
    distance_to_go_m: float | None
    eta_s: float | None = Field(description="着陸までの秒 / seconds until landing")
    cross_track_m: float | None = Field(description="航路からのずれ / distance to the line of its leg")
    delay_s: float | None = Field(description="遅れ / behind its plan; negative when early")
    energy_margin_wh: float | None = Field(description="電力の余裕 / left at home above the reserve")
    wind_m_s: float | None = Field(description="風速 / wind, as the vehicle measures it")


class SiteOut(Model):
    """A place that asks for or sends supplies."""

    id: SiteId
    kind: str = Field(examples=["clinic"])
    name_ja: str = Field(examples=["嵯峨島診療所"])
    name_en: str = Field(examples=["Saganoshima Clinic"])
    island: str
    latitude_deg: float
    longitude_deg: float
    elevation_amsl_m: float
    is_hub: bool
    is_drone_site: bool = Field(description="機体が来られる / a drone may come here itself")
    pad_site_id: str | None = Field(description="道路で結ばれた離着陸場 / the pad that serves it by road")
    road_km: float | None
    note_ja: str
    note_en: str


class MeOut(Model):
    """Who holds the key, and what time it is in the service."""

    name: str
    role: Role
    site_id: str | None
    now: datetime = Field(description="サービスの時刻 / the service's (possibly accelerated) time")
    speedup: float


class HealthOut(Model):
    """What is well and what is not."""

    status: str = Field(examples=["ok"])
    checks: dict[str, str] = Field(examples=[{"database": "ok", "airspace": "ok", "gateway": "ok"}])
