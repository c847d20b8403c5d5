"""What the aircraft reports about itself, message by message."""
