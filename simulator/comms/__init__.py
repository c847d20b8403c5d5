"""What leaves and enters a vehicle: frames, signatures, peers, and how bad the link is."""
