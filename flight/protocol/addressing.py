"""To whom a message is addressed (https://mavlink.io/en/guide/routing.html)."""

from dataclasses import fields
from typing import Any

from flight.protocol.messages import MESSAGES, Message

TARGETED = frozenset(
    kind for kind in MESSAGES.values() if "target_system" in {field.name for field in fields(kind)}
)
"""The messages that name their receiver; all others are for everybody."""

EVERYBODY = 0


def is_for(message: Message, system_id: int, component_id: int) -> bool:
    """Say whether a message is meant for a station: another station's answers are not ours."""
    if type(message) not in TARGETED:
        return True
    targeted: Any = message
    return targeted.target_system in (EVERYBODY, system_id) and targeted.target_component in (
        EVERYBODY,
        component_id,
    )
