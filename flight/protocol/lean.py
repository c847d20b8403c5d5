"""Payloads to typed messages and back, prepared once per message from pymavlink's message table.

A fleet sends ten thousand messages a second. pymavlink makes an object with a dozen attributes of its own for
each, of which ours would then be a copy. Here one ``struct`` call takes the fields that we use straight from
the payload, in the order of the wire; what we do not use is jumped over, and is zero in what we send.

Extensions do not enter a message's checksum seed (https://mavlink.io/en/guide/define_xml_element.html), so
those that pymavlink's table lacks are simply added to the layout's end.
"""

import re
import struct
from collections.abc import Callable
from dataclasses import fields, make_dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from pymavlink.dialects.v20 import ardupilotmega as dialect

from flight.errors import UnsendableMessage
from flight.protocol.messages import MESSAGES, Message

NEWER_EXTENSIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "MISSION_COUNT": (("opaque_id", "I"),),
    "MISSION_ACK": (("opaque_id", "I"),),
    "MISSION_CURRENT": (("mission_id", "I"), ("fence_id", "I"), ("rally_points_id", "I")),
}
"""Fields with their ``struct`` codes that pymavlink 2.4.50 does not know, in the order of ``common.xml``."""

_TOKEN = re.compile(r"(\d*)([a-zA-Z])")


class Layout(NamedTuple):
    """How one message lies in its payload."""

    message_id: int
    decode: Callable[[bytes], Message]
    """Takes a payload of any length: what a frame leaves out at its end is zeros."""
    encode: Callable[[Message], bytes]


class _Field(NamedTuple):
    name: str
    length: int
    code: str

    @property
    def token(self) -> str:
        return f"{self.length}{self.code}"

    @property
    def values(self) -> int:
        """How many values ``struct`` makes of it."""
        return 1 if self.code == "s" else self.length


def layout_of(kind: type[Message], table: Any) -> Layout:
    """Prepare one message; ``table`` is pymavlink's class of it."""
    used = {field.name for field in fields(kind)}
    wire = _wire_fields(table)
    mine = [field for field in wire if field.name in used]
    tokens = (field.token if field in mine else f"{struct.calcsize('<' + field.token)}x" for field in wire)
    packing = struct.Struct("<" + "".join(tokens))
    return Layout(table.id, _decoder(kind, mine, packing), _encoder(kind, mine, packing))


def _wire_fields(table: Any) -> list[_Field]:
    """Return all fields of a message as they follow each other in the payload."""
    tokens = _TOKEN.findall(table.unpacker.format)
    known = [
        _Field(name, int(count or 1), code)
        for name, (count, code) in zip(table.ordered_fieldnames, tokens, strict=True)
    ]
    newer = NEWER_EXTENSIONS.get(table.msgname, ())
    return known + [_Field(name, 1, code) for name, code in newer if name not in table.fieldnames]


def _decoder(kind: type[Message], mine: list[_Field], packing: struct.Struct) -> Callable[[bytes], Message]:
    unpack, size = packing.unpack_from, packing.size
    twin = _twin(kind, [field.name for field in mine])

    def decode_numbers(payload: bytes) -> Message:
        message: Message = twin(*unpack(payload.ljust(size, b"\0")))
        message.__class__ = kind
        return message

    def decode_any(payload: bytes) -> Message:
        message: Message = twin(*_gathered(mine, unpack(payload.ljust(size, b"\0"))))
        message.__class__ = kind
        return message

    return decode_numbers if _are_numbers(mine) else decode_any


def _twin(kind: type[Message], names: list[str]) -> Any:
    """Return a class whose objects can be declared to be of the message's class.

    The ``__init__`` of a frozen dataclass calls ``object.__setattr__`` for each field, which takes four times
    as long. The twin has the same slots, is not frozen, and takes its values in the order of ``names``.
    Nobody ever sees an object of it.
    """
    mutable = {
        "__slots__": tuple(names),
        "__init__": vars(make_dataclass(kind.__name__, names))["__init__"],
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,
    }
    return type(kind.__name__, (Message,), mutable)


def _gathered(mine: list[_Field], values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Make texts of bytes, and tuples of the values of arrays."""
    gathered: list[Any] = []
    at = 0
    for field in mine:
        if field.code == "s":
            gathered.append(values[at].split(b"\0", 1)[0].decode("ascii", "replace"))
        else:
            gathered.append(values[at] if field.values == 1 else values[at : at + field.values])
        at += field.values
    return tuple(gathered)


def _encoder(kind: type[Message], mine: list[_Field], packing: struct.Struct) -> Callable[[Message], bytes]:
    values_of = _values_of(mine)

    def encode(message: Message) -> bytes:
        try:
            return packing.pack(*values_of(message))
        except (struct.error, OverflowError) as error:
            raise UnsendableMessage(kind.NAME, str(error)) from error

    return encode


def _values_of(mine: list[_Field]) -> Callable[[Message], tuple[Any, ...]]:
    names = [field.name for field in mine]
    if len(mine) > 1 and _are_numbers(mine):
        return attrgetter(*names)
    return lambda message: tuple(value for name in names for value in _flat(getattr(message, name)))


def _are_numbers(mine: list[_Field]) -> bool:
    """Say whether each field is one number, so that nothing is left to do after ``struct``."""
    return all(field.values == 1 and field.code != "s" for field in mine)


def _flat(value: Any) -> tuple[Any, ...]:
    if isinstance(value, str):
        return (value.encode("ascii", "replace"),)
    return value if isinstance(value, tuple) else (value,)


_TABLES = {table.msgname: table for table in dialect.mavlink_map.values()}

LAYOUTS: dict[str, Layout] = {name: layout_of(kind, _TABLES[name]) for name, kind in MESSAGES.items()}
"""By the name of the message."""
