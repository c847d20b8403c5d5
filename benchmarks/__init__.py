"""Measurements against peers, in one run each: ratios, not times."""
