"""Errors of this package.

::

    SimulatorError
    ├── ConfigurationError   a value of the command line or of a fleet file is wrong; names the field and a
    remedy └── AddressUnavailableError   a socket cannot be opened; names the address and a remedy
"""


class SimulatorError(Exception):
    """Root of all errors of this package."""


class ConfigurationError(SimulatorError):
    """A value handed to the simulator is wrong.

    Parameters
    ----------
    field
        The name of the option or field.
    problem
        What is wrong with it.
    remedy
        What to do about it.
    """

    def __init__(self, field: str, problem: str, remedy: str) -> None:
        self.field = field
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{field}: {problem}; {remedy}")


class AddressUnavailableError(SimulatorError):
    """A listening socket cannot be opened.

    Parameters
    ----------
    address
        The address that was asked for.
    reason
        What the operating system said.
    """

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        super().__init__(f"cannot listen on {address} ({reason}); choose another port or stop what uses it")
