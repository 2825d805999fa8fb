"""The exceptions that callers of cardgen may meet.

What is wrong with decks is no exception: it comes back as diagnostics.
"""

from __future__ import annotations


class UsageError(ValueError):
    """A request that makes no sense, whatever the decks hold; its text says why and what to do."""
