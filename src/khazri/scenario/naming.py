"""That an ident names something there is; the nearest is told where it does not."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

from khazri.scenario.faults import Finding, Where


def known(what: str, value: str, idents: Collection[str], where: Where) -> Iterator[Finding]:
    """A finding where `value` is none of `idents`."""
    if value in idents:
        return
    near = difflib.get_close_matches(value, sorted(idents), n=1, cutoff=0.6)
    if near:
        yield Finding(where, f"{what}; the nearest is {near[0]}")
    else:
        yield Finding(where, f"{what}: {', '.join(idents)}" if idents else f"{what}; the pack has none")
