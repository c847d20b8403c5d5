"""A service and its simulated fleet as real processes, with data folder and ports of their own."""

import json
import os
import socket
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from api.cli.client import ApiClient
from api.cli.simulate import GOTO_FLEET
from api.demo.site import DemoSite, prepare
from tests.e2e.processes import Processes, free_port, free_udp_ports, python

READY_S = 60.0
FLEET_SIZE = 3
LONGEST_LINE = 1000
"""Bytes; a line of the simulator's log has about 250."""

ENDED_BADLY = frozenset({"rejected", "cancelled", "returned", "failed", "aborted"})

Json = dict[str, Any]


def new_site(data_dir: Path, speedup: float) -> DemoSite:
    """Return a site on ports that no other test worker picks."""
    site = prepare(data_dir, data_dir, free_port(), speedup, GOTO_FLEET)
    return replace(site, gateway_port=free_port(socket.SOCK_DGRAM), vehicle_base=free_udp_ports(FLEET_SIZE))


class Installation:
    """One service with one fleet."""

    def __init__(self, processes: Processes, data_dir: Path, speedup: float) -> None:
        self.processes = processes
        self.site = new_site(data_dir, speedup)
        self.url = self.site.url

    def start_simulator(self) -> None:
        self.processes.start("simulator", python(*self.site.simulate_arguments()))

    def start_service(self, *further: str) -> None:
        self.processes.start("service", python(*self.site.serve_arguments(), *further))
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        self.processes.wait_for("the service", lambda: is_ready(self.url), READY_S)

    def key(self, role: str) -> str:
        return str(json.loads(self.site.key_file.read_text(encoding="utf-8"))[role])

    def client(self, role: str) -> ApiClient:
        return ApiClient(self.url, self.key(role))

    def ask_for_medicine(self) -> Json:
        """Send the request of the demonstration as the clinic; return the answer."""
        with self.client("clinic") as clinic:
            now = datetime.fromisoformat(clinic.get("/me")["now"])
            order = {
                "items": "インスリン",
                "mass_kg": 1.2,
                "temperature": "cold",
                "urgency": "urgent",
                "deadline": (now + timedelta(hours=6)).isoformat(),
                "from_site_id": "FKP",
                "to_site_id": "SGC",
            }
            answer: Json = clinic.post("/requests", order)
            return answer

    def wait_for_state(self, path: str, state: str, timeout_s: float) -> Json:
        """Return what the path shows, once its state is the wanted one; fail when it has ended badly."""
        with self.client("operator") as operator:

            def look() -> Json | None:
                shown: Json = operator.get(path)
                assert shown["state"] not in ENDED_BADLY, shown
                return shown if shown["state"] == state else None

            return self.processes.wait_for(f"{path} to be {state}", look, timeout_s)

    def event_counts(self) -> Counter[str]:
        """Return how often each type of event of requests and sorties stands in the database."""
        rows = self._rows("SELECT type FROM event WHERE type NOT LIKE 'drone.%'")
        return Counter(str(row[0]) for row in rows)

    def commands(self) -> list[str]:
        """Return the kinds of all commands that were ever written to the outbox."""
        return [str(row[0]) for row in self._rows("SELECT kind FROM outbox ORDER BY id")]

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        path = self.site.data_dir / "tsubaki.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return database.execute(query).fetchall()

    def seen_by_simulator(self, drone_id: str) -> Json:
        """Return the newest whole line of the simulator's own log of a drone."""
        with (self.site.tracks / f"{drone_id}.jsonl").open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 2 * LONGEST_LINE))
            newest: Json = json.loads(log.read().rpartition(b"\n")[0].rpartition(b"\n")[2])
        return newest


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5).is_success
    except httpx.HTTPError:
        return False
