"""The invented spill as the report takes it."""

from __future__ import annotations

from functools import cache

import numpy as np
import synthetic_run

from khazri.report.values import Note, ReportedRelease, RunOutcome, SiteOutcome, ValuedPlace, WindSeries


@cache
def outcome(sites: int = 1) -> RunOutcome:
    frames = synthetic_run.MemorySeries([synthetic_run.frame(step) for step in range(0, 25, 2)])
    reeds = np.array([[-16e3, 5e3], [-4e3, 5e3], [-4e3, 14e3], [-16e3, 14e3]])
    made = [
        SiteOutcome(
            ident=f"site-{index}",
            names={"en": f"Site {index}", "ru": f"Район {index}"},
            terrain=synthetic_run.terrain(),
            frames=frames,
            releases=(ReportedRelease("platform", "Azeri Light", synthetic_run.KG, 0.0, 3600.0, np.zeros((1, 2))),),
            places=(
                ValuedPlace("reeds", {"en": "Reeds </script><b>"}, reeds, weight=9.0),
                ValuedPlace("islet", {"en": "Islet"}, np.array([[25e3, -15e3]]), radius=2_000.0),
            ),
            wind=WindSeries(np.array([0.0, 21_600.0]), np.array([-5.0, 2.0]), np.array([5.0, 8.0])),
            notes=(Note("oil", "viscosity slope: estimated"), Note("terrain", "training bathymetry")),
            attributions=("Coast: invented",),
        )
        for index in range(sites)
    ]
    return RunOutcome(
        name="synthetic",
        titles={"en": "Oil & water", "ru": "Нефть", "az": "Neft"},
        purposes={"en": "To test."},
        start=synthetic_run.START,
        sites=tuple(made),
        summary={"pack_hash": "ab" * 32, "seed": 7},
        parties=(({"en": "Alfa"}, "Europe/Astrakhan"),),
    )


RECORD = {
    "build": {"version": "0", "lock": "sha256:0", "target": "test"},
    "seed": 7,
    "closure": 1e-16,
    "particles": 600,
}
