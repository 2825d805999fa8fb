"""Line ends that are kept: for collections whose authors want each line of a text on a line of its own."""

from __future__ import annotations

from cardgen.richtext.parse import paragraphs

_HARD_BREAK = "  "
"""Two spaces before a line end make it a line break: https://spec.commonmark.org/0.31.2/#hard-line-breaks."""


def with_line_ends(text: str) -> str:
    """Return Markdown in which the line ends inside of paragraphs are line breaks, and not spaces.

    Lists, tables, code and mathematics stay as they are.
    """
    if "\n" not in text.strip():
        return text
    lines = text.split("\n")
    for first, end in paragraphs(text):
        for row in range(first, min(end, len(lines)) - 1):
            if not lines[row].endswith((_HARD_BREAK, "\\")):
                lines[row] += _HARD_BREAK
    return "\n".join(lines)
