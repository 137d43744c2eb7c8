"""The after-action report: do nothing against as played, then what people did, how it was judged, and what was learnt.

    html(evaluation, "ru", pictures) -> str       one file that works offline
    pdf(evaluation, "az", pictures) -> bytes

`pictures` are drawn by `maps.draw_pairs` from the last frames of both runs; without them the report has no maps and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khazri.report.after_action.document import MapPair
    from khazri.report.after_action.maps import draw_pair
    from khazri.report.after_action.page import html
    from khazri.report.after_action.paper import pdf

_LATER = {"MapPair": "document", "draw_pair": "maps", "html": "page", "pdf": "paper"}

__all__ = ["MapPair", "draw_pair", "html", "pdf"]


def __getattr__(name: str) -> object:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"khazri.report.after_action.{_LATER[name]}"), name)
    raise AttributeError(f"module 'khazri.report.after_action' has no attribute {name!r}")
