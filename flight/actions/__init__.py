"""What can be done with a vehicle in flight, each acknowledged by what the vehicle does."""
