"""The page as files: to be opened from a disk, or put on any web server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.build.ours import bears, in_the_way, is_in_the_way
from cardgen.build.staging import Staging, unwritable
from cardgen.preview.page import CARD, PAGE, from_disk
from cardgen.preview.site import as_json
from cardgen.read import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cardgen.diagnostics import Diagnostic
    from cardgen.export import Content
    from cardgen.preview.site import Site


class Written(Struct, frozen=True):
    """What came of writing a page.

    Attributes:
        page: The file to open.
        diagnostics: What is in the way, could not be read or written or is private, in which case nothing was written.
    """

    page: Path
    diagnostics: tuple[Diagnostic, ...]


_PLACE: Final = b"<!-- site -->"

_ENDING: Final = re.compile("<(?=!--|/?script)", re.IGNORECASE)
"""What in a text could end the element that holds the data, or keep it from ending:
https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements"""

_MARK: Final = '<meta name="generator" content="cardgen preview">'
"""What a page of ours says of itself; the folder's other files are then ours, too, as far as they have our names."""


def write_site(site: Site, out: Path) -> Written:
    """Write the page, its cards and their pictures, unless that would replace what somebody else has made.

    Args:
        site: What it shows.
        out: A folder; files of earlier pages in it are replaced, others are left alone.
    """
    page = out / "index.html"
    ours = bears(page, _MARK)
    if site.private:
        return Written(page, site.private)
    found: list[Diagnostic] = []
    try:
        with Staging() as staging:
            for file, content in _files(site, out):
                waiting = staging.add(file, content)
                if not ours and is_in_the_way(file, waiting):
                    found.append(in_the_way(file))
            if not found:
                staging.commit()
    except UnreadableFileError as error:  # a picture that changed meanwhile
        found.append(error.diagnostic())
    except OSError as error:
        found.append(unwritable(error, out))
    return Written(page, tuple(found))


def _files(site: Site, out: Path) -> Iterator[tuple[Path, Content]]:
    for name in (*PAGE, *CARD):
        content = from_disk(name)
        yield out / name, _with_data(content, site) if name == "index.html" else content
    for name in sorted(site.pictures):
        yield out / "cards" / name, site.pictures[name].write_to


def _with_data(page: bytes, site: Site) -> bytes:
    """Put the data into the page: a page on a disk may not read other files."""
    data = _ENDING.sub(r"\\u003c", as_json(site, live=False))
    return page.replace(_PLACE, f'<script type="application/json" id="site">{data}</script>'.encode())
