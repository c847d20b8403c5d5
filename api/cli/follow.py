"""Follow a request until nothing more happens to it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.live import Live

from api.cli.client import ApiClient
from api.cli.view import delivery_panel

POLL_S = 0.25
"""Four pictures a second of wall time: smooth for the eye, nothing for the service."""

Json = dict[str, Any]
Picture = tuple[Json, Json | None, Json | None]


def picture_of(client: ApiClient, request_id: str) -> Picture:
    """Return a request with its sortie and its drone, as far as it has them."""
    request = client.get(f"/requests/{request_id}")
    if request["sortie_id"] is None:
        return request, None, None
    sortie = client.get(f"/sorties/{request['sortie_id']}")
    drones = [drone for drone in client.get("/drones") if drone["id"] == sortie["drone_id"]]
    return request, sortie, drones[0] if drones else None


def pictures(client: ApiClient, request_id: str) -> Iterator[Picture]:
    """Yield the newest picture for ever, a few times a second."""
    while True:
        yield picture_of(client, request_id)
        time.sleep(POLL_S)


@contextmanager
def live_view(console: Console) -> Iterator[Live]:
    """Yield a picture that is updated in place; in a file it ends with a line break, as all output does."""
    with Live(console=console, refresh_per_second=4) as live:
        yield live
    if not console.is_terminal:
        console.line()


def follow(client: ApiClient, console: Console, request_id: str, ended: frozenset[str]) -> Picture:
    """Show the request until it and its sortie have ended; return the last picture."""
    with live_view(console) as live:
        for picture in pictures(client, request_id):
            live.update(delivery_panel(*picture))
            if is_over(picture, ended):
                return picture
    raise AssertionError


def is_over(picture: Picture, ended: frozenset[str]) -> bool:
    """Say whether the request has ended and its sortie, if any, asks nothing more of its drone."""
    request, sortie, _ = picture
    return request["state"] in ended and (sortie is None or sortie["state"] in ("closed", "aborted"))
