"""What the routes need: the service, the desk, and who is asking."""

import asyncio
from typing import Annotated, cast

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import HTTPConnection

from api.auth import Principal
from api.desk import Desk
from api.problems import Kind, ProblemError
from api.runtime import Runtime
from api.service import Service

_bearer = HTTPBearer(auto_error=False, description="API key, printed once by the first 'tsubaki serve'")


def current_runtime(connection: HTTPConnection) -> Runtime:
    """Return the running service with all around it."""
    return cast("Runtime", connection.app.state.runtime)


RuntimeDep = Annotated[Runtime, Depends(current_runtime)]


def current_service(runtime: RuntimeDep) -> Service:
    """Return the running service."""
    return runtime.service


def current_desk(runtime: RuntimeDep) -> Desk:
    """Return the desk that looks things up."""
    return runtime.desk


ServiceDep = Annotated[Service, Depends(current_service)]
DeskDep = Annotated[Desk, Depends(current_desk)]


async def current_principal(
    service: ServiceDep, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Principal:
    """Return the holder of the key in the ``Authorization`` header; refuse without one."""
    remedy = "send the header 'Authorization: Bearer KEY'; 'tsubaki keys create' makes a key"
    if credentials is None:
        raise ProblemError(
            Kind.UNAUTHENTICATED, "there is no API key in the request", remedy, "Authorization"
        )
    # Argon2 takes tens of milliseconds the first time: not on the event loop.
    principal = await asyncio.to_thread(service.keys.recognise, credentials.credentials)
    if principal is None:
        raise ProblemError(Kind.UNAUTHENTICATED, "the API key is not known", remedy, "Authorization")
    return principal


PrincipalDep = Annotated[Principal, Depends(current_principal)]


async def current_operator(principal: PrincipalDep) -> Principal:
    """Return the holder of an operator's key; refuse a clinic's."""
    if not principal.is_operator:
        raise ProblemError(
            Kind.FORBIDDEN, "this needs an operator's key, and this is a clinic's", "ask the operator"
        )
    return principal


OperatorDep = Annotated[Principal, Depends(current_operator)]
