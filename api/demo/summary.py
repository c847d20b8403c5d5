"""What the delivery was like: figures, and the files that show it."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from api.cli.client import ApiClient
from api.demo.site import DemoSite
from api.settings import Settings
from dispatch.store.records import ProvedPlan
from dispatch.store.store import Store
from flight.records.daily import files_of, folder_name
from geofences.loading import load_airspace
from geofences.picture import draw_routes
from geofences.values import Position

Json = dict[str, Any]


@dataclass(frozen=True)
class Files:
    """What a demonstration leaves behind."""

    tlog: Path
    plan: Path
    picture: Path
    track: Path


def write_files(client: ApiClient, site: DemoSite, sortie: Json) -> Files:
    """Write the plan for QGroundControl and the picture of route and flown track; return all files."""
    settings = Settings(data_dir=site.data_dir)
    plan = _plan(settings.database, sortie["id"])
    recordings = files_of(settings.tlog_dir / folder_name(plan.flight_plan.vehicle))
    files = Files(
        tlog=recordings[-1].path,
        plan=site.data_dir / f"{sortie['id']}.plan",
        picture=site.data_dir / f"{sortie['id']}.png",
        track=site.tracks / f"{sortie['drone_id']}.jsonl",
    )
    files.plan.write_bytes(client.send("GET", f"/sorties/{sortie['id']}/plan").content)
    draw_routes(
        load_airspace(),
        [plan.way_out, plan.way_home],
        files.picture,
        track=_track(files.track),
        certificate=plan.certificate,
    )
    return files


def summary_table(request: Json, sortie: Json, wall_s: float, files: Files) -> Table:
    """Return the table that ends the demonstration."""
    table = Table(
        title=f"椿 Tsubaki: {request['items']}, {request['from_site_id']} → {request['to_site_id']}"
    )
    table.add_column("")
    table.add_column("", overflow="fold")
    for name, value in (
        ("要請 request", f"{request['id']} {request['state']}"),
        ("便 sortie", f"{sortie['id']} {sortie['state']}, {sortie['drone_id']}"),
        ("距離 distance", f"{sortie['distance_m'] / 1000:.1f} km out and home"),
        ("時間 duration", _duration(sortie, wall_s)),
        ("電力量 energy", _energy(sortie)),
        ("最小離隔 clearance", _clearance(sortie["certificate"])),
        ("計画 plan hash", sortie["verified_hash"] or sortie["plan_hash"]),
        ("記録 tlog", str(files.tlog)),
        ("QGC .plan", str(files.plan)),
        ("経路図 picture", str(files.picture)),
        ("航跡 track", str(files.track)),
    ):
        table.add_row(name, value)
    return table


def _duration(sortie: Json, wall_s: float) -> str:
    flown = datetime.fromisoformat(sortie["landed_at"]) - datetime.fromisoformat(sortie["launched_at"])
    planned_min = sortie["duration_s"] / 60
    flown_min = flown.total_seconds() / 60
    return f"{flown_min:.1f} min flown, {planned_min:.1f} min planned; {wall_s:.0f} s on the wall"


def _energy(sortie: Json) -> str:
    used = sortie["energy_used_wh"]
    shown = "not told by the vehicle" if used is None else f"{used:.0f} Wh used"
    return f"{shown}, {sortie['energy_wh']:.0f} Wh planned"


def _clearance(certificate: Json) -> str:
    airspace = load_airspace()
    islands = {island.id: f"{island.name_ja} {island.name_en}" for island in airspace.islands}
    island = islands[certificate["nearest_island_id"]]
    coast = f"{certificate['coast_clearance_m']:.0f} m to the coast of {island}"
    zone_m = certificate["zone_clearance_m"]
    if zone_m is None:
        return f"no zone concerns the flight; {coast}"
    zones = {zone.id: f"{zone.name_ja} {zone.name_en}" for zone in airspace.zones}
    return f"{zone_m:.0f} m to {zones[certificate['nearest_zone_id']]}; {coast}"


def _plan(database: str, sortie_id: str) -> ProvedPlan:
    store = Store(database)
    try:
        with store.reading() as work:
            return work.sorties.plan(sortie_id)
    finally:
        store.close()


def _track(path: Path) -> list[tuple[Position, float]]:
    """Return position and altitude (m AMSL) of the drone as the simulator's own log has them."""
    samples = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        (Position(sample["latitude_deg"], sample["longitude_deg"]), sample["altitude_amsl_m"])
        for sample in samples
        if sample["armed"]
    ]
