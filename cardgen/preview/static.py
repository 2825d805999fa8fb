"""The page as files: to be opened from a disk, or put on any web server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.build.staging import Staging
from cardgen.preview.page import CARD, PAGE, from_disk
from cardgen.preview.site import as_json

if TYPE_CHECKING:
    from pathlib import Path

    from cardgen.preview.site import Site

_PLACE: Final = "<!-- site -->"


def write_site(site: Site, out: Path) -> Path:
    """Write the page, its cards and their pictures.

    Args:
        site: What it shows.
        out: A folder; files of earlier pages in it are replaced, others are left alone.

    Returns:
        The file to open.

    Raises:
        OSError: If something cannot be written.
    """
    with Staging() as staging:
        for name in (*PAGE, *CARD):
            text = from_disk(name)
            staging.add(out / name, (_with_data(text, site) if name == "index.html" else text).encode())
        for name, content in sorted(site.pictures.items()):
            staging.add(out / "cards" / name, content)
        staging.commit()
    return out / "index.html"


def _with_data(page: str, site: Site) -> str:
    """Put the data into the page: a page on a disk may not read other files."""
    # An end tag in a text must not end the element: https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements
    data = as_json(site, live=False).replace("<", "\\u003c")
    return page.replace(_PLACE, f'<script type="application/json" id="site">{data}</script>')
