"""Cleaning the shore: how well a method works on a kind of shore, and how much waste it makes."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA

METHODS: Final = ("manual", "mechanical", "flushing", "reeds")

# Pace on each kind of shore (order of physics.shore.KINDS) against the method's own on the shore it is made for; 0: not
# done there: loaders sink into flats and break marshes, flushing drives oil into them, nothing grows to cut on a beach.
_SUITED = np.array(
    [
        [0.5, 0.6, 0.7, 0.9, 1.0, 0.5, 0.4, 0.3],
        [0.0, 0.0, 0.6, 0.9, 1.0, 0.0, 0.0, 0.0],
        [0.9, 1.0, 0.8, 0.6, 0.4, 0.0, 0.0, 0.3],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.3, 1.0],
    ],
    np.float32,
)
_BULK = np.array([1_600.0, 1_700.0, 1_050.0, 500.0], np.float32)  # [kg m-3]


@njit(**FORMULA)
def suited(method, kind):
    """Pace of a method on a kind of shore, of that where it works best [1]; 0: it is not used there.

    method  0 to 3, in the order of `METHODS`;  kind  0 to 7, in the order of `physics.shore.KINDS`

    Source: which method for which shore, ITOPF TIP 7 (2011) and POSOW (2013); the figures are ours.
    Valid: order of magnitude; not validated.
    Checked by: test_methods_have_their_shores.
    """
    return _SUITED[method, kind]


@njit(**FORMULA)
def bulk_density(method):
    """Of the waste that a method makes [kg m-3]: oiled sand, oily water, cut reeds.

    method  0 to 3, in the order of `METHODS`

    Source: training value (wet sand 1,600 to 1,900, water a little over 1,000, loose wet reeds 300 to 600).
    Valid: order of magnitude.
    Checked by: test_waste_by_hand.
    """
    return _BULK[method]


@njit(**FORMULA)
def oil_rate(material, waste_factor, density):
    """Oil taken off the shore [kg s-1]: rate / factor times the oil's density.

    material      oiled material handled [m3 s-1]
    waste_factor  volume of waste to that of oil: by hand 5 to 10, by machines 10 to 30 [1]
    density       of the oil [kg m-3]

    Source: ITOPF TIP 7 (2011): 1 to 2 m3 of oiled material a person and day, 100 to 200 m3 a loader and day.
    Valid: while there is bulk oil; Kerch 2024 shows 70 to 1 by mass where nothing else was done.
    Checked by: test_waste_by_hand.
    """
    return material / waste_factor * density


@njit(**FORMULA)
def waste_volume(oil, waste_factor, density):
    """Waste made with oil [m3].

    oil  taken [kg];  waste_factor  volume of waste to that of oil [1];  density  of the oil [kg m-3]

    Source: as `oil_rate`. Valid: as there.
    Checked by: test_waste_by_hand.
    """
    return oil / density * waste_factor
