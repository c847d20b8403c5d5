"""Settings of the service: environment variables ``TSUBAKI_…``, overridden by command line options."""

from enum import StrEnum
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

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
    fleet: Path | None = Field(
        default=None, description="TOML file that lists the drones; the demo fleet by default"
    )
    airspace_dir: Path = Field(default=GOTO, description="Folder of the airspace: GeoJSON files, policy.toml")
    policy: PolicyName = Field(default=PolicyName.OPERATOR, description="demo approves and loads by itself")
    share_air: bool = Field(
        default=False, description="Let drones of one hub fly at once; read dispatch/traffic.py before"
    )
    console_dir: Path = Field(default=HERE / "console" / "dist", description="The built console")

    @property
    def database(self) -> str:
        """URL of the database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'tsubaki.sqlite3'}"

    @property
    def tlog_dir(self) -> Path:
        """Folder of the MAVLink recordings."""
        return self.data_dir / "tlog"
