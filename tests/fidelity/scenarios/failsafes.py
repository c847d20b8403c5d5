"""RTL and the failsafes of a copter."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def rtl(probe: Probe) -> None:
    """RTL from AUTO: climb, return, loiter, land, disarm."""
    probe.set_param("RTL_ALT", 4000)
    probe.fly_patrol(250)
    probe.timed("reached 2", lambda: probe.wait_reached(2, 90))
    probe.phase("climb")
    probe.set_mode("RTL")
    probe.timed("RTL climb", lambda: probe.link.until(lambda: probe.altitude_m > 39, 60))
    probe.phase("return")
    probe.timed("over home", lambda: probe.link.until(lambda: probe.near(probe.home, 3), 90))
    probe.fact_place("over home at")
    probe.phase("loiter")
    probe.timed("descent begins", lambda: probe.link.until(lambda: probe.altitude_m < 38, 60))
    probe.fact("landed state in descent", probe.landed_state)
    probe.ride_home()
    probe.fact("mode at end", probe.mode)


@scenario(COPTER)
def gcs_failsafe(probe: Probe) -> None:
    """The ground station falls silent in flight."""
    probe.set_param("FS_GCS_ENABLE", 1)
    probe.guided_takeoff(20)
    probe.phase("fly out")
    spot = probe.home.shifted(100, 0)
    probe.reposition(spot, 20)
    probe.link.until(lambda: probe.near(spot), 60)
    probe.phase("silence")
    probe.link.heartbeats = False
    probe.link.note("GCS", heartbeats=False)
    start = probe.link.now
    changed = probe.wait_mode("RTL", 15)
    probe.fact("mode changed to RTL", changed)
    probe.fact("RTL after", round(probe.link.now - start, 1), "seconds", 1.5)
    probe.link.sleep(max(0.0, 15 - (probe.link.now - start)))
    probe.fact("mode in silence", probe.mode)
    probe.fact("status in silence", probe.status)
    probe.phase("back")
    probe.link.heartbeats = True
    probe.link.note("GCS", heartbeats=True)
    probe.link.sleep(4)
    probe.fact("mode after return", probe.mode)
    probe.fact("status after return", probe.status)
    probe.ride_home()


@scenario(COPTER)
def battery_failsafe(probe: Probe) -> None:
    """Low and then critical battery voltage in flight."""
    probe.set_param("BATT_FS_LOW_ACT", 2)
    probe.set_param("BATT_FS_CRT_ACT", 1)
    probe.set_param("BATT_CRT_VOLT", 9.5)
    probe.guided_takeoff(30)
    spot = probe.home.shifted(150, 0)
    probe.reposition(spot, 30)
    probe.link.until(lambda: probe.near(spot), 60)
    probe.phase("low")
    probe.set_param("SIM_BATT_VOLTAGE", 10.0)
    probe.timed("RTL on low battery", lambda: probe.wait_mode("RTL", 40), 3)
    probe.link.sleep(2)
    battery_facts(probe, "low")
    probe.phase("critical")
    probe.set_param("SIM_BATT_VOLTAGE", 9.0)
    probe.timed("LAND on critical battery", lambda: probe.wait_mode("LAND", 40), 3)
    probe.link.sleep(2)
    battery_facts(probe, "critical")
    probe.ride_home()
    probe.phase("arm again")
    probe.set_mode("GUIDED", "mode GUIDED after")
    probe.arm("arm with empty battery")
    probe.link.sleep(2)
    probe.fact("armed with empty battery", probe.armed)


def battery_facts(probe: Probe, label: str) -> None:
    """Battery and vehicle state."""
    batt = probe.last.get("BATTERY_STATUS")
    probe.fact(f"charge state {label}", batt.charge_state if batt else None)
    probe.fact(f"voltage {label}", batt.voltages[0] / 1000 if batt else None, "metres", 0.4)
    probe.fact(f"status {label}", probe.status)
    sys = probe.last.get("SYS_STATUS")
    bit = mavlink.MAV_SYS_STATUS_SENSOR_BATTERY
    probe.fact(f"battery health {label}", bool(sys.onboard_control_sensors_health & bit) if sys else None)
