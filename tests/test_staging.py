"""Files are put in their places whole, and what stands in the way is named as people know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardgen.build.staging import Staging, unwritable

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_that_cannot_be_replaced_is_named_and_not_the_one_that_waits_for_its_place(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    with Staging() as staging:
        staging.add(target, b"new")
        target.mkdir()
        with pytest.raises(IsADirectoryError) as caught:
            staging.commit()
    assert str(unwritable(caught.value, tmp_path).place) == target.as_posix()
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_is_removed_only_once_all_is_put_in_place(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes(b"old")
    with Staging() as staging:
        staging.remove(tmp_path / "old.csv")
        staging.add(tmp_path / "new.csv", b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["old.csv"]
    with Staging() as staging:
        staging.remove(tmp_path / "old.csv")
        staging.add(tmp_path / "new.csv", b"new")
        staging.commit()
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("new.csv", b"new")]


@pytest.mark.parametrize(
    ("error", "is_open"),
    [
        (PermissionError(13, "Access is denied", "a.csv"), True),
        (PermissionError(13, "Access is denied", "missing.csv"), False),
        (OSError(28, "No space left on device", "a.csv"), False),
    ],
)
def test_who_may_not_replace_a_file_is_told_that_it_may_be_open(error: OSError, is_open: bool, tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    error.filename = str(tmp_path / error.filename)
    found = unwritable(error, tmp_path)
    assert (found.code, "such as Excel" in found.hint) == ("CG504", is_open)
    assert found.message == f"cannot write: {error.strerror}"
