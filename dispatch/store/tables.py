"""The tables. Rows do not leave ``dispatch.store``: `dispatch.store.convert` makes frozen values of them.

Enumerations are kept as their text, so that a new member needs no migration. A change here needs a new file
in ``migrations/versions``; a test compares the two.
"""

from datetime import datetime

from sqlalchemy import Index, MetaData, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from dispatch.store.types import UtcDateTime

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


_IS_LAUNCH = text("kind = 'launch'")


class Table(SQLModel):
    """Common base: its own metadata, so that no other package's tables slip into the migrations."""

    metadata = MetaData(naming_convention=NAMING)


class RequestRow(Table, table=True):
    """A clinic's request."""

    __tablename__ = "request"

    id: str = Field(primary_key=True)
    items: str
    mass_kg: float
    temperature: str
    urgency: str
    deadline: datetime = Field(sa_type=UtcDateTime)
    from_site_id: str
    to_site_id: str
    requested_by: str
    state: str = Field(index=True)
    reason_en: str | None = None
    reason_ja: str | None = None
    sortie_id: str | None = None
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    planned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    loaded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    launched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    received_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DroneRow(Table, table=True):
    """An aircraft of the fleet. No two share an address."""

    __tablename__ = "drone"
    __table_args__ = (UniqueConstraint("link", "system_id"),)

    id: str = Field(primary_key=True)
    type_id: str
    link: str
    system_id: int
    base_site_id: str
    component_id: int = 1
    uid: str | None = None
    backup_links: str = "[]"
    may_move: bool = False


class SortieRow(Table, table=True):
    """A flight of one drone for one request."""

    __tablename__ = "sortie"

    id: str = Field(primary_key=True)
    request_id: str = Field(foreign_key="request.id", index=True)
    drone_id: str = Field(foreign_key="drone.id", index=True)
    attempt: int
    state: str = Field(index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    plan_hash: str
    planned_duration_s: float
    planned_energy_wh: float
    arrives_at: datetime = Field(sa_type=UtcDateTime)
    reason_en: str | None = None
    reason_ja: str | None = None
    held_from: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verified_hash: str | None = None
    launched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    landed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    energy_used_wh: float | None = None


class SortiePlanRow(Table, table=True):
    """What a sortie flies, as JSON text (`dispatch.store.codec`). Written once, never changed."""

    __tablename__ = "sortie_plan"

    sortie_id: str = Field(primary_key=True, foreign_key="sortie.id")
    flight_plan: str
    way_out: str
    way_home: str
    certificate: str


class EventRow(Table, table=True):
    """Something that happened; rows are only ever added."""

    __tablename__ = "event"

    id: int | None = Field(default=None, primary_key=True)
    type: str
    at: datetime = Field(sa_type=UtcDateTime)
    subject_id: str = Field(index=True)
    actor: str
    reason_en: str | None = None
    reason_ja: str | None = None
    data: str


class OutboxRow(Table, table=True):
    """A command that goes to the flight gateway after its transaction has been committed.

    ``by`` is who gave it, ``arguments`` what else it says, as JSON text. An attempt has one launch.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_of_sortie", "sortie_id", "attempt", "kind"),
        Index(
            "uq_outbox_launch",
            "sortie_id",
            "attempt",
            unique=True,
            sqlite_where=_IS_LAUNCH,
            postgresql_where=_IS_LAUNCH,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    sortie_id: str = Field(foreign_key="sortie.id")
    attempt: int
    kind: str
    by: str
    arguments: str = "{}"
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LeaseRow(Table, table=True):
    """Who has something to himself, and until when (`dispatch.store.leases`)."""

    __tablename__ = "lease"

    key: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=UtcDateTime)


class ApiKeyRow(Table, table=True):
    """A key of the HTTP API; only its hash is kept."""

    __tablename__ = "api_key"

    id: str = Field(primary_key=True)
    name: str
    role: str
    hash: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class SettingRow(Table, table=True):
    """A setting of this installation."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str


class CounterRow(Table, table=True):
    """The last number given out, by kind: where short readable identifiers come from."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True)
    value: int
