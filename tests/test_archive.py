"""The zips of packages: others read what we write, also where it takes the numbers of zip64."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardgen.anki.archive import STORED, Archive, Packing

if TYPE_CHECKING:
    from pathlib import Path

FAR = 5 << 30


def stored(archive: Archive, name: str, content: bytes) -> None:
    """Add a file as it is."""
    archive.add_packed(name, Packing(STORED, len(content), zlib.crc32(content), len(content)), [content])


FILES = st.lists(st.tuples(st.lists(st.binary(max_size=40), max_size=3), st.booleans()), max_size=6)


@given(files=FILES)
def test_a_zip_holds_what_was_added(files: list[tuple[list[bytes], bool]]) -> None:
    stream = io.BytesIO()
    archive = Archive(stream)
    for number, (pieces, deflates) in enumerate(files):
        if deflates:
            archive.add(str(number), pieces)
        else:
            stored(archive, str(number), b"".join(pieces))
    archive.end()
    methods = {True: zipfile.ZIP_DEFLATED, False: zipfile.ZIP_STORED}
    with zipfile.ZipFile(stream) as found:
        assert found.testzip() is None
        assert [
            (entry.filename, found.read(entry), entry.compress_type, entry.date_time, entry.external_attr >> 16)
            for entry in found.infolist()
        ] == [
            (str(number), b"".join(pieces), methods[deflates], (1980, 1, 1, 0, 0, 0), 0o644)
            for number, (pieces, deflates) in enumerate(files)
        ]


@given(before=FILES, after=FILES)
def test_a_zip_that_begins_as_another_is_what_it_would_be_by_itself(
    before: list[tuple[list[bytes], bool]], after: list[tuple[list[bytes], bool]]
) -> None:
    whole, other = io.BytesIO(), io.BytesIO()
    begun, alone, begins = Archive(io.BytesIO()), Archive(whole), Archive(other)
    for number, (pieces, _) in enumerate(before):
        begun.add(f"a{number}", pieces)
        alone.add(f"a{number}", pieces)
    begins.begin(begun)
    for number, (pieces, _) in enumerate(after):
        alone.add(f"b{number}", pieces)
        begins.add(f"b{number}", pieces)
    alone.end()
    begins.end()
    assert other.getvalue() == whole.getvalue()


def test_a_zip_begins_as_another_in_files_that_the_system_can_copy(tmp_path: Path) -> None:
    with (tmp_path / "begun").open("w+b") as beginning, (tmp_path / "whole.zip").open("w+b") as stream:
        begun, archive = Archive(beginning), Archive(stream)
        stored(begun, "a", bytes(3_000_000))
        archive.begin(begun)
        archive.add("b", [b"content"])
        archive.end()
        with zipfile.ZipFile(stream) as found:
            assert found.testzip() is None
            assert found.namelist() == ["a", "b"]


def test_a_zip_may_have_more_entries_than_two_bytes_can_count() -> None:
    stream = io.BytesIO()
    archive = Archive(stream)
    for number in range(65_536):
        stored(archive, str(number), b"")
    archive.add("last", [b"content"])
    archive.end()
    with zipfile.ZipFile(stream) as found:
        assert len(found.namelist()) == 65_537
        assert found.read("last") == b"content"


class _Far(io.BytesIO):
    """A file of which the first 5 GiB are not there."""

    def seek(self, position: int, whence: int = 0) -> int:
        """See io.BytesIO."""
        return FAR + super().seek(position - FAR if whence == io.SEEK_SET else position, whence)

    def tell(self) -> int:
        """See io.BytesIO."""
        return FAR + super().tell()


def test_a_zip_may_be_larger_than_four_bytes_can_tell() -> None:
    stream = _Far()
    archive = Archive(stream)
    archive.size = FAR
    archive.add("a", [b"content"])
    stored(archive, "b", b"more")
    archive.end()
    with zipfile.ZipFile(stream) as found:
        assert [(entry.filename, entry.header_offset >= FAR) for entry in found.infolist()] == [
            ("a", True),
            ("b", True),
        ]
        assert (found.read("a"), found.read("b")) == (b"content", b"more")


@pytest.mark.skipif(shutil.which("unzip") is None, reason="needs Info-ZIP's unzip")
def test_unzip_finds_nothing_wrong(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with file.open("wb") as stream:
        archive = Archive(stream)
        archive.add("deflated", [b"content" * 9])
        stored(archive, "stored", b"more")
        archive.end()
    done = subprocess.run(("unzip", "-tq", str(file)), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"No errors detected in compressed data of {file}.\n")
