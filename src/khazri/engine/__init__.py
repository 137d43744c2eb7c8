"""Particles, fields, the step driver, the mass budget, snapshots and frames."""
