"""Random flights in random airspaces, each judged by means of its own: routes verify, refusals are true.

A seed is a case. Its airspace is that of its group of neighbouring seeds, so that graphs are made once.
"""
