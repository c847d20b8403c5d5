"""Mission, fence and rally lists, and the MAVLink mission protocol that carries them."""
