"""The pictures of flight-model.md: ``python -m docs.flight_pictures``."""
