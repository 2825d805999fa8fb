"""Packs texts that are kept and hardly ever asked for, to a sixth.

To read a file again instead would keep nothing, and be wrong where somebody has saved it since.
"""

from __future__ import annotations

import sys
from typing import Final

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LEVEL: Final = 1
"""How hard to pack: in half the time of zlib's fastest, and 3 % larger than at zstd's usual 3."""


def packed(text: str) -> bytes:
    """Return a text packed."""
    return zstd.compress(text.encode(), _LEVEL)


def unpacked(content: bytes) -> str:
    """Return the text that `packed` has packed."""
    return zstd.decompress(content).decode()
