"""The faults of a command line: ``[NAME/]FAULT``, for one vehicle or for all."""

import re
from collections.abc import Sequence

from simulator.errors import ConfigurationError
from simulator.faults import Fault, parse_fault

_OF_ONE = re.compile(r"(?P<name>[^/:@~+]+)/(?P<fault>.*)")
"""A slash after a rate (``~2/h``) is no name."""


def faults_of(texts: Sequence[str], names: Sequence[str]) -> dict[str, tuple[Fault, ...]]:
    """Return the faults of each vehicle, by its name.

    Parameters
    ----------
    texts
        As on the command line, for example ``gps_loss@600+30`` or ``C1/link_loss:share=0.2``.
    names
        The vehicles there are.

    Raises
    ------
    ConfigurationError
        A fault cannot be read, or names no vehicle.
    """
    found: dict[str, tuple[Fault, ...]] = dict.fromkeys(names, ())
    for text in texts:
        of_one = _OF_ONE.fullmatch(text)
        fault = parse_fault(of_one["fault"] if of_one else text)
        if of_one and of_one["name"] not in found:
            problem = f"there is no vehicle {of_one['name']!r}"
            raise ConfigurationError("fault", problem, f"choose {', '.join(names)}")
        for name in [of_one["name"]] if of_one else names:
            found[name] = (*found[name], fault)
    return found
