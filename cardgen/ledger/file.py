"""The ledger's file: text, sorted, one line a note, so that git merges it and people can read it.

    # cardgen ledger 1 of rivers: when each note last changed. cardgen build keeps it; commit it.
    danube two-way:4f0c93ab2d61-e07f18c2 2026-11-22T09:30:00Z 2027-03-20T10:00:00Z
    danube/not basic:09a1c2b3d4e5-f60718d2 2026-11-22T09:30:00Z 2026-11-22T09:30:00Z
    old basic:aa01c2b3d4e5-f60718d2 2026-11-22T09:30:00Z 2026-11-22T09:30:00Z retired 2027-03-20T10:00:00Z danube

A line has the note's address in the deck, the form of its note type with the hash of its content, when it was added,
and when it last changed. Where they apply there follow ``as DECK/CARD``, the earlier address whose identity it keeps;
``guid GUID``, its guid where that is not computed; ``was HASH``, what the last release had of it, or ``was -`` if
nothing; in a deck of another language ``of HASH-HASH``, the texts that it was translated from, and its own; ``retired
TIME`` with what replaced it; and as JSON what the numbers of its ``gaps`` hide, what numbers hid that are ``lost``, and
what the last release ``had``.
The first line names the id that the guids of the deck's notes are computed from. Comments after it say when the last
release was, what the deck was called in it, and what the next one is allowed to do. (A record of note types has hashes
of 16 digits, since nothing in them stands for itself.)

Branches are merged line by line (``merge=union`` in .gitattributes), which can leave two lines for one note, first
lines in the middle, and no order: the later line of a note counts, and the next build puts the file in order.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final

from cardgen.ledger.address import ADDRESS, PLACE
from cardgen.ledger.entry import Entry, Gaps, Ledger, Names, Released, later
from cardgen.ledger.guids import is_guid
from cardgen.ledger.lines import TIME, DamagedLedgerError, read_time, unreadable, written_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

LEDGER_FILE: Final = "ledger.txt"
"""The name of a deck's ledger in its folder."""

VERSION: Final = 1

_HEAD: Final = "# cardgen ledger {version} of {deck}: when each note last changed. cardgen build keeps it; commit it."
_FIRST_LINE: Final = re.compile(r"# cardgen ledger ([0-9]+) of ([a-z0-9-]+):.*")
_RELEASED: Final = "# released "
_NAMED: Final = re.compile(r"# (title|folder|section(?= [a-z0-9-]+ ))(?:(?<=section) ([a-z0-9-]+))? (.+)")
_ALLOW: Final = re.compile(r"# allow ([a-z]+)")
_DIGEST: Final = r"[a-z0-9-]+:(?:[0-9a-f]{12}-[0-9a-f]{8}|[0-9a-f]{16})"
_TRANSLATED: Final = r"[0-9a-f]{12}-[0-9a-f]{8}"
_LINE: Final = re.compile(
    rf"({PLACE}) ({_DIGEST}) ({TIME}) ({TIME})(?: as ({ADDRESS}))?(?: guid (\S+))?(?: was ({_DIGEST}|-))?"
    rf"(?: of ({_TRANSLATED}))?(?: retired ({TIME})((?: {PLACE})*))?(?: (\{{.*\}}))?"
)


def file_of_language(language: Path, name: str) -> Path:
    """Return the file that a deck in another language has where a deck has one of a name in its folder.

    Args:
        language: The file of the language.
        name: `LEDGER_FILE` or `GUIDS_FILE`.
    """
    return language.with_name(f"{language.stem}.{name}")


def written(ledger: Ledger) -> str:
    """Return the text of a ledger's file; it must name its deck."""
    return "".join(f"{line}\n" for line in lines(ledger))


def lines(ledger: Ledger) -> Iterator[str]:
    """Yield the lines of a ledger's file; it must name its deck."""
    yield _HEAD.format(version=VERSION, deck=ledger.deck)
    if ledger.released:
        yield f"{_RELEASED}{written_time(ledger.released)}"
    if ledger.names is not None:
        yield from (f"# title {ledger.names.title}", f"# folder {ledger.names.folder}")
        yield from (f"# section {section} {title}" for section, title in ledger.names.sections)
    yield from (f"# allow {name}" for name in sorted(ledger.allowed))
    yield from (_line(address, ledger.entries[address]) for address in sorted(ledger.entries))


def fingerprint(of: Iterable[str]) -> str:
    """Return a hash of a ledger's lines by which one knows whether they are others."""
    found = hashlib.blake2b(digest_size=16)
    for line in of:
        found.update(f"{line}\n".encode())
    return found.hexdigest()


def read(text: str) -> Ledger:
    """Read the text of a ledger's file.

    Raises:
        DamagedLedgerError: At the first line that is not as `written` writes it, and where lines name two decks.
    """
    numbered = enumerate(text.splitlines(), start=1)
    deck = _deck(*next(numbered, (1, "")))
    entries: dict[str, Entry] = {}
    released = 0
    named_lines: dict[str, dict[str, str]] = {"title": {}, "folder": {}, "section": {}}
    allowed: set[str] = set()
    for number, line in numbered:
        match = _LINE.fullmatch(line)
        if match is None:
            if _FIRST_LINE.fullmatch(line):
                if _deck(number, line) != deck:
                    raise DamagedLedgerError(number, line, f"the ledger of another deck, `{deck}`, begins above")
                continue
            if line.startswith(_RELEASED):
                released = max(released, read_time(line.removeprefix(_RELEASED), number, line))
                continue
            if named := _NAMED.fullmatch(line):
                named_lines[named[1]][named[2] or ""] = named[3]
                continue
            if allow := _ALLOW.fullmatch(line):
                allowed.add(allow[1])
                continue
            raise DamagedLedgerError(number, line, unreadable(line))
        address, digest, added, changed, origin, guid, was, of, retired, successors, more = match.groups()
        if guid and not is_guid(guid):
            raise DamagedLedgerError(number, line, unreadable(line))
        gaps = _read_gaps(more, number, line) if more else {}
        entry = Entry(
            digest,
            read_time(added, number, line),
            read_time(changed, number, line),
            read_time(retired, number, line) if retired else None,
            tuple((successors or "").split()),
            origin or "",
            gaps.get("gaps", ()),
            gaps.get("lost", ()),
            Released("" if was == "-" else was, gaps.get("had", ())) if was else None,
            guid or "",
            of or "",
        )
        entries[address] = later(entries[address], entry) if address in entries else entry
    return Ledger(entries, released, deck, _names(named_lines), frozenset(allowed))


def _names(lines: Mapping[str, Mapping[str, str]]) -> Names | None:
    """Return the names that lines give; of two for one thing, as merges leave them, the last."""
    title, folder = lines["title"].get(""), lines["folder"].get("")
    if title is None or folder is None:
        return None
    return Names(title, folder, tuple(sorted(lines["section"].items())))


def _read_gaps(text: str, number: int, line: str) -> dict[str, Gaps]:
    """Read the texts of gaps: a JSON object of ``gaps``, ``lost`` and ``had``, each with texts by numbers."""
    try:
        found = {
            name: tuple(sorted((int(gap), str(hidden)) for gap, hidden in texts.items()))
            for name, texts in json.loads(text).items()
        }
    except (ValueError, AttributeError, RecursionError):
        raise DamagedLedgerError(number, line, unreadable(line)) from None
    if not found.keys() <= {"gaps", "lost", "had"}:
        raise DamagedLedgerError(number, line, unreadable(line))
    return found


def _deck(number: int, line: str) -> str:
    """Return the deck that a first line names."""
    match = _FIRST_LINE.fullmatch(line)
    if match is None:
        raise DamagedLedgerError(number, line, "the first line of a ledger is missing")
    if int(match[1]) != VERSION:
        raise DamagedLedgerError(
            number, line, f"the ledger is of version {match[1]}, this cardgen knows version {VERSION}"
        )
    return match[2]


def _line(address: str, entry: Entry) -> str:
    words = [address, entry.digest, written_time(entry.added), written_time(entry.changed)]
    if entry.origin:
        words += ["as", entry.origin]
    if entry.guid:
        words += ["guid", entry.guid]
    if entry.was is not None:
        words += ["was", entry.was.digest or "-"]
    if entry.of:
        words += ["of", entry.of]
    if entry.retired is not None:
        words += ["retired", written_time(entry.retired), *entry.replaced_by]
    had = entry.was.gaps if entry.was is not None else ()
    if gaps := {
        name: dict(texts) for name, texts in (("gaps", entry.gaps), ("lost", entry.lost), ("had", had)) if texts
    }:
        words.append(json.dumps(gaps, ensure_ascii=False))
    return " ".join(words)
