"""The formulas: scalar functions compiled by numba, one process a module."""

from khazri.physics.target import TARGET

__all__ = ["TARGET"]
