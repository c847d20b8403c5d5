"""Settings and modes of a copter that change in flight."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.missions import Place
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario
from tests.fidelity.scenarios.failsafes import battery_facts


@scenario(COPTER)
def parameters_in_flight(probe: Probe) -> None:
    """WPNAV_SPEED and RTL_ALT set on the way take effect."""
    probe.fly_patrol(250)
    probe.phase("speed")
    probe.link.sleep(10)
    probe.fact("speed before", round(probe.speed_m_s, 1), "metres", 0.8)
    probe.fact("WPNAV_SPEED", probe.set_param("WPNAV_SPEED", 500))
    probe.link.sleep(6)
    probe.fact("speed after WPNAV_SPEED 500", round(probe.speed_m_s, 1), "metres", 0.8)
    probe.timed("reached 2", lambda: probe.wait_reached(2, 90))
    probe.link.sleep(12)
    probe.fact("speed on the next leg", round(probe.speed_m_s, 1), "metres", 0.8)
    probe.phase("RTL_ALT")
    probe.fact("RTL_ALT", probe.set_param("RTL_ALT", 4500))
    probe.set_mode("RTL")
    probe.timed("RTL climb", lambda: probe.link.until(lambda: probe.altitude_m > 44, 60))
    probe.fact("RTL_ALT in RTL", probe.set_param("RTL_ALT", 2000))
    probe.link.sleep(5)
    probe.fact("height on the way", round(probe.altitude_m), "metres", 2)
    probe.ride_home(300)


@scenario(COPTER)
def modes_in_flight(probe: Probe) -> None:
    """BRAKE, LAND broken off by GUIDED, pause in GUIDED, RTL broken off."""
    spot = probe.home.shifted(200, 0)
    probe.guided_takeoff(25)
    probe.phase("pause in GUIDED")
    probe.reposition(spot, 25)
    probe.link.sleep(10)
    probe.long(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 0, label="pause")
    probe.link.sleep(6)
    probe.fact("speed paused", round(probe.speed_m_s, 1), "metres", 0.5)
    probe.long(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 1, label="continue")
    probe.timed("at the place", lambda: probe.link.until(lambda: probe.near(spot), 60))
    braking(probe, spot)
    landing_broken_off(probe)
    probe.phase("RTL broken off")
    probe.set_mode("RTL")
    probe.link.sleep(6)
    probe.set_mode("GUIDED", "mode GUIDED in RTL")
    probe.link.sleep(6)
    probe.fact("speed after RTL", round(probe.speed_m_s, 1), "metres", 0.5)
    probe.set_mode("RTL", "mode RTL again")
    probe.ride_home()


def braking(probe: Probe, spot: Place) -> None:
    """Brake from full speed; commands while braking."""
    probe.phase("brake")
    probe.reposition(spot.shifted(0, 200), 25, "reposition on")
    probe.link.sleep(9)
    probe.set_mode("BRAKE")
    probe.timed("standing", lambda: probe.link.until(lambda: probe.speed_m_s < 0.5, 20), 2)
    probe.reposition(spot, 25, "reposition in BRAKE")
    probe.long(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 0, label="pause in BRAKE")
    probe.long(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 30, label="takeoff in BRAKE")
    probe.link.sleep(8)
    probe.fact("mode after BRAKE", probe.mode)
    probe.fact("height after BRAKE", round(probe.altitude_m), "metres", 1)


def landing_broken_off(probe: Probe) -> None:
    """Change to LAND, and back to GUIDED on the way down."""
    probe.phase("landing broken off")
    probe.set_mode("LAND")
    probe.link.sleep(8)
    probe.fact("landed state in LAND", probe.landed_state)
    probe.set_mode("GUIDED", "mode GUIDED in LAND")
    probe.link.sleep(5)
    probe.fact("height after LAND", round(probe.altitude_m), "metres", 2.5)
    probe.fact("landed state after LAND", probe.landed_state)
    probe.disarm("disarm in the air")
    probe.link.sleep(1)
    probe.fact("armed in the air", probe.armed)


@scenario(COPTER)
def fence_on_outside(probe: Probe) -> None:
    """The circle fence is switched on while the copter is outside of it."""
    probe.set_param("AVOID_ENABLE", 0)
    probe.set_param("FENCE_TYPE", 2)
    probe.set_param("FENCE_RADIUS", 60)
    probe.guided_takeoff(20)
    spot = probe.home.shifted(120, 0)
    probe.phase("out")
    probe.reposition(spot, 20)
    probe.timed("out", lambda: probe.link.until(lambda: probe.near(spot), 60))
    probe.phase("fence on")
    probe.long(mavlink.MAV_CMD_DO_FENCE_ENABLE, 1)
    probe.fact("RTL", probe.wait_mode("RTL", 8))
    probe.link.sleep(1)
    probe.fact("fence status", probe.fence_fact())
    probe.fact("status", probe.status)
    probe.timed("cleared", lambda: probe.link.until(lambda: (probe.fence_fact() or [1])[0] == 0, 60))
    probe.fact_place("cleared at", 12)
    probe.phase("fence off")
    probe.long(mavlink.MAV_CMD_DO_FENCE_ENABLE, 0, label="fence off")
    probe.link.sleep(2)
    probe.fact("mode", probe.mode)
    probe.ride_home()


@scenario(COPTER)
def battery_critical_in_rtl(probe: Probe) -> None:
    """The battery becomes critical on the way home: LAND; low ones before the take-off forbid to arm."""
    probe.set_param("BATT_FS_LOW_ACT", 0)
    probe.set_param("BATT_FS_CRT_ACT", 1)
    probe.set_param("BATT_CRT_VOLT", 9.5)
    probe.guided_takeoff(25)
    spot = probe.home.shifted(250, 0)
    probe.phase("out")
    probe.reposition(spot, 25)
    probe.link.until(lambda: probe.near(spot), 60)
    probe.phase("low")
    probe.set_param("SIM_BATT_VOLTAGE", 10.0)
    probe.link.sleep(14)
    battery_facts(probe, "low")
    probe.fact("mode low", probe.mode)
    probe.phase("RTL")
    probe.set_mode("RTL")
    probe.link.sleep(3)
    probe.set_param("SIM_BATT_VOLTAGE", 9.0)
    probe.timed("LAND", lambda: probe.wait_mode("LAND", 30), 3)
    battery_facts(probe, "critical")
    probe.set_mode("RTL", "mode RTL when critical")
    probe.link.sleep(3)
    probe.fact("mode when critical", probe.mode)
    probe.set_mode("LAND")
    probe.ride_home()
    probe.phase("full again")
    probe.set_param("SIM_BATT_VOLTAGE", 12.6)
    probe.link.sleep(15)
    probe.fact("status", probe.status)
    probe.set_mode("GUIDED")
    probe.arm("arm with a full battery")


@scenario(COPTER)
def arm_without_station(probe: Probe) -> None:
    """No heartbeats of the ground station: commands still count, the failsafe answers."""
    probe.set_param("FS_GCS_ENABLE", 1)
    probe.link.heartbeats = False
    probe.link.note("GCS", heartbeats=False)
    probe.phase("silence on the ground")
    probe.link.sleep(10)
    probe.fact("status in silence", probe.status)
    probe.fact("armable in silence", probe.armable)
    probe.set_mode("GUIDED")
    probe.arm("arm in silence")
    probe.link.sleep(2)
    probe.fact("armed in silence", probe.armed)
    probe.link.heartbeats = True
    probe.link.note("GCS", heartbeats=True)
    probe.phase("heard again")
    probe.link.sleep(3)
    probe.set_mode("GUIDED", "mode GUIDED when heard")
    probe.arm("arm when heard")
    probe.fact("armed when heard", probe.wait_armed(True, 3))
    probe.link.heartbeats = False
    probe.link.note("GCS", heartbeats=False)
    probe.phase("silence while armed")
    probe.link.sleep(8)
    probe.fact("armed after silence", probe.armed)
    probe.fact("mode after silence", probe.mode)
    probe.link.heartbeats = True
    probe.link.note("GCS", heartbeats=True)
    probe.link.sleep(3)
    probe.fact("status at the end", probe.status)
