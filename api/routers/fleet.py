"""The fleet, the sites, the airspace, the stored events, and who is asking."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from api.dependencies import DeskDep, OperatorDep, PrincipalDep, ServiceDep
from api.schemas import DroneOut, EventOut, MeOut, SiteOut
from api.views import site_out
from geofences.geojson import airspace_feature_collection

router = APIRouter()


@router.get("/me", tags=["me"])
async def read_me(service: ServiceDep, principal: PrincipalDep) -> MeOut:
    """だれの鍵か / who holds the key, and what time it is in the service."""
    return MeOut(
        name=principal.name,
        role=principal.role,
        site_id=principal.site_id,
        now=service.clock.utc(),
        speedup=service.clock.speedup,
    )


@router.get("/drones", tags=["drones"])
async def list_drones(service: ServiceDep, desk: DeskDep, principal: PrincipalDep) -> list[DroneOut]:
    """機体の一覧 / the fleet with its newest telemetry."""
    return await service.read(desk.drones)


@router.get("/sites", tags=["sites"])
async def list_sites(service: ServiceDep, principal: PrincipalDep) -> list[SiteOut]:
    """拠点の一覧 / sites, by id."""
    return [site_out(site) for _, site in sorted(service.airspace.sites.items())]


@router.get("/airspace", tags=["airspace"], response_class=JSONResponse)
async def read_airspace(service: ServiceDep, principal: PrincipalDep) -> JSONResponse:
    """空域 / islands, zones, corridors, approaches and sites as GeoJSON, with a version."""
    collection = await service.read(airspace_feature_collection, service.airspace)
    body = {**collection, "version": service.airspace.version}
    return JSONResponse(body, media_type="application/geo+json")


@router.get("/events", tags=["events"])
async def list_events(
    service: ServiceDep,
    desk: DeskDep,
    operator: OperatorDep,
    after: Annotated[int, Query(ge=0, description="この番号より後 / events after this id")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> list[EventOut]:
    """出来事 / what happened, oldest first (operator)."""
    return await service.read(desk.events, after, limit)
