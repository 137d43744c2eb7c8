"""Oils of the Caspian: Azerbaijan and Kazakhstan."""

from __future__ import annotations

from khazri.oils.figures import OilFigures
from khazri.oils.published.row import published

OILS: tuple[OilFigures, ...] = (
    published(
        "azeri-light",
        "Azeri Light",
        "crude",
        "AD02554 (2016): STATOIL, 2016. Crude Oil Assay",
        api=35.2,
        densities=((848.0, 15.0),),
        kinematic=(
            (12.3, 20.0),
            (5.9, 40.0),
            (4.4, 50.0),
        ),
        pour_point=-3.0,
        mass_cuts=(
            (0.03, 65.0),
            (0.065, 100.0),
            (0.14, 150.0),
            (0.22, 200.0),
            (0.316, 250.0),
            (0.427, 300.0),
            (0.545, 350.0),
            (0.582, 370.0),
        ),
        groups=(None, 0.24, None, None),
        wax=0.06,
    ),
    published(
        "azeri-light-2020",
        "Azeri Light, assay of 2020",
        "crude",
        "EX00003 (2020): ExxonMobil Refining and Supply, crude oil assay",
        api=35.3,
        densities=((847.34, 15.6),),
        kinematic=(
            (11.327, 20.0),
            (5.7716, 40.0),
            (4.3996, 50.0),
        ),
        pour_point=-9.0,
        volume_cuts=(
            (0.0, -22.26),
            (0.05, 70.79),
            (0.1, 109.03),
            (0.2, 169.14),
            (0.3, 222.59),
            (0.4, 270.38),
            (0.5, 316.3),
            (0.6, 364.23),
            (0.7, 418.0),
            (0.8, 480.19),
            (0.9, 570.59),
            (0.95, 646.99),
        ),
    ),
    published(
        "azeri-btc",
        "Azeri BTC",
        "crude",
        "AD02553 (2016): STATOIL, 2016. Crude Oil Assay",
        api=36.19,
        densities=((843.0, 15.0),),
        kinematic=(
            (9.48, 20.0),
            (5.06, 40.0),
            (3.9, 50.0),
        ),
        pour_point=-5.0,
        mass_cuts=(
            (0.034, 65.0),
            (0.075, 100.0),
            (0.155, 150.0),
            (0.231, 200.0),
            (0.33, 250.0),
            (0.44, 300.0),
            (0.554, 350.0),
            (0.593, 370.0),
        ),
        groups=(None, 0.226, None, None),
        wax=0.075,
    ),
    published(
        "kumkol",
        "Kumkol",
        "crude",
        "AD02198 (1999): Jokuty, P., Whiticar, S., Wang, Z., Fingas, M., Fieldhouse, B., Lambert, P",
        api=42.5,
        densities=((812.51, 15.01),),
        kinematic=(
            (7.0, 30.0),
            (4.0, 50.0),
        ),
        pour_point=10.0,
    ),
)
