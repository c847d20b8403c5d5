"""Compares a trace with the reference of the same scenario: every property becomes an expectation."""
