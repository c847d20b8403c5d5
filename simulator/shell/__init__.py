"""The asyncio shell: a fleet on sockets, driven by a clock, shown to a person."""
