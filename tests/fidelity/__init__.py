"""Holds a vehicle against recordings of ArduPilot: the same scenarios, message by message."""
