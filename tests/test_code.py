"""Code whose language is known: its parts are told apart, and are the code."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cardgen.anki.html import to_html
from cardgen.richtext import Preformatted
from cardgen.richtext.code import lines_of, parts

PYTHON = 'def f(x):\n\n    """Say."""\n    return x + 1  # more'


def test_parts_look_as_what_they_are() -> None:
    assert [part for part in parts(PYTHON, "Python") if part[0]] == [
        ("keyword", "def"),
        ("name", "f"),
        ("string", '"""Say."""'),
        ("keyword", "return"),
        ("number", "1"),
        ("comment", "# more"),
    ]


def test_lines_have_their_parts() -> None:
    lines = lines_of(parts(PYTHON, "python"))
    assert ["".join(text for _, text in line) for line in lines] == PYTHON.split("\n")


@pytest.mark.parametrize("language", ["c++", "c#", "sql", "html", "bash", "r", "diff", "json", "console"])
@settings(max_examples=30)
@given(text=st.text(st.sampled_from("ab1 \n\t\"'<>&#/*-+={}()[];:$\\%é中\r\x00"), max_size=40))
@example(text="\n\na\n\n")
@example(text="\ufeffa")
def test_parts_together_are_the_code(language: str, text: str) -> None:
    assert "".join(part for _, part in parts(text, language)) == text


def test_code_cannot_become_anything_but_text() -> None:
    assert to_html((Preformatted('"<b>" [sound:x] {{c1::x}}', "python"),)) == (
        '<pre><code><span class="string">"&lt;b&gt;"</span> &#91;sound:x] &#123;&#123;c1::x&#125;&#125;</code></pre>'
    )


def test_long_code_is_shown_as_it_is() -> None:
    assert parts("x = 1\n" * 5_000, "python") == (("", "x = 1\n" * 5_000),)


@pytest.mark.parametrize(("text", "imports"), [("```\\nx = 1\\n```", False), ("```python\\nx = 1\\n```", True)])
def test_pygments_is_imported_for_code_with_a_language_only(text: str, imports: bool) -> None:
    program = (
        "import sys; from cardgen.anki.html import to_html; from cardgen.richtext import parse; "
        f'to_html(parse("{text}")); print("pygments" in sys.modules)'
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == str(imports)
