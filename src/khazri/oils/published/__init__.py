"""The catalogue: published figures of oils, typed in with their sources, in files by region and kind."""

from __future__ import annotations

from khazri.oils.figures import OilFigures
from khazri.oils.published import american, caspian, condensates, distillates, nordic, proxies, residuals, russian

FIGURES: dict[str, OilFigures] = {
    figures.ident: figures
    for group in (caspian, proxies, russian, nordic, american, condensates, distillates, residuals)
    for figures in group.OILS
}

__all__ = ["FIGURES", "catalogue_idents"]


def catalogue_idents() -> tuple[str, ...]:
    """The idents of the catalogue, in its order; nothing is estimated for it."""
    return tuple(FIGURES)
