"""Sorties as operational intents of ASTM F3548-21, for other operators in the same air."""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dispatch.values import Sortie
from geofences.f3548 import GOTO_GEOID, Reference, operational_intent
from geofences.projection import LocalProjection
from geofences.volumes import Volume4D

MANAGER = "tsubaki"


def intent_of(
    sortie: Sortie, volumes: Sequence[Volume4D], projection: LocalProjection, base_url: str, now: datetime
) -> dict[str, Any]:
    """Return the operational intent of a sortie with these volumes.

    Parameters
    ----------
    base_url
        Where peers reach this service.
    """
    reference = Reference(
        id=_uuid("intent", sortie.id),
        manager=MANAGER,
        uss_base_url=base_url.rstrip("/"),
        subscription_id=_uuid("subscription", sortie.id),
        version=sortie.attempt,
        state="Accepted" if sortie.launched_at is None else "Activated",
    )
    return operational_intent(volumes, reference, projection, GOTO_GEOID, now=now)


def _uuid(kind: str, sortie_id: str) -> str:
    """Return the same UUID for a sortie each time, marked as version 4, as the standard asks."""
    digest = hashlib.sha256(f"{MANAGER}/{kind}/{sortie_id}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))
