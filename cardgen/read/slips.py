"""What an author did where a file is no YAML: the parser knows only where it gave up.

Each of the functions in `_SLIPS` knows one slip, and looks for it around the place of the parser's error. The first
that finds its slip says so; where none does, the character that the parser did not expect is named.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.diagnostics import shortened
from cardgen.read.flaws import FOREIGN_SPACES, Flaw
from cardgen.read.indentation import dash_elsewhere, misplaced_line, spaces
from cardgen.read.losses import SAMPLE, comment_behind, eaten_backslash, in_single_quotes
from cardgen.read.source_lines import SourceLine, SourceLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.error import MarkedYAMLError

    from cardgen.read.flaws import Span

_CONFLICT: Final = re.compile(r"^(?:<{7} .*|={7}|>{7} .*)$", re.MULTILINE)
_CONFLICT_BOUND: Final = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_FOREIGN: Final = re.compile(rf"\s*?[{FOREIGN_SPACES}]+")
_PAIR: Final = re.compile(
    r"(?:#.*\n|[ \t]*\n)*(?P<name>Q|Question|Front)[ \t]*:[ \t]*(?P<question>[^\n]*)\n(?:[ \t]*\n)?"
    r"(?:A|Answer|Back)[ \t]*:[ \t]*(?P<answer>[^\n]*)",
    re.IGNORECASE,
)
_BEGINNINGS: Final = {
    "*": "reads as an alias",
    "&": "reads as an anchor",
    "!": "reads as a tag",
    ">": "reads as the beginning of a text over several lines",
    "|": "reads as the beginning of a text over several lines",
    "- ": "reads as an entry of a list",
    "? ": "reads as the name of a field",
    "@": "keeps for itself",
    "`": "keeps for itself",
    "%": "keeps for itself",
}
"""What YAML does with a character at the beginning of a text: https://yaml.org/spec/1.2.2/#53-indicator-characters."""
_CLOSING: Final = {"[": "]", "{": "}"}
_TIGHT_DASH: Final = re.compile(r"-(?=[A-Za-z][\w-]*:(?:\s|$))")
_STRING: Final = re.compile(r"\"(?:[^\"\\]|\\[\s\S])*\"|'(?:[^']|'')*'")


class _Problem(Struct, frozen=True, dict=True):
    """Where a parser gave up, and on what.

    Attributes:
        text: The file's text.
        position: Where it gave up.
        begun: Where that began which it was reading.
        what: What it says of it, its own words.
    """

    text: str
    position: int
    begun: int
    what: str

    @cached_property
    def source(self) -> SourceLines:
        return SourceLines(self.text)

    @cached_property
    def line(self) -> SourceLine:
        """The line in which the parser gave up; of a name without a colon, the line of the name."""
        at = self.begun if "simple key" in self.what else self.position
        return self.source.lines[self.source.row(at)]

    @cached_property
    def before(self) -> SourceLine | None:
        """The line before that has something in it."""
        return self.source.before(self.line.row)

    @property
    def at_line_start(self) -> bool:
        """Whether the parser did not take the line at all."""
        return "simple key" in self.what or self.position == self.line.start + self.line.indent


def explain_syntax(error: MarkedYAMLError, text: str) -> Flaw:
    """Return what is wrong in a text that a parser of PyYAML gave up on."""
    mark = error.problem_mark or error.context_mark
    position = min(mark.index, len(text)) if mark else 0
    begun = min(error.context_mark.index, len(text)) if error.context_mark else position
    problem = _Problem(text, position, begun, f"{error.context or ''}: {error.problem or ''}")
    for slip in _SLIPS:
        flaw = slip(problem)
        if flaw:
            return flaw
    # In our own words, since the two parsers word the same thing differently.
    found = f"`{text[position]}`" if position < len(text.rstrip()) else "end of the file"
    context = f" {error.context}" if error.context else ""
    hint = "A text that contains a colon and a space must stand in quotes." if text[position:][:1] == ":" else ""
    return Flaw("CG106", f"unexpected {found}{context}", (position, position + 1), hint)


def _unfinished_merge(problem: _Problem) -> Flaw | None:
    if not _CONFLICT_BOUND.search(problem.text):
        return None
    first = _CONFLICT.search(problem.text)
    return first and Flaw("CG119", "a merge was not finished here", first.span())


def _questions_and_answers(problem: _Problem) -> Flaw | None:
    return questions_and_answers(problem.text)


def questions_and_answers(text: str) -> Flaw | None:
    """Find pairs of questions and answers where a card file should be, and show how the first is written in one."""
    pair = _PAIR.match(text)
    if pair is None:
        return None
    question, answer = (in_single_quotes(shortened(pair[name], SAMPLE)) for name in ("question", "answer"))
    sample = ("- id: first", "kind: basic", f"front: {question}", f"back: {answer}")
    hint = "\n".join(
        (
            "Write `title: ...`, and the pairs as cards:",
            "cards:",
            *(f"  {'  ' * (line > 0)}{field}" for line, field in enumerate(sample)),
        )
    )
    message = f"`{pair['name']}:` begins a question, and this is no card file yet"
    return Flaw("CG201", message, pair.span("name"), hint)


def _foreign_spaces(problem: _Problem) -> Flaw | None:
    for line in problem.source.lines[: problem.line.row + 1][::-1]:
        found = None if line.is_text else foreign_indentation(line)
        if found:
            return found
    return None


def foreign_indentation(line: SourceLine) -> Flaw | None:
    """Find characters at the beginning of a line that look like spaces and are none to YAML."""
    spaces = _FOREIGN.match(line.text)
    if spaces is None:
        return None
    start, end = line.start + spaces.start(), line.start + spaces.end()
    kind = "no-break spaces" if "\xa0" in spaces[0] else "spaces that YAML does not know"
    return Flaw("CG120", f"the line begins with {kind}", (start, end))


def _backslash(problem: _Problem) -> Flaw | None:
    if "escape" not in problem.what and "hexdecimal" not in problem.what:
        return None
    if problem.text[problem.begun : problem.begun + 1] != '"':
        return None
    quoted = _STRING.match(problem.text, problem.begun)
    return eaten_backslash(quoted[0] if quoted else problem.text[problem.begun :], problem.begun)


def _unclosed_in_line(line: SourceLine) -> int:
    """Return where the value of a line begins; in brackets, where a quote begins that is not closed in the line."""
    at = line.value
    while line.text[at : at + 1] and line.text[at] in "[{, ":
        string = _STRING.match(line.text, at + 1)
        end = string.end() if string else at + 1
        if not string and line.text[at + 1 : at + 2] in ('"', "'"):
            return at + 1
        following = re.compile(r"[^,\[{]*").match(line.text, end)
        at = following.end() if following else len(line.text)
    return at


def _unclosed_quote(problem: _Problem) -> Flaw | None:
    for line in problem.source.lines[: problem.line.row + 1][::-1]:
        at, end_of_line = _unclosed_in_line(line), line.start + len(line.text)
        start = line.start + at
        quote = line.text[at : at + 1]
        if line.is_text or line.is_blank or not quote or quote not in "\"'" or _STRING.match(line.text, at):
            continue
        closed = _STRING.match(problem.text, start)
        # The quote closes in a later line, or never. If a field begins in the next line, it was not meant to.
        following = next((later for later in problem.source.lines[line.row + 1 :] if not later.is_blank), None)
        begins_anew = following is None or following.field is not None or following.is_item
        last_row = problem.source.row(closed.end() - 1) if closed else len(problem.source.lines)
        if (
            problem.source.row(problem.position) <= last_row
            and problem.position > end_of_line
            and (begins_anew or not closed)
        ):
            return _not_closed(problem, start, quote)
        return None
    return None


def _unclosed_bracket(problem: _Problem) -> Flaw | None:
    if "flow" not in problem.what:
        return None
    end = problem.position
    starts = [problem.begun]
    starts += [
        line.start + line.value for line in problem.source.lines[: problem.line.row + 1][::-1] if not line.is_text
    ]
    start = next((start for start in starts if start < end and problem.text[start] in _CLOSING), None)
    if start is None or _closing(problem.text, start, end):
        return None
    if "\n" not in problem.text[start:end].rstrip() and end < len(problem.text.rstrip()):
        return None  # something is wrong inside, in the same line
    return _not_closed(problem, start, problem.text[start])


def _closing(text: str, start: int, end: int) -> int:
    """Return the position behind the bracket that closes the one at the start; 0 where none does before the end."""
    depth, at = 0, start
    while at < end:
        string = _STRING.match(text, at) if text[at] in "\"'" and text[at - 1] in " ,[{" else None
        depth += (text[at] in "[{") - (text[at] in "]}")
        if depth == 0:
            return at + 1
        at = string.end() if string else at + 1
    return 0


def _not_closed(problem: _Problem, start: int, sign: str) -> Flaw:
    line = problem.source.lines[problem.source.row(start)]
    place = f"line {line.row + 1}, column {start - line.start + 1}"
    name = "quote" if sign in "\"'" else "bracket"
    hint = f"Write `{_CLOSING.get(sign, sign)}` where it ends."
    return Flaw("CG106", f"the {name} `{sign}` that opens on {place}, is not closed", (start, start + 1), hint)


def _comment_in_text(problem: _Problem) -> Flaw | None:
    """Find a text that is cut by a comment, and continues in the next line."""
    before = problem.before
    if not problem.at_line_start or problem.line.field or before is None or before.is_text:
        return None
    value = before.text[before.value :]
    comment = re.search(r"(?<=\S)\s+#", value)
    if comment is None or value[:1] in "\"'[{|>#":
        return None
    start = before.start + before.value
    return comment_behind(problem.text, start + comment.start(), start, continues=True)


def _sign_at_beginning(problem: _Problem) -> Flaw | None:
    line = problem.line
    if line.is_text or "simple key" in problem.what:
        return None
    start = line.start + line.value
    value = line.text[line.value :].rstrip()
    sign = value[:2] if value[:2] in _BEGINNINGS else value[:1]
    inner = problem.text[problem.begun : problem.begun + 1]
    if sign in _BEGINNINGS and problem.begun <= start <= problem.position and problem.position > line.start:
        message = f"the text begins with {_shown(sign)}, which YAML {_BEGINNINGS[sign]}"
    elif sign and sign in "\"'[{" and problem.position > start:
        end = _end_of_string(value) if sign in "\"'" else _closing(value, 0, len(value))
        rest = value[end:].lstrip() if end else ""
        if not rest or not problem.text.startswith(rest, problem.position):
            return None
        if sign in "\"'" and value[-1] == sign and not value[end:].startswith(" "):
            return _quotes_inside(start, value, end)
        message = f"the text begins with `{sign}`, and continues after the `{_CLOSING.get(sign, sign)}` that closes it"
    elif inner and inner in "*&" and ("alias" in problem.what or "anchor" in problem.what):
        message = f"a text begins with `{inner}`, which YAML {_BEGINNINGS[inner]}"
        return Flaw("CG106", message, (problem.begun, problem.begun + 1), "Quote all of it.")
    else:
        return None
    return Flaw("CG106", message, (start, start + len(value)), quote_whole(value))


def _end_of_string(value: str) -> int:
    string = _STRING.match(value)
    return string.end() if string else 0


def _shown(sign: str) -> str:
    return "a back quote" if sign == "`" else f"`{sign.strip()}`"


def quote_whole(value: str) -> str:
    """Return the hint to put a text in quotes, with the text where it is short."""
    sample = f": {in_single_quotes(value)}" if len(value) <= SAMPLE else "."
    return f"Quote all of it{sample}"


def _quotes_inside(start: int, value: str, end: int) -> Flaw:
    inner = value[1:-1]
    rest = shortened(value[end:], 30)
    if value[0] == "'":
        message = f"the single quotes end before `{rest}`"
        hint = f"Inside them an apostrophe is written twice: {in_single_quotes(inner)}"
    else:
        message = f"the double quotes end before `{rest}`"
        hint = f"Write all of it in single quotes: {in_single_quotes(inner)}"
    return Flaw("CG106", message, (start + end, start + len(value)), hint)


def _missing_space(problem: _Problem) -> Flaw | None:
    line = problem.line
    if line.is_text:
        return None
    for candidate in filter(None, (line, problem.before)):
        dash = None if candidate.is_text else _TIGHT_DASH.match(candidate.text, candidate.indent)
        if dash:
            hint = "Write `- `, and then the field."
            return Flaw("CG106", "a space is missing after `-`", _in_line(candidate, dash.span()), hint)
    colon = re.compile(r"(?:- +)*([A-Za-z_][\w-]*:)(?=[^\s/:])").match(line.text, line.indent)
    if colon and problem.at_line_start and "simple key" in problem.what:
        hint = f"Write `{colon[1]} `, and then the value."
        return Flaw("CG106", f"a space is missing after `{colon[1]}`", _in_line(line, colon.span(1)), hint)
    return None


def _misplaced_line(problem: _Problem) -> Flaw | None:
    return misplaced_line(problem.source, problem.source.row(problem.position))


def _deeper_field(problem: _Problem) -> Flaw | None:
    """Find a field that is indented deeper than the one before it, which has a value already."""
    line, field = problem.line, problem.line.field
    if field is None or field["dashes"]:
        return None
    at_colon = problem.position == line.start + field.end() - 1
    above = _field_above(problem)
    if not (at_colon or problem.at_line_start) or above is None or above.column >= line.indent:
        return None
    if not above.text[above.value :] and problem.before is above:
        return None
    name, other = field["name"], _name(above)
    message = f"`{name}` is indented by {spaces(line.indent)}, `{other}` before it by {above.column}"
    hint = f"Begin both in the same column. If `{name}:` is a part of the text above, put that text in quotes."
    return Flaw("CG106", message, _in_line(line, field.span("name")), hint)


def _field_above(problem: _Problem) -> SourceLine | None:
    above = problem.before
    while above is not None and (above.is_text or above.field is None):
        above = problem.source.before(above.row)
    return above


def _dash_elsewhere(problem: _Problem) -> Flaw | None:
    """Find an entry of a list whose dash does not stand under the one before."""
    line = problem.line
    if not line.is_item or not problem.at_line_start:
        return None
    items = [other for other in problem.source.lines[: line.row] if other.is_item and other.indent != line.indent]
    same = [other for other in items if _name(other) == _name(line)] or items
    if not same:
        return None
    other = min(reversed(same), key=lambda item: abs(item.indent - line.indent))
    return dash_elsewhere(line, other, other.indent)


def _less_indented_field(problem: _Problem) -> Flaw | None:
    """Find a field that stands left of those of its entry, or that lacks the dash of a new one."""
    line, field = problem.line, problem.line.field
    if field is None or field["dashes"] or not problem.at_line_start:
        return None
    entry = next(
        (
            other
            for other in reversed(problem.source.lines[: line.row])
            if other.is_item and other.indent <= line.indent
        ),
        None,
    )
    if entry is None or not entry.field:
        return None
    name = field["name"]
    span = _in_line(line, field.span("name"))
    if line.indent == entry.indent and name == _name(entry):
        return Flaw("CG106", f"a `- ` is missing before `{name}`", span, "Each entry of a list begins with a dash.")
    if line.indent >= entry.column:
        return None
    message = (
        f"`{name}` is indented by {spaces(line.indent)}, `{_name(entry)}` in line {entry.row + 1} by {entry.column}"
    )
    return Flaw("CG106", message, span, "Begin all fields of an entry in the same column.")


def _less_indented_text(problem: _Problem) -> Flaw | None:
    line, before = problem.line, problem.before
    if before is None or not before.is_text or line.field or not problem.at_line_start:
        return None
    if line.indent >= before.content:
        return None
    message = f"the line is indented by {spaces(line.indent)}, the text that it continues by {before.content}"
    span = _in_line(line, (line.indent, len(line.text)))
    return Flaw("CG106", message, span, "Indent all lines of a text alike.")


def _no_field(problem: _Problem) -> Flaw | None:
    line = problem.line
    if "simple key" not in problem.what:
        return None
    shown = shortened(line.text, 30)
    hint = "Write `name: value`, or indent the line deeper than the field whose text it continues."
    return Flaw("CG106", f"`{shown}` is no field: it has no colon", _in_line(line, (line.indent, len(line.text))), hint)


def _in_line(line: SourceLine, span: Span) -> Span:
    return line.start + span[0], line.start + max(span[1], span[0] + 1)


def _name(line: SourceLine) -> str:
    return line.field["name"] if line.field else ""


_SLIPS: Final[tuple[Callable[[_Problem], Flaw | None], ...]] = (
    _questions_and_answers,
    _unfinished_merge,
    _foreign_spaces,
    _backslash,
    _unclosed_quote,
    _unclosed_bracket,
    _comment_in_text,
    _missing_space,
    _sign_at_beginning,
    _misplaced_line,
    _deeper_field,
    _dash_elsewhere,
    _less_indented_field,
    _less_indented_text,
    _no_field,
)
"""From what is certain to what is likely."""
