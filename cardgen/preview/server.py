"""Serves the page to this machine only.

Any other page that is open in the same browser could send requests as well. So every request must name this server,
once (DNS rebinding cannot do that), a GET changes nothing, and the one POST carries a token from the page. After a
refusal the connection is closed: what is left of a refused request must never be read as the next one.
"""

from __future__ import annotations

import errno
import hmac
import json
import os
import re
import secrets
import socketserver
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from cardgen.errors import UsageError
from cardgen.preview.page import CARD, FONT, PAGE, TYPES, content, policy
from cardgen.preview.site import as_json
from cardgen.read import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cardgen.preview.editor import Editor
    from cardgen.preview.site import Site
    from cardgen.preview.watch import Current

HOST: Final = "127.0.0.1"
TOKEN_HEADER: Final = "X-Preview-Token"  # noqa: S105 - its name, not a token

_HEARTBEAT: Final = 10.0
"""Seconds after which an event stream says that it is still there, and so finds out whether anybody listens."""

_LONGEST_BODY: Final = 64 * 1024
"""Bytes of the longest request body that is read: a path and a number."""

_LAST_LINE: Final = 1_000_000_000
"""Largest line number that is passed to an editor."""


class PreviewServer(ThreadingHTTPServer):
    """The server; `serve` runs it.

    Args:
        current: What to show.
        port: Where to listen; 0 lets the system choose.
        editor: What opens a file at a line, or None.

    Raises:
        UsageError: If the port is taken or not ours to take.
    """

    daemon_threads = True
    block_on_close = False
    # A browser opens a connection for each of the many frames at once; five, the default, would make them retry.
    request_queue_size = 128
    # On Windows it would let a second server take the same port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, current: Current, port: int = 0, editor: Editor | None = None) -> None:
        self.current = current
        self.editor = editor
        self.token = secrets.token_urlsafe(24)
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise UsageError(f"port {port} is taken: choose another, or leave --port away") from None
            if error.errno == errno.EACCES:
                raise UsageError(f"port {port} is not yours to use: choose one above 1023") from None
            raise

    def server_bind(self) -> None:
        """Take the port; unlike `HTTPServer`, without asking a name server who we are."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://{HOST}:{self.server_port}/"

    @property
    def hosts(self) -> frozenset[str]:
        """What a request may call this server."""
        return frozenset(f"{name}:{self.server_port}" for name in (HOST, "localhost"))

    @property
    def origins(self) -> frozenset[str]:
        """What a request from the page itself names as its origin."""
        return frozenset(f"http://{host}" for host in self.hosts)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that went away; raise what is wrong with us."""
        import sys

        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def serve(server: PreviewServer, tell: Callable[[Site], None]) -> None:
    """Serve until Ctrl-C.

    Args:
        server: The server.
        tell: Called with what the page shows, each time it has changed.
    """
    current = server.current
    watcher = threading.Thread(target=current.keep, args=(tell,), daemon=True)
    watcher.start()
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        pass
    finally:
        current.close()
        server.server_close()
        watcher.join(timeout=5)


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Send the page, its data, a picture or the stream of changes."""
        if not self._is_ours():
            return
        name = unquote(self.path.partition("?")[0]).lstrip("/") or "index.html"
        if name in PAGE or name in CARD:
            self._send(HTTPStatus.OK, content(name), name)
        elif name == "site.json":
            version, site = self.server.current.get()
            editor = {"token": self.server.token} if self.server.editor else {}
            text = as_json(site, live=True, version=version, **editor)
            self._send(HTTPStatus.OK, text.encode(), name, "application/json; charset=utf-8")
        elif name == "events":
            self._send_events()
        elif name.startswith("cards/") and (picture := self._picture(name.removeprefix("cards/"))) is not None:
            self._send(HTTPStatus.OK, picture, name)
        else:
            self._refuse(HTTPStatus.NOT_FOUND, f"there is no `{name}` here")

    def do_POST(self) -> None:
        """Open a file of the decks in the editor."""
        if not self._is_ours():
            return
        if self.path != "/open" or self.server.editor is None:
            self._refuse(HTTPStatus.NOT_FOUND, "no editor was named: start cardgen preview with --editor")
            return
        given = self.headers.get(TOKEN_HEADER, "")
        if self.headers.get("Origin", "") not in self.server.origins or not hmac.compare_digest(
            given.encode("utf-8", "surrogateescape"), self.server.token.encode()
        ):
            self._refuse(HTTPStatus.FORBIDDEN, "only the page itself may open files; load it again")
            return
        place = self._place()
        if place is None:
            self._refuse(HTTPStatus.BAD_REQUEST, "it must name a file of the decks and a line")
            return
        try:
            self.server.editor.open(*place)
        except OSError as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, f"the editor does not start: {error.strerror or error}")
            return
        self._send(HTTPStatus.OK, b"{}", "", "application/json")

    def _other(self) -> None:
        self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, "there is only GET, and one POST")

    do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _other  # noqa: N815 - names that http.server looks for

    def version_string(self) -> str:
        """Name the program, and no versions."""
        return "cardgen"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server has it
        """Say nothing: the terminal is for findings."""

    def _is_ours(self) -> bool:
        """Return whether a request names this server and no other page sent it; refuse it otherwise."""
        if self.headers.get_all("Host", []) not in [[host] for host in self.server.hosts]:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, f"this is {self.server.url} and answers to no other name")
            return False
        if self.headers.get("Sec-Fetch-Site") == "cross-site" and self.headers.get("Sec-Fetch-Mode") != "navigate":
            # The frames have no origin, so what they load has none either; nothing in it is secret.
            name = self.path.lstrip("/")
            if not name.startswith("cards/"):
                self._refuse(HTTPStatus.FORBIDDEN, "another page has no business here")
                return False
        if self._body_length() is None or (self.command == "GET" and self._body_length()):
            self._refuse(HTTPStatus.BAD_REQUEST, "a request with such a body makes no sense here")
            return False
        return True

    def _body_length(self) -> int | None:
        """Return the length of the request's body in bytes; None if it is unclear, or longer than any of the page's."""
        lengths = self.headers.get_all("Content-Length", ["0"])
        digits = len(str(_LONGEST_BODY))
        if "Transfer-Encoding" in self.headers or len(lengths) != 1 or not re.fullmatch("[0-9]+", lengths[0]):
            return None
        return int(lengths[0]) if len(lengths[0]) <= digits and int(lengths[0]) <= _LONGEST_BODY else None

    def _picture(self, name: str) -> bytes | None:
        """Return a picture of the page; None if there is no such, or it has changed and new cards will soon show it."""
        picture = self.server.current.get()[1].pictures.get(name)
        try:
            return picture.read() if picture is not None else None
        except UnreadableFileError:
            return None

    def _place(self) -> tuple[str, int] | None:
        """Read the request: a file that the page names, and a line; None if it is anything else."""
        try:
            data = json.loads(self.rfile.read(self._body_length() or 0))
            file, line = data["file"], data["line"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        known = isinstance(file, str) and file in self.server.current.get()[1].files
        return (file, line) if known and type(line) is int and 0 <= line <= _LAST_LINE else None

    def _send(self, status: HTTPStatus, content: bytes, name: str, media_type: str = "") -> None:
        self.send_response(status)
        self._send_headers(
            media_type or TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream"), name
        )
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def _send_headers(self, media_type: str, name: str) -> None:
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Security-Policy", f"{policy(name)}; frame-ancestors 'self'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        if not name.startswith("cards/"):
            self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if name == FONT:
            # A frame has no origin, and of a stranger a browser takes no font that is not meant for all.
            self.send_header("Access-Control-Allow-Origin", "*")

    def _refuse(self, status: HTTPStatus, words: str) -> None:
        self.close_connection = True
        self._send(status, f"{words}\n".encode(), "", "text/plain; charset=utf-8")

    def _send_events(self) -> None:
        """Send the version now, and each time it changes, until the browser goes away or the server ends."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._send_headers("text/event-stream", "events")
        self.end_headers()
        current = self.server.current
        version = 0
        try:
            while not current.closed:
                now = current.wait(version, _HEARTBEAT)
                self.wfile.write(f"data: {now}\n\n".encode() if now != version else b": still here\n\n")
                version = now
        except ConnectionError:
            return
