"""What is done with one flight under way: commands of persons and alerts, turned into actions."""

from flight.actions.action import FlightAction, Request
from flight.actions.catalogue import ACTIONS
from flight.actions.control import Control
from flight.actions.descend import Descend
from flight.actions.return_home import ReturnHome
from flight.actions.terminate import Terminate
from flight.actions.two_steps import CONFIRM_WITHIN_S, TwoSteps
from flight.commands import ClearPad, ConfirmTermination, InFlight, RequestTermination
from flight.contingencies.handler import Contingencies
from flight.contingencies.policy import Policy
from flight.events import AlertRaised, FlightEvent, FlightPhase
from flight.protocol.messages import Message
from flight.supervision.flight import Supervision
from flight.vehicle import Vehicle

BY_COMMAND = "commanded"


class Conduct:
    """Takes the commands and the alerts of one flight.

    Commands may come twice and late (the outbox of dispatch repeats): what is being done already is not done
    again, and what makes no sense any more is refused with the reason.
    """

    def __init__(self, supervision: Supervision, vehicle: Vehicle, policy: Policy) -> None:
        self._supervision = supervision
        self._control = Control(supervision, vehicle)
        self._contingencies = Contingencies(self._control, supervision, policy)
        self._termination = TwoSteps(policy.two_persons)
        self._word_on_pad: ClearPad | None = None

    def command(self, command: InFlight, now: float) -> None:
        """Take a command of a person."""
        if isinstance(command, ClearPad):
            self._take_word_on_pad(command, now)
        elif isinstance(command, RequestTermination):
            self._termination.request(command.by, now)
        elif isinstance(command, ConfirmTermination):
            self._confirm_termination(command.by, now)
        else:
            self._ask(ACTIONS[command.action], command.by, BY_COMMAND, now)

    def answer(self, alert: AlertRaised, now: float) -> None:
        """Take an alert of the supervision."""
        self._contingencies.answer(alert, now)

    def abandon(self, reason: str, now: float) -> None:
        """End the action under way, if there is one, and tell why."""
        self._control.abandon(reason, now)

    def look(self, now: float) -> None:
        """See whether the time has come for what was said earlier."""
        self._control.look(now)
        self._contingencies.look(now)
        waiting = Descend().refusal(self._control.flight) is None
        if self._word_on_pad is not None and waiting and self._control.idle:
            self._follow_word(self._word_on_pad, now)

    def receive(self, message: Message, now: float) -> None:
        """Pass a message of the vehicle on."""
        self._control.receive(message, now)

    def handle_timer(self, now: float) -> None:
        """Pass the time on."""
        self._control.handle_timer(now)

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called."""
        return self._control.next_timer()

    def take_messages(self) -> list[Message]:
        """Return the messages to send, and forget them."""
        return self._control.take_messages()

    def take_events(self) -> list[FlightEvent]:
        """Return the events since the last call."""
        return self._control.take_events()

    def _ask(self, action: FlightAction, by: str, reason: str, now: float) -> None:
        self._control.ask(Request(action, by, reason), now)

    def _take_word_on_pad(self, command: ClearPad, now: float) -> None:
        """Keep what the receiver says for when the vehicle waits there; at the stop a "no" counts at once."""
        self._supervision.note_pad(clear=command.clear)
        at_stop = self._supervision.phase is FlightPhase.DELIVERING and not self._supervision.released
        self._word_on_pad = command
        if self._control.flight.plan.hold_seq is None or (at_stop and not command.clear):
            self._follow_word(command, now)

    def _follow_word(self, command: ClearPad, now: float) -> None:
        if command.clear:
            self._ask(Descend(), command.by, "the pad is clear", now)
        else:
            self._ask(ReturnHome(), command.by, "the pad is not clear", now)

    def _confirm_termination(self, by: str, now: float) -> None:
        missing = self._termination.confirm(by, now)
        if missing is None:
            self._ask(Terminate(), by, f"requested and confirmed within {CONFIRM_WITHIN_S:.0f} s", now)
        else:
            self._control.refuse(Request(Terminate(), by, BY_COMMAND), missing, now)
