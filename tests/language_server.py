"""The YAML language server, as an editor talks to it: JSON-RPC over its standard streams.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

from __future__ import annotations

import json
import queue
import re
import subprocess
import threading
from itertools import count
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

CURSOR: Final = "⟦⟧"
"""Where the cursor is in a text."""

_PATIENCE: Final = 60.0
"""Seconds until a server that does not answer is given up: a loaded machine starts Node in several."""

# What VS Code says of itself, as far as the server asks.
_CAPABILITIES: Final = {
    "workspace": {
        "configuration": True,
        "workspaceFolders": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {},
    },
}
_SETTINGS: Final = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}


class Proposal(NamedTuple):
    """What the server offers to write at the cursor.

    Attributes:
        label: What a list shows.
        text: What is written, with places as in snippets.
        about: What it says of it.
    """

    label: str
    text: str
    about: str


class LanguageServer:
    """A server for the files of a folder.

    Args:
        program: The command of npm's package.
        root: The folder that is open in the editor.
        schemas: The setting ``yaml.schemas``.

    Raises:
        queue.Empty: From every method, if the server does not answer.
    """

    def __init__(self, program: str, root: Path, schemas: Mapping[str, Any] | None = None) -> None:
        self.root = root
        self._settings = {"yaml": {**_SETTINGS, "schemas": dict(schemas or {})}}
        self._numbers = count(1)
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._findings: dict[str, list[dict[str, Any]]] = {}
        self._process = subprocess.Popen(
            [program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        threading.Thread(target=self._listen, daemon=True).start()
        uri = root.as_uri()
        folders = [{"uri": uri, "name": root.name}]
        asked = {"processId": None, "rootUri": uri, "capabilities": _CAPABILITIES, "workspaceFolders": folders}
        self._ask("initialize", asked)
        self._tell("initialized", {})
        self._wait_for_settings()

    def close(self) -> None:
        """End the server."""
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.communicate(timeout=_PATIENCE)

    def proposals(self, file: str, text: str) -> list[Proposal]:
        """Return what is offered at the cursor of a text that a file would have, in the order of a list."""
        found = self._at_cursor("textDocument/completion", file, text) or {}
        items = sorted(found["items"], key=lambda item: (item.get("sortText") or item["label"]).casefold())
        return [Proposal(item["label"], item["insertText"], _text(item.get("documentation"))) for item in items]

    def hover(self, file: str, text: str) -> str:
        """Return what is shown of the word under the cursor, as Markdown; without the link to the schema."""
        found = self._at_cursor("textDocument/hover", file, text)
        shown = re.sub(r"\n\nSource: \[.*\]\(.*\)$", "", _text(found["contents"])) if found else ""
        # Some versions escape what needs it not.
        return re.sub(r"\\(?=[.()-])", "", shown)

    def findings(self, file: str, text: str) -> list[str]:
        """Return what would be wrong with a file that had a text: line, column (both from 1) and message."""
        return self._findings_of(self._open(self.root / file, text))

    def findings_in(self, files: Sequence[Path]) -> dict[str, list[str]]:
        """Return what is wrong with files, by their paths from the folder; of those without a fault nothing."""
        opened = {file: self._open(file, file.read_text(encoding="utf-8")) for file in files}
        found = {file.relative_to(self.root).as_posix(): self._findings_of(uri) for file, uri in opened.items()}
        return {name: findings for name, findings in found.items() if findings}

    def _findings_of(self, uri: str) -> list[str]:
        while uri not in self._findings:
            self._heed(self._messages.get(timeout=_PATIENCE))
        found = [(finding["range"]["start"], finding["message"]) for finding in self._findings.pop(uri)]
        return [f"{start['line'] + 1}:{start['character'] + 1} {message}" for start, message in found]

    def changed(self, files: Sequence[Path]) -> None:
        """Tell the server that files on the disk have changed, as VS Code does of those that end with ``.json``."""
        self._tell(
            "workspace/didChangeWatchedFiles", {"changes": [{"uri": file.as_uri(), "type": 2} for file in files]}
        )

    def _at_cursor(self, method: str, file: str, text: str) -> Any:
        before, _, after = text.partition(CURSOR)
        uri = self._open(self.root / file, before + after)
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return self._ask(method, {"textDocument": {"uri": uri}, "position": position})

    def _open(self, file: Path, text: str) -> str:
        """Open a file with a text, and return its address.

        What the server says of a file may be of the text before; so a text that names its schema itself, and depends on
        no name of its file, gets one that no other had.
        """
        number = next(self._numbers)
        name = file.with_stem(f"{file.stem}-{number}") if text.startswith("# yaml-language-server") else file
        document = {"uri": name.as_uri(), "languageId": "yaml", "version": number, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return name.as_uri()

    def _wait_for_settings(self) -> None:
        """Answer the server until it has asked for its settings, without which it knows no schemas of theirs."""
        method = None
        while method != "workspace/configuration":
            message = self._messages.get(timeout=_PATIENCE)
            method = message.get("method")
            self._heed(message)

    def _ask(self, method: str, params: Any) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._messages.get(timeout=_PATIENCE)
            if message.get("id") == number and "method" not in message:
                return message["result"]
            self._heed(message)

    def _heed(self, message: Mapping[str, Any]) -> None:
        """Answer what the server asks, and note what it says."""
        params = message.get("params", {})
        if message.get("method") == "textDocument/publishDiagnostics":
            self._findings[params["uri"]] = params["diagnostics"]
        elif "id" in message:
            asked = params.get("items", []) if message["method"] == "workspace/configuration" else []
            result = [self._settings.get(item.get("section")) for item in asked] or None
            self._send({"id": message["id"], "result": result})

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._process.stdin
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout
        while head := self._process.stdout.readline():
            name, _, value = head.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif not head.strip():
                self._messages.put(json.loads(self._process.stdout.read(length)))


def _text(markup: Any) -> str:
    return markup["value"] if isinstance(markup, dict) else markup or ""
