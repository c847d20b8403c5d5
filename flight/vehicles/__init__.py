"""What differs between copters and quadplanes: modes, parameters, and how a plan is made for each."""
