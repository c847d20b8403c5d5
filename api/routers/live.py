"""The WebSocket of live events: say who you are, catch up from the stored events, then follow."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ConfigDict, ValidationError

from api.auth import Principal
from api.dependencies import RuntimeDep
from api.hub import LiveEvent, Subscription
from api.runtime import Runtime

AUTH_TIMEOUT_S = 10.0
"""A client that says nothing must not hold a connection for ever."""
SEND_TIMEOUT_S = 10.0
"""A client that takes no data for this long is gone."""
CLOSE_BAD_KEY = 4401
CLOSE_TOO_SLOW = 4408
"""Close codes of our own (4000 to 4999, RFC 6455 section 7.4.2), after HTTP's 401 and 408."""

router = APIRouter()


class Hello(BaseModel):
    """The first message of a client; ``after`` is the id of the last event that it has seen."""

    model_config = ConfigDict(extra="ignore")
    key: str
    after: int | None = None


@router.websocket("/live")
async def live(socket: WebSocket, runtime: RuntimeDep) -> None:
    """Stream events to one client until it leaves or is too slow."""
    await socket.accept()
    # A client that goes away or stands still is its own affair.
    with contextlib.suppress(WebSocketDisconnect, TimeoutError):
        hello = await _hello(socket)
        principal = await asyncio.to_thread(runtime.service.keys.recognise, hello.key) if hello else None
        if hello is None or principal is None:
            await socket.close(CLOSE_BAD_KEY, "the first message must hold a valid key")
            return
        with runtime.service.hub.subscribe() as subscription:
            await _serve(socket, runtime, subscription, principal, hello.after)


async def _hello(socket: WebSocket) -> Hello | None:
    async with asyncio.timeout(AUTH_TIMEOUT_S):
        text = await socket.receive_text()
    try:
        return Hello.model_validate_json(text)
    except ValidationError:
        return None


async def _serve(
    socket: WebSocket, runtime: Runtime, subscription: Subscription, principal: Principal, after: int | None
) -> None:
    """Send until the client leaves or the subscription is overrun, whichever comes first."""
    sending = asyncio.create_task(_send(socket, runtime, subscription, principal, after), name="live-send")
    leaving = asyncio.create_task(_until_gone(socket), name="live-receive")
    overrun = asyncio.create_task(subscription.overrun.wait(), name="live-overrun")
    tasks = (sending, leaving, overrun)
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    if subscription.overrun.is_set() or isinstance(outcomes[0], TimeoutError):
        async with asyncio.timeout(1):
            await socket.close(CLOSE_TOO_SLOW, "too slow: connect again with 'after'")


async def _send(
    socket: WebSocket, runtime: Runtime, subscription: Subscription, principal: Principal, after: int | None
) -> None:
    last_id = runtime.feed.last_id
    ready = LiveEvent(last_id, "ready", runtime.service.clock.utc().isoformat(), {})
    await _send_one(socket, ready)
    if after is not None:
        async for event in _missed(runtime, after):
            last_id = max(last_id, event.id or 0)
            await _send_visible(socket, runtime, principal, event)
    while True:
        event = await subscription.queue.get()
        # What came while catching up has been sent already.
        if event.id is None or event.id > last_id:
            await _send_visible(socket, runtime, principal, event)


async def _missed(runtime: Runtime, after: int) -> AsyncIterator[LiveEvent]:
    while batch := await runtime.service.read(runtime.feed.live_events, after):
        for event in batch:
            yield event
            after = event.id or after


async def _send_visible(socket: WebSocket, runtime: Runtime, principal: Principal, event: LiveEvent) -> None:
    if principal.is_operator or await runtime.service.read(
        runtime.desk.may_see_any, principal, event.request_ids
    ):
        await _send_one(socket, event)


async def _send_one(socket: WebSocket, event: LiveEvent) -> None:
    async with asyncio.timeout(SEND_TIMEOUT_S):
        await socket.send_json(event.message())


async def _until_gone(socket: WebSocket) -> None:
    """Take what the client says, which means nothing after its first message, until it leaves."""
    while True:
        await socket.receive()
