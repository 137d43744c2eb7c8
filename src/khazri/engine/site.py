"""One site: what it is given (frozen) and what it has become (mutable)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from khazri.engine.controls import BoomTally, Burning, Cleaned, Recovery, Spraying
from khazri.engine.fields import Field
from khazri.engine.numerics import PROCESSES, Numerics
from khazri.engine.owners import OWNERS, STATUSES
from khazri.engine.pool import MARK_NAMES, Columns, Pool, pool_of
from khazri.engine.release import Release
from khazri.geo.terrain import Terrain
from khazri.oils.record import Oil
from khazri.oils.tables import WeatheringTable


@dataclass(frozen=True)
class SiteInputs:
    """All that one site's particles can feel; `tables[i]` belongs to `oils[i]`, fields are keyed by their name."""

    ident: str
    terrain: Terrain
    fields: dict[str, Field]
    releases: tuple[Release, ...]
    oils: tuple[Oil, ...]
    tables: tuple[WeatheringTable, ...]
    numerics: Numerics
    sea: Callable[[Field], dict[str, Field]] | None = (
        None  # fields of the sea under another wind (current, level); None: they stay as planned
    )

    def __post_init__(self) -> None:
        if len(self.oils) != len(self.tables):
            raise ValueError(
                f"site {self.ident}: {len(self.oils)} oils and {len(self.tables)} tables; expected as many"
            )
        for release in self.releases:
            if not 0 <= release.oil < len(self.oils):
                raise ValueError(
                    f"site {self.ident}: release {release.ident} has oil {release.oil}; expected 0 to {len(self.oils) - 1}"
                )
            if not release.mass > 0.0 or release.end < release.start:
                raise ValueError(
                    f"site {self.ident}: release {release.ident} is {release.mass} kg from {release.start} to {release.end} s;"
                    " expected more than 0 kg and an end not before the start"
                )
        for name, values in self.fields.items():
            if name != values.name:
                raise ValueError(f"site {self.ident}: field {values.name} is filed under {name}; expected its own name")
        unknown = self.numerics.processes - set(PROCESSES)
        if unknown:
            raise ValueError(f"site {self.ident}: unknown processes {sorted(unknown)}; expected some of {PROCESSES}")
        if not self.numerics.dt > 0.0 or self.numerics.vertical_substeps < 1:
            raise ValueError(
                f"site {self.ident}: dt is {self.numerics.dt} s in {self.numerics.vertical_substeps} vertical sub-steps"
            )


@dataclass
class SiteState:
    """What `engine.step` changes. Made by `engine.start`; saved and restored by `engine.save` and `engine.restore`.

    `held` is the mass of the owners that particles hold, `gone` that of the others; together they are the budget. `born`
    counts, per release and member, how many particles the source is due to have let go (a closed source lets them go
    nowhere), `living` how many of the pool's rows are in use.
    """

    site: int
    step: int
    living: int
    columns: Columns
    born: npt.NDArray[np.int64]  # (releases, members)
    released: npt.NDArray[np.float64]  # (releases,) [kg]
    gone: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(OWNERS))
    held: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(OWNERS))
    counts: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(STATUSES, np.int64))
    marks: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(MARK_NAMES), np.int64))
    notes: tuple[str, ...] = ()  # what was assumed or cannot run, in words for the report
    recoveries: dict[int, Recovery] = field(default_factory=dict)  # of the last step, by unit
    boom_tally: dict[int, BoomTally] = field(default_factory=dict)  # at its end, by boom
    burnings: dict[int, Burning] = field(default_factory=dict)  # of the last step, by unit
    sprayings: dict[int, Spraying] = field(default_factory=dict)  # of the last step, by unit
    cleanings: dict[int, Cleaned] = field(default_factory=dict)  # of the last step, by unit
    workshop: object = None  # buffers and threads of `engine.driver`; rebuilt when missing, never saved

    @property
    def pool(self) -> Pool:
        """The particles by name (views: rows from `living` on are not in use)."""
        return pool_of(self.columns)
