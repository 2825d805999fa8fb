"""Writes the schemas into files, as they are; for those that know a collection see `cardgen.editor`.

cardgen writes them itself: what a shell writes, as in ``cardgen schema deck > FILE``, is UTF-16 on some systems.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from cardgen.build.ours import bears, in_the_way, is_in_the_way
from cardgen.build.staging import Staging, unwritable
from cardgen.check import SCHEMAS, schema_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.diagnostics import Diagnostic

_MARK: Final = '"title": "cardgen '
"""What a schema of ours says of itself."""


def schema_files(out: Path, name: str | None = None) -> dict[Path, str]:
    """Return the schema of a name with the file to write it to; without a name all of them, as files of a folder."""
    if name is not None:
        return {out: schema_text(name)}
    return {out / f"{schema}.schema.json": schema_text(schema) for schema in SCHEMAS}


def write_schemas(files: Mapping[Path, str]) -> tuple[Diagnostic, ...]:
    """Write schemas, unless that would replace what somebody else has made.

    Returns:
        Why nothing was written, if nothing was.
    """
    found = []
    try:
        with Staging() as staging:
            for file, text in files.items():
                waiting = staging.add(file, text.encode())
                if is_in_the_way(file, waiting) and not bears(file, _MARK):
                    found.append(in_the_way(file))
            if not found:
                staging.commit()
    except OSError as error:
        return (unwritable(error, Path()),)
    return tuple(found)
