"""The table of contents: action → what carries it out."""

from collections.abc import Mapping

from flight.actions.action import FlightAction
from flight.actions.divert import Divert
from flight.actions.hold import Hold
from flight.actions.land import Land
from flight.actions.proceed import Proceed
from flight.actions.resume import Resume
from flight.actions.return_home import ReturnHome
from flight.actions.terminate import Terminate
from flight.situations import Action

ACTIONS: Mapping[Action, FlightAction] = {
    each.kind: each for each in (Proceed(), Hold(), Resume(), ReturnHome(), Divert(), Land(), Terminate())
}
