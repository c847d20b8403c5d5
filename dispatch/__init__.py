"""Requests, fleet, assignment and the life of sorties.

The package decides who flies what, keeps it in a database, and asks ``flight`` to do it through an outbox.
It opens no socket to a vehicle and reads no clock.
"""
