"""Watching a flight: phases, progress, and what is out of the ordinary, with numbers."""
