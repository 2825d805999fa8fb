"""Templates and style sheets of own kinds: the words and the files that they name."""

from __future__ import annotations

import re
from html import escape
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from cardgen.diagnostics import diagnose, did_you_mean, shortened
from cardgen.read.kinds import ASSET_MARK
from cardgen.templates import read as read_template
from cardgen.templates import replacements

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from cardgen.diagnostics import Diagnostic
    from cardgen.read.flaws import Span
    from cardgen.read.kinds import KindFolder, TextFile
    from cardgen.templates import Replacement

_WORD: Final = ("word",)
_WORD_IN_STYLE: Final = re.compile(r"\{\{\s*word:\s*([^{}\s]*)\s*\}\}")

_PLAIN: Final = re.compile(r"_[A-Za-z0-9._-]+")
"""Names of assets that are written in the same way in HTML, CSS, scripts and addresses."""

_NAMED: Final = re.compile(
    r"""(?<![\w-])(?:src|href|data|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
    r"""|\burl\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))"""
    r"""|@import\s+(?:"([^"]*)"|'([^']*)')"""
    r"""|(?:"(_[\w.-]+\.\w{1,5})"|'(_[\w.-]+\.\w{1,5})')"""
)
"""Finds what names a file: attributes of HTML, CSS, and texts of scripts that look like the name of an asset."""

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)|/\*.*?(?:\*/|\Z)", re.DOTALL)
_NOT_HERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/#]|.*(?:\{\{|<%|\$\{)")
"""Addresses, and names that are made of fields."""
_FILE: Final = re.compile(r".*\.[A-Za-z0-9]{1,5}")

_SCRIPT: Final = re.compile(r"<script\b|\son[a-z]+\s*=\s*[\"']|[\"'\s=]javascript:", re.IGNORECASE)

_MOST: Final = 50
"""How many findings of a sort a file has at most."""

_HASH: Final = 12
"""Digits of the hash in an asset's name, as in those of pictures."""


# Words


def with_words(template: str, words: Mapping[str, str]) -> str:
    """Return a template with words in the place of ``{{word:…}}``; there they are text, whatever they hold."""
    spans = [(node.span, _as_html(words[node.field])) for node in _word_nodes(template) if node.field in words]
    return _replaced(template, spans)


def _as_html(word: str) -> str:
    """Return a word as HTML in which Anki finds no tag of its language."""
    return escape(word).replace("{", "&#123;")


def style_with_words(style: str, words: Mapping[str, str]) -> str:
    """Return a style sheet with words in the place of ``{{word:…}}``, fit for a string of CSS."""

    def word(match: re.Match[str]) -> str:
        text = words.get(match[1])
        # https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point
        return match[0] if text is None else re.sub(r"[\"'\\<]", lambda found: f"\\{ord(found[0]):x} ", text)

    return _WORD_IN_STYLE.sub(word, style)


def words_in(templates: Iterable[str], style: str) -> set[str]:
    """Return the names of the words that templates and a style sheet show."""
    shown = {node.field for template in templates for node in _word_nodes(template)}
    return shown | set(_WORD_IN_STYLE.findall(style))


def unknown_words(style: TextFile, words: Collection[str]) -> Iterator[Diagnostic]:
    """Find words in a style sheet that the kind does not have; what looks through templates finds them there."""
    unknown = {match[1]: match for match in _WORD_IN_STYLE.finditer(style.text) if match[1] not in words}
    for word, match in islice(unknown.items(), _MOST):
        message = f"the kind has no word `{shortened(word)}`"
        yield diagnose("CG372", message, style.place(match.span()), did_you_mean(word, sorted(words)))


def _word_nodes(template: str) -> Iterator[Replacement]:
    return (node for node in replacements(read_template(template).nodes) if node.filters == _WORD)


def _replaced(text: str, spans: Iterable[tuple[Span, str]]) -> str:
    pieces, position = [], 0
    for (start, end), new in spans:
        pieces += [text[position:start], new]
        position = end
    return "".join((*pieces, text[position:]))


# Files


class NamedFiles(NamedTuple):
    """What templates and a style sheet name of the files beside them.

    Attributes:
        packed: The names in packages of those that packages can bring, by their names.
        rename: Puts these names in place in a text.
    """

    packed: Mapping[str, str]
    rename: Callable[[str], str]


NO_FILES: Final = NamedFiles({}, str)
"""Those of a kind whose file cannot be read."""


def named_files(folder: KindFolder, texts: Sequence[TextFile]) -> tuple[NamedFiles, list[Diagnostic]]:
    """Return which files texts name, and what is wrong with that.

    Args:
        folder: The kind's files.
        texts: The templates and the style sheet.
    """
    here = _finder([*folder.assets, *folder.others])
    found: list[Diagnostic] = []
    named: set[str] = set()
    for text in texts:
        matches = {} if here is None else {match[1]: match.span(1) for match in here.finditer(text.text)}
        named.update(matches)
        found.extend(problem for name, span in matches.items() for problem in _unfit_name(name, text, span))
        found.extend(_missing(text, {*folder.assets, *folder.others, *folder.unreadable}))
    fit = sorted(name for name in named & folder.assets.keys() if _PLAIN.fullmatch(name))
    packed = {name: _packed(name, folder.assets[name].digest) for name in fit}
    finder = _finder(packed)

    def rename(text: str) -> str:
        return text if finder is None else finder.sub(lambda match: packed[match[1]], text)

    return NamedFiles(packed, rename), found


def _finder(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds names in a text where they are no part of longer ones."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    if not longest_first:
        return None
    return re.compile(rf"(?<![\w./-])(?:\./)?({'|'.join(map(re.escape, longest_first))})(?![\w.-])")


def _unfit_name(name: str, text: TextFile, span: Span) -> Iterator[Diagnostic]:
    if not name.startswith(ASSET_MARK):
        message = f"Anki imports no file `{shortened(name)}` that only a template or a style sheet names"
        hint = f"Call it `{ASSET_MARK}{shortened(name)}`, here and in the kind's folder."
        yield diagnose("CG363", message, text.place(span), hint)
    elif not _PLAIN.fullmatch(name):
        message = f"`{shortened(name)}` is written in other ways in HTML, CSS and addresses"
        yield diagnose("CG363", message, text.place(span), "Use letters, digits, hyphens and full stops.")


def _missing(text: TextFile, there: Collection[str]) -> Iterator[Diagnostic]:
    """Find names of files that there are not; those on a network, and those that fields complete, are no matter."""
    told: set[str] = set()
    for match in _NAMED.finditer(_COMMENT.sub(lambda comment: " " * len(comment[0]), text.text)):
        number = match.lastindex or 0
        name = unquote(match[number] or "").strip().removeprefix("./")
        plain = re.split(r"[?#]", name, maxsplit=1)[0]
        if len(told) == _MOST:
            return
        if _NOT_HERE.match(name) or not _FILE.fullmatch(plain) or plain in there or plain in told:
            continue
        told.add(plain)
        message = f"the kind's folder has no file `{shortened(plain)}`"
        yield diagnose("CG364", message, text.place(match.span(number)), did_you_mean(plain, there))


def _packed(name: str, digest: str) -> str:
    path = PurePosixPath(name)
    return f"{path.stem}-{digest[:_HASH]}{path.suffix}"


def runs_scripts(text: str) -> bool:
    """Return whether a template has something that a browser runs."""
    return _SCRIPT.search(text) is not None
