"""Every cell of the table of contingencies and every command, flown in simulation."""
