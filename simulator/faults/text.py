"""The text form of faults: ``KIND[:NAME=VALUE,…][@START][~RATE/h][+DURATION]``, times in seconds."""

import math
import re
from dataclasses import fields

from simulator.errors import ConfigurationError
from simulator.faults.base import Fault, Window
from simulator.faults.kinds import KINDS

FORM = "KIND[:NAME=VALUE,…][@START][~RATE/h][+DURATION], as gps_loss@600+30 or link_loss:share=0.2~2/h+60"

_NUMBER = r"\d+(?:\.\d+)?"
_TEXT = re.compile(
    rf"(?P<kind>\w+)(?::(?P<options>[^@~+]*))?"
    rf"(?:@(?P<start>{_NUMBER}))?(?:~(?P<rate>{_NUMBER})/h)?(?:\+(?P<duration>{_NUMBER}))?"
)


def parse_fault(text: str) -> Fault:
    """Read a fault.

    Raises
    ------
    ConfigurationError
        Where the form, the kind, an option or its value is wrong; it says what there is to choose from.
    """
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ConfigurationError("fault", f"{text!r} cannot be read", f"write {FORM}")
    kind = KINDS.get(match["kind"])
    if kind is None:
        raise ConfigurationError("fault", f"{match['kind']!r} is no kind", f"choose {', '.join(KINDS)}")
    return kind(_window(match), **_options(kind, match["options"]))


def _window(match: re.Match[str]) -> Window:
    given = {
        name: float(match[group])
        for name, group in (("start_s", "start"), ("rate_per_h", "rate"), ("duration_s", "duration"))
        if match[group] is not None
    }
    return Window(**given)


def _options(kind: type[Fault], text: str | None) -> dict[str, float | str]:
    known = {field.name: field.default for field in fields(kind) if field.name != "window"}
    options: dict[str, float | str] = {}
    for part in text.split(",") if text else ():
        name, _, value = part.partition("=")
        if name not in known:
            names = ", ".join(known) or "none"
            raise ConfigurationError(f"fault {kind.kind}", f"{name!r} is no option", f"options are {names}")
        options[name] = value if isinstance(known[name], str) else _number(kind, name, value)
    return options


def _number(kind: type[Fault], name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ConfigurationError(f"fault {kind.kind}", f"{name}={value}", f"give {name} a number")
    return number
