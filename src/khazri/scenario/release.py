"""Where, when and how much oil enters the water, as the pack says it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from khazri.scenario.kinds import (
    Depth,
    Distance,
    Ident,
    LocalText,
    Mass,
    MassRate,
    Moment,
    Point,
    Section,
    Share,
    Volume,
    ring_of,
)


class RateStep(Section):
    """From `at` until the next step (or the release's end): a constant rate, or an evenly spread share of the whole."""

    at: Moment
    mass_rate: MassRate | None = None
    share: Share | None = None


class OilRelease(Section):
    """One source. Exactly one of at, line, polygon; exactly one of mass, volume, or a rate of mass."""

    ident: Ident
    name: LocalText | None = None
    at: Point | None = None
    line: tuple[Point, ...] | None = None
    polygon: tuple[Point, ...] | None = None
    radius: Distance = 0.0  # of the disc about `at` [m]
    from_: Moment = Field(default=0.0, alias="from")
    until: Moment | None = None  # absent: all at once
    oil: Ident
    mass: Mass | None = None
    volume: Volume | None = None
    rate: tuple[RateStep, ...] | None = None  # absent: constant from `from` until `until`
    depth: Depth = 0.0  # below the surface [m]

    @property
    def start_seconds(self) -> float:
        """[s] from the start of the run."""
        return self.from_

    @property
    def end_seconds(self) -> float:
        """[s] from the start of the run; equal to start_seconds when all comes at once."""
        return self.from_ if self.until is None else self.until

    @property
    def shape(self) -> Literal["point", "line", "polygon"]:
        """What `vertices` are."""
        return "polygon" if self.polygon is not None else "line" if self.line is not None else "point"

    @property
    def vertices(self) -> tuple[tuple[float, float], ...]:
        """(longitude, latitude) in degrees; a polygon's ring is not closed."""
        if self.polygon is not None:
            return ring_of(self.polygon)
        if self.line is not None:
            return tuple((point.lon, point.lat) for point in self.line)
        return () if self.at is None else ((self.at.lon, self.at.lat),)

    @property
    def total_mass(self) -> float | None:
        """[kg], also where a rate says it; None when a volume is given, which needs the oil's density."""
        if self.mass is not None or self.volume is not None or self.rate is None:
            return self.mass
        return sum(amount for amount in self._amounts())

    @property
    def rate_times(self) -> tuple[float, ...] | None:
        """Moments [s] of `rate_shares`; None: constant rate."""
        if self.rate is None:
            return None
        return (*(step.at for step in self.rate), self.end_seconds)

    @property
    def rate_shares(self) -> tuple[float, ...] | None:
        """Share of the whole that is out at each of `rate_times`, 0 to 1, linear between them. None: constant rate."""
        if self.rate is None:
            return None
        amounts = self._amounts()
        whole, out, shares = sum(amounts), 0.0, [0.0]
        for amount in amounts:
            out += amount
            shares.append(min(1.0, out / whole) if whole > 0.0 else 0.0)
        return (*shares[:-1], 1.0)

    def _amounts(self) -> tuple[float, ...]:
        steps = self.rate or ()
        ends = [*(step.at for step in steps[1:]), self.end_seconds]
        return tuple(
            step.share if step.share is not None else (step.mass_rate or 0.0) * (end - step.at)
            for step, end in zip(steps, ends, strict=True)
        )
