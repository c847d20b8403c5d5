"""``make bench``: run every measurement, print it, and keep it in ``build/bench/``."""

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.flight import decoding

FOLDER = Path("build/bench")


def main() -> None:
    """Measure and report."""
    result = decoding.measure()
    table = Table(
        "decoding", "messages per CPU second", "ours is faster by", title="Tsubaki beside its peers"
    )
    for name, rate in result.items():
        table.add_row(name, f"{rate:,.0f}", f"{result['ours'] / rate:.1f} ×")
    signed = decoding.measure_signed()
    table.add_row("ours, signatures verified", f"{signed:,.0f}", "")
    Console().print(table)
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result | {"ours_signed": signed}, indent=2)
    (FOLDER / "decoding.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
