"""Orders to a flight under way: each says who gave it, and what the drone made of it comes as events."""

from fastapi import APIRouter

from api.auth import Principal
from api.dependencies import DeskDep, OperatorDep, ServiceDep
from api.desk import Desk
from api.flight_schemas import ControlIn, OrderIn
from api.schema_base import ReasonIn
from api.schemas import SortieDetailOut
from api.service import Service
from flight.situations import Action

router = APIRouter(prefix="/sorties", tags=["flight"])


@router.post("/{sortie_id}/hold")
async def hold_sortie(
    sortie_id: str, service: ServiceDep, desk: DeskDep, operator: OperatorDep, body: OrderIn | None = None
) -> SortieDetailOut:
    """空中で待機させる / have the drone wait in the air, for a limited time (operator)."""
    return await _order(service, desk, operator, sortie_id, Action.HOLD, body)


@router.post("/{sortie_id}/resume")
async def resume_sortie(
    sortie_id: str, service: ServiceDep, desk: DeskDep, operator: OperatorDep, body: OrderIn | None = None
) -> SortieDetailOut:
    """飛行を再開させる / end a hold and fly on as planned (operator)."""
    return await _order(service, desk, operator, sortie_id, Action.RESUME, body)


@router.post("/{sortie_id}/return")
async def return_sortie(
    sortie_id: str, service: ServiceDep, desk: DeskDep, operator: OperatorDep, body: OrderIn | None = None
) -> SortieDetailOut:
    """帰還させる / call the drone home by its proved return path; takes control (operator)."""
    return await _order(service, desk, operator, sortie_id, Action.RETURN, body)


@router.post("/{sortie_id}/divert")
async def divert_sortie(
    sortie_id: str, service: ServiceDep, desk: DeskDep, operator: OperatorDep, body: OrderIn | None = None
) -> SortieDetailOut:
    """代替着陸地へ向かわせる / send the drone to the divert site of its leg (operator)."""
    return await _order(service, desk, operator, sortie_id, Action.DIVERT, body)


@router.post("/{sortie_id}/land")
async def land_sortie(
    sortie_id: str, service: ServiceDep, desk: DeskDep, operator: OperatorDep, body: OrderIn | None = None
) -> SortieDetailOut:
    """その場に降ろす / land where it is, whatever is below; takes control (operator)."""
    return await _order(service, desk, operator, sortie_id, Action.LAND, body)


@router.post("/{sortie_id}/terminate")
async def request_termination(
    sortie_id: str, body: ReasonIn, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> SortieDetailOut:
    """モーター停止を要請する / first step to stop the motors in flight; does nothing by itself (operator)."""
    now = service.clock.utc()
    await service.run_at_once(
        service.dispatcher.request_termination, sortie_id, operator.name, now, body.reason
    )
    return await service.read(desk.sortie, operator, sortie_id)


@router.post("/{sortie_id}/terminate/confirm")
async def confirm_termination(
    sortie_id: str, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> SortieDetailOut:
    """モーター停止を確認する / second step, by another person: the drone falls (operator)."""
    now = service.clock.utc()
    await service.run_at_once(service.dispatcher.confirm_termination, sortie_id, operator.name, now)
    return await service.read(desk.sortie, operator, sortie_id)


@router.post("/{sortie_id}/control")
async def take_control(
    sortie_id: str, body: ControlIn, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> SortieDetailOut:
    """操作権を取る / take control of the drone, with ``take`` also from another (operator)."""
    now = service.clock.utc()
    take = service.dispatcher.take_control
    await service.run_at_once(take, sortie_id, operator.name, now, take=body.take, reason=body.reason)
    return await service.read(desk.sortie, operator, sortie_id)


@router.delete("/{sortie_id}/control")
async def release_control(
    sortie_id: str, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> SortieDetailOut:
    """操作権を返す / give control back (operator)."""
    now = service.clock.utc()
    await service.run_at_once(service.dispatcher.release_control, sortie_id, operator.name, now)
    return await service.read(desk.sortie, operator, sortie_id)


@router.post("/{sortie_id}/preflight/override")
async def override_preflight(
    sortie_id: str, body: ReasonIn, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> SortieDetailOut:
    """点検の注意を承知で離陸させる / let the soft failures of the preflight pass, for a reason (operator)."""
    now = service.clock.utc()
    await service.run_at_once(
        service.dispatcher.override_preflight, sortie_id, operator.name, now, body.reason
    )
    return await service.read(desk.sortie, operator, sortie_id)


async def _order(
    service: Service, desk: Desk, operator: Principal, sortie_id: str, action: Action, body: OrderIn | None
) -> SortieDetailOut:
    reason = None if body is None else body.reason
    now = service.clock.utc()
    await service.run_at_once(service.dispatcher.order, sortie_id, action, operator.name, now, reason=reason)
    return await service.read(desk.sortie, operator, sortie_id)
