"""Errors of this package.

::

    SimulatorError
    ├── ConfigurationError        a value of the command line or of a fleet file is wrong
    ├── AddressUnavailableError   a socket cannot be opened, or a port is taken
    ├── ArduPilotMissingError     real ArduPilot is asked for and there is none
    └── LaunchFailedError         a vehicle process did not come up

Each names what is wrong and a remedy.
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
    """A socket cannot be opened.

    Parameters
    ----------
    address
        The address that was asked for.
    reason
        What the operating system said.
    """

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        remedy = "choose another port (-I 1 moves all by 10), stop what uses it, or correct the host"
        super().__init__(f"cannot open {address} ({reason}); {remedy}")


class ArduPilotMissingError(SimulatorError):
    """There is no ArduPilot SITL to start.

    Parameters
    ----------
    variable
        The environment variable that would name one.
    problem
        Why what was given does not do.
    """

    def __init__(self, variable: str, problem: str) -> None:
        self.variable = variable
        remedy = (
            f"set {variable} to the path of ArduPilot's SITL program (./waf configure --board sitl, then "
            "./waf copter plane), or TSUBAKI_ARDUPILOT_IMAGE to a docker image that has it"
        )
        super().__init__(f"no ArduPilot SITL: {problem}; {remedy}")


class LaunchFailedError(SimulatorError):
    """A vehicle process ended early or never opened its port.

    Parameters
    ----------
    name
        What was started.
    problem
        What happened.
    output
        The end of what it printed.
    """

    def __init__(self, name: str, problem: str, output: str = "") -> None:
        self.output = output
        said = f"it printed:\n{output}" if output else "it printed nothing; run it by hand to see why"
        super().__init__(f"{name}: {problem}; {said}")
