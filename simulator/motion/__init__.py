"""How the autopilots guide: legs, holds and turns become commands to the flight model."""
