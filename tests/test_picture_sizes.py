"""Sizes of pictures are read from their first bytes, and pictures that are too large for cards are found."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from findings import found_in, section
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cardgen.read.pictures import kind_and_size

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORMATS = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}


def picture(form: str, width: int, height: int, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 200)).save(stream, form, **options)
    return stream.getvalue()


@pytest.mark.parametrize("size", [(1, 1), (31, 200), (1321, 77)])
@pytest.mark.parametrize("form", FORMATS)
def test_the_size_of_a_picture_is_what_pillow_says(form: str, size: tuple[int, int]) -> None:
    assert kind_and_size(picture(form, *size)) == (FORMATS[form], size)


@pytest.mark.parametrize("options", [{"progressive": True}, {"exif": b"Exif\0\0" + bytes(60_000)}])
def test_the_size_of_any_jpeg_is_known(options: dict[str, object]) -> None:
    assert kind_and_size(picture("JPEG", 30, 20, **options)) == ("jpeg", (30, 20))


def test_the_size_of_a_lossless_picture_is_known() -> None:
    assert kind_and_size(picture("WEBP", 30, 20, lossless=True)) == ("webp", (30, 20))


@given(cut=st.integers(0, 400), form=st.sampled_from(list(FORMATS)))
def test_a_file_that_is_cut_off_is_no_reason_to_fail(cut: int, form: str) -> None:
    kind, size = kind_and_size(picture(form, 40, 30)[:cut])
    assert kind in ("", *FORMATS.values())
    assert size is None or min(size) >= 0


@pytest.mark.parametrize(
    ("width", "height", "padding", "message"),
    [
        (2640, 1000, 2**20, "the picture has 2,640 x 1,000 pixels in 1.0 MiB; 1,320 x 500 would do"),
        (8000, 4000, 0, "the picture has 8,000 x 4,000 pixels in 0.1 MiB; 1,320 x 660 would do"),
        (1320, 9000, 2**20, None),
        (2640, 1000, 0, None),
    ],
    ids=["heavy", "many pixels", "not too wide", "light"],
)
def test_what_is_heavier_and_larger_than_cards_need_is_found(
    width: int, height: int, padding: int, message: str | None, decks: Callable[..., Path]
) -> None:
    content = picture("PNG", width, height) + bytes(padding)
    root = decks(section("id: a, kind: basic, front: Q, back: '![x](a.png)'") | {"demo/a.png": content})
    assert found_in(root) == ([("CG422", "demo/a.png", message)] if message else [])
