"""``make bench``: run every measurement, print it, and keep it in ``build/bench/``."""

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import decoding

FOLDER = Path("build/bench")


def main() -> None:
    """Measure and report."""
    result = decoding.measure()
    table = Table("decoding", "messages per CPU second", title="Tsubaki beside its peers")
    table.add_row("Tsubaki (typed values)", f"{result['ours']:,.0f}")
    table.add_row("pymavlink parse_buffer", f"{result['pymavlink']:,.0f}")
    table.add_row("ratio", f"{result['ratio']:.2f}")
    Console().print(table)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "decoding.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
