"""One OpenDrift case, run as a separate program in its own environment: prints a JSON line with its speed.

Usage: python opendrift_case.py oil|drift FORCING.nc PARTICLES STEPS

OpenDrift is GPL-2: it is run here for comparison, nothing of it is imported by or copied into Khazri.
"""

import json
import logging
import sys
import time
from datetime import datetime, timedelta

logging.disable(logging.CRITICAL)


def main() -> None:
    case, forcing, particles, steps = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    import opendrift
    from opendrift.models.oceandrift import OceanDrift
    from opendrift.models.openoil import OpenOil
    from opendrift.readers.reader_netCDF_CF_generic import Reader

    model = OpenOil(loglevel=50) if case == "oil" else OceanDrift(loglevel=50)
    model.add_reader(Reader(forcing))
    model.set_config("general:use_auto_landmask", False)
    model.set_config("drift:advection_scheme", "runge-kutta" if case == "oil" else "runge-kutta4")
    model.set_config("environment:constant:horizontal_diffusivity", 2.0)
    model.set_config("environment:fallback:land_binary_mask", 0)
    model.set_config("environment:fallback:sea_floor_depth_below_sea_level", 50)
    if case == "oil":
        model.set_config("drift:vertical_mixing", True)
        model.set_config("vertical_mixing:timestep", 60.0)
        for process in ("dispersion", "evaporation", "emulsification", "biodegradation"):
            model.set_config(f"processes:{process}", process != "dispersion")
        model.seed_elements(
            50.0,
            42.0,
            radius=2000,
            number=particles,
            time=datetime(2026, 9, 14),
            oil_type="GENERIC MEDIUM CRUDE",
            m3_per_hour=100,
        )
    else:
        model.set_config("drift:vertical_mixing", False)
        model.seed_elements(
            50.0, 42.0, radius=2000, number=particles, time=datetime(2026, 9, 14), wind_drift_factor=0.03
        )
    began = time.perf_counter()
    model.run(steps=steps, time_step=900, time_step_output=timedelta(hours=6))
    wall = time.perf_counter() - began
    print(
        json.dumps(
            {
                "program": f"OpenDrift {opendrift.__version__} {type(model).__name__}",
                "particles": particles,
                "steps": steps,
                "wall_seconds": wall,
                "particle_steps_per_second": particles * steps / wall,
            }
        )
    )


if __name__ == "__main__":
    main()
