"""Commands: what a vehicle does when it is told, and the ``MAV_RESULT`` it answers with.

Sources: ``ardupilot-traces/README.md``, "Commands and messages", and, where no trace shows it, ArduPilot's
``GCS_Common.cpp``, ``GCS_MAVLink_Copter.cpp`` and ``GCS_MAVLink_Plane.cpp``.
"""

from simulator.autopilot.commands.order import Order
from simulator.autopilot.commands.table import Commands

__all__ = ["Commands", "Order"]
