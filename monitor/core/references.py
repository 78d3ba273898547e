"""The short reference of a message (NW-4F7K): what people read to each other over the telephone. Pure.

Not an identity for machines (that is the Message-ID), and not a secret.
"""

from __future__ import annotations

from typing import Final

_PREFIX: Final = "NW-"
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O (look like 1 and 0) and no U (no accidental words)."""

_LOOK_ALIKES: Final = str.maketrans("OIL", "011")
_SHORTEST: Final = 4
_FACTOR: Final = 0x9E3779B1
"""Odd, so multiplying by it only reorders the numbers of one length: neighbours do not look alike, none occurs twice."""


def reference(number: int) -> str:
    """Return the reference of message *number*: four signs for the first million, longer as they grow."""
    length = _length(number)
    scattered = number * _FACTOR % 32**length
    return _PREFIX + "".join(_ALPHABET[scattered >> 5 * place & 31] for place in reversed(range(length)))


def numbered(text: str) -> int | None:
    """Return the number behind a reference that somebody typed, or None where it is none.

    Lower case, a missing "NW-", spaces and look-alikes are forgiven.
    """
    signs = "".join(text.split()).upper().removeprefix(_PREFIX).translate(_LOOK_ALIKES)
    if len(signs) < _SHORTEST or any(sign not in _ALPHABET for sign in signs):
        return None
    scattered = 0
    for sign in signs:
        scattered = scattered << 5 | _ALPHABET.index(sign)
    size = 32 ** len(signs)
    number = scattered * pow(_FACTOR, -1, size) % size
    return number if _length(number) == len(signs) else None


def _length(number: int) -> int:
    if number < 0:
        raise ValueError("messages are numbered from 0")
    return max(_SHORTEST, -(-number.bit_length() // 5))
