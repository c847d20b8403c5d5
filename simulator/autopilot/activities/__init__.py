"""What the autopilot can be busy with: take-off, leg, delay, landing: small state machines."""
