"""A peer as a process beside us, asked the same questions in turn with us."""

import json
import os
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import shapely
from shapely import Polygon

from geofences.shapes import XY

PEERS = ("extremitypathfinder", "pyvisgraph")
PYTHON = os.environ.get("PEERS_PYTHON", "build/venv-bench/bin/python")
PROGRAM = Path(__file__).with_name("peers.py")


class Beside:
    """A peer; made by `peer`. It is gone, and answers None, after a question that takes too long."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def prepare(self, sea: Polygon, limit_s: float) -> float | None:
        """Return how long the peer prepared the map, in seconds."""
        turned = shapely.orient_polygons(sea)  # the outer ring to the left, holes to the right
        exterior, *holes = [shapely.get_coordinates(ring)[:-1].tolist() for ring in shapely.get_rings(turned)]
        answer = await self._ask({"limit_s": limit_s, "exterior": exterior, "holes": holes})
        return None if answer is None else answer["prepare_s"]

    async def query(self, start: XY, goal: XY) -> tuple[float, float] | None:
        """Return seconds and length in metres of a path."""
        answer = await self._ask([start, goal])
        return None if answer is None else (answer["query_s"], answer["length_m"])

    async def _ask(self, question: object) -> dict[str, float] | None:
        to_peer, from_peer = self._process.stdin, self._process.stdout
        if to_peer is None or from_peer is None or self._process.returncode is not None:
            return None
        to_peer.write(json.dumps(question).encode() + b"\n")
        line = await from_peer.readline()
        if not line:
            await self._process.wait()
            return None
        answer: dict[str, float] = json.loads(line)
        return answer


@asynccontextmanager
async def peer(name: str) -> AsyncIterator[Beside]:
    """Start a peer, and end it in the end."""
    process = await create_subprocess_exec(PYTHON, str(PROGRAM), name, stdin=PIPE, stdout=PIPE)
    try:
        yield Beside(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
