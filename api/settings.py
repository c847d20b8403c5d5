"""Settings of the service: environment variables ``TSUBAKI_…``, overridden by command line options."""

import socket
from enum import StrEnum
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.logs import LogFormat
from flight.events import Severity
from flight.preflight.settings import OVERRIDE_WAIT_S
from flight.records.daily import FILE_BYTES, KEPT_FILES
from geofences.loading import GOTO

HERE = Path(__file__).parent


class PolicyName(StrEnum):
    """Who approves a planned sortie."""

    DEMO = "demo"
    OPERATOR = "operator"


class Settings(BaseSettings):
    """Everything that differs between two installations."""

    model_config = SettingsConfigDict(env_prefix="TSUBAKI_", extra="forbid")

    data_dir: Path = Field(default=Path("var"), description="Folder for the database, keys and recordings")
    database_url: str | None = Field(
        default=None, description="SQLAlchemy URL; SQLite in data_dir where not given"
    )
    host: str = Field(default="127.0.0.1", description="Address that the service listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="TCP port that the service listens on")
    epoch: float | None = Field(
        default=None, description="Unix time where accelerated and wall time agree (stored at first start)"
    )
    speedup: float | None = Field(
        default=None, gt=0, le=1000, description="Seconds of the service's time per second"
    )
    gateway_bind: str = Field(
        default="udp:127.0.0.1:14540", description="UDP socket that the flight gateway speaks MAVLink from"
    )
    gateway_system_id: int = Field(
        default=255, ge=1, le=255, description="MAVLink system id of the gateway; two need different ones"
    )
    signing_key_file: Path | None = Field(
        default=None, description="TOML file (mode 0600) with the signing keys of the drones, by their ids"
    )
    fleet: Path | None = Field(
        default=None, description="TOML file that lists the drones; the demo fleet by default"
    )
    airspace_dir: Path = Field(default=GOTO, description="Folder of the airspace: GeoJSON files, policy.toml")
    policy: PolicyName = Field(default=PolicyName.OPERATOR, description="demo approves and loads by itself")
    share_air: bool = Field(
        default=False, description="Let drones of one hub fly at once; read dispatch/traffic.py before"
    )
    two_person_termination: bool = Field(
        default=True, description="Another person has to confirm before the motors are stopped in flight"
    )
    receiver_handshake_s: float | None = Field(
        default=None,
        gt=0,
        description="Seconds that a drone waits above the pad until the receiver says that it is clear",
    )
    instance: str | None = Field(
        default=None, description="Name of this service among those on one database (host and gateway port)"
    )
    log_format: LogFormat = Field(
        default=LogFormat.AUTO, description="json, text, or by whether the log goes to a terminal"
    )
    preflight: dict[str, Severity] = Field(
        default={}, description='How bad a failed preflight check is, by its name: {"wind": "off"}'
    )
    preflight_override_s: float = Field(
        default=OVERRIDE_WAIT_S, gt=0, description="Seconds that a launch waits for a person's override"
    )
    tlog_file_bytes: int = Field(
        default=FILE_BYTES, gt=0, description="Largest file of a vehicle's MAVLink recording"
    )
    tlog_files: int = Field(default=KEPT_FILES, gt=0, description="Files of recordings kept for each vehicle")
    console_dir: Path = Field(default=HERE / "console" / "dist", description="The built console")

    @property
    def database(self) -> str:
        """URL of the database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'tsubaki.sqlite3'}"

    @property
    def holder(self) -> str:
        """Name under which this service holds drones: the same after a restart, and never that of two."""
        return self.instance or f"{socket.gethostname()} {self.gateway_bind}"

    @property
    def signing_file(self) -> Path:
        """Where the newest signing timestamps are kept; it holds no key."""
        return self.data_dir / "signing_timestamps.json"

    @property
    def tlog_dir(self) -> Path:
        """Folder of the MAVLink recordings."""
        return self.data_dir / "tlog"
