"""What the HTTP API says and takes about a flight under way: alerts, orders, control, preflight, the pad."""

from datetime import datetime

from pydantic import Field

from api.schema_base import Dated, Model, Words
from dispatch.flight_record import Outcome
from flight.events import Severity
from flight.situations import Action, Situation


class OrderIn(Model):
    """An order to a flight under way."""

    reason: str | None = Field(default=None, description="理由(任意) / reason, kept in the record")


class ControlIn(Model):
    """Taking control of a drone."""

    take: bool = Field(
        default=False, description="ほかの人から引き継ぐ / also from another, who is named in the record"
    )
    reason: str | None = Field(
        default=None, description="引き継ぐ理由 / needed to take it from another", examples=["交代"]
    )


class PadIn(Model):
    """The receiver's word on the pad."""

    clear: bool = Field(description="着陸場は空いているか / whether the pad is clear", examples=[True])


class AlertOut(Model):
    """Something out of the ordinary that has not passed."""

    situation: Situation = Field(examples=["wind_too_strong"])
    since: datetime
    value: float = Field(examples=[13.2])
    limit: float = Field(examples=[12.0])
    unit: str = Field(description="単位 / of value and limit; empty where they say nothing", examples=["m/s"])
    words: Words


class LastActionOut(Dated):
    """The newest thing that was done with a flight, or asked of it."""

    action: Action = Field(examples=["hold"])
    outcome: Outcome = Field(
        description="指示・実行・拒否 / ordered, taken (the drone was seen to do it) or refused"
    )
    words: Words | None


class CheckOut(Model):
    """The outcome of one preflight check."""

    name: str = Field(examples=["battery"])
    severity: Severity
    text: str


class PreflightOut(Model):
    """The checks before launch."""

    at: datetime
    worst: Severity = Field(description="最も悪い結果 / decides about the launch")
    checks: list[CheckOut]
    overridden_by: str | None = Field(description="だれが承知のうえで続けたか / who let soft failures pass")
    override_reason: Words | None


class ControlOut(Model):
    """Who controls a drone."""

    holder: str = Field(examples=["運航者 operator"])
    until: datetime


class PadOut(Model):
    """The pad at the destination: whether the drone waits for a word, and what was said last."""

    asked: bool = Field(description="いま上空で返事を待っているか / the drone waits above for a word")
    clear: bool | None
    by: str | None
    at: datetime | None


class TerminationOut(Dated):
    """Somebody has asked to stop the motors; it waits for its confirmation."""

    until: datetime
    reason: Words | None
    by_another: bool = Field(description="別の人の確認が必要か / another person has to confirm")


class FlightOut(Model):
    """What there is to know about the flight of a sortie now."""

    alerts: list[AlertOut] = Field(description="いま続いている警告 / that have not passed")
    last_action: LastActionOut | None
    control: ControlOut | None = Field(description="操作権を持つ人 / who controls the drone")
    preflight: PreflightOut | None = Field(description="離陸前点検 / the checks before launch")
    pad: PadOut | None = Field(description="着陸場の確認 / only where the receiver is asked")
    termination: TerminationOut | None = Field(description="モーター停止の要請 / waits for its second step")
