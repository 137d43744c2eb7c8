"""One step of one site."""

from __future__ import annotations

from khazri.engine.controls import Controls
from khazri.engine.site import SiteInputs, SiteState


def step(state: SiteState, inputs: SiteInputs, controls: Controls | None = None, *, threads: int | None = None) -> None:
    """Move and weather every particle by one dt, in place. `threads` changes the speed and no bit."""
    raise NotImplementedError
