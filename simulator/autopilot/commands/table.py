"""The table of contents: command → handler."""

from collections.abc import Callable

from simulator.autopilot.calibration import Calibration
from simulator.autopilot.commands import equipment, flight, guidance, home, maintenance, messages
from simulator.autopilot.commands.order import UNSUPPORTED, Context, Handler, Order
from simulator.autopilot.copter import Copter
from simulator.autopilot.quadplane import Quadplane
from simulator.autopilot.streams import Streams
from simulator.autopilot.telemetry.state import State

_BOTH = flight.BOTH | guidance.BOTH | messages.BOTH | home.BOTH | equipment.BOTH | maintenance.BOTH
_COPTER: dict[int, Handler] = _BOTH | flight.COPTER | guidance.COPTER | equipment.COPTER
_QUADPLANE: dict[int, Handler] = _BOTH | flight.QUADPLANE | guidance.QUADPLANE | equipment.QUADPLANE


class Commands:
    """Carries out commands and says how it went."""

    def __init__(
        self,
        autopilot: Copter | Quadplane,
        streams: Streams,
        state: State,
        reboot: Callable[[], None],
    ) -> None:
        self._context = Context(autopilot, streams, state, reboot, Calibration(autopilot.craft))
        self._table = _QUADPLANE if isinstance(autopilot, Quadplane) else _COPTER

    def carry_out(self, order: Order) -> int:
        """Return the ``MAV_RESULT`` of a command."""
        handler = self._table.get(order.command)
        return UNSUPPORTED if handler is None else handler(self._context, order)
