"""The options of ``tsubaki route`` as people write them; each error names its option and what to write."""

import math
import re
from datetime import datetime

from api.cli.errors import CliError
from dispatch.catalogue import load_drone_types
from dispatch.values import DroneType
from geofences.wind import NO_WIND, Wind

_WIND = re.compile(r"(\d+(?:\.\d+)?)@(\d+(?:\.\d+)?)")
WRONG_USE = 2


def wind_from_text(text: str) -> Wind:
    """Return the wind that ``8@220`` (8 m/s from 220°) or ``none`` means."""
    if text.strip().casefold() == "none":
        return NO_WIND
    match = _WIND.fullmatch(text.strip())
    if match is None or float(match[2]) > 360.0:
        remedy = "write the speed in m/s and the degrees where it comes from, such as 8@220, or none"
        raise CliError(f"--wind: '{text}' is not a wind", remedy, WRONG_USE)
    return Wind(float(match[1]), float(match[2]) % 360.0)


def time_from_text(text: str, option: str) -> datetime:
    """Return the instant of an ISO 8601 time with its offset from UTC."""
    remedy = "write it with its offset, such as 2026-12-01T09:00+09:00"
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        raise CliError(f"{option}: '{text}' is not a time", remedy, WRONG_USE) from None
    if instant.utcoffset() is None:
        raise CliError(f"{option}: '{text}' does not say where its clock stands", remedy, WRONG_USE)
    return instant


def minutes_s(minutes: float, option: str) -> float:
    """Return minutes in seconds; they must be finite and not negative."""
    if not math.isfinite(minutes) or minutes < 0.0:
        raise CliError(f"{option}: {minutes:g} min is no time to wait", "give minutes, 0 or more", WRONG_USE)
    return minutes * 60.0


def drone_type_from_text(text: str) -> DroneType:
    """Return the drone type of a name."""
    types = load_drone_types()
    if text not in types:
        raise CliError(
            f"--drone: there is no drone type '{text}'", f"use one of {', '.join(types)}", WRONG_USE
        )
    return types[text]


def payload_kg(mass_kg: float, drone_type: DroneType) -> float:
    """Return the mass of a parcel that the drone can carry."""
    if not 0.0 <= mass_kg <= drone_type.payload_limit_kg:
        remedy = f"{drone_type.id} carries 0 to {drone_type.payload_limit_kg:g} kg"
        raise CliError(f"--payload: {mass_kg:g} kg cannot be carried", remedy, WRONG_USE)
    return mass_kg
