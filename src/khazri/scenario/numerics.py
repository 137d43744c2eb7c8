"""How finely a pack is computed: every setting of `engine.numerics.Numerics`, as the pack writes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, create_model

from khazri.engine.numerics import PROCESSES, Numerics
from khazri.scenario.kinds import Diffusivity, Flag, Loose, Measure, Section, Share, whole

_AS_ENGINE = Numerics()
Processes = create_model(
    "Processes",
    __base__=Section,
    __doc__="Which processes act; everything is on unless it is switched off here.",
    **dict.fromkeys(PROCESSES, (Flag, True)),  # type: ignore[call-overload]
)


def _diffusivity(value: object) -> object:
    return None if value == "okubo" else value


class NumericsSettings(Section):
    """Numerics of all sites; the defaults are the engine's."""

    dt: Annotated[float, Measure("time", low=1.0, high=21_600.0)] = _AS_ENGINE.dt
    particles: Annotated[int, whole(1, 100_000_000)] = _AS_ENGINE.particles
    seed: Annotated[int, whole(0, 2**32 - 1)] = _AS_ENGINE.seed
    members: Annotated[int, whole(1, 65_535)] = _AS_ENGINE.members
    advection: Literal["euler", "rk2", "rk4"] = _AS_ENGINE.advection
    vertical_substeps: Annotated[int, whole(1, 1_000)] = _AS_ENGINE.vertical_substeps
    processes: Processes = Field(default_factory=Processes)  # type: ignore[valid-type]
    horizontal_diffusivity: Annotated[Diffusivity | None, Loose(_diffusivity, ({"const": "okubo"},))] = (
        _AS_ENGINE.horizontal_diffusivity
    )
    wind_factor: Share = _AS_ENGINE.wind_factor
    entrainment: Literal["li2017", "delvigne1988"] = _AS_ENGINE.entrainment
    droplets: Literal["li2017", "johansen2015"] = _AS_ENGINE.droplets
    emulsification: Literal["eley1988", "mackay1980"] = _AS_ENGINE.emulsification
    threads: Annotated[int, whole(1, 1_024)] = _AS_ENGINE.threads

    def to_engine(self) -> Numerics:
        """The engine's own record of these settings."""
        said = {name: getattr(self, name) for name in type(self).model_fields if name != "processes"}
        acting = frozenset(name for name in PROCESSES if getattr(self.processes, name))
        return Numerics(**said, processes=acting)
