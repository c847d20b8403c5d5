"""A copter that has just been switched on."""

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER, prepare=False)
def boot_and_prearm(probe: Probe) -> None:
    """What a fresh vehicle says by itself and how long it takes to become armable."""
    probe.link.heartbeats = False
    probe.phase("silent ground station")
    probe.fact("first heartbeat", probe.first_heartbeat() is not None)
    probe.link.sleep(4)
    probe.fact("types before any request", sorted(probe.link.recorder.counts), "set")
    probe.fact("texts before any request", len(probe.texts) > 0)
    probe.link.heartbeats = True
    probe.phase("ground station present")
    probe.request_intervals()
    probe.fact("standby", probe.link.until(lambda: probe.status == 3, 30))
    probe.timed(
        "gps fix",
        lambda: probe.link.until(
            lambda: "GPS_RAW_INT" in probe.last and probe.last["GPS_RAW_INT"].fix_type >= 3, 60
        ),
        10,
    )
    probe.link.until(lambda: probe.armable or probe.located, 90)
    probe.fact("pre-arm bit before position", probe.armable and not probe.located, "info")
    probe.timed("position ok", lambda: probe.link.until(lambda: probe.located, 90), 15)
    probe.timed("armable", lambda: probe.link.until(lambda: probe.armable and probe.located, 120), 15)
    probe.fact("armable at", round(probe.link.now, 1), "seconds", 15)
    boot_state_facts(probe)
    probe.link.recorder.start_rates(probe.link.now)
    probe.phase("idle")
    probe.fact("heartbeat rate", probe.watch_rate("HEARTBEAT", 10), "rate")
    probe.ask_version()
    probe.adopt_home()


def boot_state_facts(probe: Probe) -> None:
    """Facts about an armable vehicle on the ground."""
    probe.fact(
        "ekf flags", probe.last["EKF_STATUS_REPORT"].flags if "EKF_STATUS_REPORT" in probe.last else None
    )
    gps = probe.last.get("GPS_RAW_INT")
    probe.fact("gps fix type", gps.fix_type if gps else None)
    probe.fact("satellites", gps.satellites_visible if gps else None)
    probe.fact("mode", probe.mode)
    probe.fact("landed state", probe.landed_state)
    beat = probe.last["HEARTBEAT"]
    probe.fact("heartbeat", [beat.type, beat.autopilot, beat.base_mode, beat.system_status])
    sys = probe.last.get("SYS_STATUS")
    if sys:
        probe.fact("sensors present", sys.onboard_control_sensors_present)
        probe.fact("sensors enabled", sys.onboard_control_sensors_enabled)
        probe.fact("sensors health", sys.onboard_control_sensors_health)
