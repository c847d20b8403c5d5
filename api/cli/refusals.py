"""Errors of the other packages as errors of a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.cli.errors import CliError
from api.errors import problem_from_error
from dispatch.errors import DispatchError
from flight.errors import FlightError
from geofences.errors import GeofencesError


@contextmanager
def as_one_line() -> Iterator[None]:
    """Turn any of our errors into CliError, with the remedy that the HTTP API would give."""
    try:
        yield
    except (DispatchError, GeofencesError, FlightError) as error:
        problem = problem_from_error(error)
        raise CliError(problem.detail, problem.remedy) from error
