"""Names temporary files and folders after the process that makes them, and removes those whose process was killed.

A process that is killed outright (SIGKILL, power) cannot clean up. Whoever comes next does it, and tells what is left
over from what another process is working on by the process's number, which counts on its own machine alone: what comes
from another one (over a network share, out of a container) is left over when it is old.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_OLD: Final = 60 * 60
"""Age in seconds at which something is left over whoever made it; no build lasts so long."""


def own_prefix(prefix: str) -> str:
    """Return how the names of this process's temporary files begin."""
    return f"{prefix}{_host()}-{os.getpid()}-"


def sweep(folder: Path, prefix: str) -> None:
    """Remove files and folders that this user's processes have left in a folder; what cannot be removed stays.

    Args:
        folder: Where they are.
        prefix: How their names begin, as it was given to `own_prefix`.
    """
    form = re.compile(rf"{re.escape(prefix)}([0-9a-f]{{8}})-([0-9]+)-\w+")
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = form.fullmatch(entry.name)
            if found is not None:
                with contextlib.suppress(OSError):
                    _remove(entry, found[1], int(found[2]))


def _remove(entry: os.DirEntry[str], host: str, process: int) -> None:
    status = entry.stat(follow_symlinks=False)
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        return
    gone = host == _host() and not _is_alive(process)
    if gone or time.time() - status.st_mtime > _OLD:
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)  # noqa: PTH108 - an entry of os.scandir is no Path


def _is_alive(process: int) -> bool:
    """Return whether a process of this machine is alive, or might be."""
    if os.name != "posix":
        # There, os.kill ends what it asks for.
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _host() -> str:
    # Where there is no uname, nothing is known of processes either.
    name = os.uname().nodename if hasattr(os, "uname") else ""
    return f"{zlib.crc32(name.encode()):08x}"
