"""Deadlines as people write them: an instant, or so much from now."""

import re
from datetime import UTC, datetime, timedelta

from api.cli.errors import CliError

_RELATIVE = re.compile(r"\+(\d+(?:\.\d+)?)([mh])")
_MINUTES = {"m": 1, "h": 60}


def deadline_from_text(text: str, now: datetime) -> datetime:
    """Return the instant that the text means.

    Parameters
    ----------
    text
        ``+90m``, ``+4h``, or ISO 8601 (``2026-04-01T15:00+09:00``; without a zone it is UTC).
    now
        The service's time: with a speedup it is not that of this machine.
    """
    relative = _RELATIVE.fullmatch(text.strip())
    if relative:
        return now + timedelta(minutes=float(relative[1]) * _MINUTES[relative[2]])
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        raise CliError(
            f"--deadline: '{text}' is not a time", "write +4h, +90m or 2026-04-01T15:00+09:00", 2
        ) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
