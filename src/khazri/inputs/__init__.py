"""Everything that is read from files: packs, coasts, soundings, forcing, oil records."""

from __future__ import annotations

__all__ = ["InputError"]


class InputError(Exception):
    """A file that cannot be used. The message says what, where, the value and what would be right."""
