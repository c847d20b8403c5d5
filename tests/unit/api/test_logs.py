"""Structured logs: one way for every line, with sortie, attempt and vehicle as fields."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from api.logs import OURS, LogFormat, log_event, set_up_logs
from flight.events import CheckResult, PreflightReported, Severity
from flight.gateway import Gateway
from flight.log_fields import log_fields
from flight.order import Order
from flight.protocol.signing import SigningKey
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import START, World
from tests.unit.flight.plans import ADDRESS, small_plan


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers = list(root.handlers)
    levels = {name: logging.getLogger(name).level for name in (None, *OURS)}
    yield
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    structlog.reset_defaults()


def json_lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_of_any_package_is_one_json_object_with_its_fields() -> None:
    stream = io.StringIO()
    set_up_logs(LogFormat.JSON, stream)

    order = Order("S-0001", 2, small_plan())
    logging.getLogger("flight.duty").warning("%d checks failed", 2, extra=log_fields(ADDRESS, order))

    (line,) = json_lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "2 checks failed",
        "logger": "flight.duty",
        "level": "warning",
        "vehicle": str(ADDRESS),
        "sortie_id": "S-0001",
        "attempt": 2,
    }


def test_an_event_of_the_gateway_is_a_line_with_sortie_attempt_and_vehicle() -> None:
    stream = io.StringIO()
    set_up_logs(LogFormat.JSON, stream)
    check = CheckResult("wind", Severity.WARNING, "風")

    log_event(PreflightReported(START, ADDRESS, "S-0001", 2, (check,)))

    (line,) = json_lines(stream)
    assert line["event"] == "PreflightReported"
    assert (line["sortie_id"], line["attempt"], line["vehicle"]) == ("S-0001", 2, str(ADDRESS))
    assert (line["at"], line["overridden_by"]) == (START, None)
    assert line["checks"] == [{"name": "wind", "severity": "warning", "text": "風"}]
    assert "風" in stream.getvalue()


def test_what_breaks_in_the_gateway_is_logged_with_its_sortie_and_the_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.StringIO()
    set_up_logs(LogFormat.JSON, stream)
    world = World(FakeVehicle())
    monkeypatch.setattr("flight.launching.launch.leave_safe", lambda *_: 1 / 0)
    monkeypatch.setattr("flight.launching.launch.start_mission", lambda *_, **__: 1 / 0)

    world.launch()
    world.run(60)

    (line,) = (line for line in json_lines(stream) if line["level"] == "error")
    assert line["event"] == "a procedure failed"
    assert (line["sortie_id"], line["attempt"], line["vehicle"]) == ("S1", 1, str(ADDRESS))
    assert "ZeroDivisionError" in line["exception"]


def test_a_broken_session_is_logged_with_its_vehicle(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    set_up_logs(LogFormat.JSON, stream)
    world = World(FakeVehicle())
    monkeypatch.setattr("flight.session.VehicleSession.handle_timer", lambda *_: 1 / 0)

    world.run(1.1)

    line = json_lines(stream)[0]
    assert (line["event"], line["vehicle"]) == ("a session failed", str(ADDRESS))
    assert isinstance(world.gateway, Gateway)


@pytest.mark.parametrize(
    ("log_format", "stream", "is_json"),
    [
        (LogFormat.AUTO, io.StringIO, True),
        (LogFormat.AUTO, Terminal, False),
        (LogFormat.JSON, Terminal, True),
        (LogFormat.TEXT, io.StringIO, False),
    ],
)
def test_a_terminal_gets_text_and_all_else_json_unless_told_otherwise(
    log_format: LogFormat, stream: type[io.StringIO], is_json: bool
) -> None:
    out = stream()
    set_up_logs(log_format, out)

    logging.getLogger("api").info("started", extra={"sortie_id": "S-0001"})

    assert out.getvalue().startswith("{") is is_json
    assert "S-0001" in out.getvalue()


def test_a_library_is_heard_when_it_warns() -> None:
    out = io.StringIO()
    set_up_logs(LogFormat.JSON, out)

    logging.getLogger("alembic").info("Context impl SQLiteImpl.")
    logging.getLogger("uvicorn").warning("a browser left")

    assert [line["event"] for line in json_lines(out)] == ["a browser left"]


def test_what_is_for_developers_only_is_not_written() -> None:
    out = io.StringIO()
    set_up_logs(LogFormat.JSON, out)

    logging.getLogger("flight").debug("a datagram could not be sent")

    assert out.getvalue() == ""


def test_no_line_ever_holds_a_signing_key() -> None:
    out = io.StringIO()
    set_up_logs(LogFormat.JSON, out)
    key = SigningKey(b"\x41" * 32)

    logging.getLogger("flight").info("%s %r", key, key, extra={"key": key})

    assert "A" * 32 not in out.getvalue()
    assert "41" * 8 not in out.getvalue()
