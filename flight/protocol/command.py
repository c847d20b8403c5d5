"""Commands with their acknowledgement (https://mavlink.io/en/services/command.html)."""

from collections.abc import Hashable
from dataclasses import dataclass

from flight.errors import FlightError, VehicleRefused, VehicleSilent
from flight.protocol.conversation import Conversation
from flight.protocol.messages import CommandAck, CommandInt, CommandLong, Message, StatusText
from flight.protocol.names import Command, CommandResult, Frame
from flight.protocol.operation import Target
from flight.protocol.reasons import command_reason
from flight.protocol.statustext import TextAssembler

ACK_TIMEOUT_S = 1.5
"""ArduPilot acknowledges within 0.2 s (recorded); the rest is for the link."""

ATTEMPTS = 20
"""With 40 % loss each way a try fails with 0.64, and of twenty the last four are too late with 3 s of delay
each way: sixteen in a row fail with 8e-4. With 20 % loss it is 8e-8."""

SILENT_AFTER_S = ATTEMPTS * ACK_TIMEOUT_S + 6.0
"""The last try has the longest round trip of a bad link, 6 s, to be answered."""

IN_PROGRESS_TIMEOUT_S = 10.0
"""A command in progress reports at 1 Hz or faster; after this silence it is asked for again."""

LONGEST_S = 120.0
"""In all, with rejections, progress and changes of form. Nothing that is commanded here takes a vehicle half
as long."""

REJECTED_RETRY_S = 1.0
"""``TEMPORARILY_REJECTED`` asks to try again; a second is a loop of the vehicle's slow tasks."""

REASON_WAIT_S = 1.0
"""How long to wait after a refusal for the vehicle's own words: they leave before or just after the ack."""

REASON_PREFIXES = ("Arm:", "PreArm:")
"""How ArduPilot begins the texts that say why it refuses to arm."""

RETRIED = (CommandResult.TEMPORARILY_REJECTED, CommandResult.CANCELLED)

LONG_PARAMETERS = 7


@dataclass(frozen=True, slots=True)
class Place:
    """The place in a command: degrees × 1e7, and metres in the datum of the frame."""

    x_e7: int
    y_e7: int
    z_m: float
    frame: Frame = Frame.GLOBAL_RELATIVE_ALT


class SendCommand(Conversation[None]):
    """Send a command until the vehicle accepts or refuses it.

    A command with a place goes as ``COMMAND_INT``, which carries 1e-7 degrees; any other as
    ``COMMAND_LONG``. A vehicle that wants the other form (``COMMAND_INT_ONLY``, ``COMMAND_LONG_ONLY``) gets
    it, once. A repeated ``COMMAND_LONG`` carries a higher ``confirmation``; ArduPilot treats the commands
    that we send as idempotent (arming the armed, setting the mode that is set: recorded, accepted).

    An acknowledgement says the command's number and no more. One command of a number is in flight per
    vehicle, and where an earlier one was sent more often than it was acknowledged, as many acknowledgements
    are taken for its late ones and are not believed, but answered by another try. A doubled late one can
    still be taken for ours, so what matters (mode, armed) is checked by the caller on what the vehicle
    does.

    Raises
    ------
    VehicleRefused
        With the result and the vehicle's own texts.
    VehicleSilent
        If no acknowledgement came to any of the attempts, or it never came to an end.
    LocalFlightError
        If the turn never came, as another command of this number is still in flight.
    """

    def __init__(
        self, target: Target, stage: str, command: Command, *params: float, place: Place | None = None
    ) -> None:
        super().__init__(target, stage)
        self._command = command
        self._params = (*params, *(0.0,) * (LONG_PARAMETERS - len(params)))
        self._place = place
        self._as_int = place is not None
        self._form_changed = False
        self._sent = 0
        self._late = 0
        self._asked_at = 0.0
        self._refusal: int | None = None
        self._texts = TextAssembler()
        self._reasons: dict[str, None] = {}

    @property
    def longest_s(self) -> float:
        """See `LONGEST_S`."""
        return LONGEST_S

    @property
    def slot(self) -> Hashable:
        """One command of a number at a time."""
        return self._command

    def _begin(self, now: float) -> None:
        self._late = self._target.slots.owed(self.slot, now)
        self._try(now)

    def _take(self, message: Message, now: float) -> None:
        if isinstance(message, StatusText):
            self._note(self._texts.receive(message, now))
        elif isinstance(message, CommandAck) and message.command == self._command:
            self._acknowledged(message.result, now)

    def _act(self, now: float) -> None:
        if self._refusal is not None:
            self._fail(VehicleRefused(self._stage, self._reason(self._refusal)))
        elif self._sent < ATTEMPTS:
            self._try(now)
        elif now >= self._asked_at + SILENT_AFTER_S:
            text = f"no acknowledgement of {self._command.name} to {ATTEMPTS} attempts"
            self._fail(VehicleSilent(self._stage, text))
        else:
            self._timer = self._asked_at + SILENT_AFTER_S

    def _too_late(self) -> FlightError:
        if self._refusal is not None:
            return VehicleRefused(self._stage, self._reason(self._refusal))
        return VehicleSilent(self._stage, f"{self._command.name} did not come to an end in {LONGEST_S:.0f} s")

    def _try(self, now: float) -> None:
        self._send(self._int_form() if self._as_int else self._long_form())
        self._target.slots.note_sent(self.slot, now)
        self._asked_at = now if self._sent == 0 else self._asked_at
        self._sent += 1
        self._timer = now + ACK_TIMEOUT_S

    def _long_form(self) -> Message:
        values = list(self._params)
        if self._place is not None:
            values[4:] = [self._place.x_e7 / 1e7, self._place.y_e7 / 1e7, self._place.z_m]
        return CommandLong(*self._system, self._command, min(self._sent, 255), *values)

    def _int_form(self) -> Message:
        one, two, three, four, five, six, seven = self._params
        place = self._place or Place(round(five), round(six), seven)
        return CommandInt(
            *self._system,
            place.frame,
            self._command,
            0,
            0,
            one,
            two,
            three,
            four,
            place.x_e7,
            place.y_e7,
            place.z_m,
        )

    def _acknowledged(self, result: int, now: float) -> None:
        if result != CommandResult.IN_PROGRESS:
            self._target.slots.note_acknowledged(self.slot)
        if self._refusal is not None:
            return
        if self._late > 0:
            self._late -= 1
            self._timer = now
        elif result == CommandResult.ACCEPTED:
            self._succeed(None)
        elif result == CommandResult.IN_PROGRESS:
            self._begin_again(now, IN_PROGRESS_TIMEOUT_S)
        elif result in RETRIED and self._sent < ATTEMPTS:
            self._timer = now + REJECTED_RETRY_S
        elif self._wants_other_form(result):
            self._form_changed, self._as_int = True, not self._as_int
            self._timer = now
        else:
            self._refusal = result
            self._timer = now + REASON_WAIT_S

    def _begin_again(self, now: float, wait_s: float) -> None:
        """Give a vehicle that works on it all the attempts anew, from the time when it falls silent."""
        self._sent, self._asked_at = 1, now + wait_s
        self._timer = now + wait_s

    def _wants_other_form(self, result: int) -> bool:
        wanted = CommandResult.COMMAND_LONG_ONLY if self._as_int else CommandResult.COMMAND_INT_ONLY
        return result == wanted and not self._form_changed

    def _note(self, texts: list[tuple[int, str]]) -> None:
        self._reasons.update({text: None for _, text in texts if text.startswith(REASON_PREFIXES)})

    def _reason(self, result: int) -> str:
        words = "; ".join(self._reasons)
        return words or f"{self._command.name} answered with {command_reason(result)}"
