"""The FastAPI application: routes, errors and the console around a running service."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI

from api import errors
from api.routers import fleet, flight, health, live, requests, sorties
from api.runtime import Runtime
from api.schemas import Problem
from api.static import mount_console

RuntimeFactory = Callable[[], AbstractAsyncContextManager[Runtime]]

DESCRIPTION = """離島のドローン物流 / drone logistics for remote islands.

Send `Authorization: Bearer KEY`. Every refusal is problem+json (RFC 9457) with field and remedy.
Live events: WebSocket `/api/v1/live`; send `{"type": "auth", "key": KEY, "after": LAST_ID}` first, then read
`{"id", "type", "at", "data"}`.
"""
REFUSALS = {
    "4XX": {
        "description": "What was wrong, where, and what to do",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


def create_app(open_runtime: RuntimeFactory, console_dir: Path) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    open_runtime
        Opens the running service for the life of the application.
    console_dir
        Folder of the built console.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_runtime() as runtime:
            app.state.runtime = runtime
            yield

    app = FastAPI(title="Tsubaki", version="1", description=DESCRIPTION, lifespan=lifespan)
    errors.install(app)
    v1 = APIRouter(
        prefix="/api/v1", responses={"4XX": {"model": Problem, "description": "Refused, with a remedy"}}
    )
    for module in (requests, sorties, flight, fleet, live):
        v1.include_router(module.router)
    app.include_router(v1)
    app.include_router(health.router)
    mount_console(app, console_dir)
    return app
