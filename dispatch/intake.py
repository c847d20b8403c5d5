"""Checks of what people and files hand in. Each refusal names the field and what to do about it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from typing import TypeVar

from dispatch.catalogue import Catalogue
from dispatch.errors import InvalidInput
from dispatch.values import Drone, NewRequest
from geofences.values import Site

MAX_ITEMS_LENGTH = 500
"""Characters: what an operator still reads, and what fits on a label."""

MAX_NAME_LENGTH = 100
"""Characters of a person's or a drone's name."""

MAX_REASON_LENGTH = 500
"""Characters of a reason that a person gives."""

SYSTEM_IDS = range(1, 255)
"""MAVLink system ids of vehicles; 255 is the ground station (https://mavlink.io/en/guide/routing.html)."""

MAX_CHOICES = 12
"""How many names an error offers where none is close."""

T = TypeVar("T")

Sites = Mapping[str, Site]
"""Sites by id."""


def checked_request(new: NewRequest, sites: Sites, catalogue: Catalogue, now: datetime) -> NewRequest:
    """Return the request with its texts trimmed.

    Raises
    ------
    InvalidInput
        For the first field that is wrong.
    """
    items = checked_text("items", new.items, MAX_ITEMS_LENGTH)
    requested_by = checked_text("requested_by", new.requested_by, MAX_NAME_LENGTH)
    _check_mass(new.mass_kg, catalogue)
    _check_deadline(new.deadline, now)
    _check_ends(new.from_site_id, new.to_site_id, sites)
    return replace(new, items=items, requested_by=requested_by)


def checked_text(field: str, text: str, limit: int) -> str:
    """Return a text without the spaces around it; raise `InvalidInput` where nothing or too much is left."""
    trimmed = text.strip()
    if not trimmed:
        raise InvalidInput(field, "is empty", "write at least one word", f"{field}: 入力してください")
    if len(trimmed) > limit:
        raise InvalidInput(
            field,
            f"has {len(trimmed)} characters",
            f"shorten it to at most {limit}",
            f"{field}: {limit}文字以内で入力してください",
        )
    if not all(character.isprintable() or character == "\n" for character in trimmed):
        raise InvalidInput(
            field,
            "has characters that cannot be shown",
            "type it again",
            f"{field}: 表示できない文字が含まれています",
        )
    return trimmed


def pad_of(field: str, site_id: str, sites: Sites) -> Site:
    """Return the drone site that serves a site: itself, or the one that it is joined to by road.

    Raises
    ------
    InvalidInput
        The site is unknown, or no drone can serve it.
    """
    site = _known(field, site_id, sites, "site", "施設")
    pad = site if site.pad_site_id is None else sites[site.pad_site_id]
    if pad.is_drone_site:
        return pad
    served = ", ".join(sorted(each.id for each in sites.values() if each.is_drone_site))
    why = f" ({site.note_en})" if site.note_en else ""
    raise InvalidInput(
        field,
        f"{site_id} has no pad and no road to one{why}",
        f"choose a site near one of {served}",
        f"{site.name_ja}にはドローンが行けません。{site.note_ja}",
    )


def checked_drone(drone: Drone, fleet: Iterable[Drone], sites: Sites, catalogue: Catalogue) -> Drone:
    """Return a drone that may join the fleet; raise `InvalidInput` for the first field that is wrong."""
    checked_text("id", drone.id, MAX_NAME_LENGTH)
    _known("type_id", drone.type_id, catalogue, "drone type", "機種")
    if drone.address.system_id not in SYSTEM_IDS:
        raise InvalidInput(
            "address",
            f"system id {drone.address.system_id} is not one that a vehicle may have",
            f"use {SYSTEM_IDS.start} to {SYSTEM_IDS.stop - 1}",
            f"システムIDは{SYSTEM_IDS.start}~{SYSTEM_IDS.stop - 1}です",
        )
    _check_links(drone, [each for each in fleet if each.id != drone.id])
    base = _known("base_site_id", drone.base_site_id, sites, "site", "施設")
    if not base.is_drone_site:
        raise InvalidInput(
            "base_site_id",
            f"{base.id} is not a drone site",
            f"base the drone at {base.pad_site_id or 'a site with a pad'}",
            f"{base.name_ja}は離着陸場ではありません",
        )
    return drone


def _check_links(drone: Drone, others: Iterable[Drone]) -> None:
    """See that nobody else is heard over a link of this drone with its system id."""
    system_id = drone.address.system_id
    links = _links(drone)
    if len(set(links)) < len(links):
        raise InvalidInput(
            "backup_links",
            f"{drone.id} names a link twice",
            "name each link of a drone once",
            f"{drone.id} に同じ回線が二重に登録されています",
        )
    for other in others:
        shared = [link for link in links if link in _links(other) and other.address.system_id == system_id]
        if shared:
            raise InvalidInput(
                "address" if shared[0] == drone.address.link else "backup_links",
                f"{shared[0]}#{system_id} already belongs to {other.id}",
                "give each drone its own link or system id",
                f"{shared[0]}#{system_id} は {other.id} が使っています",
            )


def _links(drone: Drone) -> tuple[str, ...]:
    return (drone.address.link, *drone.backup_links)


def _known(field: str, key: str, known: Mapping[str, T], kind: str, kind_ja: str) -> T:
    if key in known:
        return known[key]
    near = get_close_matches(key.upper(), known, n=3, cutoff=0.5) or get_close_matches(key, known, n=3)
    choice = near or sorted(known)[:MAX_CHOICES]
    raise InvalidInput(
        field,
        f"there is no {kind} {key!r}",
        f"did you mean {' or '.join(choice)}?" if near else f"choose one of {', '.join(choice)}",
        f"{kind_ja}「{key}」は登録されていません(候補: {'、'.join(choice)})",
    )


def _check_mass(mass_kg: float, catalogue: Catalogue) -> None:
    limit_kg = max(drone_type.payload_limit_kg for drone_type in catalogue.values())
    if math.isnan(mass_kg) or mass_kg <= 0:
        raise InvalidInput(
            "mass_kg",
            f"{mass_kg:g} is not a mass",
            "give the mass in kilograms, greater than 0",
            "重さは0より大きい数(kg)で入力してください",
        )
    if mass_kg > limit_kg:
        raise InvalidInput(
            "mass_kg",
            f"{mass_kg:g} kg is more than the {limit_kg:g} kg that the strongest drone carries",
            "divide the goods into several requests, or send them by ferry",
            f"重さは{limit_kg:g} kgまでです。分けて依頼するか、船便をご利用ください",
        )


def _check_deadline(deadline: datetime, now: datetime) -> None:
    if deadline.tzinfo is None:
        raise InvalidInput(
            "deadline",
            f"{deadline.isoformat()} has no time zone",
            "add one, for example +09:00",
            "期限に時差(例: +09:00)を付けてください",
        )
    if deadline <= now:
        raise InvalidInput(
            "deadline",
            f"{deadline.isoformat()} has passed (it is {now.isoformat(timespec='seconds')})",
            "give a time in the future",
            "期限はこれからの時刻にしてください",
        )


def _check_ends(from_site_id: str, to_site_id: str, sites: Sites) -> None:
    origin_pad = pad_of("from_site_id", from_site_id, sites)
    destination_pad = pad_of("to_site_id", to_site_id, sites)
    if origin_pad.id != destination_pad.id:
        return
    same = "it is the site that the goods leave from"
    joined = f"{from_site_id} and {to_site_id} are both served by the pad {origin_pad.id}"
    raise InvalidInput(
        "to_site_id",
        same if from_site_id == to_site_id else joined,
        "choose another destination, or send the goods by road",
        "出発地と届け先が同じ(または同じ発着場)です",
    )
