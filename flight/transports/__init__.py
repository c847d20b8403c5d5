"""Sockets around the sans-IO gateway."""
