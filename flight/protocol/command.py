"""``COMMAND_LONG`` with its acknowledgement (https://mavlink.io/en/services/command.html)."""

from flight.errors import VehicleRefused, VehicleSilent
from flight.protocol.messages import CommandAck, CommandLong, Message, StatusText
from flight.protocol.names import Command, CommandResult, result_name
from flight.protocol.operation import Operation, Target
from flight.protocol.statustext import TextAssembler

ACK_TIMEOUT_S = 1.5
"""ArduPilot acknowledges within 0.2 s (recorded); the rest is for the link."""

ATTEMPTS = 12
"""With 20 % loss each way a try fails with 0.36: twelve in a row with 5e-6."""

IN_PROGRESS_TIMEOUT_S = 10.0
"""A command in progress reports at 1 Hz or faster; after this silence it is asked for again."""

REJECTED_RETRY_S = 1.0
"""``TEMPORARILY_REJECTED`` asks to try again; a second is a loop of the vehicle's slow tasks."""

REASON_WAIT_S = 1.0
"""How long to wait after a refusal for the vehicle's own words: they leave before or just after the ack."""

REASON_PREFIXES = ("Arm:", "PreArm:")
"""How ArduPilot begins the texts that say why it refuses to arm."""

RETRIED = (CommandResult.TEMPORARILY_REJECTED, CommandResult.CANCELLED)


class SendCommand(Operation[None]):
    """Send a command until the vehicle accepts or refuses it.

    A repeated command carries a higher ``confirmation``, and ArduPilot treats the commands that we send as
    idempotent (arming the armed, setting the mode that is set: recorded, accepted). A late acknowledgement
    of an earlier command of the same number can still be taken for this one's, so what matters (mode,
    armed) is checked by its caller on the heartbeat, never here.

    Raises
    ------
    VehicleRefused
        With the result and the vehicle's own texts.
    VehicleSilent
        If no acknowledgement came to any of the attempts.
    """

    def __init__(self, target: Target, stage: str, command: Command, *params: float) -> None:
        super().__init__()
        self._target = target
        self._stage = stage
        self._command = command
        self._params = params
        self._sent = 0
        self._refusal: int | None = None
        self._texts = TextAssembler()
        self._reasons: dict[str, None] = {}

    def start(self, now: float) -> None:
        """Send for the first time."""
        self._try(now)

    def receive(self, message: Message, now: float) -> None:
        """Take acknowledgements of this command and texts that explain a refusal."""
        if isinstance(message, StatusText):
            self._note(self._texts.receive(message, now))
        elif isinstance(message, CommandAck) and message.command == self._command:
            self._acknowledged(message.result, now)

    def handle_timer(self, now: float) -> None:
        """Repeat, or give up."""
        if not self._due(now):
            return
        if self._refusal is not None:
            self._fail(VehicleRefused(self._stage, self._reason(self._refusal)))
        else:
            self._try(now)

    def _try(self, now: float) -> None:
        if self._sent >= ATTEMPTS:
            text = f"no acknowledgement of {self._command.name} to {ATTEMPTS} attempts"
            self._fail(VehicleSilent(self._stage, text))
            return
        confirmation = min(self._sent, 255)
        self._send(
            CommandLong(
                self._target.system_id, self._target.component_id, self._command, confirmation, *self._params
            )
        )
        self._sent += 1
        self._timer = now + ACK_TIMEOUT_S

    def _acknowledged(self, result: int, now: float) -> None:
        if self._refusal is not None:
            return
        if result == CommandResult.ACCEPTED:
            self._succeed(None)
        elif result == CommandResult.IN_PROGRESS:
            self._timer = now + IN_PROGRESS_TIMEOUT_S
        elif result in RETRIED and self._sent < ATTEMPTS:
            self._timer = now + REJECTED_RETRY_S
        else:
            self._refusal = result
            self._timer = now + REASON_WAIT_S

    def _note(self, texts: list[tuple[int, str]]) -> None:
        self._reasons.update({text: None for _, text in texts if text.startswith(REASON_PREFIXES)})

    def _reason(self, result: int) -> str:
        words = "; ".join(self._reasons)
        return words or f"{self._command.name} answered with {result_name(CommandResult, result)}"
