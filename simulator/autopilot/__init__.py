"""The autopilot: modes, missions, failsafes, parameters and telemetry, as ArduPilot has them."""
