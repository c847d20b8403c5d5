"""MAVLink for a fleet: protocol core, gateway, flight plans, verified launch, supervision.

No databases and no HTTP here, and no decision about who flies what.
"""
