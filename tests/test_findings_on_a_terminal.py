"""The lines under a finding that show its place, and their colours."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import REPOSITORY, Ran
from hypothesis import given
from hypothesis import strategies as st

from cardgen.diagnostics import (
    Diagnostic,
    Place,
    as_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def frame(source: str, column: int, width: int = 1, line: int = 7) -> list[str]:
    """Return the two lines that show a place."""
    shown = as_text([Diagnostic("CG106", "wrong", Place("a.yaml", line, column, width, source))])
    return shown.splitlines()[2:4]


@pytest.mark.parametrize(
    ("source", "column", "width", "shown"),
    [
        pytest.param("a: b", 4, 1, ["  7 | a: b", "    |    ^"], id="plain"),
        pytest.param("日本: 語学", 5, 2, ["  7 | 日本: 語学", "    |       ^^^^"], id="wide characters"),
        pytest.param("e\u0301a: b", 3, 1, ["  7 | e\u0301a: b", "    |  ^"], id="combining characters"),
        pytest.param("😀 x", 3, 1, ["  7 | 😀 x", "    |    ^"], id="emoji"),
        pytest.param("a\tb", 3, 1, ["  7 | a b", "    |   ^"], id="a tab"),
        pytest.param("\x1b[31ma", 6, 1, ["  7 | �[31ma", "    |      ^"], id="what a terminal would obey"),
        pytest.param("ab", 3, 1, ["  7 | ab", "    |   ^"], id="after the end"),
        pytest.param("a" * 100, 100, 1, [f"  7 | {'a' * 100}", f"    | {' ' * 99}^"], id="just short enough"),
        pytest.param("ab" * 60, 1, 3, [f"  7 | {'ab' * 50}…", "    | ^^^"], id="cut behind"),
        pytest.param("a" * 149 + "b", 150, 9, [f"  7 | …{'a' * 50}b", f"    | {' ' * 51}^"], id="cut before"),
        pytest.param(
            "a" * 200 + "b" * 200,
            201,
            200,
            [f"  7 | …{'a' * 50}{'b' * 50}…", f"    | {' ' * 51}{'^' * 50}"],
            id="cut at both",
        ),
        pytest.param(
            "日" * 200, 101, 2, [f"  7 | …{'日' * 100}…", f"    | {' ' * 101}^^^^"], id="wide characters cut at both"
        ),
    ],
)
def test_a_caret_stands_under_the_place(source: str, column: int, width: int, shown: list[str]) -> None:
    assert frame(source, column, width) == shown


@given(
    source=st.text("abcdefghij", min_size=1, max_size=400),
    share=st.floats(0, 1),
    width=st.integers(1, 400),
    line=st.integers(1, 99999),
)
def test_what_stands_over_the_carets_is_what_is_meant(source: str, share: float, width: int, line: int) -> None:
    column = 1 + int(share * (len(source) - 1))
    meant = source[column - 1 :][:width]
    text, carets = frame(source, column, len(meant), line)
    start, end = carets.index("^"), len(carets)
    assert meant.startswith(text[start:end].rstrip("…"))
    assert set(carets[start:]) == {"^"}
    assert len(text) <= len(f"  {line} | ") + 102


def test_an_empty_line_is_not_shown() -> None:
    found = Diagnostic("CG114", "the file is empty", Place("a.yaml", 1, 1), "Fill it.")
    assert as_text([found]).splitlines() == [
        "error[CG114]: the file is empty",
        "  --> a.yaml:1:1",
        "  hint: Fill it.",
        "",
        "1 error",
    ]


# Colour


def said_on_a_terminal(folder: Path, env: dict[str, str]) -> str:
    """Run the check with a terminal for standard error, and give what it got."""
    pty = pytest.importorskip("pty")
    terminal, other_end = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "cardgen", "check"],
        cwd=folder,
        env=clean | {"PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"} | env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=other_end,
        check=False,
    )
    os.close(other_end)
    with open(terminal, "rb", buffering=0) as stream, contextlib.suppress(OSError):  # noqa: PTH123 - a descriptor
        return stream.read(65536).decode().replace("\r\n", "\n")
    return ""


PLAIN = """\
error[CG106]: unexpected `:`
  --> decks/demo/one.yaml:1:11
  1 | title: One: two
    |           ^
  hint: A text that contains a colon and a space must stand in quotes.

1 error
"""
COLOURED = """\
<31><1>error[CG106]<0>: unexpected `:`
<36>  --> decks/demo/one.yaml:1:11<0>
<2>  1 | title: One: two<0>
<2>    |           ^<0>
  <32>hint:<0> A text that contains a colon and a space must stand in quotes.

1 error
"""


@pytest.mark.parametrize(
    ("env", "shown"),
    [
        pytest.param({}, re.sub(r"<(\d+)>", "\x1b[\\1m", COLOURED), id="without NO_COLOR"),
        pytest.param({"NO_COLOR": ""}, re.sub(r"<(\d+)>", "\x1b[\\1m", COLOURED), id="with an empty NO_COLOR"),
        pytest.param({"NO_COLOR": "1"}, PLAIN, id="with NO_COLOR"),
    ],
)
def test_a_terminal_gets_colour_unless_no_color_is_set(
    env: dict[str, str], shown: str, decks: Callable[..., Path], tmp_path: Path
) -> None:
    decks({"demo/one.yaml": "title: One: two\n"})
    more = "`cardgen explain CG106` says more about what stands in brackets\n"
    assert said_on_a_terminal(tmp_path, env) == f"{shown}{more}"


def test_what_is_no_terminal_gets_no_colour(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/one.yaml": "title: One: two\n"})
    assert cardgen("check", env={"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}).err == PLAIN
