"""Ways to command one vehicle: our own, and DroneKit."""
