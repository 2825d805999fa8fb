"""What is shown is harmless: names, packages and texts that a terminal, Markdown or GitHub would obey."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import markdown_it
import pytest
from conftest import MINIMAL_CARDS, MINIMAL_DECK, REPOSITORY, Ran
from hypothesis import given
from hypothesis import strategies as st

from cardgen.diagnostics import shown

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = "a\x1b]0;title\x07\n::error title=x::\x9b2J\u202eb"
HARMLESS = "a�]0;title� ::error title=x::�2J�b"

OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]|^\\s*::", re.MULTILINE
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (HOSTILE, HARMLESS),
        ("one\r\ntwo\rthree\x85four\u2028five\tsix", "one two three four five six"),
        ("not UTF-8: \udcff", "not UTF-8: �"),
        ("می\u200cخواهم 👩\u200d⚕️ à\u00a0la", "می\u200cخواهم 👩\u200d⚕️ à\u00a0la"),
        ("hidden \U000e0041", "hidden �"),
    ],
)
def test_a_line_keeps_what_scripts_need_and_nothing_that_is_obeyed(text: str, clean: str) -> None:
    assert shown.line(text) == clean


def test_no_line_is_a_command_of_github() -> None:
    assert shown.lines("::error::a\n  ::warning::b\nc ::d") == "�:error::a\n  �:warning::b\nc ::d"


@given(st.text())
def test_lines_hold_nothing_that_is_obeyed(text: str) -> None:
    assert not OBEYED.search(shown.lines(text))


@pytest.mark.parametrize(
    "text", ["1. a", "12) b", "- c", "+ d", "= e", "# f", "&amp; &#65;", "a & b", "`*_[x](y)<b>|~~"]
)
def test_markdown_shows_text_as_it_is(text: str) -> None:
    page = markdown_it.MarkdownIt().render(f"- {shown.markdown(text)}")
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert page == f"<ul>\n<li>{escaped}</li>\n</ul>\n"


@pytest.mark.parametrize("text", ["a/b", "`", "a``b`", "<b>"])
def test_code_of_markdown_shows_text_as_it_is(text: str) -> None:
    page = markdown_it.MarkdownIt().render(shown.markdown_code(text))
    assert page == f"<p><code>{text.replace('<', '&lt;').replace('>', '&gt;')}</code></p>\n"


def test_an_annotation_is_one_line_whatever_its_texts_hold() -> None:
    assert shown.github("50%\r\na\x1b") == "50%25%0D%0Aa�"
    assert shown.github_property("a:b,c\n::d") == "a%3Ab%2Cc%0A%3A%3Ad"


def test_a_document_of_json_keeps_what_it_escapes() -> None:
    data = {"a\x1b\x7f\x85": ["\u202e\u2028", "ü", "\U000e0041"]}
    written = shown.json_document(data)
    assert json.loads(written) == data
    assert not OBEYED.search(written)
    assert shown.json_document("\udcff", compact=True) == '"�"'


# In every command


COMMAND = "::error title=x::b"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a folder in which the names of a deck and of a file, and a title, try to be obeyed."""
    folder = tmp_path / "decks" / COMMAND
    folder.mkdir(parents=True)
    (folder / "deck.yaml").write_text(MINIMAL_DECK.replace("title: Demo", "title: De\u202emo"))
    (folder / "one.yaml").write_text(MINIMAL_CARDS + "  - {id: second, kind: basic, front: Is it?, back: No.}\n")
    (folder / f"{HOSTILE}.yaml").write_text(MINIMAL_CARDS)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        "list",
        "list --output json",
        "stats",
        "stats --output json",
        "check",
        "check --output json",
        "check --output sarif",
        "check --deck nope",
        "build --format csv",
        "build --format csv --out .",
        "build --format csv --deck nope",
        "build --format csv --release-notes notes.md",
        "diff decks nothing",
        "diff decks package.apkg",
        "diff decks package.apkg --output markdown",
        "diff decks package.apkg --output json",
        "diff package.apkg decks",
    ],
)
def test_no_command_shows_what_would_be_obeyed(arguments: str, hostile: Path, cardgen: Callable[..., Ran]) -> None:
    write_hostile_package(hostile, cardgen)
    ran = cardgen(*arguments.split())
    assert ran.code in {0, 1, 2}
    assert "Traceback" not in ran.err
    assert ran.out + ran.err != ""
    assert OBEYED.findall(ran.out + ran.err) == []
    for file in (hostile / "dist/manifest.json", hostile / "notes.md"):
        assert not file.exists() or OBEYED.findall(file.read_text()) == []


def write_hostile_package(folder: Path, cardgen: Callable[..., Ran]) -> None:
    """Build a package and put into its notes what would be obeyed."""
    import sqlite3

    (folder / "fair/demo").mkdir(parents=True)
    (folder / "fair/demo/deck.yaml").write_text(MINIMAL_DECK)
    (folder / "fair/demo/one.yaml").write_text(MINIMAL_CARDS.replace("id: first", "id: other"))
    assert cardgen("build", "--format", "apkg", "--decks", "fair", "--out", "fair").code == 0
    with zipfile.ZipFile(folder / "fair/demo.apkg") as package:
        members = {name: package.read(name) for name in package.namelist()}
    connection = sqlite3.connect(":memory:")
    connection.deserialize(members["collection.anki2"])
    connection.execute("UPDATE notes SET flds = replace(flds, 'This.', ?), tags = ?", (HOSTILE, f" x{HOSTILE} "))
    connection.execute("UPDATE notes SET flds = replace(flds, 'demo/other', ?)", (f"`{HOSTILE}`",))
    members["collection.anki2"] = connection.serialize()
    connection.close()
    with zipfile.ZipFile(folder / "package.apkg", "w") as package:
        for name, content in members.items():
            package.writestr(name, content)


def test_annotations_begin_with_the_findings_own_commands_alone(hostile: Path, cardgen: Callable[..., Ran]) -> None:
    ran = cardgen("check", "--output", "github", cwd=hostile)
    assert {line.partition(" ")[0] for line in ran.out.splitlines()} == {"::warning"}
    assert ran.out.count("\n") == ran.out.count("::warning title=")
    assert "\x1b" not in ran.out


def test_a_list_shows_a_hostile_name_on_its_line(hostile: Path, cardgen: Callable[..., Ran]) -> None:
    shown_list = f"�{COMMAND[1:]}  De�mo\n  cards:    2\n  sections: one\n  variants: none\n"
    found = cardgen("list", cwd=hostile)
    assert (found.code, found.out) == (0, shown_list)


@pytest.mark.parametrize("command", ["list", "stats", "check", "build"])
def test_a_deck_whose_name_would_be_obeyed_is_refused_in_one_line(
    command: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks()
    (root / "demo").rename(root / HOSTILE)
    name = r"a\x1b]0;title\x07\x0a::error title=x::\x9b2J\u202eb"
    problem = f"error[CG130]: the name of the deck's folder `{name}` has a control character\n  --> decks/{name}\n"
    found = cardgen(command)
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith(problem)


def test_a_name_that_is_not_utf_8_is_no_reason_to_stop(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = decks()
    Path(f"{root}/demo/bad\udcff.yaml").write_text(MINIMAL_CARDS)
    (result,) = json.loads(cardgen("check", "--output", "sarif").out)["runs"][0]["results"]
    assert result["message"]["text"].startswith(r"`bad\xff` is not among the deck's sections. ")
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "decks/demo/bad%5Cxff.yaml"
    assert cardgen("preview", "--output", "site").code == 0


def test_a_patch_is_as_it_is_for_programs_and_no_command_for_github(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    card = "  - id: a\n    kind: basic\n    front: |\n      ::error::x?\n    back: Two  three.\n"
    decks({"demo/one.yaml": f"title: One\ncards:\n{card}"})
    assert "\n       ::error::x?\n" in cardgen("check", "--fix").out
    assert "\n       �:error::x?\n" in cardgen("check", "--fix", env={"GITHUB_ACTIONS": "true"}).out


# Nothing goes round it


def test_commands_write_through_one_module() -> None:
    found = {
        file.relative_to(REPOSITORY).as_posix()
        for file in (REPOSITORY / "cardgen").glob("*/**/*.py")
        if re.search(r"^\s*(?:click\.echo|print|sys\.std(?:out|err)\.write)\(", file.read_text(), re.MULTILINE)
    }
    assert found == {"cardgen/cli/terminal.py"}
