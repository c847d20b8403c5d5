"""Who flies the items of a mission, as the executive sees it."""

from collections.abc import Callable
from typing import Protocol

from simulator.autopilot.activities.base import Activity
from simulator.autopilot.craft import Point
from simulator.autopilot.lists.items import Item


class Pilot(Protocol):
    """Who flies the items: the copter or the quadplane."""

    landed: bool

    def begin_item(self, item: Item, start: Point | None, following: Point | None) -> Activity:
        """Begin a navigation item.

        ``start`` is the end of the item before it (None: from here), ``following`` the place of the next one.
        """
        ...

    def reached_text(self, seq: int, item: Item, activity: Activity) -> str | None:
        """Return what is said when an item is done."""
        ...

    def do_item(self, item: Item) -> None:
        """Carry out an item that takes no time."""
        ...

    def condition(self, item: Item) -> Callable[[], bool]:
        """Begin a condition; return what says whether it is fulfilled."""
        ...

    def mission_complete(self) -> None:
        """Act when there is no further item."""
        ...
