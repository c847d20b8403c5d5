"""MAVLink without I/O and without a clock: messages and ``now`` in, messages and an outcome out.

One micro-service per file. Each operation is an object with the verbs of
`flight.protocol.operation.Operation`; bytes become messages, and messages bytes, in `flight.protocol.codec`
only.
"""
