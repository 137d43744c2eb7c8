"""Declared stand-ins for oils of the Caspian that have no public laboratory record."""

from __future__ import annotations

from dataclasses import replace

from khazri.oils.figures import OilFigures
from khazri.oils.published.american import OILS as AMERICAN
from khazri.oils.published.condensates import OILS as CONDENSATES

_BY_IDENT = {oil.ident: oil for oil in AMERICAN + CONDENSATES}


def _proxy(ident: str, meant: str, stand_in: str) -> OilFigures:
    figures = _BY_IDENT[stand_in]
    note = (
        f"PROXY: {meant} has no public laboratory record; every figure is that of {figures.name} ({figures.source}). "
        "Good enough to exercise with, not to decide with: bring an assay of your own"
    )
    return replace(
        figures,
        ident=ident,
        name=f"{meant} (proxy: {figures.name})",
        proxy_for=meant,
        notes=(note, *figures.notes),
    )


OILS: tuple[OilFigures, ...] = (
    _proxy("tengiz", "Tengiz", "northstar"),
    _proxy("kashagan", "Kashagan", "northstar"),
    _proxy("cpc-blend", "CPC Blend", "northstar"),
    _proxy("absheron", "Absheron condensate", "oso-condensate"),
)
