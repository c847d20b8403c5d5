"""Airspace and routes: zones, sea corridors, sites, the router, and the certificate that proves a route.

No sockets, databases or MAVLink here.
"""
