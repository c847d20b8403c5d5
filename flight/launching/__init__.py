"""The verified launch, step by step, and the adoption of a flight after a restart."""
