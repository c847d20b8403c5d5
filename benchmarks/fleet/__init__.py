"""How many vehicles one core carries at real time, and how fast one vehicle can be: ``make
bench-simulator``."""
