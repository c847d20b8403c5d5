"""Scripted ends of the other conversations: commands, the current item, parameters."""

from flight.protocol.messages import (
    CommandAck,
    CommandInt,
    CommandLong,
    Message,
    MissionCurrent,
    MissionSetCurrent,
    ParamRequestList,
    ParamRequestRead,
    ParamSet,
    ParamValue,
)

ACCEPTED, REJECTED, DENIED, UNSUPPORTED, FAILED, IN_PROGRESS = range(6)
LONG_ONLY, INT_ONLY = 7, 8
UNASKED = 65535


class CommandEnd:
    """Answers a command by a script of results, the last of them again and again."""

    def __init__(self, results: tuple[int, ...], wanted_form: type[Message] | None = None) -> None:
        self.accepted = 0
        self.given: set[int] = set()
        self._results = list(results)
        self._wanted_form = wanted_form

    def receive(self, message: Message, now: float) -> list[Message]:
        if not isinstance(message, CommandLong | CommandInt):
            return []
        result = self._result(message)
        self.given.add(result)
        self.accepted += result == ACCEPTED
        return [CommandAck(message.command, result)]

    def tick(self, now: float) -> list[Message]:
        return []

    def _result(self, message: Message) -> int:
        if self._wanted_form is not None and not isinstance(message, self._wanted_form):
            return INT_ONLY if self._wanted_form is CommandInt else LONG_ONLY
        return self._results.pop(0) if len(self._results) > 1 else self._results[0]


class CurrentEnd:
    """Keeps the current item, tells it once a second, and moves on from it after a while, as in flight."""

    def __init__(self, count: int, *, knows_command: bool, item_s: float = 20.0) -> None:
        self.current = 1
        self.was_made_current: set[int] = set()
        self._count = count
        self._knows_command = knows_command
        self._item_s = item_s
        self._since = 0.0
        self._told_at = 0.0

    def receive(self, message: Message, now: float) -> list[Message]:
        if isinstance(message, MissionSetCurrent) and message.seq < self._count:
            self._set(message.seq, now)
            return [MissionCurrent(message.seq)]
        if isinstance(message, CommandLong):
            return self._command(int(message.param1), message.command, now)
        return []

    def tick(self, now: float) -> list[Message]:
        if now >= self._since + self._item_s and self.current + 1 < self._count:
            self.current, self._since = self.current + 1, now
        if now < self._told_at + 1.0:
            return []
        self._told_at = now
        return [MissionCurrent(self.current)]

    def _command(self, seq: int, number: int, now: float) -> list[Message]:
        if not self._knows_command:
            return [CommandAck(number, UNSUPPORTED)]
        if seq >= self._count:
            return [CommandAck(number, DENIED)]
        self._set(seq, now)
        return [CommandAck(number, ACCEPTED), MissionCurrent(seq)]

    def _set(self, seq: int, now: float) -> None:
        self.current, self._since = seq, now
        self.was_made_current.add(seq)


class ParameterEnd:
    """Keeps parameters; those named in ``small`` hold 127 at most, as an ``int8`` does."""

    def __init__(self, values: dict[str, float], small: frozenset[str] = frozenset()) -> None:
        self.values = values
        self.writes = 0
        self._small = small

    def receive(self, message: Message, now: float) -> list[Message]:
        names = list(self.values)
        if isinstance(message, ParamRequestList):
            return [self._value(name, index) for index, name in enumerate(names)]
        if isinstance(message, ParamRequestRead) and message.param_index >= 0:
            index = message.param_index
            return [self._value(names[index], index)] if index < len(names) else []
        if isinstance(message, ParamSet | ParamRequestRead) and message.param_id in self.values:
            if isinstance(message, ParamSet):
                self.writes += 1
                limit = 127.0 if message.param_id in self._small else message.param_value
                self.values[message.param_id] = min(message.param_value, limit)
            return [self._value(message.param_id, UNASKED)]
        return []

    def tick(self, now: float) -> list[Message]:
        return []

    def _value(self, name: str, index: int) -> Message:
        return ParamValue(name, self.values[name], 9, len(self.values), index)
