"""A run that cannot be made or kept."""

from __future__ import annotations


class RunRefused(Exception):  # noqa: N818
    """The message says what, where, the value and what would be right."""
