"""Inputs that nobody wrote: copies of a good collection, each changed at random in one to four places.

The same number always gives the same input. Every type of file is changed, as bytes, as lines, as values and as what it
is in the file system; so are names.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _png() -> bytes:
    """Make a picture of two by two grey points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    points = zlib.compress(b"\0\x80\x80" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


SVG: Final = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30">
<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
<circle cx="20" cy="15" r="9" fill="url(#g)"/><text x="3" y="9">A</text></svg>
"""

COLLECTION: Final = """
title: Zoo
language: en
lint: lint.yaml
facets: {audience: [us-img, canada-img], country: [US, CA], level: [core, more]}
preset: {new_per_day: 12, desired_retention: 0.9}
print: {layout: sheet, paper: a4, back_offset: [1, -0.5]}
"""

LINT: Final = r"""
rules:
  answer-too-long: {words: 30}
  unexpanded-abbreviation: {known: [AAMC]}
patterns:
  - id: no-nevers
    severity: error
    message: never say never
    why: It is seldom so.
    sides: [prompt, answer]
    match: ['\bnever\b']
    unless: ['\bnot never\b']
    bad: [It is never so.]
    good: [It is so.]
"""

SOURCES: Final = """
references:
  - {id: s1, type: webpage, title: Official page, publisher: P, URL: "https://example.org/a", accessed: 2026-11-01}
  - id: s2
    type: article-journal
    title: On things
    author: [{family: Doe, given: J.}]
    issued: {date-parts: [[2024, 5]]}
    DOI: 10.1000/182
"""

DECK: Final = """
id: zoo
title: Zoo::All kinds
description: "Everything. ![map](media/p.png)"
language: en
sections: [one, two]
variants:
  essentials: {title: Essentials, where: {level: core}}
preset: {new_per_day: 12, desired_retention: 0.9, reviews_per_day: 100}
print: {layout: cards, card: a7}
"""

ONE: Final = r"""
title: Section one
defaults: {audience: [us-img], country: US, tags: [zoo::a], level: core}
cards:
  - id: b1
    kind: basic
    front: "**Bold** *it* H~2~O 10^9^ $x^2$ `code` [l](https://example.org) ![p](media/p.png)?"
    back: |
      - one
      - two

      1. a
      2. b

      | a | b |
      |---|--:|
      | 1 | 2 |

      ```py
      x = 1
      ```

      $$\frac{a}{\sqrt{b}}$$
    as_of: 2026-01
    stale_after: 2026-02-28
    confidence: secondary
    source: [s1, {id: s2, locator: p. 4}]
    note: "A note."
    tags: [x, y]
  - {id: r1, kind: reversed, front: F, back: B, lang: ar, dir: rtl}
  - {id: t1, kind: typed, front: Type?, back: this}
  - {id: c1, kind: cloze, text: "{{c1::A::hint}} and {{c2::**B**}}.", extra: "More ![v](media/v.svg)"}
  - {id: old1, kind: basic, front: Gone, back: Away, retired: true, replaced_by: b1}
"""

TWO: Final = """
title: "Section: two"
cards:
  - id: ch1
    kind: choice
    question: Which?
    options: [{text: A, right: true}, {text: B}, {text: C}]
    why: Because.
  - {id: d1, kind: definition, term: T, definition: D, not: {term: U, differs: V}, example: E}
  - id: st1
    kind: statistic
    question: How many?
    value: 56.4
    unit: "%"
    period: 2026
    population: All
    compare: {Other: 12, Third: 30.5, All: 56.4}
  - id: st2
    kind: statistic
    question: How many over time?
    value: 10
    series: {All: {2024: 8, 2025: 9, 2026: 10}, Men: {2024: 4, 2026: 7}}
  - id: pr1
    kind: process
    title: Steps
    steps:
      - {id: a, do: First., who: You, document: Form, when: 2026-01-05}
      - {id: b, do: Second., when: 2026-03-01}
      - {id: c, do: Third., when: 2026-05}
  - id: fr1
    kind: framework
    question: Tell me?
    wordings: [Who are you?]
    asks_for: Self
    moves: [{id: m1, cue: First, text: One}, {id: m2, cue: Second, text: Two}]
    ordered: true
    opening: I am a doctor.
    trap: {answer: I work too hard., flaw: No flaw., better: Name one.}
    drill: true
    do: [Be brief]
    dont: [Ramble]
    seconds: 60
    template: "I am {name}."
    name: STAR
"""

LEDGER: Final = "# cardgen ledger 1 of zoo: when each note last changed. cardgen build keeps it; commit it.\n"
"""A ledger that knows no note yet: there must be one, since a card is retired."""

GUIDS: Final = "# From elsewhere.\nb1 e+/O]%*qfk\n"

BASE: Final[dict[str, bytes]] = {
    "decks/collection.yaml": COLLECTION.encode(),
    "decks/lint.yaml": LINT.encode(),
    "decks/sources.yaml": SOURCES.encode(),
    "decks/zoo/deck.yaml": DECK.encode(),
    "decks/zoo/guids.txt": GUIDS.encode(),
    "decks/zoo/ledger.txt": LEDGER.encode(),
    "decks/zoo/one.yaml": ONE.encode(),
    "decks/zoo/two.yaml": TWO.encode(),
    "decks/zoo/media/p.png": _png(),
    "decks/zoo/media/v.svg": SVG.encode(),
}
"""A good collection; its first build adds the notes to the ledger, and the artefacts."""

SMALL: Final = 10**7
"""Larger files are neither read nor copied, in bytes."""

LONG: Final = "a" * 300
NASTY_TEXTS: Final = (
    "", " ", "\t", "~", "null", "no", "on", "0", "-0", "00", "1e999", "-1e-999", ".inf", ".nan", "0x1F", "1_000",
    "9" * 400, "-" + "9" * 5000, "1." + "0" * 400, "12:30", "2026-02-30", "0000-01-01", "0999-01-01", "9999-12-31",
    "10000-01-01", "2026-00", "2026-13-01", "*a", "&a b", "!!python/object:os.system x", "!x y", "<<", "- - - -",
    "[" * 500, "{" * 500, "[" * 50_000, "? " * 200, "'", '"', "|", ">", "%YAML 9.9", "---", "...", "#", " # ",
    "\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\u202e", "\u2066x", "\u2028", "\x00", "\x85", "\ufeff", "\ufffe", "\x7f",
    "\n::error::x", "::error::x", "\r", "\r\n", "<script>alert(1)</script>", "<img src=x onerror=y>", "&#x202e;",
    "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "https://[", "https://a b",
    "![x](/etc/passwd)", "![x](../../../etc/passwd)", "![x](media)", "![x]()", "[x](javascript:alert(1))",
    "{{c1::", "}}", "{{c0::x}}", "{{c999999999999::x}}", "{{c1::{{c1::x}}}}", "{{c1::a::b::c}}", "{{#Front}}", "{{{",
    "$", "$$", r"$\frac{", r"$\unknown$", "$" + "{" * 2000 + "$", r"\(", "`", "```", "*" * 1000, "_" * 1000,
    "[" * 1000 + "]" * 1000, "> " * 500, "- " * 300, "|" * 2000, "\\", "\\" * 1001, "=1+1", "@SUM(A1)", "+1", "\uff1d1",
    "e\u0301", "\u00e9", "\U0001f469\U0001f3fd\u200d\u2695\ufe0f", "\u0000", "\U000e0041", "\ue00a", "\U0010ffff",
    "العربية", "日本語", "\u200b", "\u00a0", "a" * 100_000, LONG, f"media/{LONG}.png", f"{LONG}/x.png", "CON",
    "a/b", "a\\b", "..", ".", "/", "~root", "zoo", "b1", "one", "s1", "us-img", "true", "2026-11-29", "(a+)+$", "(?P<x",
    "(" * 200, "a{99999}", r"(\w+\s?)*$", "\\p{L}", "%s%n%x", "${HOME}", "$(id)", ";id", "' OR 1=1 --",
)  # fmt: skip

NAMES: Final = (
    b"a\x1b]0;x\x07", b"a\n::error::x", b"bad\xff", b"\xe2\x80\xaex", b"CON", b"aux.yaml", b"a b", b"e\xcc\x81",
    b"\xc3\xa9", b"a" * 255, b"a" * 250 + b".yaml", b"-x", b".hidden", b"x.", b"x?", b"*", b"[a]", b"$x", b"a'b\"c",
    b"%41", b"one.yml", b"deck.yaml", b"ONE.yaml", b"ledger.txt", b"guids.txt", b"\xf0\x9f\x98\x80", b"\x7f",
)  # fmt: skip

NAMES_OF_THINGS: Final = {"id", "kind", "type", "lang", "dir", "lint", "sections", "level", "audience", "country"}

VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 10**30, 1.5, 1e308, float("inf"), float("nan"), "", [], {}, [[]], [None], {"": None},
    {"a": {"b": {"c": []}}}, [[[[[[1]]]]]], {"x" * 50: 1}, list(range(300)), {str(n): n for n in range(300)},
)  # fmt: skip


def write_base(folder: Path) -> None:
    """Write the good collection into a folder."""
    for name, content in BASE.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def mutate(folder: Path, number: int) -> list[str]:
    """Change the collection in a folder, in the way of this number; say what was done."""
    chance = Random(f"input {number}")
    return [_mutate_once(folder, chance) for _ in range(chance.choice((1, 1, 1, 2, 3, 4)))]


def _mutate_once(folder: Path, chance: Random) -> str:
    ways = (_file_content,) * 8 + (_file_itself, _file_name)
    way = chance.choice(ways)
    return way(folder, chance)


def _files(folder: Path) -> list[Path]:
    """Return all plain files of the input that can be read in no time."""
    found = []
    for place, folders, names in os.walk(folder):
        folders.sort()
        found += [Path(place, name) for name in sorted(names)]
    return [file for file in found if not file.is_symlink() and file.is_file() and file.stat().st_size < SMALL]


def _chosen(folder: Path, chance: Random) -> Path | None:
    """Choose a file; authors' files are five times as likely as artefacts."""
    files = [file for file in _files(folder) for _ in range(5 if "decks" in file.parts else 1)]
    return chance.choice(files) if files else None


def _file_content(folder: Path, chance: Random) -> str:
    file = _chosen(folder, chance)
    if file is None:
        return "nothing"
    content = file.read_bytes()
    ways: tuple[Callable[[bytes, Random], bytes], ...] = (_as_bytes, _as_lines, _as_words)
    if file.suffix == ".yaml":
        ways += (_as_texts,) * 8 + (_as_values, _as_values, _as_values, _as_lines, _as_words)
    elif file.suffix == ".json":
        ways += (_as_values, _as_values)
    way = chance.choice(ways)
    file.write_bytes(way(content, chance))
    return f"{way.__name__} in {file.name!a}"


def _as_bytes(content: bytes, chance: Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 5, 50))):
        start = chance.randrange(len(data) + 1)
        stop = min(len(data), start + chance.choice((1, 1, 4, 40, 400)))
        way = chance.randrange(6)
        if way == 0:
            data[start:stop] = b""
        elif way == 1:
            data[start:start] = chance.randbytes(chance.choice((1, 4, 64)))
        elif way == 2:
            data[start:start] = data[start:stop] * chance.choice((1, 2, 300))
        elif way == 3 and data:
            data[min(start, len(data) - 1)] ^= 1 << chance.randrange(8)
        elif way == 4:
            data[start:stop] = chance.choice(
                (b"\xff", b"\x00", b"\xed\xa0\x80", b"\xc0\xaf", b"\xef\xbb\xbf", b"\x1b[")
            )
        else:
            del data[start:]
        del data[4_000_000:]
    if chance.random() < 0.02:
        return bytes(data).decode("latin-1").encode("utf-16")
    return bytes(data)


def _as_lines(content: bytes, chance: Random) -> bytes:
    lines = content.split(b"\n")
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(lines))
        other = chance.randrange(len(lines))
        way = chance.randrange(8)
        if way == 0:
            del lines[at]
        elif way == 1:
            lines.insert(at, lines[other])
        elif way == 2:
            lines[at], lines[other] = lines[other], lines[at]
        elif way == 3:
            lines[at] = b" " * chance.randrange(1, 9) + lines[at]
        elif way == 4:
            lines[at] = lines[at][chance.randrange(1, 5) :]
        elif way == 5:
            lines[at] = lines[at].replace(b" ", chance.choice((b"\t", b"\xc2\xa0", b"")), 1)
        elif way == 6:
            lines[at : at + 1] = [lines[at]] * chance.choice((2, 50, 2000))
        else:
            lines[at] = chance.choice(
                (b"<<<<<<< HEAD", b"=======", b"---", b"...", b"%TAG ! x", b"\t", b"- ", b"  : x")
            )
        lines = lines or [b""]
    return chance.choice((b"\n",) * 8 + (b"\r\n", b"\r")).join(lines)


def _as_words(content: bytes, chance: Random) -> bytes:
    """Put nasty texts where words, numbers or dates are."""
    words = content.split(b" ")
    for _ in range(chance.choice((1, 1, 2, 6))):
        at = chance.randrange(len(words))
        text = chance.choice(NASTY_TEXTS).encode("utf-8", "surrogatepass")
        words[at] = chance.choice((text, words[at] + text, text + words[at], b'"' + text + b'"'))
    return b" ".join(words)


def _as_values(content: bytes, chance: Random) -> bytes:
    """Change the values of a file, and write them as JSON, which is YAML."""
    try:
        value = yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return _as_lines(content, chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        value = changed_value(value, chance)
    try:
        return json.dumps(value, ensure_ascii=chance.random() < 0.5, default=str, indent=1).encode("utf-8", "replace")
    except (ValueError, TypeError, RecursionError):
        return content


def _as_texts(content: bytes, chance: Random) -> bytes:
    """Put nasty texts into the texts of a file, all else being as it was: most such files are good ones."""
    try:
        value = yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return content
    if not isinstance(value, dict):
        return content
    for _ in range(chance.choice((1, 1, 2, 5))):
        texts = list(_texts(value))
        if texts:
            owner, key = chance.choice(texts)
            at = chance.randrange(len(owner[key]) + 1)
            nasty = chance.choice(NASTY_TEXTS)
            owner[key] = chance.choice((nasty, owner[key][:at] + nasty + owner[key][at:]))
    return json.dumps(value, ensure_ascii=chance.random() < 0.5, default=str, indent=1).encode("utf-8", "replace")


def _texts(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield where texts are that people read."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(item, str) and key not in NAMES_OF_THINGS:
                yield value, key
            else:
                yield from _texts(item)


def _nasty(chance: Random) -> Any:
    return chance.choice(NASTY_TEXTS) if chance.random() < 0.7 else chance.choice(VALUES)


def changed_value(value: Any, chance: Random) -> Any:
    """Return a value that is another at some place, chosen at random on the way down."""
    if isinstance(value, dict) and value:
        return _changed_mapping(value, chance)
    if isinstance(value, list) and value:
        return _changed_list(value, chance)
    if isinstance(value, str) and chance.random() < 0.5:
        at = chance.randrange(len(value) + 1)
        return value[:at] + chance.choice(NASTY_TEXTS) + value[at:]
    return _nasty(chance)


def _changed_mapping(value: dict[Any, Any], chance: Random) -> Any:
    key, other = chance.choice(list(value)), chance.choice(list(value))
    way = chance.random()
    if way < 0.75:
        return {**value, key: changed_value(value[key], chance)}
    if way < 0.82:
        return {name: item for name, item in value.items() if name != key}
    if way < 0.9:
        renamed = chance.choice((str(other), chance.choice(NASTY_TEXTS)))
        return {(renamed if name == key else name): item for name, item in value.items()}
    if way < 0.95:
        return {**value, key: value[other], other: value[key]}
    return {**value, chance.choice(NASTY_TEXTS): _nasty(chance)}


def _changed_list(value: list[Any], chance: Random) -> Any:
    at = chance.randrange(len(value))
    way = chance.random()
    if way < 0.75:
        return [*value[:at], changed_value(value[at], chance), *value[at + 1 :]]
    if way < 0.85:
        return value[:at] + value[at + 1 :]
    return chance.choice(([*value, value[at]], [*value, value[at]], [value[at]] * 500, [value]))


def _file_itself(folder: Path, chance: Random) -> str:
    """Put something else in a file's place."""
    file = _chosen(folder, chance)
    if file is None:
        return "nothing"
    file.unlink()
    ways: tuple[Callable[[Path, Random], str], ...] = (
        _nothing, _pipe, _folder, _link, _link, _socket, _huge, _empty, _another, _deep, _link_for_its_folder,
    )  # fmt: skip
    return f"{file.name!a} is {chance.choice(ways)(file, chance)}"


def _nothing(_file: Path, _: Random) -> str:
    return "gone"


def _pipe(file: Path, _: Random) -> str:
    os.mkfifo(file)
    return "a pipe"


def _folder(file: Path, _: Random) -> str:
    file.mkdir()
    return "a folder"


def _link(file: Path, chance: Random) -> str:
    target = chance.choice(("/etc/passwd", "/dev/zero", "/proc/self/mem", "/proc/self/environ", file.name, "nowhere"))
    file.symlink_to(target)
    return f"a link to {target!a}"


def _socket(file: Path, _: Random) -> str:
    with suppress(OSError), socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind(str(file))
    return "a socket"


def _huge(file: Path, _: Random) -> str:
    with file.open("wb") as stream:
        stream.truncate(3 * 1024**3)
    return "3 GB of nothing"


def _empty(file: Path, _: Random) -> str:
    file.write_bytes(b"")
    return "empty"


def _another(file: Path, chance: Random) -> str:
    others = [other for other in file.parent.iterdir() if other.is_file() and other.stat().st_size < SMALL]
    file.write_bytes(chance.choice(sorted(others)).read_bytes() if others else b"x")
    return "as another file"


def _deep(file: Path, chance: Random) -> str:
    file.write_bytes(chance.choice((b"[", b"{a: ", b"- ", b"<g>")) * 200_000)
    return "deep"


def _link_for_its_folder(file: Path, chance: Random) -> str:
    if any(file.parent.iterdir()):
        return "gone"
    target = chance.choice(("/", ".", "..", "/proc/self"))
    file.parent.rmdir()
    file.parent.symlink_to(target)
    return f"in a folder that is a link to {target}"


def _file_name(folder: Path, chance: Random) -> str:
    """Rename a file or a folder, or put a new one beside it."""
    entries = sorted((folder / "decks").rglob("*"))
    if not entries:
        return "nothing"
    old = chance.choice(entries)
    new = old.with_name(os.fsdecode(chance.choice(NAMES)))
    if os.path.lexists(new):
        return "nothing"
    with suppress(OSError):
        if chance.random() < 0.7 or not old.is_file():
            old.rename(new)
        else:
            new.hardlink_to(old)
    return f"{old.name!a} became {new.name!a}"
