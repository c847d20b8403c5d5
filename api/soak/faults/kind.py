"""What a kind of fault is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from api.soak.scene import Scene


@dataclass(frozen=True)
class FaultKind:
    """A kind of fault.

    Parameters
    ----------
    name
        As on the command line.
    share
        Of the seeds that have it.
    draw
        Puts it into a scene.
    excuses
        By the name of an invariant: why it may be broken.
    """

    name: str
    share: float
    draw: Callable[[Scene, np.random.Generator], None]
    excuses: Mapping[str, str] = field(default_factory=dict)
