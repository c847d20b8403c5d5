"""The service as a process: HTTP and the engine together, the first keys, and a loud end when a part dies."""

import asyncio
import json
import signal
import socket
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import uvicorn

from api.app import create_app
from api.auth import KeyRing
from api.logs import set_up_logs
from api.roles import Role
from api.runtime import Runtime
from api.service import Service
from api.settings import Settings
from api.wiring import build_service, running

FIRST_CLINIC_SITE = "SGC"
"""The clinic that the first key is for: 嵯峨島診療所, the one of the demonstration."""
GRACE_S = 5
"""Seconds that open connections get to end at a stop; browsers on the WebSocket would stay for ever."""


class ServiceStoppedError(Exception):
    """A part of the service died; the cause is in the log."""


def serve_forever(settings: Settings, key_file: Path | None = None) -> None:
    """Run the service until SIGINT or SIGTERM.

    Parameters
    ----------
    settings
        What differs between installations.
    key_file
        Where to write the first keys as JSON, readable by the owner only, beside printing them.

    Raises
    ------
    ServiceStoppedError
        A task of the service died.
    OSError
        The port or the gateway's socket is taken.
    """
    set_up_logs(settings.log_format)
    with listening_socket(settings.host, settings.port) as listener:
        service = build_service(settings)
        issue_first_keys(service, key_file)
        asyncio.run(_serve(service, listener))


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a bound socket, before anything else is started: a taken port must not disturb anything."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def issue_first_keys(service: Service, key_file: Path | None) -> None:
    """At the first start make a key for a clinic and one for an operator, and print them, once."""
    if service.keys.holders():
        return
    keys = first_keys(service.keys, service.airspace.site(FIRST_CLINIC_SITE).name_ja, service.clock.utc())
    print("API keys, shown this once; 'tsubaki keys create' makes more:")
    for role, key in keys.items():
        print(f"  {role:<8}  {key}", flush=True)
    if key_file is not None:
        key_file.touch(mode=0o600)
        key_file.write_text(json.dumps(keys), encoding="utf-8")


def first_keys(ring: KeyRing, clinic_name: str, now: datetime) -> dict[str, str]:
    """Return new keys by role: a clinic's, bound to its site, and an operator's."""
    return {
        Role.CLINIC.value: ring.issue(clinic_name, Role.CLINIC, FIRST_CLINIC_SITE, now),
        Role.OPERATOR.value: ring.issue("運航者 operator", Role.OPERATOR, None, now),
    }


async def _serve(service: Service, listener: socket.socket) -> None:
    async with running(service) as runtime:
        server = uvicorn.Server(_config(runtime))
        _stop_on_signal(server)
        http = asyncio.create_task(server.serve(sockets=[listener]), name="http")
        engine = asyncio.create_task(runtime.engine.failed(), name="engine")
        await asyncio.wait((http, engine), return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await http
        engine.cancel()
        (failure,) = await asyncio.gather(engine, return_exceptions=True)
    if isinstance(failure, Exception):
        raise ServiceStoppedError(f"the service stopped: {failure}") from failure


def _config(runtime: Runtime) -> uvicorn.Config:
    app = create_app(lambda: nullcontext(runtime), runtime.service.settings.console_dir)
    # Access lines would drown what matters; the sans-IO WebSocket implementation is the maintained one.
    return uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        ws="websockets-sansio",
        timeout_graceful_shutdown=GRACE_S,
        lifespan="on",
    )


def _stop_on_signal(server: uvicorn.Server) -> None:
    """Make SIGINT and SIGTERM an orderly end with exit code 0.

    uvicorn stops by itself, and then raises the signal again, for whoever handled it before: that is us.
    """

    def stop() -> None:
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)
