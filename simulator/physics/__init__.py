"""The flight model: the truth about all aircraft of a fleet, as numpy arrays with one element for each.

The autopilots ask (:mod:`simulator.physics.command`), the model moves everybody by one step of ``STEP_S``
(:mod:`simulator.physics.model`), and each autopilot gets back what its sensors make of it
(:mod:`simulator.motion.body`). The models are functions and small classes over arrays of shape (n,), and what
one aircraft does never depends on how many others there are. (Chance runs on while an aircraft is still
switched off: one that boots later than its fleet does not meet the gusts that it would meet alone.)
"""

STEP_S = 0.2
"""Length of a step. Nothing here turns faster than 90 degrees a second, so 0.2 s resolves every manoeuvre."""

GRAVITY_M_S2 = 9.80665
