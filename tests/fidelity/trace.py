"""A trace: what a vehicle and the probe said to each other, line by line."""

import json
import lzma
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fidelity.errors import UsageError

MAX_BYTES = 600_000
"""Largest trace before compression: periodic samples are thinned until it fits."""

SPACINGS_S = (1.0, 2.0, 4.0, 8.0, 20.0)
SUFFIXES = (".jsonl.xz", ".jsonl")


@dataclass
class Record:
    """One line of a trace.

    Parameters
    ----------
    time_s
        Seconds since the vehicle booted.
    direction
        ``in`` from the vehicle, ``out`` from the probe, ``note`` of the probe itself.
    kind
        The message type, or the kind of the note.
    fields
        The content.
    sample
        Whether it is one of many periodic ones and may be left out.
    """

    time_s: float
    direction: str
    kind: str
    fields: dict[str, Any]
    sample: bool = False

    def to_json(self) -> str:
        body = {"t": round(self.time_s, 3), "dir": self.direction, "msg": self.kind, "fields": self.fields}
        return json.dumps(body, separators=(",", ":"))


@dataclass
class Trace:
    """A whole recording: what was recorded with what, and the lines."""

    meta: dict[str, Any]
    records: list[Record]


def parse(text: str) -> Trace:
    meta: dict[str, Any] = {}
    records = []
    for line in text.splitlines():
        body = json.loads(line)
        if "meta" in body:
            meta = body["meta"]
        else:
            records.append(Record(body["t"], body["dir"], body["msg"], body["fields"]))
    return Trace(meta, records)


def load(path: Path) -> Trace:
    """Read a trace, compressed or not."""
    data = path.read_bytes()
    return parse((lzma.decompress(data) if path.suffix == ".xz" else data).decode())


def find(folder: Path, scenario: str) -> Path:
    """Return the file of a scenario in a folder, compressed or not."""
    for suffix in SUFFIXES:
        path = folder / f"{scenario}{suffix}"
        if path.is_file():
            return path
    raise UsageError(f"{folder} holds no trace of {scenario}; record one with --out {folder.parent}")


def names(folder: Path) -> list[str]:
    """Return the scenarios of which a folder holds a trace."""
    return sorted(path.name.split(".")[0] for suffix in SUFFIXES for path in folder.glob(f"*{suffix}"))


def render(trace: Trace) -> str:
    """Return the text of a trace, thinned until it is small enough."""
    text = ""
    for spacing_s in SPACINGS_S:
        head = {"meta": {**trace.meta, "sample_spacing_s": spacing_s}}
        lines = [json.dumps(head, separators=(",", ":"))]
        lines += [record.to_json() for record in thinned(trace.records, spacing_s)]
        text = "\n".join(lines) + "\n"
        if len(text) <= MAX_BYTES:
            break
    return text


def write(trace: Trace, path: Path) -> None:
    """Write a trace, compressed if the name ends in ``.xz``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = render(trace).encode()
    path.write_bytes(lzma.compress(data, preset=9) if path.suffix == ".xz" else data)


def thinned(records: Iterable[Record], spacing_s: float) -> list[Record]:
    """Drop periodic samples that follow each other in less than ``spacing_s`` seconds."""
    last: dict[tuple[str, str], float] = {}
    kept = []
    for record in records:
        key = (record.direction, record.kind)
        if record.sample and spacing_s > 1.0 and record.time_s - last.get(key, -1e9) < spacing_s - 0.02:
            continue
        if record.sample:
            last[key] = record.time_s
        kept.append(record)
    return kept
