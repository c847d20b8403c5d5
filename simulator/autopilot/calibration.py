"""Calibration of sensors on request (``PREFLIGHT_CALIBRATION`` and the compass commands).

Source: ArduPilot ``GCS_Common.cpp`` (``_handle_command_preflight_calibration``), ``AP_InertialSensor.cpp``
(``calibrate_trim``, ``simple_accel_cal``) and ``AP_Compass_Calibration.cpp``. Nobody turns a simulated
aircraft by hand, so the calibrations that need it do not come to an end, as on ArduPilot's own simulator.
"""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.craft import Craft

ACCEPTED: int = mavlink.MAV_RESULT_ACCEPTED
REJECTED: int = mavlink.MAV_RESULT_TEMPORARILY_REJECTED
FAILED: int = mavlink.MAV_RESULT_FAILED
UNSUPPORTED: int = mavlink.MAV_RESULT_UNSUPPORTED
_NOTICE = mavlink.MAV_SEVERITY_NOTICE
_CRITICAL = mavlink.MAV_SEVERITY_CRITICAL

_SIX_POSITIONS, _LEVEL, _SIMPLE, _KEEP = 1.0, 2.0, 4.0, 76.0
"""Values of parameter 5 of ``PREFLIGHT_CALIBRATION``; 76 declares the stored calibration good."""

_SETTLING_S = 5.0
"""Accelerometers are not calibrated twice within this time."""

_LARGEST_MASK = 255.0


class Calibration:
    """Answers requests for calibration; all of them need a disarmed aircraft."""

    def __init__(self, craft: Craft) -> None:
        self._craft = craft
        self._settled_at = -math.inf

    def preflight(self, params: tuple[float, float, float, float], accelerometers: float) -> int:
        """Calibrate what a command names; return the ``MAV_RESULT``.

        Parameters
        ----------
        params
            Parameters 1 to 4 of the command: gyroscopes, compass, barometer, radio control.
        accelerometers
            Parameter 5.
        """
        if self._craft.armed:
            self._craft.say("Disarm to allow calibration", _NOTICE)
            return FAILED
        if params[0] == 1.0:
            return ACCEPTED
        if params[2] == 1.0:
            return self._barometer()
        if accelerometers == _SIX_POSITIONS:
            self._craft.say("Place vehicle level and press any key.", _CRITICAL)
            return ACCEPTED
        if accelerometers in (_LEVEL, _SIMPLE):
            return self._accelerometers()
        return ACCEPTED if _KEEP in (accelerometers, params[1]) else UNSUPPORTED

    def _barometer(self) -> int:
        self._craft.say("Updating barometer calibration")
        self._craft.say("Barometer calibration complete")
        return ACCEPTED

    def _accelerometers(self) -> int:
        if self._craft.time - self._settled_at < _SETTLING_S:
            return REJECTED
        self._settled_at = self._craft.time
        # While it waits for its sensors, ArduPilot says what it says at its start.
        self._craft.say("Initialising ArduPilot")
        return ACCEPTED

    def start_compass(self, mask: float) -> int:
        """Begin to read the compasses in a mask (0: all); meanwhile arming is refused."""
        if self._craft.armed:
            self._craft.say("Disarm to allow compass calibration", _NOTICE)
            return FAILED
        return self._collect(True, mask)

    def accept_compass(self, mask: float) -> int:
        """Keep the readings: too few while they are being collected, and that ends it."""
        too_few = self._craft.compass_calibrating
        result = self._collect(False, mask)
        return FAILED if too_few else result

    def cancel_compass(self, mask: float) -> int:
        """End the calibration of compasses."""
        return self._collect(False, mask)

    def _collect(self, begin: bool, mask: float) -> int:
        if not 0.0 <= mask <= _LARGEST_MASK:
            return FAILED
        self._craft.compass_calibrating = begin
        return ACCEPTED
