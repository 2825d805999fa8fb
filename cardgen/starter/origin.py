"""Where the cardgen that runs was installed from, if that is an address that another machine can install it from."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any, Final

_PUBLIC: Final = re.compile(r"https://[\w.-]+(?::\d+)?/[\w./~%+-]+", re.ASCII)
"""An address without a user, a password or a query, which could be secrets."""
_COMMIT: Final = re.compile(r"[0-9a-f]{7,64}")


def installed_from() -> str:
    """Return the address in the form that pip takes; empty if it came from a disk, an index or somewhere private."""
    try:
        record = distribution("cardgen").read_text("direct_url.json")
        return address_in(json.loads(record)) if record else ""
    except (PackageNotFoundError, ValueError):
        return ""


def address_in(record: Any) -> str:  # noqa: ANN401 - as an installer has written it
    """Return the address in an installer's record: https://packaging.python.org/en/latest/specifications/direct-url/."""
    match record:
        case {"url": str(url), "vcs_info": {"vcs": "git", "commit_id": str(commit)}}:
            return f"git+{url}@{commit}" if _PUBLIC.fullmatch(url) and _COMMIT.fullmatch(commit) else ""
        case {"url": str(url), "archive_info": {}}:
            return url if _PUBLIC.fullmatch(url) else ""
    return ""
