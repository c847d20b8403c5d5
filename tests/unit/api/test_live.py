"""The WebSocket: who gets in, what they see, how they resume, and what becomes of slow ones."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from api.hub import QUEUE_LIMIT, Hub, LiveEvent
from api.roles import Role
from tests.unit.api.harness import ORDER, Harness

RECEIVE_S = 30.0


@contextmanager
def open_live(harness: Harness, role: Role, after: int | None = None) -> Iterator[ClientConnection]:
    with connect(f"ws://127.0.0.1:{harness.port}/api/v1/live") as socket:
        socket.send(json.dumps({"type": "auth", "key": harness.keys[role], "after": after}))
        yield socket


def next_event(socket: ClientConnection) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(socket.recv(RECEIVE_S))
    return event


def next_of_type(socket: ClientConnection, wanted: str) -> dict[str, Any]:
    while (event := next_event(socket))["type"] != wanted:
        pass
    return event


@pytest.mark.parametrize("first", ["{}", "no json", '{"type": "auth", "key": "tsk_0_0"}'])
def test_without_a_valid_key_the_connection_is_closed(harness: Harness, first: str) -> None:
    with connect(f"ws://127.0.0.1:{harness.port}/api/v1/live") as socket:
        socket.send(first)

        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(RECEIVE_S)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


def test_a_new_request_reaches_those_who_listen(harness: Harness) -> None:
    with open_live(harness, Role.CLINIC) as socket, harness.client(Role.CLINIC) as clinic:
        ready = next_event(socket)
        request_id = clinic.post("/api/v1/requests", json=ORDER).json()["id"]

        event = next_of_type(socket, "request_changed")

    assert ready["type"] == "ready"
    assert event["id"] > ready["id"]
    assert event["data"]["id"] == request_id
    assert event["at"]


def test_missed_events_come_after_a_resume_once_and_in_order(harness: Harness) -> None:
    with harness.client(Role.OPERATOR) as operator:
        for _ in range(2):
            operator.post("/api/v1/requests", json=ORDER)
        stored = [event["id"] for event in operator.get("/api/v1/events").json()]
        with open_live(harness, Role.OPERATOR, after=stored[0]) as socket:
            next_event(socket)

            missed = [next_event(socket)["id"] for _ in stored[1:]]

    assert missed == stored[1:]


def test_a_clinic_does_not_see_what_concerns_others(harness: Harness) -> None:
    with open_live(harness, Role.CLINIC) as socket, harness.client(Role.OPERATOR) as operator:
        next_event(socket)
        operator.post("/api/v1/requests", json=ORDER | {"to_site_id": "NRP"})
        own = operator.post("/api/v1/requests", json=ORDER).json()["id"]

        event = next_of_type(socket, "request_changed")

    assert event["data"]["id"] == own


def test_telemetry_comes_with_the_drone_and_at_most_twice_a_second(harness: Harness) -> None:
    with open_live(harness, Role.OPERATOR) as socket:
        next_event(socket)
        for _ in range(50):
            harness.hear_drones()
        with harness.client(Role.OPERATOR) as operator:
            operator.post("/api/v1/requests", json=ORDER)

        events = []
        while (event := next_event(socket))["type"] == "telemetry":
            events.append(event["data"]["id"])

    assert set(events) == {"Q1", "C1", "C2"}
    assert events.count("Q1") <= 3


def test_a_slow_client_is_dropped_and_the_others_are_not_held_up() -> None:
    asyncio.run(_overrun())


async def _overrun() -> None:
    hub = Hub()
    event = LiveEvent(1, "request_changed", "2026-04-01T00:00:00Z", {})
    with hub.subscribe() as slow, hub.subscribe() as quick:
        for _ in range(QUEUE_LIMIT + 1):
            hub.publish(event)
            quick.queue.get_nowait()

        assert slow.overrun.is_set()
        assert not quick.overrun.is_set()
        assert (len(hub), hub.dropped_clients) == (1, 1)
    assert len(hub) == 0
