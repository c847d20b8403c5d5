"""Processes that this package starts: programs of others, docker."""
