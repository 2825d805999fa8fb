"""Hands a package to a running Anki, through the add-on AnkiConnect: https://git.sr.ht/~foosoft/anki-connect.

Of what the add-on offers only `guiImportFile` is used, which opens Anki's own import dialog: the learner sees what will
happen and clicks. `importPackage` imports at once, but switches on merging of note types, scheduling and presets,
and leaves them switched on in the dialog for all later imports.
"""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from cardgen.diagnostics import shortened
from cardgen.errors import CardgenError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS: Final = "http://127.0.0.1:8765"
"""Where the add-on listens unless its settings say otherwise."""

_VERSION: Final = 6
"""Version of the add-on's protocol: the one that answers with `result` and `error`."""

_SECONDS: Final = 5.0
"""How long to wait for an answer; Anki gives it at once, unless a dialog is open."""

_LONGEST: Final = 1 << 20
"""Bytes of the longest answer that is read; those to what is asked here have some dozens."""


class UnreachableAnkiError(CardgenError):
    """Nothing that speaks AnkiConnect's protocol answers: Anki is not running, or has no such add-on."""


class RefusedByAnkiError(CardgenError):
    """AnkiConnect answered, and refused; the text is its own reason."""


class AnkiConnect:
    """A running Anki with the add-on.

    Args:
        address: Where it listens, on this machine.
        key: The key that its settings ask for; or empty.

    Raises:
        UsageError: If the address is none, or that of another machine.
    """

    def __init__(self, address: str = ADDRESS, key: str = "") -> None:
        try:
            parts = urlsplit(address)
            self._port = parts.port or 80
        except ValueError:
            raise UsageError(f"`{shortened(address)}` is no address; the usual one is {ADDRESS}") from None
        self._host = parts.hostname or ""
        if parts.scheme != "http" or not _is_here(self._host):
            raise UsageError(f"`{shortened(address)}` is not on this machine; the usual address is {ADDRESS}")
        self._key = key

    def open_import(self, package: Path) -> None:
        """Open Anki's import dialog with a package. It returns before anybody has clicked; Anki reads the file then.

        Raises:
            UnreachableAnkiError: If no AnkiConnect answers.
            RefusedByAnkiError: If it refuses.
        """
        self._ask("guiImportFile", path=package.resolve().as_posix())

    def _ask(self, action: str, **parameters: str) -> None:
        request: dict[str, Any] = {"action": action, "version": _VERSION, "params": parameters}
        if self._key:
            request["key"] = self._key
        # Not urllib, which would send it to a proxy where one is set.
        connection = HTTPConnection(self._host, self._port, timeout=_SECONDS)
        try:
            connection.request("POST", "/", json.dumps(request), {"Content-Type": "application/json"})
            answer = json.loads(connection.getresponse().read(_LONGEST))
        except (OSError, HTTPException, ValueError) as error:
            raise UnreachableAnkiError(f"no AnkiConnect answers on port {self._port}") from error
        finally:
            connection.close()
        if not isinstance(answer, dict) or "error" not in answer:
            raise UnreachableAnkiError(f"what answers on port {self._port} is not AnkiConnect")
        if answer["error"] is not None:
            raise RefusedByAnkiError(shortened(str(answer["error"])))


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
