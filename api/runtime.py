"""A running service with all around it, as one value for the routes."""

from dataclasses import dataclass

from api.desk import Desk
from api.engine import Engine
from api.feed import Feed
from api.metrics import Metrics
from api.service import Service


@dataclass(frozen=True)
class Runtime:
    """The parts that the routes reach through the application's state."""

    service: Service
    desk: Desk
    feed: Feed
    metrics: Metrics
    engine: Engine
