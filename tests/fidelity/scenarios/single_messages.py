"""Every message of the dialect, asked for once."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, QUADPLANE, scenario
from tests.fidelity.scenarios.message_rates import request_one

AT_MOST = 12_999
"""Ids above are of other dialects."""


@scenario(COPTER)
def every_message(probe: Probe) -> None:
    """REQUEST_MESSAGE of every message of the dialect: result, and whether it comes."""
    ask_all(probe)


@scenario(QUADPLANE)
def qp_every_message(probe: Probe) -> None:
    """REQUEST_MESSAGE of every message of the dialect: result, and whether it comes."""
    ask_all(probe)


def ask_all(probe: Probe) -> None:
    """Ask for one after the other, in the order of their numbers."""
    probe.phase("asking")
    for message_id, form in sorted(mavlink.mavlink_map.items()):
        if 0 <= message_id <= AT_MOST:
            request_one(probe, form.msgname, message_id)
