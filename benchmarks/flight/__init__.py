"""The flight gateway beside pymavlink, mavutil and DroneKit."""
