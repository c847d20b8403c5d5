"""The policy of an airspace from its file, ``policy.toml``."""

import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from geofences.errors import DataError
from geofences.formats.corridors import band_from
from geofences.formats.log import Log
from geofences.formats.records import Record
from geofences.formats.texts import text_of
from geofences.policy import AirspacePolicy
from geofences.values import AltitudeBand

FORBIDDEN = "forbidden"
SEA = "open_sea_cost_factor"
USUAL = AirspacePolicy()
BANDS = ("outbound", "inbound")


def read_policy(path: Path) -> AirspacePolicy:
    """Return the policy of a file; what it leaves out, and a missing file, means the usual value.

    Raises
    ------
    DataError
        With all problems of the file.
    """
    if not path.exists():
        return USUAL
    log = Log(path.name)
    record = Record(_document(path), log.place("policy"))
    policy = _policy(record)
    record.note_rest()
    log.problems += [*log.notes, *(f"policy: {each}" for each in _faults(policy))]
    log.raise_problems()
    return policy


def _document(path: Path) -> object:
    try:
        return tomllib.loads(text_of(path))
    except ValueError as error:
        raise DataError(path.name, [f"is not readable TOML: {error}"]) from None


def _policy(record: Record) -> AirspacePolicy:
    lengths = [each.name for each in fields(AirspacePolicy) if each.name not in (*BANDS, SEA)]
    numbers = {name: record.optional_number(name, getattr(USUAL, name)) for name in lengths}
    return AirspacePolicy(
        outbound=_band(record, "outbound", USUAL.outbound),
        inbound=_band(record, "inbound", USUAL.inbound),
        open_sea_cost_factor=_sea(record),
        **numbers,
    )


def _band(record: Record, name: str, usual: AltitudeBand) -> AltitudeBand:
    table = record.optional_record(name)
    return usual if table is None else band_from(table)


def _sea(record: Record) -> float | None:
    if record.fields.get(SEA) == FORBIDDEN:
        record.skip(SEA)
        return None
    return record.optional_number(SEA, USUAL.open_sea_cost_factor or 1.0)


def _faults(policy: AirspacePolicy) -> Iterator[str]:
    """Yield what no flight could be planned or proved with."""
    for name in ("coast_clearance_m", "cruise_half_width_m", "approach_half_width_m"):
        if getattr(policy, name) <= 0.0:
            yield f"{name!r} must be more than 0, but is {getattr(policy, name):g}"
    if policy.open_sea_cost_factor is not None and policy.open_sea_cost_factor < 1.0:
        yield f'{SEA!r} must be 1 or more, or "{FORBIDDEN}", but is {policy.open_sea_cost_factor:g}'
    if policy.outbound.overlaps(policy.inbound):
        yield "'outbound' and 'inbound' must not share an altitude: drones meet head-on there"
    top_m, limit_m = policy.envelope.ceiling_amsl_m, policy.altitude_limit_above_ground_m
    if top_m > limit_m:
        yield f"the bands reach up to {top_m:g} m, over 'altitude_limit_above_ground_m', {limit_m:g} m"
