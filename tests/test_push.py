"""`cardgen push` hands a package to Anki's own import dialog: against the wire protocol of AnkiConnect, version 6."""

from __future__ import annotations

import json
import os
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Ran

from cardgen.anki.connect import AnkiConnect
from cardgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def listening(answer: bytes) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Answer every request on a port of this machine; yield the address and the requests."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def no_opener(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Leave nothing in the path that could open a file."""
    monkeypatch.setenv("PATH", str(tmp_path))


def test_anki_is_asked_for_its_own_import_dialog_and_nothing_else(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    with listening(b'{"result": null, "error": null}') as (url, asked):
        ran = cardgen("push", "--deck", "demo", "--url", url)
    assert ran == Ran(0, "Anki shows its import dialog for dist/demo.apkg: look, and click Import.\n", "")
    path = (tmp_path / "dist" / "demo.apkg").resolve().as_posix()
    assert asked == [{"action": "guiImportFile", "version": 6, "params": {"path": path}}]
    assert Path(path).is_file()


def test_the_key_comes_from_a_file(decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    decks()
    (tmp_path / "key").write_text("s3cret\n", encoding="utf-8")
    with listening(b'{"result": null, "error": null}') as (url, asked):
        assert cardgen("push", "--url", url, "--api-key-file", "key").code == 0
    assert [request["key"] for request in asked] == ["s3cret"]


def test_several_decks_are_one_package(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"other/deck.yaml": "id: other\ntitle: Other\nsections: [one]\n", "other/one.yaml": OTHER})
    with listening(b'{"result": null, "error": null}') as (url, asked):
        assert cardgen("push", "--url", url).code == 0
    assert [Path(request["params"]["path"]).name for request in asked] == ["decks.apkg"]


OTHER = "title: One\ncards:\n  - {id: a, kind: basic, front: Q?, back: A}\n"


def test_what_the_add_on_refuses_is_told(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    with listening(b'{"result": null, "error": "valid api key must be provided"}') as (url, _):
        ran = cardgen("push", "--url", url)
    assert ran == Ran(1, "", "AnkiConnect refused: valid api key must be provided\n")


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b'{"result": 1}', b"\xff"])
@pytest.mark.usefixtures("no_opener")
def test_what_is_no_add_on_and_no_opener_leaves_the_way_by_hand(
    answer: bytes, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    with listening(answer) as (url, _):
        ran = cardgen("push", "--url", url)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith(", and nothing here opens dist/demo.apkg: import it into Anki with File > Import.\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows opens files without a program of its own")
def test_without_the_add_on_the_package_is_opened(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decks()
    opened = tmp_path / "opened"
    for name in ("xdg-open", "open"):
        opener = tmp_path / "bin" / name
        opener.parent.mkdir(exist_ok=True)
        opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}\n', encoding="utf-8")
        opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    with listening(b"") as (url, _):
        pass  # nobody listens any more
    ran = cardgen("push", "--url", url)
    port = url.rpartition(":")[2]
    said = f"no AnkiConnect answers on port {port}; dist/demo.apkg is opened as if it had been double-clicked.\n"
    assert ran == Ran(0, said, "")
    for _ in range(200):
        if opened.exists() and opened.read_text(encoding="utf-8"):
            break
        threading.Event().wait(0.05)
    assert opened.read_text(encoding="utf-8") == "dist/demo.apkg"


@pytest.mark.parametrize(
    "address",
    ["http://example.org:8765", "http://192.168.1.7:8765", "https://127.0.0.1:8765", "127.0.0.1", "http://x:y", ""],
)
def test_only_this_machine_is_asked(address: str) -> None:
    with pytest.raises(UsageError):
        AnkiConnect(address)


def test_decks_with_errors_are_not_pushed(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/one.yaml": "title: One\ncards: []\n"})
    with listening(b'{"result": null, "error": null}') as (url, asked):
        ran = cardgen("push", "--url", url)
    assert (ran.code, ran.out, asked) == (1, "", [])
