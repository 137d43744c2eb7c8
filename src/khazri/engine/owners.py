"""Who owns a kilogram of oil, and what a particle is doing (CONTRACTS: mass owners)."""

from __future__ import annotations

from enum import IntEnum


class Owner(IntEnum):
    """Every kilogram of released oil has exactly one. The first eight are held by particles of that status."""

    AFLOAT = 0
    BOOMED = 1
    OVERWASHED = 2
    SUBMERGED = 3
    ON_BED = 4
    ASHORE = 5
    IN_ICE = 6
    LEFT_DOMAIN = 7
    EVAPORATED = 8
    DISSOLVED = 9
    BIODEGRADED = 10
    SEDIMENTED = 11
    RECOVERED = 12
    BURNED = 13
    BURN_RESIDUE = 14
    SHORE_CLEANED = 15


class Status(IntEnum):
    """What a particle is; 0-7 are the owners of its mass of the same number."""

    AFLOAT = 0
    BOOMED = 1
    OVERWASHED = 2
    SUBMERGED = 3
    ON_BED = 4
    ASHORE = 5
    IN_ICE = 6
    LEFT_DOMAIN = 7
    NOT_YET_RELEASED = 8
    SPENT = 9  # no mass left


OWNERS = len(Owner)
STATUSES = len(Status)
