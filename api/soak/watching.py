"""Who looks at a world while it runs, and who uses its service."""

from typing import TYPE_CHECKING, Protocol

from dispatch.dispatcher import Dispatcher

if TYPE_CHECKING:
    from api.soak.world import World


class Watcher:
    """Looks at a world; every method may be left as it is."""

    def watch(self, world: "World") -> None:
        """Look, at every tick."""

    def killed(self, world: "World") -> None:
        """Look at what is left, just before the memory of the service is gone."""

    def started(self, world: "World") -> None:
        """Look at the service, just after it was started."""


class Person(Protocol):
    """Uses the service, like a clinic or an operator; the service may die while it serves."""

    def act(self, world: "World", dispatcher: Dispatcher) -> None:
        """Do what is to be done now, if anything."""
