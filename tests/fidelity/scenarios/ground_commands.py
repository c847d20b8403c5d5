"""Commands on the ground: which there are, and whether they are taken."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, QUADPLANE, scenario

COMMANDS: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("DO_SET_SERVO", (9, 1500)),
    ("DO_SET_SERVO", (1, 1500)),
    ("DO_REPEAT_SERVO", (9, 1600, 1, 1)),
    ("DO_SET_RELAY", (0, 1)),
    ("DO_SET_RELAY", (7, 1)),
    ("DO_GRIPPER", (1, 0)),
    ("DO_WINCH", (1, 0, 1, 1)),
    ("DO_PARACHUTE", (0,)),
    ("DO_SPRAYER", (1,)),
    ("DO_DIGICAM_CONTROL", (0, 0, 0, 0, 1)),
    ("DO_SET_CAM_TRIGG_DIST", (10,)),
    ("DO_MOUNT_CONTROL", (0, 0, 0, 0, 0, 0, 2)),
    ("DO_SET_ROI_LOCATION", (0, 0, 0, 0, 32.703, 128.845, 10)),
    ("DO_SET_ROI_NONE", ()),
    ("DO_CHANGE_SPEED", (1, 5, -1)),
    ("DO_FLIGHTTERMINATION", (0,)),
    ("DO_ENGINE_CONTROL", (1,)),
    ("DO_SET_MISSION_CURRENT", (0,)),
    ("DO_JUMP_TAG", (1,)),
    ("DO_AUX_FUNCTION", (300, 2)),
    ("DO_SEND_BANNER", ()),
    ("DO_VTOL_TRANSITION", (4,)),
    ("NAV_LAND", ()),
    ("NAV_VTOL_LAND", ()),
    ("NAV_LOITER_UNLIM", ()),
    ("NAV_WAYPOINT", (0, 0, 0, 0, 32.703, 128.845, 10)),
    ("CONDITION_YAW", (90, 10, 1, 0)),
    ("MISSION_START", ()),
    ("OVERRIDE_GOTO", (0, 2)),
    ("PREFLIGHT_CALIBRATION", (0, 0, 1)),
    ("PREFLIGHT_CALIBRATION", (0, 0, 0, 0, 4)),
    ("PREFLIGHT_STORAGE", (1,)),
    ("PREFLIGHT_SET_SENSOR_OFFSETS", (2, 0, 0, 0)),
    ("RUN_PREARM_CHECKS", ()),
    ("START_RX_PAIR", (0, 0)),
    ("GET_HOME_POSITION", ()),
    ("GET_MESSAGE_INTERVAL", (33,)),
    ("SET_CAMERA_MODE", (0, 1)),
    ("VIDEO_START_CAPTURE", ()),
    ("IMAGE_START_CAPTURE", (0, 0, 1)),
    ("BATTERY_RESET", (1, 90)),
    ("DEBUG_TRAP", (1,)),
    ("SCRIPTING", (0,)),
    ("STORAGE_FORMAT", (0, 0)),
    ("SET_HAGL", (10,)),
    ("EXTERNAL_POSITION_ESTIMATE", ()),
    ("FIXED_MAG_CAL_YAW", (0,)),
    ("DO_CANCEL_MAG_CAL", (0,)),
    ("DO_ACCEPT_MAG_CAL", (0,)),
    ("ACCELCAL_VEHICLE_POS", (1,)),
    ("LOGGING_START", ()),
    ("CAN_FORWARD", (1,)),
    ("DO_RALLY_LAND", ()),
    ("DO_GO_AROUND", (50,)),
    ("DO_AUTOTUNE_ENABLE", (0,)),
    ("SOLO_BTN_FLY_CLICK", ()),
    ("DO_ADSB_OUT_IDENT", ()),
    ("DO_PAUSE_CONTINUE", (0,)),
    ("DO_SET_REVERSE", (0,)),
    ("DO_GUIDED_LIMITS", (0, 0, 0, 0)),
    ("DO_START_MAG_CAL", (0, 0, 0, 0, 0)),
    ("DO_MOTOR_TEST", (1, 0, 5, 1)),
)
"""What a ground station may send, with parameters."""


@scenario(COPTER)
def commands_on_ground(probe: Probe) -> None:
    """Each command as COMMAND_LONG and as COMMAND_INT, disarmed in STABILIZE."""
    try_all(probe)


@scenario(QUADPLANE)
def qp_commands_on_ground(probe: Probe) -> None:
    """Each command as COMMAND_LONG and as COMMAND_INT, disarmed in FBWA."""
    try_all(probe)


def try_all(probe: Probe) -> None:
    """Give each command twice, always in the same mode."""
    start = probe.mode or 0
    for number, (name, params) in enumerate(COMMANDS):
        command = getattr(mavlink, f"MAV_CMD_{name}", None)
        if command is None:
            continue
        probe.phase(f"{number} {name}")
        probe.long(command, *params, label=f"{name} {number} long")
        x, y, z = (*params, *[0.0] * 7)[4:7]
        x, y = round(x * 1e7), round(y * 1e7)
        probe.int_(command, *params[:4], x=x, y=y, z=z, label=f"{name} {number} int")
        probe.link.sleep(0.3)
        if probe.fact(f"mode after {name} {number}", probe.mode) != start:
            probe.long(mavlink.MAV_CMD_DO_SET_MODE, 1, start, label=None)
            probe.link.sleep(0.3)


@scenario(COPTER)
def all_modes(probe: Probe) -> None:
    """Every number of a mode, on the ground."""
    try_modes(probe)


@scenario(QUADPLANE)
def qp_all_modes(probe: Probe) -> None:
    """Every number of a mode, on the ground."""
    try_modes(probe)


def try_modes(probe: Probe) -> None:
    """Change to every mode from the same one."""
    start = probe.mode or 0
    for number in (*range(32), 99, 255, -1):
        probe.phase(f"mode {number}")
        probe.long(mavlink.MAV_CMD_DO_SET_MODE, 1, number, label=f"mode {number}")
        probe.link.sleep(1.5)
        probe.fact(f"mode after {number}", probe.mode)
        probe.fact(f"armable in {number}", probe.armable, "info")
        probe.long(mavlink.MAV_CMD_DO_SET_MODE, 1, start, label=f"mode back from {number}")
        probe.link.sleep(1)
