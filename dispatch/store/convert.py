"""Rows to frozen values and back: the border of the store."""

import json
from dataclasses import fields
from typing import Any

from dispatch.states import RequestState, SortieState
from dispatch.store.tables import DroneRow, EventRow, RequestRow, SortieRow
from dispatch.values import Drone, Event, Request, Sortie, TemperatureClass, Urgency, Words
from flight.plan import VehicleAddress


def _words(row: RequestRow | SortieRow | EventRow) -> Words | None:
    if row.reason_en is None or row.reason_ja is None:
        return None
    return Words(row.reason_en, row.reason_ja)


def _columns(value: Request | Sortie) -> dict[str, Any]:
    """Return the columns of a value whose only compound field is its reason."""
    columns = {each.name: getattr(value, each.name) for each in fields(value)}
    reason: Words | None = columns.pop("reason")
    return {**columns, "reason_en": reason and reason.en, "reason_ja": reason and reason.ja}


def _content(row: RequestRow | SortieRow) -> dict[str, Any]:
    """Return the fields of the value that a row holds, but for its enumerations."""
    content = row.model_dump(exclude={"reason_en", "reason_ja"})
    return {**content, "reason": _words(row)}


def request_from_row(row: RequestRow) -> Request:
    """Return the request that a row holds."""
    enumerations = {
        "temperature": TemperatureClass(row.temperature),
        "urgency": Urgency(row.urgency),
        "state": RequestState(row.state),
    }
    return Request(**{**_content(row), **enumerations})


def row_from_request(request: Request) -> RequestRow:
    """Return the row of a request."""
    return RequestRow(**_columns(request))


def sortie_from_row(row: SortieRow) -> Sortie:
    """Return the sortie that a row holds."""
    held_from = None if row.held_from is None else SortieState(row.held_from)
    return Sortie(**{**_content(row), "state": SortieState(row.state), "held_from": held_from})


def row_from_sortie(sortie: Sortie) -> SortieRow:
    """Return the row of a sortie."""
    return SortieRow(**_columns(sortie))


def drone_from_row(row: DroneRow) -> Drone:
    """Return the drone that a row holds."""
    return Drone(
        id=row.id,
        type_id=row.type_id,
        address=VehicleAddress(row.link, row.system_id, row.component_id),
        base_site_id=row.base_site_id,
        uid=row.uid,
        backup_links=tuple(json.loads(row.backup_links)),
        may_move=row.may_move,
    )


def row_from_drone(drone: Drone) -> DroneRow:
    """Return the row of a drone."""
    return DroneRow(
        id=drone.id,
        type_id=drone.type_id,
        link=drone.address.link,
        system_id=drone.address.system_id,
        component_id=drone.address.component_id,
        base_site_id=drone.base_site_id,
        uid=drone.uid,
        backup_links=json.dumps(drone.backup_links),
        may_move=drone.may_move,
    )


def event_from_row(row: EventRow) -> Event:
    """Return the event that a stored row holds."""
    return Event(row.id or 0, row.type, row.at, row.subject_id, row.actor, _words(row), json.loads(row.data))
