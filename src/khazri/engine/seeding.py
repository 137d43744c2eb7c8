"""Particles enter the water."""

from __future__ import annotations

from khazri.engine.site import SiteInputs, SiteState


def start(inputs: SiteInputs, site_index: int = 0) -> SiteState:
    """The state before the first step."""
    raise NotImplementedError
