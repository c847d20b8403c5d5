"""The live table of the fleet on a terminal."""

from collections.abc import Callable, Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.live import Live
from rich.table import Table

from simulator.shell.status import VehicleStatus

REFRESH_S = 1.0
"""Wall seconds between two pictures."""

_COLUMNS = ("name", "id", "mode", "state", "item", "m AMSL", "m/s", "battery", "V", "peers", "faults")
_TEXT = frozenset({"name", "mode", "state", "faults"})


def table_of(fleet: Iterable[VehicleStatus]) -> Table:
    """Return a row for each vehicle."""
    # Narrow enough for a terminal of 80 columns; many faults take several lines.
    table = Table(box=SIMPLE_HEAD, padding=0)
    for column in _COLUMNS:
        justify: JustifyMethod = "left" if column in _TEXT else "right"
        table.add_column(column, justify=justify, no_wrap=column != "faults")
    for status in fleet:
        table.add_row(
            status.name,
            str(status.system_id),
            status.mode,
            "-" if status.condition == "disarmed" else status.condition,
            str(status.item),
            f"{status.altitude_amsl_m:.0f}",
            f"{status.speed_m_s:.1f}",
            f"{status.charge:.0%}",
            f"{status.volts:.1f}",
            str(status.peers),
            " ".join(status.faults) or "-",
        )
    return table


class LiveTable:
    """Draws the table anew about once a second.

    Parameters
    ----------
    console
        The terminal.
    wall
        Returns seconds of wall time.
    """

    def __init__(self, console: Console, wall: Callable[[], float]) -> None:
        self._console = console
        self._wall = wall
        self._due_at = wall()
        # No thread of its own: it would look at vehicles in the middle of a step.
        self._live = Live(console=console, auto_refresh=False)

    def say(self, line: str) -> None:
        """Print a line above the table."""
        self._console.print(line, markup=False, highlight=False)

    def show(self, fleet: Iterable[VehicleStatus]) -> None:
        """Draw the table if the last picture is old."""
        if self._wall() < self._due_at:
            return
        self._due_at = self._wall() + REFRESH_S
        self._live.start()
        self._live.update(table_of(fleet), refresh=True)

    def close(self) -> None:
        """Leave the last picture and give the cursor back."""
        self._live.stop()
