"""What the models of the HTTP API have in common."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Model(BaseModel):
    """Base of all models: frozen, and a field that we do not know is an error, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


RequestId = Annotated[str, Field(description="要請の番号 / identifier of the request", examples=["R-0001"])]
SiteId = Annotated[str, Field(description="拠点の番号 / identifier of a site", examples=["SGC"])]
Instant = Annotated[AwareDatetime, Field(examples=["2026-04-01T06:00:00Z"])]


class Words(Model):
    """One sentence in English and Japanese."""

    en: str = Field(examples=["no drone can carry 9 kg"])
    ja: str = Field(examples=["9 kgを運べる機体がありません"])


class ReasonIn(Model):
    """Why somebody intervenes."""

    reason: str = Field(description="理由 / reason, kept in the record", examples=["天候不良"])


class Dated(Model):
    """Something that somebody did at a time."""

    by: str = Field(description="だれが / who", examples=["運航者 operator"])
    at: datetime
