"""Every error of the other packages becomes a problem document here, and nowhere else (STYLE 11)."""

import logging
from functools import singledispatch

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.problems import Kind, ProblemError
from dispatch.errors import Conflict, InvalidInput, NotFound, StoreError
from flight.errors import FlightError, RemoteFlightError
from geofences.errors import CertificateError, GeofencesError, NoRoute, OutsideOperationArea, UnknownSite

logger = logging.getLogger(__name__)


@singledispatch
def problem_from_error(error: Exception) -> ProblemError:
    """Return the problem document for an error of any package."""
    logger.error("unexpected error", exc_info=error)
    return ProblemError(
        Kind.INTERNAL,
        "the service failed; the cause is in its log",
        "try again, or tell the operator the time",
    )


@problem_from_error.register
def _(error: ProblemError) -> ProblemError:
    return error


@problem_from_error.register
def _(error: InvalidInput) -> ProblemError:
    return ProblemError(
        Kind.INVALID_INPUT, f"{error.field}: {error.problem}", error.remedy, error.field, error.message_ja
    )


@problem_from_error.register
def _(error: NotFound) -> ProblemError:
    return ProblemError(
        Kind.NOT_FOUND, str(error), f"see the list of {error.kind}s", f"{error.kind}_id", error.message_ja
    )


@problem_from_error.register
def _(error: Conflict) -> ProblemError:
    return ProblemError(Kind.CONFLICT, error.problem, error.remedy, message_ja=error.message_ja)


@problem_from_error.register
def _(error: StoreError) -> ProblemError:
    return ProblemError(
        Kind.UNAVAILABLE, str(error), "see that the database can be reached", message_ja=error.message_ja
    )


@problem_from_error.register
def _(error: UnknownSite) -> ProblemError:
    return ProblemError(Kind.NOT_FOUND, str(error), "use one of the ids of /api/v1/sites", "site_id")


@problem_from_error.register
def _(error: OutsideOperationArea) -> ProblemError:
    return ProblemError(Kind.INVALID_INPUT, str(error), error.hint, error.field)


@problem_from_error.register
def _(error: NoRoute) -> ProblemError:
    return ProblemError(
        Kind.NO_ROUTE,
        str(error),
        "wait until these zones end, or choose another site"
        if error.blocking_zones
        else "choose another site",
        "to_site_id",
        blocking_zones=error.blocking_zones,
    )


@problem_from_error.register
def _(error: CertificateError) -> ProblemError:
    return ProblemError(Kind.NOT_PLANNABLE, str(error), "plan again in the present airspace")


@problem_from_error.register
def _(error: GeofencesError) -> ProblemError:
    return ProblemError(Kind.NOT_PLANNABLE, str(error), "correct the airspace data")


@problem_from_error.register
def _(error: RemoteFlightError) -> ProblemError:
    return ProblemError(Kind.VEHICLE, str(error), "look at the vehicle and its link, then try again")


@problem_from_error.register
def _(error: FlightError) -> ProblemError:
    return ProblemError(Kind.NOT_PLANNABLE, str(error), "correct the address, the plan or the fleet file")


@problem_from_error.register
def _(error: RequestValidationError) -> ProblemError:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path", "header"))
    given = first.get("input")
    shown = f" (given: {given!r})" if isinstance(given, str | int | float | bool) else ""
    remedy = "see /docs for the form of each field"
    return ProblemError(
        Kind.INVALID_INPUT, f"{field or 'body'}: {first['msg']}{shown}", remedy, field or "body"
    )


_HTTP_KINDS = {404: Kind.NOT_FOUND, 405: Kind.METHOD_NOT_ALLOWED}


@problem_from_error.register
def _(error: HTTPException) -> ProblemError:
    kind = _HTTP_KINDS.get(error.status_code, Kind.INVALID_INPUT)
    return ProblemError(kind, str(error.detail), "see /docs for what there is")


async def _answer(request: Request, error: Exception) -> JSONResponse:
    return problem_from_error(error).response()


def install(app: FastAPI) -> None:
    """Make every error of the app a problem document."""
    for kind in (RequestValidationError, HTTPException, Exception, *problem_from_error.registry):
        if isinstance(kind, type) and issubclass(kind, Exception):
            app.add_exception_handler(kind, _answer)
