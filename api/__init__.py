"""The border of Tsubaki: HTTP, WebSocket, keys, metrics, command line, and the wiring of everything.

No business rules here: they live in ``dispatch``, ``flight`` and ``geofences``.
"""
