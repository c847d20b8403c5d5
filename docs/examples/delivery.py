"""Carry a parcel 300 m north, let it go, come home: python docs/examples/delivery.py tcp:127.0.0.1:5760."""

import sys
import time

from dronekit import Command, connect
from pymavlink.dialects.v20 import ardupilotmega as mavlink

copter = connect(sys.argv[1], wait_ready=True, timeout=90)
copter.wait_for_armable(timeout=90)  # GPS and filter take 42 s of the copter's own time.
home, mission = copter.location.global_frame, copter.commands
for command, servo, pulse_us, north_deg, height_m in (
    (mavlink.MAV_CMD_NAV_WAYPOINT, 0, 0, 0.0, 0),  # Item 0 is the home: ArduPilot puts its own there.
    (mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0.0, 20),
    (mavlink.MAV_CMD_NAV_WAYPOINT, 0, 0, 0.0027, 20),
    (mavlink.MAV_CMD_DO_SET_SERVO, 9, 1900, 0.0, 0),  # The latch opens, and the parcel is there.
    (mavlink.MAV_CMD_NAV_WAYPOINT, 0, 0, 0.0, 20),
    (mavlink.MAV_CMD_NAV_LAND, 0, 0, 0.0, 0),
):
    place = (home.lat + north_deg, home.lon, height_m)
    frame = mavlink.MAV_FRAME_GLOBAL_RELATIVE_ALT
    mission.add(Command(0, 0, 0, frame, command, 0, 1, servo, pulse_us, 0, 0, *place))
mission.upload(timeout=30)
copter.wait_for_mode("GUIDED", timeout=30)
copter.arm(timeout=30)
copter.message_factory.command_long_send(1, 1, mavlink.MAV_CMD_MISSION_START, 0, 0, 0, 0, 0, 0, 0, 0)
item = 0
while copter.armed:  # It disarms by itself after the landing.
    item = max(item, mission.next)
    time.sleep(0.1)
copter.close()
if item < mission.count:
    sys.exit(f"came down at item {item} of {mission.count}")
print("delivered")
