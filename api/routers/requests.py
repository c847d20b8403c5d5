"""Requests: ask, list, read, cancel, load, receive."""

from typing import Annotated

from fastapi import APIRouter, Header, status

from api.auth import Principal
from api.dependencies import DeskDep, OperatorDep, PrincipalDep, ServiceDep
from api.flight_schemas import PadIn
from api.idempotency import submit_once
from api.problems import Kind, ProblemError
from api.schema_base import ReasonIn
from api.schemas import RequestIn, RequestOut
from dispatch.values import NewRequest

router = APIRouter(prefix="/requests", tags=["requests"])

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="同じ値で再送しても要請は一つ / the same value sent again gives the same request",
        examples=["4e1f9a52-5a0c-4d9c-9f61-2f4f5f2a9b11"],
    ),
]


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_request(
    body: RequestIn,
    service: ServiceDep,
    desk: DeskDep,
    principal: PrincipalDep,
    idempotency_key: IdempotencyKey = None,
) -> RequestOut:
    """要請する / ask for supplies. The answer may already say why no drone can carry them."""
    _check_site(principal, body.to_site_id)
    new = NewRequest(**body.model_dump(), requested_by=principal.name)
    request_id = await service.run(submit_once, service, new, principal, idempotency_key)
    return await service.read(desk.request, principal, request_id)


@router.get("")
async def list_requests(service: ServiceDep, desk: DeskDep, principal: PrincipalDep) -> list[RequestOut]:
    """要請の一覧 / requests, newest first; a clinic sees its own."""
    return await service.read(desk.requests, principal)


@router.get("/{request_id}")
async def read_request(
    request_id: str, service: ServiceDep, desk: DeskDep, principal: PrincipalDep
) -> RequestOut:
    """要請を見る / one request."""
    return await service.read(desk.request, principal, request_id)


@router.post("/{request_id}/cancel")
async def cancel_request(
    request_id: str, body: ReasonIn, service: ServiceDep, desk: DeskDep, principal: PrincipalDep
) -> RequestOut:
    """取り消す / cancel a request that has not left."""
    await service.read(desk.request, principal, request_id)
    await service.run(
        service.dispatcher.cancel_request, request_id, principal.name, service.clock.utc(), body.reason
    )
    return await service.read(desk.request, principal, request_id)


@router.post("/{request_id}/retry")
async def retry_request(
    request_id: str, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> RequestOut:
    """再計画する / put a request that failed or came back into the queue again (operator)."""
    await service.run(service.dispatcher.retry_request, request_id, operator.name, service.clock.utc())
    return await service.read(desk.request, operator, request_id)


@router.post("/{request_id}/reject")
async def reject_request(
    request_id: str, body: ReasonIn, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> RequestOut:
    """断る / refuse a request that is not planned yet (operator)."""
    now = service.clock.utc()
    await service.run(service.dispatcher.reject_request, request_id, operator.name, now, body.reason)
    return await service.read(desk.request, operator, request_id)


@router.post("/{request_id}/handover")
async def hand_over_request(
    request_id: str, body: ReasonIn, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> RequestOut:
    """船便に渡す / give a request that failed or came back to the ferry (operator)."""
    now = service.clock.utc()
    await service.run(service.dispatcher.hand_over_request, request_id, operator.name, now, body.reason)
    return await service.read(desk.request, operator, request_id)


@router.post("/{request_id}/loaded")
async def confirm_loaded(
    request_id: str, service: ServiceDep, desk: DeskDep, operator: OperatorDep
) -> RequestOut:
    """積載を確認する / the goods are on the drone (operator)."""
    await service.run(service.dispatcher.confirm_loaded, request_id, operator.name, service.clock.utc())
    return await service.read(desk.request, operator, request_id)


@router.post("/{request_id}/receipt")
async def confirm_receipt(
    request_id: str, service: ServiceDep, desk: DeskDep, principal: PrincipalDep
) -> RequestOut:
    """受け取りを確認する / the goods have arrived."""
    await service.read(desk.request, principal, request_id)
    await service.run(service.dispatcher.confirm_receipt, request_id, principal.name, service.clock.utc())
    return await service.read(desk.request, principal, request_id)


@router.post("/{request_id}/pad")
async def answer_pad(
    request_id: str, body: PadIn, service: ServiceDep, desk: DeskDep, principal: PrincipalDep
) -> RequestOut:
    """着陸場を確認する / tell the drone that waits above whether its pad is clear (receiver, operator)."""
    request = await service.read(desk.request, principal, request_id)
    _check_site(principal, request.to_site_id)
    now = service.clock.utc()
    await service.run_at_once(
        service.dispatcher.answer_pad, request_id, principal.name, now, clear=body.clear
    )
    return await service.read(desk.request, principal, request_id)


def _check_site(principal: Principal, to_site_id: str) -> None:
    if not principal.is_operator and principal.site_id not in (None, to_site_id):
        raise ProblemError(
            Kind.FORBIDDEN,
            f"this key is for {principal.site_id}, not for {to_site_id}",
            f"set to_site_id to {principal.site_id}, or ask an operator",
            "to_site_id",
            f"このキーは{principal.site_id}専用です",
        )
