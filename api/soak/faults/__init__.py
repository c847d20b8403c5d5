"""The kinds of fault, and what each of them explains."""

from api.soak.faults.kind import FaultKind
from api.soak.faults.table import KINDS, chosen_kinds, excuse

__all__ = ["KINDS", "FaultKind", "chosen_kinds", "excuse"]
