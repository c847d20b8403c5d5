"""Structured logs: JSON lines for machines, coloured lines on a terminal.

Everything that any package logs goes one way, with what is bound to it (sortie, attempt, vehicle) as fields.
"""

import logging
import sys
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

from flight.events import FlightEvent
from flight.plan import VehicleAddress


class LogFormat(StrEnum):
    """How log lines are written."""

    AUTO = "auto"
    """Like ``text`` on a terminal, like ``json`` elsewhere."""
    JSON = "json"
    TEXT = "text"


OURS = ("api", "dispatch", "flight")
"""Packages whose ordinary lines are worth reading."""

SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)
"""For our own lines and for those of libraries alike."""

logger = structlog.stdlib.get_logger("flight.events")


def set_up_logs(log_format: LogFormat = LogFormat.AUTO, stream: TextIO | None = None) -> None:
    """Send our log lines, and the warnings of libraries, to a stream: ``stderr`` unless told otherwise."""
    stream = stream or sys.stderr
    as_text = log_format is LogFormat.TEXT or (log_format is LogFormat.AUTO and stream.isatty())
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*SHARED, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(as_text)],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for package in OURS:
        logging.getLogger(package).setLevel(logging.INFO)
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def log_event(event: FlightEvent) -> None:
    """Log what the flight gateway reported; its sortie, attempt and vehicle are fields of the line."""
    details = {each.name: _plain(getattr(event, each.name)) for each in fields(event)}
    logger.info(type(event).__name__, **details)


def _renderers(as_text: bool) -> list[Processor]:
    if as_text:
        return [structlog.dev.ConsoleRenderer()]
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; an address in its short form."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, VehicleAddress):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return str(value)
