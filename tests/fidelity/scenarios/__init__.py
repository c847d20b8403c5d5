"""The scenarios, one function each; importing this package puts them into the table."""

from importlib import import_module
from pkgutil import iter_modules

from tests.fidelity.registry import SCENARIOS

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)

__all__ = ["SCENARIOS"]
