"""Sorties: list, read, approve, stop, close, and what they fly as files for other programs."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.dependencies import DeskDep, OperatorDep, PrincipalDep, ServiceDep
from api.geojson import route_collection
from api.intent import intent_of
from api.schema_base import ReasonIn
from api.schemas import CloseIn, SortieDetailOut, SortieOut
from flight.vehicles.qgc import plan_document

router = APIRouter(prefix="/sorties", tags=["sorties"])


@router.get("")
async def list_sorties(service: ServiceDep, desk: DeskDep, principal: PrincipalDep) -> list[SortieOut]:
    """便の一覧 / sorties, newest first; a clinic sees those with its goods."""
    return await service.read(desk.sorties, principal)


@router.get("/{sortie_id}")
async def read_sortie(
    sortie_id: str, service: ServiceDep, desk: DeskDep, principal: PrincipalDep
) -> SortieDetailOut:
    """便を見る / one sortie with its certificate, plan hash, energy and history."""
    return await service.read(desk.sortie, principal, sortie_id)


@router.post("/{sortie_id}/approve")
async def approve_sortie(
    sortie_id: str, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> SortieDetailOut:
    """承認する / approve a planned sortie (operator)."""
    await service.run(service.dispatcher.approve_sortie, sortie_id, operator.name, service.clock.utc())
    return await service.read(desk.sortie, operator, sortie_id)


@router.post("/{sortie_id}/abort")
async def abort_sortie(
    sortie_id: str, body: ReasonIn, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> SortieDetailOut:
    """中止する / end a sortie that has not launched (operator)."""
    now = service.clock.utc()
    await service.run(service.dispatcher.abort_sortie, sortie_id, operator.name, now, body.reason)
    return await service.read(desk.sortie, operator, sortie_id)


@router.post("/{sortie_id}/close")
async def close_sortie(
    sortie_id: str, body: CloseIn, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> SortieDetailOut:
    """終了する / end a sortie whose aircraft a person has found (operator)."""
    close = service.dispatcher.close_sortie
    now = service.clock.utc()
    await service.run(close, sortie_id, operator.name, now, body.reason, delivered=body.delivered)
    return await service.read(desk.sortie, operator, sortie_id)


@router.get("/{sortie_id}/plan", response_class=JSONResponse)
async def read_plan(
    sortie_id: str, service: ServiceDep, desk: DeskDep, principal: PrincipalDep
) -> JSONResponse:
    """飛行計画 / what goes on board, as a QGroundControl ``.plan`` file."""
    await service.read(desk.sortie, principal, sortie_id)
    plan = await service.read(desk.plan, sortie_id)
    headers = {"Content-Disposition": f'attachment; filename="{sortie_id}.plan"'}
    return JSONResponse(plan_document(plan.flight_plan), headers=headers)


@router.get("/{sortie_id}/route", response_class=JSONResponse)
async def read_route(
    sortie_id: str, service: ServiceDep, desk: DeskDep, principal: PrincipalDep
) -> JSONResponse:
    """経路 / the way out and the way home as GeoJSON (RFC 7946)."""
    await service.read(desk.sortie, principal, sortie_id)
    plan = await service.read(desk.plan, sortie_id)
    return JSONResponse(route_collection(plan), media_type="application/geo+json")


@router.get("/{sortie_id}/operational-intent", response_class=JSONResponse)
async def read_operational_intent(
    sortie_id: str, request: Request, service: ServiceDep, desk: DeskDep, principal: PrincipalDep
) -> JSONResponse:
    """運航意図 / the air that a sortie will use, as an operational intent of ASTM F3548-21."""
    await service.read(desk.sortie, principal, sortie_id)
    now = service.clock.utc()
    volumes = await service.read(service.dispatcher.intended_volumes, sortie_id, now)
    sortie = await service.read(service.dispatcher.sortie, sortie_id)
    base_url = str(request.base_url)
    return JSONResponse(intent_of(sortie, volumes, service.airspace.projection, base_url, now))
