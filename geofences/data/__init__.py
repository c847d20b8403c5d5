"""Airspace data shipped with the package, and the scripts that make it."""
