"""The folder in a collection that holds its schemas for editors: made on request, and kept up to date from then on.

It lies beside the decks, so that every file finds its schema by the same short path wherever the collection is. Git
keeps nothing of it but the fact that it is there: a clone has the folder, and the next check fills it. What makes
schemas is imported where there is such a folder: every check asks for it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.check import SCHEMAS
from cardgen.load.facets import load_facets
from cardgen.load.sources import load_sources
from cardgen.load.vocabulary import vocabulary_of
from cardgen.read import InputFolder, is_bundled
from cardgen.read.files import exists, is_folder

if TYPE_CHECKING:
    from pathlib import Path

    from cardgen.editor.schemas import Offered
    from cardgen.read import CollectionFolder

_FOLDER: Final = ".cardgen"
"""A name that no deck can have, and that whoever looks for decks and pictures passes over."""

_MARK: Final = "cardgen "
"""What is in the first lines of every file of ours: in the title of a schema, for one."""

_IGNORE: Final = """\
# Written by cardgen for editors, and kept up to date. Commit this file: with it comes the folder, which the next
# `cardgen check` fills.
*
!.gitignore
"""


class Put(Struct, frozen=True):
    """What came of writing.

    Attributes:
        written: The files that were written, each whole or not at all.
        foreign: Those that somebody else has made, and that are as they were.
    """

    written: tuple[Path, ...] = ()
    foreign: tuple[Path, ...] = ()


def schema_files(root: Path) -> tuple[Path, ...]:
    """Return the files that a collection has for editors, whether they are there or not."""
    folder = root / _FOLDER
    return (folder / ".gitignore", *(folder / "schema" / f"{name}.schema.json" for name in SCHEMAS))


def write_schemas(files: CollectionFolder) -> Put:
    """Write the schemas of a collection for editors; a file that is as it should be is not touched.

    Raises:
        OSError: If one cannot be written.
    """
    return _put(files, _offered(files))


def refresh_schemas(files: CollectionFolder | None) -> Put:
    """Bring the schemas of a collection for editors up to date, if it has the folder for them.

    Where facets, sources or fields of own kinds cannot be known, because somebody is in the midst of writing them, the
    schemas stay as they are. Inside an installed cardgen, or through a link that leads out of the collection, nothing
    is ever written.

    Raises:
        OSError: If one cannot be written.
    """
    if files is None or not is_folder(files.path / _FOLDER) or is_bundled(files.path):
        return Put()
    if not all(map(InputFolder(files.path).holds, schema_files(files.path))):
        return Put()
    offered = _offered(files)
    if offered.facets is None or offered.sources is None or not all(own.fields for own in offered.own_kinds):
        return Put()
    return _put(files, offered)


def _put(files: CollectionFolder, offered: Offered) -> Put:
    from cardgen.build.ours import bears
    from cardgen.build.staging import Staging
    from cardgen.editor.schemas import editor_schema

    schemas = [json.dumps(editor_schema(name, offered), ensure_ascii=False, indent=1) for name in SCHEMAS]
    contents = [_IGNORE.encode(), *(f"{schema}\n".encode() for schema in schemas)]
    written, foreign = [], []
    with Staging() as staging:
        for path, content in zip(schema_files(files.path), contents, strict=True):
            if not exists(path) or bears(path, _MARK):
                if not _has(path, content):
                    staging.add(path, content)
                    written.append(path)
            else:
                foreign.append(path)
        staging.commit()
    return Put(tuple(written), tuple(foreign))


def _has(path: Path, content: bytes) -> bool:
    return exists(path) and path.read_bytes() == content


def _offered(files: CollectionFolder) -> Offered:
    from cardgen.editor.schemas import Offered

    facets, _ = load_facets(files.collection)
    own = vocabulary_of(files).own
    sources, _ = load_sources(files.sources)
    if sources.ids is None:
        return Offered(facets, None, own)
    # What the file has in an order of its own, and then what of it has a flaw.
    ids = [*sources.good, *sorted(sources.ids - sources.good.keys())]
    return Offered(facets, {source_id: sources.good.get(source_id) for source_id in ids}, own)
