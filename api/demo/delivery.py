"""One delivery through the HTTP API, as a clinic asks for it and sees it."""

import asyncio
import json
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from api.cli.client import ApiClient
from api.cli.errors import CliError
from api.cli.follow import POLL_S, Picture, is_over, live_view, picture_of
from api.cli.view import ENDED, delivery_panel
from api.demo.processes import Processes

READY_S = 60.0
"""Wall time for two Python processes to start and read the map, on a slow machine."""
LONGEST_DELIVERY_S = 4 * 3600.0
"""Simulated time after which the demonstration gives up: more than any battery lasts."""
ORDER = {
    "items": "医薬品 medicine",
    "mass_kg": 1.2,
    "temperature": "cold",
    "urgency": "urgent",
    "from_site_id": "FKP",
    "to_site_id": "SGC",
}
"""嵯峨島診療所 asks for 1.2 kg of medicine at 2 to 8 °C, urgent, from the hub at 福江港."""


async def wait_until_ready(url: str, processes: Processes) -> None:
    """Wait until the service says it is ready; raise CliError where a process dies or time runs out."""
    give_up = time.monotonic() + READY_S
    with ApiClient(url) as client:
        while not await asyncio.to_thread(client.is_ready):
            processes.check()
            if time.monotonic() > give_up:
                raise CliError(f"the service was not ready after {READY_S:.0f} s", "see its log")
            await asyncio.sleep(POLL_S)


def keys_from(path: Path) -> dict[str, str]:
    """Return the keys that the service wrote, by role."""
    keys: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return keys


def submit(client: ApiClient) -> str:
    """Ask for the medicine; return the id of the request."""
    now = datetime.fromisoformat(client.get("/me")["now"])
    deadline = (now + timedelta(hours=4)).isoformat()
    return str(client.post("/requests", {**ORDER, "deadline": deadline})["id"])


async def follow_to_the_end(
    client: ApiClient, request_id: str, speedup: float, processes: Processes, console: Console
) -> Picture:
    """Show the delivery until request and sortie have ended; return the last picture.

    Raises
    ------
    CliError
        It failed, took too long, or a process died.
    """
    give_up = time.monotonic() + LONGEST_DELIVERY_S / speedup
    with live_view(console) as live:
        while True:
            picture = await asyncio.to_thread(picture_of, client, request_id)
            live.update(delivery_panel(*picture))
            if is_over(picture, ENDED | {"delivered"}):
                return picture
            processes.check()
            if time.monotonic() > give_up:
                raise CliError("the delivery took too long", f"request {picture[0]['state']}: see the logs")
            await asyncio.sleep(POLL_S)


def receive(client: ApiClient, picture: Picture) -> dict[str, Any]:
    """Confirm the receipt as the clinic; raise CliError where nothing was delivered."""
    request = picture[0]
    if request["state"] != "delivered":
        reason = (request["reason"] or {}).get("en", "no reason was given")
        raise CliError(f"request {request['id']} ended as {request['state']}: {reason}", "see the logs")
    answer: dict[str, Any] = client.post(f"/requests/{request['id']}/receipt")
    return answer
