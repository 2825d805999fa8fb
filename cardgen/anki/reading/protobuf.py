"""The wire format of protobuf, as far as Anki's packages need it: https://protobuf.dev/programming-guides/encoding/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.anki.reading.found import UnreadablePackageError

if TYPE_CHECKING:
    from collections.abc import Iterator

Message = dict[int, int | bytes]
"""The values of a message by the numbers of its fields; of a field that comes several times, the last."""

_LARGEST_FIELD: Final = 31
"""Fields beyond are not kept: Anki's settings have none there but a catch-all for add-ons."""

_LONGEST_VARINT: Final = 10
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def decoded(data: bytes) -> Message:
    """Return the values of a message; texts and messages inside are bytes.

    Raises:
        UnreadablePackageError: If it is no message.
    """
    return {number: value for number, value in _values(data) if number <= _LARGEST_FIELD}


def _values(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the numbers of fields and their values in order."""
    position = 0
    while position < len(data):
        key, position = _varint(data, position)
        number, wire_type = key >> 3, key & 7
        value: int | bytes
        if wire_type == _VARINT:
            value, position = _varint(data, position)
        else:
            if wire_type == _BYTES:
                length, position = _varint(data, position)
            elif wire_type in (_FIXED64, _FIXED32):
                length = 8 if wire_type == _FIXED64 else 4
            else:
                raise UnreadablePackageError("a setting in it is not as Anki writes it")
            value = data[position : position + length]
            position += length
            if len(value) < length:
                raise UnreadablePackageError("a setting in it is cut short")
        yield number, value


def number(message: Message, field: int) -> int:
    """Return a field that holds a number; 0 if it is absent, as protobuf leaves out what is 0.

    Raises:
        UnreadablePackageError: If it holds something else.
    """
    value = message.get(field, 0)
    if isinstance(value, bytes):
        raise UnreadablePackageError("a setting in it is text where Anki has a number")
    return value


def content(message: Message, field: int) -> bytes:
    """Return a field that holds text or a message; empty if it is absent.

    Raises:
        UnreadablePackageError: If it holds something else.
    """
    value = message.get(field, b"")
    if isinstance(value, int):
        raise UnreadablePackageError("a setting in it is a number where Anki has text")
    return value


def text(message: Message, field: int) -> str:
    """Return a field that holds text; empty if it is absent.

    Raises:
        UnreadablePackageError: If it holds something else, or no UTF-8.
    """
    try:
        return content(message, field).decode()
    except UnicodeDecodeError:
        raise UnreadablePackageError("a setting in it is not UTF-8") from None


def repeated(data: bytes, field: int) -> list[bytes]:
    """Return all texts or messages of a field that comes several times; other fields are passed over.

    Raises:
        UnreadablePackageError: If it is no message.
    """
    return [value for number, value in _values(data) if number == field and isinstance(value, bytes)]


def _varint(data: bytes, position: int) -> tuple[int, int]:
    """Return the number that begins at a position, and the position after it."""
    value = 0
    for index, byte in enumerate(data[position : position + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:  # noqa: PLR2004 - the last byte of a number has no continuation bit
            return value, position + index + 1
    raise UnreadablePackageError("a setting in it is cut short")
