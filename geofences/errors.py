"""Errors of this package.

::

    GeofencesError
    ├── DataError            a file or value of the airspace is wrong; names source, feature and rule
    ├── OutsideOperationArea a point lies outside the operation boundary (often swapped axes)
    ├── UnknownSite          no site has this id; names the ones that exist
    ├── NoRoute              no flyable route; names what blocks it, and when it would work
    ├── TurnError            an aircraft that cannot turn on the spot cannot fly a corner
    ├── StillInConflict      nothing keeps a route clear of what is reserved (in ``geofences.deconflict``)
    └── CertificateError     a certificate does not hold; lists every violation
"""

from collections.abc import Sequence
from datetime import datetime


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
    blocking_corridors
        Identifiers of the closed corridors each of which, open, would give a route.
    works_from
        The next departure that would work as far as schedules go; None where none of the coming week does.
    """

    def __init__(
        self,
        reason: str,
        blocking_zones: Sequence[str] = (),
        blocking_corridors: Sequence[str] = (),
        works_from: datetime | None = None,
    ) -> None:
        self.reason = reason
        self.blocking_zones = tuple(blocking_zones)
        self.blocking_corridors = tuple(blocking_corridors)
        self.works_from = works_from
        text = reason
        if self.blocking_zones:
            text += f" (blocked by {', '.join(self.blocking_zones)})"
        if self.blocking_corridors:
            text += f" (closed: {', '.join(self.blocking_corridors)})"
        if works_from is not None:
            text += f"; it would work from {works_from.isoformat(timespec='seconds')}"
        super().__init__(text)


class TurnError(GeofencesError):
    """A corner cannot be flown with the turn radius of an aircraft.

    Parameters
    ----------
    at
        The corner, in metres on the local map.
    reason
        What is wrong with it.
    """

    def __init__(self, at: tuple[float, float], reason: str) -> None:
        self.at = at
        self.reason = reason
        super().__init__(f"corner at x {at[0]:.0f} m, y {at[1]:.0f} m: {reason}")


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
