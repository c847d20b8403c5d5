"""Health for machines: is the process alive, is it ready, and its figures."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse

from api.dependencies import RuntimeDep
from api.runtime import Runtime
from api.schemas import HealthOut

router = APIRouter(tags=["health"])

OK = "ok"


@router.get("/healthz")
async def healthz() -> HealthOut:
    """生存 / the process answers."""
    return HealthOut(status=OK, checks={})


@router.get("/readyz", responses={503: {"model": HealthOut}}, response_model=HealthOut)
async def readyz(runtime: RuntimeDep) -> JSONResponse:
    """準備完了 / database, airspace and gateway socket are there."""
    checks = {
        "database": await runtime.service.read(_database, runtime),
        "airspace": OK if runtime.service.airspace.sites else "no sites",
        "gateway": OK if runtime.service.flight.is_open else "the UDP socket is closed",
    }
    well = all(check == OK for check in checks.values())
    answer = HealthOut(status=OK if well else "not ready", checks=checks)
    return JSONResponse(answer.model_dump(), 200 if well else 503)


@router.get("/metrics")
async def metrics(runtime: RuntimeDep) -> Response:
    """計測値 / figures for Prometheus."""
    text = await runtime.service.read(generate_latest, runtime.metrics.registry)
    return Response(text, media_type=CONTENT_TYPE_LATEST)


def _database(runtime: Runtime) -> str:
    try:
        with runtime.service.store.reading() as work:
            work.drones.all()
    except Exception as error:
        return f"cannot be read: {type(error).__name__}"
    return OK
