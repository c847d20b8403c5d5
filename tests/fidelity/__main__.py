"""``python -m tests.fidelity``: hold a vehicle against the recordings of ArduPilot."""

import json
import sys
import time

from tests.fidelity import expected, floors
from tests.fidelity.errors import FidelityError
from tests.fidelity.expected import Knowledge
from tests.fidelity.figures import figures
from tests.fidelity.options import Options, parse
from tests.fidelity.references import FOLDER
from tests.fidelity.runs import Run, print_line


def knowledge(options: Options) -> Knowledge:
    """Return what is known of the vehicle that is tried."""
    if options.url is not None or options.reference != FOLDER:
        return Knowledge([], {})
    return Knowledge(expected.load(), floors.load())


def main(argv: list[str]) -> int:
    """Run it; return 1 if not enough holds, 2 if it could not be run."""
    try:
        options = parse(argv)
        run = Run(options, time.monotonic, knowledge(options), print_line)
        good = run.all()
    except FidelityError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.json is not None:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures(run.reports), indent=2) + "\n", encoding="utf-8")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
