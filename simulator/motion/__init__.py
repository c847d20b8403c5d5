"""How the aircraft move: point masses with limits on speed, acceleration, bank and climb, in fixed steps."""
