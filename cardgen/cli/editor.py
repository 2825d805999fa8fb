"""What commands do for an editor beside their own work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.cli.terminal import say

if TYPE_CHECKING:
    from cardgen.read import CollectionFolder


def refresh_schemas(files: CollectionFolder | None) -> None:
    """Bring the schemas of a collection for editors up to date, if it has them; a command does not fail for that."""
    from cardgen.editor.folder import refresh_schemas as refresh

    try:
        refresh(files)
    except OSError as error:
        say(f"The schemas for editors stay as they were: {error.filename}: {error.strerror}", err=True)
