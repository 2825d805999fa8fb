r"""Cleans what is shown, for each kind of output; every text that somebody else may have written goes through it.

Names of files and folders, what packages hold and what authors type can contain what a terminal obeys (escape
sequences, C0 and C1 controls), what turns a line round (bidirectional overrides and isolates), what ends a line, and
what GitHub takes for a command (a line that begins with ``::``). None of it reaches a reader: a break becomes a space,
anything else the replacement character. What scripts need stays: joiners, marks of direction, no-break spaces.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

_REPLACED: Final = "\N{REPLACEMENT CHARACTER}"

_BREAK: Final = re.compile("\r\n|[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
"""What ends a line, for any program (as `str.splitlines` has it), and tabs."""

_OBEYED: Final = re.compile(
    # Controls; overrides, embeddings and isolates (Unicode annex 9); lone surrogates, which have no bytes in UTF-8 and
    # stand for the bytes of file names that are none; tag characters, which hide text.
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)
_COMMAND: Final = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
"""GitHub's runner trims a line of output and takes it for a workflow command if it then begins with two colons."""

_NOT_IN_JSON: Final = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MARKUP: Final = (
    # Marks, and the dollars and colons by which GitHub knows mathematics and emoji.
    r"[\\`*_\[\]<>#|~$]|:(?=[\w+-]+:)"
    # Entities, and addresses, which would become links.
    r"|&(?=#|\w+;)|:(?=//)|(?<=www)(?<![^\W_]www)\."
)
"""What GitHub's Markdown may act on inside a line (https://github.github.com/gfm/)."""

_FIRST: Final = r"\s*(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+](?:\s|$)|-[-\s]*$|=+\s*$))"
"""What stands before the mark of a list, a rule or the line under a heading, where it is first in its line."""

_BACKTICKS: Final = re.compile("`+")


def line(text: str) -> str:
    """Return text for one line of a terminal, or a part of one."""
    return _OBEYED.sub(_REPLACED, _BREAK.sub(" ", text))


def lines(text: str) -> str:
    r"""Return text for a terminal or a log, whose ``\n`` end lines; no line is a command of GitHub's."""
    kept = (line(part) for part in text.split("\n"))
    return _COMMAND.sub(rf"\1{_REPLACED}", "\n".join(kept))


def frame(text: str) -> str:
    """Return a line of a source file in which every character takes its columns, so that a caret can stand under it."""
    return "".join(" " if char == "\t" else char if char.isprintable() else _REPLACED for char in text)


def markdown(text: str) -> str:
    """Return text for a line of Markdown, in which it is nothing but text."""
    return markdown_escaped(line(text))


def markdown_escaped(text: str) -> str:
    """Return text for a line of Markdown, in which it is nothing but text; nothing of it is replaced."""
    escaped = re.sub(_MARKUP, r"\\\g<0>", text)
    first = re.match(_FIRST, escaped)
    return escaped if first is None else f"{first[0]}\\{escaped[first.end() :]}"


def markdown_code(text: str) -> str:
    """Return text as a code span of Markdown."""
    return code_span(line(text))


def code_span(text: str) -> str:
    """Return text as a code span of Markdown; nothing of it is replaced.

    The fence is another than any run of backticks in it, and of two spaces around it CommonMark takes one away
    (https://spec.commonmark.org/0.31.2/#code-spans).
    """
    fence = "`" * (1 + max(map(len, _BACKTICKS.findall(text)), default=0))
    padding = " " if not text.isspace() and (text[:1] in "` " or text[-1:] in "` ") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def github(text: str) -> str:
    """Return text for the message of a GitHub workflow command, one line of output whatever breaks it has."""
    return line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def github_property(text: str) -> str:
    """Return text for a property of a GitHub workflow command."""
    return github(text).replace(":", "%3A").replace(",", "%2C")


def json_document(data: Any, *, compact: bool = False) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Return data as JSON for programs, indented unless compact, which may be read on a terminal as well.

    Nothing is lost: what a terminal would obey stands as an escape. Only lone surrogates, which JSON that is sent as
    UTF-8 cannot hold (RFC 8259, section 8.2), are replaced.
    """
    form: dict[str, Any] = {"separators": (",", ":")} if compact else {"indent": 2}
    written = json.dumps(data, ensure_ascii=False, **form)
    return _NOT_IN_JSON.sub(_escape, _SURROGATE.sub(_REPLACED, written))


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1] if found[0] >= "\x80" else f"\\u{ord(found[0]):04x}"
