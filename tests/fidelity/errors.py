"""What can go wrong while a vehicle is being probed.

``FidelityError`` is the root; ``LinkError`` is the link's fault, ``StuckError`` the vehicle's, ``UsageError``
that of who called us.
"""


class FidelityError(Exception):
    """Root of the errors of this package."""


class LinkError(FidelityError):
    """The link closed, could not be opened, or fell silent."""


class StuckError(FidelityError):
    """The scenario makes no sense any more; the trace so far is kept."""


class UsageError(FidelityError):
    """A wrong option or a wrong file."""
