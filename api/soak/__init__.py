"""The whole system on virtual time, under faults: one seed is one town, and nothing in it may break a rule.

The wiring of this package is a second composition root: dispatcher, gateway, links and simulated drones in
one process, without sockets and without a clock that anybody waits for. ``tsubaki soak`` runs it.
"""
