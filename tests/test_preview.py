"""The preview without a browser: what it shows, who it answers, what it writes, and how the command ends."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINIMAL_DECK, REPOSITORY, Ran, card_file

from cardgen.anki.fields import rendered_notes
from cardgen.anki.note_types import note_type
from cardgen.anki.render import shown, template_texts
from cardgen.build.compile import compile_collection
from cardgen.errors import UsageError
from cardgen.kinds import Form
from cardgen.preview import Editor, write_site
from cardgen.preview.editor import takes, words_of
from cardgen.preview.page import FONT
from cardgen.preview.server import PreviewServer
from cardgen.preview.site import ShownCard, ShownDeck, ShownNoteType, Site, compile_site
from cardgen.preview.watch import Current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

DECK = """\
id: demo
title: Demo
sections: [one]
variants:
  core: {title: The core, where: {level: core}}
"""
CARDS = """\
title: One
cards:
  - id: gaps
    kind: cloze
    text: "{{c1::A}} and {{c3::<b>}}"
    level: core
    tags: x::y
  - {id: picture, kind: basic, front: "![a dot](media/dot.png)", back: B, country: CA}
"""
FILES: dict[str, str | bytes | None] = {
    "collection.yaml": "facets: {level: [core, more], country: any, audience: any}\n",
    "demo/deck.yaml": DECK,
    "demo/one.yaml": CARDS,
    "demo/media/dot.png": PIXEL,
}

# What it shows


def test_a_site_holds_every_card_with_its_place_and_all_that_it_is_found_by(decks: Callable[..., Path]) -> None:
    root = decks(FILES)
    site = compile_site(root)
    file = (root / "demo/one.yaml").as_posix()
    (deck,) = compile_collection(root).decks
    notes = rendered_notes(deck.deck, deck.notes, deck.media)
    sides = [shown(note, ordinal) for note in notes for ordinal in note.ordinals]
    common: dict[str, Any] = {"deck": "demo", "section": "one", "part": "", "file": file}
    gaps = common | {"kind": "cloze", "form": "cloze", "tags": ("x::y",), "facets": {"level": ("core",)}}
    assert site.cards == (
        ShownCard(
            key="demo/gaps#1", template="Gap 1", ordinal=0, question="[...] and <b>", answer="A",
            front=sides[0].front, back=sides[0].back, variants=("core",), line=3, **gaps,
        ),
        ShownCard(
            key="demo/gaps#3", template="Gap 3", ordinal=2, question="A and [...]", answer="<b>",
            front=sides[1].front, back=sides[1].back, variants=("core",), line=3, **gaps,
        ),
        ShownCard(
            key="demo/picture", kind="basic", form="basic", template="", ordinal=0, question="[a dot]", answer="B",
            front=sides[2].front, back=sides[2].back, tags=(), facets={"country": ("CA",)}, variants=(), line=8,
            **common,
        ),
    )  # fmt: skip
    assert site.decks == (ShownDeck("demo", "Demo", (("one", "One"),), (("core", "The core"),)),)
    assert site.note_types == {
        kind.value: ShownNoteType(note_type(kind).css, template_texts(note_type(kind)))
        for kind in (Form.CLOZE, Form.BASIC)
    }
    ((name, picture),) = site.pictures.items()
    assert picture.read() == PIXEL
    assert f'<img src="{name}" alt="a dot">' in sides[2].front
    assert site.files == {file}


def test_cards_stay_while_there_are_errors_and_are_marked(decks: Callable[..., Path]) -> None:
    root = decks()
    good = compile_site(root)
    (root / "demo/one.yaml").write_text("title: One\ncards: [{id: a}]\n", encoding="utf-8")
    bad = compile_site(root, before=good)
    assert (bad.cards, bad.stale, [found.code for found in bad.diagnostics]) == (good.cards, True, ["CG202"])
    assert compile_site(root).stale is False


def test_a_change_of_a_file_is_seen_and_nothing_else_is(decks: Callable[..., Path]) -> None:
    root = decks(FILES)
    current = Current(root)
    assert current.look() is False
    (root / "demo/notes.txt").write_text("no card", encoding="utf-8")
    (root / "demo/.one.yaml.swp").write_text("no card", encoding="utf-8")
    assert current.look() is False
    file = root / "demo/one.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("back: B", "back: C"), encoding="utf-8")
    assert current.look() is True
    version, site = current.get()
    assert (version, site.cards[-1].answer) == (2, "C")
    assert current.wait(1, 0) == 2


def test_a_failure_of_cardgen_itself_is_shown_and_the_next_change_is_seen(
    decks: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = decks(FILES)
    current = Current(root)
    _, good = current.get()

    def fails(*_: object) -> Site:
        raise RecursionError("too deep")

    with monkeypatch.context() as patched:
        patched.setattr("cardgen.preview.watch.compile_site", fails)
        (root / "demo/one.yaml").write_text(CARDS.replace("back: B", "back: C"), encoding="utf-8")
        assert current.look() is True
    version, site = current.get()
    assert (version, site.cards, site.stale) == (2, good.cards, True)
    assert [(found.code, found.message) for found in site.diagnostics] == [
        ("CG520", "cardgen failed while it read the decks: RecursionError: too deep")
    ]
    (root / "demo/one.yaml").write_text(CARDS.replace("back: B", "back: Dee"), encoding="utf-8")
    assert current.look() is True
    version, site = current.get()
    assert (version, site.cards[-1].answer, site.stale, site.diagnostics) == (3, "Dee", False, ())


def test_a_watcher_outlives_a_terminal_that_is_gone(decks: Callable[..., Path]) -> None:
    root = decks(FILES)
    current = Current(root)

    def tell(_: Site) -> None:
        raise BrokenPipeError

    watcher = threading.Thread(target=current.keep, args=(tell,), daemon=True)
    watcher.start()
    for version, back in enumerate(("C", "Dee"), 1):
        (root / "demo/one.yaml").write_text(CARDS.replace("back: B", f"back: {back}"), encoding="utf-8")
        assert current.wait(version, 10) == version + 1
    current.close()
    watcher.join(timeout=5)
    assert not watcher.is_alive()


# Whom it answers


@pytest.fixture
def server(decks: Callable[..., Path], tmp_path: Path) -> Iterator[PreviewServer]:
    """Serve a small deck, with an editor that writes down what it was asked to open."""
    program = tmp_path / "editor"
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/opened.part\nmv {tmp_path}/opened.part {tmp_path}/opened\n'
    )
    program.chmod(0o755)
    found = PreviewServer(Current(decks(FILES)), 0, Editor(f"{program} --at {{line}} {{file}}"))
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.current.close()
    found.shutdown()
    thread.join()
    found.server_close()


def asked(
    server: PreviewServer, path: str, method: str = "GET", body: object = None, **headers: str
) -> tuple[int, str, dict[str, str]]:
    """Ask the server; headers with underscores for hyphens. Give status, text and headers of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    content = json.dumps(body).encode() if body is not None else b""
    for name, value in {"Content-Length": str(len(content)), **headers}.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders(content)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text, dict(answer.getheaders())


def test_the_page_may_load_nothing_but_what_is_its_own(server: PreviewServer) -> None:
    status, text, headers = asked(server, "/")
    assert (status, text) == (200, (REPOSITORY / "cardgen/preview/page/index.html").read_text(encoding="utf-8"))
    del headers["Date"], headers["Content-Length"]
    assert headers == {
        "Server": "cardgen",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def test_a_picture_is_sent_under_the_name_that_cards_give_it(server: PreviewServer) -> None:
    (name,) = server.current.get()[1].pictures
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", f"/cards/{name}")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Content-Type"], answer.read()) == (200, "image/png", PIXEL)
    connection.close()


def test_the_face_of_formulas_is_for_every_origin_since_a_frame_has_none(server: PreviewServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", f"/{FONT}")
    answer = connection.getresponse()
    assert answer.read() == (REPOSITORY / "cardgen/preview/page" / FONT).read_bytes()
    assert (answer.headers["Content-Type"], answer.headers["Access-Control-Allow-Origin"]) == ("font/woff2", "*")
    connection.request("GET", "/cards/card.html")
    answer = connection.getresponse()
    answer.read()
    assert answer.headers["Access-Control-Allow-Origin"] is None
    assert "font-src 'self'" in answer.headers["Content-Security-Policy"]
    connection.close()


def test_formulas_of_cards_are_mathml_and_those_of_lists_are_tex(decks: Callable[..., Path]) -> None:
    cards = card_file("One", [{"id": "a", "kind": "basic", "front": r"What is $\pi r^2$?", "back": r"$$\frac{a}{b}$$"}])
    (card,) = Current(decks({"demo/one.yaml": cards})).get()[1].cards
    assert (card.question, card.answer) == (r"What is \pi r^2?", r"\frac{a}{b}")
    front, back = "".join(card.front), "".join(card.back)
    assert "What is <math><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></math>?" in front
    assert '<math display="block"><mfrac><mi>a</mi><mi>b</mi></mfrac></math>' in back


@pytest.mark.parametrize(
    "path", ["/nothing", "/cards/", "/cards/../site.py", "/../../../etc/passwd", "/%2e%2e/server.py", "/demo/one.yaml"]
)
def test_what_is_not_the_pages_is_not_there(path: str, server: PreviewServer) -> None:
    assert asked(server, path)[0] == 404


@pytest.mark.parametrize("path", ["/", "/site.json", "/events", "/app.js", "/cards/card.html"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "", "127.0.0.1:1", "[::1]:80"])
def test_a_request_that_calls_the_server_by_another_name_is_refused(
    path: str, host: str, server: PreviewServer
) -> None:
    status, text, _ = asked(server, path, Host=host)
    assert (status, text) == (421, f"this is {server.url} and answers to no other name\n")


def test_it_answers_as_localhost_too(server: PreviewServer) -> None:
    assert asked(server, "/", Host=f"localhost:{server.server_port}")[0] == 200


@pytest.mark.parametrize("path", ["/site.json", "/events", "/app.js"])
def test_a_page_of_somebody_else_gets_nothing(path: str, server: PreviewServer) -> None:
    assert asked(server, path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")[0] == 403


def raw(server: PreviewServer, *lines: str, body: str = "") -> list[str]:
    """Send a request as it is; return the status lines of all answers on its connection."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=5) as connection:
        connection.sendall(("\r\n".join((*lines, "", "")) + body).encode("utf-8", "surrogatepass"))
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb") as stream:
            return [line.decode().strip() for line in stream if line.startswith(b"HTTP/1.1 ")]


def smuggled(server: PreviewServer) -> str:
    """Return a request that would be answered if it were read as one of its own."""
    return f"GET /app.js HTTP/1.1\r\nHost: 127.0.0.1:{server.server_port}\r\n\r\n"


@pytest.mark.parametrize(
    ("first", "headers", "status"),
    [
        ("POST /open", ["Origin: http://evil.example", "Sec-Fetch-Site: cross-site"], "403 Forbidden"),
        ("POST /open", ["Origin: http://evil.example"], "403 Forbidden"),
        ("POST /nothing", [], "404 Not Found"),
        ("GET /", [], "400 Bad Request"),
        ("PUT /", [], "405 Method Not Allowed"),
    ],
)
def test_the_body_of_a_refused_request_is_never_read_as_the_next_one(
    first: str, headers: list[str], status: str, server: PreviewServer
) -> None:
    inside = smuggled(server)
    host = f"Host: 127.0.0.1:{server.server_port}"
    lines = [f"{first} HTTP/1.1", host, *headers, f"Content-Length: {len(inside)}"]
    assert raw(server, *lines, body=inside) == [f"HTTP/1.1 {status}"]


def test_a_body_under_another_name_of_the_server_is_not_read_either(server: PreviewServer) -> None:
    inside = smuggled(server)
    lines = ["POST /open HTTP/1.1", "Host: evil.example", f"Content-Length: {len(inside)}"]
    assert raw(server, *lines, body=inside) == ["HTTP/1.1 421 Misdirected Request"]


@pytest.mark.parametrize(
    "header", ["Transfer-Encoding: chunked", "Content-Length: -1", f"Content-Length: {'9' * 5000}", "Content-Length: x"]
)
def test_a_body_without_a_clear_length_is_refused(header: str, server: PreviewServer) -> None:
    lines = ["GET /app.js HTTP/1.1", f"Host: 127.0.0.1:{server.server_port}", header]
    assert raw(server, *lines, body=smuggled(server)) == ["HTTP/1.1 400 Bad Request"]


@pytest.mark.parametrize("second", ["evil.example", "127.0.0.1:{port}"])
def test_a_request_names_the_server_once(second: str, server: PreviewServer) -> None:
    host = f"Host: 127.0.0.1:{server.server_port}"
    other = f"Host: {second.format(port=server.server_port)}"
    assert raw(server, "GET / HTTP/1.1", host, other) == ["HTTP/1.1 421 Misdirected Request"]


def test_many_may_ask_at_once(server: PreviewServer) -> None:
    with ThreadPoolExecutor(60) as pool:
        assert set(pool.map(lambda _: asked(server, "/site.json")[0], range(60))) == {200}


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(method: str, server: PreviewServer) -> None:
    assert asked(server, "/", method)[0] == 405


def allowed(server: PreviewServer) -> dict[str, str]:
    """Return the headers by which the page shows that it is the page."""
    return {"Origin": server.url.rstrip("/"), "X_Preview_Token": server.token}


def test_the_page_opens_a_file_of_the_decks_in_the_editor(server: PreviewServer, tmp_path: Path) -> None:
    file = str(tmp_path / "decks/demo/one.yaml")
    assert asked(server, "/open", "POST", {"file": file, "line": 8}, **allowed(server))[:2] == (200, "{}")
    opened = tmp_path / "opened"
    for _ in range(200):
        if opened.exists():
            break
        time.sleep(0.02)
    assert opened.read_text() == f"--at\n8\n{file}\n"


@pytest.mark.parametrize(
    "body",
    [
        {"file": "/etc/passwd", "line": 1},
        {"file": "FILE", "line": "1; rm -rf /"},
        {"file": "FILE", "line": -1},
        {"file": "FILE", "line": True},
        {"file": ["FILE"], "line": 1},
        {"file": "FILE", "line": 10**12},
        {"file": "FILE"},
        ["FILE", 1],
        None,
    ],
)
def test_nothing_but_files_of_the_decks_is_opened(body: Any, server: PreviewServer, tmp_path: Path) -> None:
    if isinstance(body, dict) and body.get("file") == "FILE":
        body = body | {"file": str(tmp_path / "decks/demo/one.yaml")}
    found = asked(server, "/open", "POST", body, **allowed(server))
    assert found[:2] == (400, "it must name a file of the decks and a line\n")
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize(
    "wrong", [{"X_Preview_Token": "guess"}, {"X_Preview_Token": ""}, {"Origin": "http://evil.example"}, {"Origin": ""}]
)
def test_nobody_but_the_page_opens_files(wrong: dict[str, str], server: PreviewServer, tmp_path: Path) -> None:
    body = {"file": str(tmp_path / "decks/demo/one.yaml"), "line": 1}
    assert asked(server, "/open", "POST", body, **(allowed(server) | wrong))[0] == 403
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize("origin", ["{host}", "https://{host}", "http://http://{host}", "http://{host}/"])
def test_an_origin_is_compared_whole(origin: str, server: PreviewServer, tmp_path: Path) -> None:
    body = {"file": str(tmp_path / "decks/demo/one.yaml"), "line": 1}
    own = allowed(server) | {"Origin": origin.format(host=f"127.0.0.1:{server.server_port}")}
    assert asked(server, "/open", "POST", body, **own)[0] == 403


@pytest.mark.parametrize(
    "body", ["[" * 50_000, '{"file": "\ud800", "line": 1}', "\x00", f'{{"line": {"9" * 5000}}}', ""]
)
def test_an_absurd_body_is_a_bad_request(body: str, server: PreviewServer) -> None:
    headers = [f"{name.replace('_', '-')}: {value}" for name, value in allowed(server).items()]
    lines = ["POST /open HTTP/1.1", f"Host: 127.0.0.1:{server.server_port}", *headers]
    length = len(body.encode("utf-8", "surrogatepass"))
    assert raw(server, *lines, f"Content-Length: {length}", body=body) == ["HTTP/1.1 400 Bad Request"]


def test_without_an_editor_there_is_no_token_and_nothing_is_opened(decks: Callable[..., Path]) -> None:
    server = PreviewServer(Current(decks()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        assert "token" not in json.loads(asked(server, "/site.json")[1])
        body = {"file": server.current.get()[1].cards[0].file, "line": 1}
        assert asked(server, "/open", "POST", body, **allowed(server))[0] == 404
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_browser_hears_of_each_change(server: PreviewServer, tmp_path: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", "/events")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert (answer.readline(), answer.readline()) == (b"data: 1\n", b"\n")
    file = tmp_path / "decks/demo/one.yaml"
    file.write_text(CARDS.replace("back: B", "back: C"), encoding="utf-8")
    assert server.current.look()
    assert answer.readline() == b"data: 2\n"
    data = json.loads(asked(server, "/site.json")[1])
    (section,) = data["sections"]
    assert (data["version"], [card["answer"] for card in section["cards"]]) == (2, ["A", "<b>", "C"])
    answer.close()
    connection.close()


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("code", "--editor must say where the file goes, as in \"code -g {file}:{line}\", not 'code'"),
        ("no-such-editor {file}", "--editor: there is no program `no-such-editor`"),
        ("'code {file}", '--editor cannot be read: No closing quotation, in "\'code {file}"'),
    ],
)
def test_an_editor_that_cannot_be_is_wrong_usage(command: str, problem: str) -> None:
    with pytest.raises(UsageError) as raised:
        Editor(command)
    assert str(raised.value) == problem


@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("code -g {file}:{line}", ["code", "-g", "{file}:{line}"]),
        ('"my editor" {file}', ["my editor", "{file}"]),
        ("'my editor' --at={line}  {file}", ["my editor", "--at={line}", "{file}"]),
        ("edit# {file}", ["edit#", "{file}"]),
    ],
)
def test_the_words_of_an_editors_command_are_those_of_a_shell(command: str, words: list[str], windows: bool) -> None:
    assert words_of(command, windows=windows) == words


@pytest.mark.parametrize(
    "command",
    [
        r'"C:\Program Files\Sublime Text\subl.exe" {file}:{line}',
        r"'C:\Program Files\Sublime Text\subl.exe' {file}:{line}",
    ],
)
def test_on_windows_a_backslash_in_an_editors_command_separates_folders(command: str) -> None:
    assert words_of(command, windows=True) == [r"C:\Program Files\Sublime Text\subl.exe", "{file}:{line}"]
    assert words_of(r"C:\new\notepad.exe {file}", windows=True) == [r"C:\new\notepad.exe", "{file}"]


@pytest.mark.parametrize(
    ("program", "path", "taken"),
    [
        ("C:/VS Code/bin/code.CMD", "C:/my decks/rivers/europe.yaml", True),
        ("C:/VS Code/bin/code.CMD", "C:/decks/a&calc/europe.yaml", False),
        ("C:/VS Code/bin/code.bat", "C:/decks/%PATH%/europe.yaml", False),
        ("C:/editor.exe", "C:/decks/a&calc/europe.yaml", True),
        ("/usr/bin/code", "/home/a&b/europe.yaml", True),
    ],
)
def test_no_name_of_a_file_is_obeyed_by_what_runs_batch_files(program: str, path: str, taken: bool) -> None:
    assert takes(program, path) == taken


# The page as files


def test_a_page_is_written_whole(decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    decks(FILES)
    assert cardgen("preview", "--output", "site") == Ran(0, "site/index.html  (3 cards)\n", "")
    files = {file.relative_to(tmp_path / "site").as_posix() for file in (tmp_path / "site").rglob("*.*")}
    page = REPOSITORY / "cardgen/preview/page"
    (picture,) = (name for name in files if name.endswith(".png"))
    assert files - {picture} == {file.relative_to(page).as_posix() for file in page.rglob("*.*")}
    assert (tmp_path / "site" / picture).read_bytes() == PIXEL


def test_two_pages_of_the_same_decks_are_the_same_bytes(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks(FILES)
    pages: list[dict[str, bytes]] = []
    for name in ("a", "b"):
        assert cardgen("preview", "--output", name, env={"PYTHONHASHSEED": str(len(pages))}).code == 0
        pages.append({file.name: file.read_bytes() for file in (tmp_path / name).rglob("*.*")})
    assert pages[0] == pages[1]


def test_no_text_ends_the_data_in_a_page(decks: Callable[..., Path], tmp_path: Path) -> None:
    root = decks(
        {"demo/one.yaml": card_file("One", [{"id": "a", "kind": "basic", "front": "</script><!--", "back": "x"}])}
    )
    text = write_site(compile_site(root), tmp_path / "site").page.read_text(encoding="utf-8")
    _, _, rest = text.partition('<script type="application/json" id="site">')
    data, _, _ = rest.partition("</script>")
    assert json.loads(data)["sections"][0]["cards"][0]["question"] == "</script><!--"


# The command


def test_a_page_of_wrong_decks_is_not_written(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks({"demo/one.yaml": "title: One\ncards: [{id: a}]\n"})
    found = cardgen("preview", "--output", "site")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("error[CG202]")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--port", "70000"], "Invalid value for '--port': 70000 is not in the range 0<=x<=65535."),
        (["--editor", "code"], "--editor must say where the file goes, as in \"code -g {file}:{line}\", not 'code'"),
        (
            ["--output", "site", "--open"],
            "--output writes files and serves nothing: --port, --open and --editor go without it",
        ),
    ],
)
def test_wrong_usage_ends_with_2(
    arguments: list[str], problem: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    found = cardgen("preview", *arguments)
    assert (found.code, found.out, found.err.splitlines()[-1]) == (2, "", f"Error: {problem}")


def test_a_port_that_is_taken_is_said_so(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        found = cardgen("preview", "--port", str(port))
    problem = f"port {port} is taken: choose another, or leave --port away"
    assert (found.code, found.err.splitlines()[-1]) == (2, f"Error: {problem}")


@pytest.mark.parametrize("arguments", [["--deck", "rivers"], ["--decks", "nowhere"]])
def test_what_is_not_there_is_not_served(
    arguments: list[str], decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    found = cardgen("preview", *arguments)
    assert (found.code, found.out, found.err.splitlines()[-1]) == (1, "", "1 error")


# Looking up a name, or reaching anybody at all, ends it: it listens, on this machine's own address.
ONLY_LISTENS = """\
import runpy, sys
def watch(event, arguments):
    if event == "socket.bind" and arguments[1][0] == "127.0.0.1":
        return
    if event.startswith("socket.") and event != "socket.__new__":
        sys.stderr.write(f"the network was asked: {event} {arguments}")
sys.addaudithook(watch)
runpy.run_module("cardgen", run_name="__main__")
"""


def test_it_serves_until_ctrl_c_and_asks_nothing_of_a_network(decks: Callable[..., Path], tmp_path: Path) -> None:
    root = decks({"demo/deck.yaml": MINIMAL_DECK})
    before = {file: file.read_bytes() for file in root.rglob("*.*")}
    running = subprocess.Popen(
        [sys.executable, "-c", ONLY_LISTENS, "preview"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    url, _, more = running.stdout.readline().partition("  ")
    assert more == "(1 card; Ctrl-C ends it)\n"
    connection = http.client.HTTPConnection(url.removeprefix("http://").rstrip("/"), timeout=10)
    connection.request("GET", "/site.json")
    assert connection.getresponse().status == 200
    connection.close()
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert (running.returncode, out, err) == (0, "\n", "")
    assert {file: file.read_bytes() for file in root.rglob("*.*")} == before
