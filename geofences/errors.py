"""Errors of this package.

::

    GeofencesError
    ├── DataError            a file or value of the airspace is wrong; names source, feature and rule
    ├── OutsideOperationArea a point lies outside the operation boundary (often swapped axes)
    ├── UnknownSite          no site has this id; names the ones that exist
    ├── NoRoute              no flyable route; names the zones that block it
    └── CertificateError     a certificate does not hold; lists every violation
"""

from collections.abc import Sequence


class GeofencesError(Exception):
    """Root of all errors of this package."""


class DataError(GeofencesError):
    """A file or value that describes the airspace is wrong.

    Parameters
    ----------
    source
        File name, or the name of the argument.
    problems
        Every problem found, each naming the feature and the rule it breaks.
    """

    def __init__(self, source: str, problems: Sequence[str]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__(f"{source}: " + "; ".join(self.problems))


class OutsideOperationArea(GeofencesError):
    """A point lies outside the operation boundary.

    Parameters
    ----------
    field
        The name of the field that held the point.
    latitude_deg, longitude_deg
        The point, as given.
    hint
        What to do about it.
    """

    def __init__(self, field: str, latitude_deg: float, longitude_deg: float, hint: str) -> None:
        self.field = field
        self.latitude_deg = latitude_deg
        self.longitude_deg = longitude_deg
        self.hint = hint
        point = f"latitude {latitude_deg}, longitude {longitude_deg}"
        super().__init__(f"{field}: {point} lies outside the operation area; {hint}")


class UnknownSite(GeofencesError):
    """No site has this id.

    Parameters
    ----------
    site_id
        The id, as given.
    known
        The ids that exist.
    """

    def __init__(self, site_id: str, known: Sequence[str]) -> None:
        self.site_id = site_id
        self.known = tuple(known)
        super().__init__(f"no site has the id {site_id!r}; known are {', '.join(sorted(self.known))}")


class NoRoute(GeofencesError):
    """No flyable route exists.

    Parameters
    ----------
    reason
        One sentence for a person.
    blocking_zones
        Identifiers of the zones without which a route would exist (empty where land or the boundary blocks).
    """

    def __init__(self, reason: str, blocking_zones: Sequence[str] = ()) -> None:
        self.reason = reason
        self.blocking_zones = tuple(blocking_zones)
        blocked = f" (blocked by {', '.join(self.blocking_zones)})" if self.blocking_zones else ""
        super().__init__(reason + blocked)


class CertificateError(GeofencesError):
    """A route and its certificate do not hold in this airspace.

    Parameters
    ----------
    violations
        Every violation, one sentence each.
    """

    def __init__(self, violations: Sequence[str]) -> None:
        self.violations = tuple(violations)
        super().__init__("; ".join(self.violations))
