"""The demonstration: a simulated fleet, the service, and one delivery between two islands."""
