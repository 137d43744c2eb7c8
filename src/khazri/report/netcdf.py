"""CF-1.11 NetCDF: trajectories of all particles, and grids of thickness and presence on the plane."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import netCDF4
import numpy as np
import numpy.typing as npt
from pyproj import CRS

from khazri import __version__
from khazri.engine.frame import Frame
from khazri.engine.owners import Status
from khazri.geo.plane import SitePlane
from khazri.report.measures import Measures
from khazri.report.values import BAOAC_NAMES, RunOutcome, SiteOutcome, appearance, iso, pick

CONVENTIONS: Final = "CF-1.11, ACDD-1.3"
FILL: Final = np.float32(9.96921e36)
TRAJECTORY_LIMIT: Final = 40_000_000  # particles times frames; beyond it every n-th particle is written, and said

# name of the variable -> (column of the frame, attributes)
COLUMNS: Final[dict[str, tuple[str, dict[str, object]]]] = {
    "z": (
        "z",
        {"standard_name": "height", "long_name": "height above the water's surface", "units": "m"},
    ),
    "oil_mass": ("mass", {"long_name": "oil left on the particle, water not counted", "units": "kg"}),
    "evaporated_fraction": ("evaporated", {"long_name": "evaporated fraction of the oil released", "units": "1"}),
    "water_fraction": ("water", {"long_name": "water fraction of the emulsion", "units": "1"}),
    "oil_density": ("density", {"long_name": "density of the emulsion", "units": "kg m-3"}),
    "oil_viscosity": ("viscosity", {"long_name": "kinematic viscosity of the emulsion", "units": "m2 s-1"}),
    "film_thickness": ("thickness", {"long_name": "thickness of the thick film the particle belongs to", "units": "m"}),
    "droplet_diameter": ("diameter", {"long_name": "diameter of the droplet, 0 where not submerged", "units": "m"}),
}


def write_trajectories(path: Path, run: RunOutcome, site: SiteOutcome) -> int:
    """Write every particle at every frame; returns the stride over particles (1: all of them)."""
    frames = site.frames
    count = int(frames[len(frames) - 1].ident.max(initial=0)) + 1
    stride = max(1, -(-count * len(frames) // TRAJECTORY_LIMIT))
    kept = -(-count // stride)
    with netCDF4.Dataset(path, "w", format="NETCDF4") as out:
        _describe(out, run, site, "Trajectories of oil particles")
        out.featureType = "trajectory"
        if stride > 1:
            out.comment += f" One particle in {stride} is written."
        out.createDimension("trajectory", kept)
        out.createDimension("obs", len(frames))
        release, member = _identities(out, site, kept, stride)
        shape, chunks = ("trajectory", "obs"), (min(kept, 1 << 16), 1)
        times = _times(out, run, dims=shape, chunks=chunks)
        places = _positions(out, shape, chunks)
        status = _status(out, shape, chunks)
        columns = {
            name: _variable(out, name, "f4", shape, chunks=chunks, fill=FILL, coordinates="time lat lon", **attributes)
            for name, (_, attributes) in COLUMNS.items()
        }
        out["z"].positive = "up"
        groups = np.full((2, kept), -1, np.int32)
        for index in range(len(frames)):
            frame = frames[index]
            times[:, index] = frame.time
            at = _rows(frame, stride)
            where = frame.ident[at] // stride
            row: npt.NDArray[np.float32] = np.full(kept, FILL, np.float32)
            degrees = site.terrain.plane.to_geographic(frame.x[at], frame.y[at])
            for variable, values in zip(places, degrees, strict=True):
                row[where] = values
                variable[:, index] = row
            for name, (column, _) in COLUMNS.items():
                row[where] = shorten(getattr(frame, column)[at])
                columns[name][:, index] = row
            states = np.full(kept, Status.NOT_YET_RELEASED, np.int8)
            states[where] = frame.status[at]
            status[:, index] = states
            groups[0, where], groups[1, where] = frame.release[at], frame.member[at]
        release[:], member[:] = groups
    return stride


def _identities(out: netCDF4.Dataset, site: SiteOutcome, kept: int, stride: int) -> tuple[Any, Any]:
    dims = ("trajectory",)
    ident = _variable(out, "trajectory", "i4", dims, long_name="number of the particle", cf_role="trajectory_id")
    ident[:] = np.arange(kept, dtype=np.int32) * stride
    release = _variable(out, "release", "i4", dims, long_name="number of the release, from 0", fill=-1)
    if site.releases:
        release.flag_values = np.arange(len(site.releases), dtype=np.int32)
        release.flag_meanings = " ".join(_word(r.ident) for r in site.releases)
    return release, _variable(out, "member", "i4", dims, long_name="member of the ensemble, from 0", fill=-1)


def _positions(out: netCDF4.Dataset, shape: tuple[str, ...], chunks: tuple[int, ...]) -> tuple[Any, Any]:
    def one(name: str, word: str, unit: str) -> Any:
        return _variable(
            out, name, "f4", shape, chunks=chunks, fill=FILL, standard_name=word, long_name=word, units=unit
        )

    return one("lon", "longitude", "degrees_east"), one("lat", "latitude", "degrees_north")


def _rows(frame: Frame, stride: int) -> slice | npt.NDArray[np.bool_]:
    return slice(None) if stride == 1 else np.asarray(frame.ident % stride == 0)


def write_grids(path: Path, run: RunOutcome, site: SiteOutcome, measures: Measures) -> None:
    """Write thickness, appearance, mass, cover, presence, first arrival and exposure on the plane."""
    grids = measures.grids
    with netCDF4.Dataset(path, "w", format="NETCDF4") as out:
        _describe(out, run, site, "Gridded oil at the surface")
        for name, size in (("time", grids.times.size), ("y", grids.grid.ny), ("x", grids.grid.nx)):
            out.createDimension(name, size)
        _times(out, run, dims=("time",))[:] = grids.times
        for axis, values in (("x", grids.grid.x), ("y", grids.grid.y)):
            _variable(
                out, axis, "f8", (axis,), units="m", axis=axis.upper(),
                standard_name=f"projection_{axis}_coordinate", long_name=f"{axis} on the site's plane",
            )[:] = values  # fmt: skip
        xx, yy = np.meshgrid(grids.grid.x, grids.grid.y)
        lon, lat = site.terrain.plane.to_geographic(xx, yy)
        for name, values, unit in (("lon", lon, "degrees_east"), ("lat", lat, "degrees_north")):
            word = "longitude" if name == "lon" else "latitude"
            _variable(
                out, name, "f8", ("y", "x"), units=unit, standard_name=word, long_name=f"{word} of the cell's centre"
            )[:] = values
        _projection(out, site.terrain.plane)
        common: dict[str, Any] = {"grid_mapping": "stereographic", "coordinates": "lat lon"}
        cube, flat, chunks = ("time", "y", "x"), ("y", "x"), (1, grids.grid.ny, grids.grid.nx)

        def put(name: str, values: npt.NDArray[Any], dims: tuple[str, ...], **attributes: object) -> None:
            size = chunks if dims == cube else None
            variable = _variable(out, name, "f4", dims, chunks=size, **attributes, **common)
            variable[:] = shorten(values)

        put("film_thickness", grids.film, cube, units="m", cell_methods="area: mean where oil",
            long_name="thickness of the thick film in the cell, weighted by mass")  # fmt: skip
        put("oil_cover", grids.cover, cube, units="1", long_name="share of the cell covered by that film")
        put("oil_surface_mass", grids.mass, cube, units="kg m-2", cell_methods="area: mean",
            long_name="oil at the surface per area of the cell, water not counted")  # fmt: skip
        put("presence_probability", grids.presence, cube, units="1",
            long_name="share of the ensemble's members with visible oil (0.04 um or more) in the cell")  # fmt: skip
        total = grids.mass.sum(axis=(1, 2), keepdims=True)
        share = np.divide(grids.mass, total, out=np.zeros_like(grids.mass), where=total > 0)
        put("location_probability", share, cube, units="1",
            long_name="probability that oil at the surface lies in the cell (share of its mass)")  # fmt: skip
        _appearance(out, grids.film, cube, chunks, common)
        first = _variable(
            out,
            "first_arrival",
            "f4",
            flat,
            fill=FILL,
            units="hours",
            long_name="time from the start to the first oil",
            **common,
        )
        first[:] = np.where(np.isnan(grids.first_arrival), FILL, grids.first_arrival / 3600.0)
        put("exposure", grids.exposure, flat, units="kg s m-2", long_name="oil per area summed over time")


def _appearance(
    out: netCDF4.Dataset,
    film: npt.NDArray[np.float32],
    dims: tuple[str, ...],
    chunks: tuple[int, ...],
    common: dict[str, Any],
) -> None:
    code = _variable(
        out,
        "appearance",
        "i1",
        dims,
        chunks=chunks,
        long_name="Bonn Agreement oil appearance code of the film",
        **common,
    )
    code.flag_values = np.arange(6, dtype=np.int8)
    code.flag_meanings = "not_visible " + " ".join(BAOAC_NAMES)
    code[:] = appearance(film).astype(np.int8)


def shorten(values: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float32]:
    """Float32 rounded to 14 bits of mantissa (3e-5 relative), which deflates to half the size."""
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    return np.where(np.isfinite(values), (bits + np.uint32(0x100)) & np.uint32(0xFFFFFE00), bits).view(np.float32)


def _describe(out: netCDF4.Dataset, run: RunOutcome, site: SiteOutcome, what: str) -> None:
    title = pick(run.titles, "en", run.name)
    comment = "EXERCISE - simulated incident, not a real event. Floating values hold four significant digits."
    if site.not_for_navigation:
        comment += " Training bathymetry, not for navigation."
    out.setncatts(
        {
            "Conventions": CONVENTIONS,
            "title": f"EXERCISE: {what}: {title}, {site.name()}",
            "summary": f"{what} of a simulated oil spill, made for an exercise.",
            "keywords": "oil spill, exercise, simulation",
            "institution": "Khazri exercise",
            "source": f"Khazri {__version__}, Lagrangian oil-spill simulation",
            "history": f"{iso(datetime.now(UTC))} written by Khazri {__version__}",
            "references": "docs/physics of the Khazri project",
            "comment": comment,
            "date_created": iso(datetime.now(UTC)),
            "pack_hash": str(run.summary.get("pack_hash", "")),
            "seed": str(run.summary.get("seed", "")),
            "time_coverage_start": iso(run.start),
            "time_coverage_end": iso(run.moment(float(site.frames.times[-1]) if len(site.frames) else 0.0)),
            "license": "Simulated figures, free to use; the sources named in `acknowledgement` keep their terms.",
            "acknowledgement": "; ".join(site.attributions) or "none",
        }
    )


def _times(
    out: netCDF4.Dataset, run: RunOutcome, *, dims: tuple[str, ...], chunks: tuple[int, ...] | None = None
) -> Any:
    attributes = {"axis": "T"} if len(dims) == 1 else {}
    return _variable(
        out,
        "time",
        "f8",
        dims,
        chunks=chunks,
        standard_name="time",
        long_name="time",
        calendar="standard",
        units_metadata="leap_seconds: none",
        units="seconds since " + run.start.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds"),
        **attributes,
    )


def _status(out: netCDF4.Dataset, shape: tuple[str, ...], chunks: tuple[int, ...]) -> Any:
    status = _variable(
        out, "status", "i1", shape, chunks=chunks, coordinates="time lat lon",
        long_name="what the particle is: owner of its oil, or not yet released, or spent",
    )  # fmt: skip
    status.flag_values = np.array([s.value for s in Status], np.int8)
    status.flag_meanings = " ".join(s.name.lower() for s in Status)
    return status


def _projection(out: netCDF4.Dataset, plane: SitePlane) -> None:
    variable = out.createVariable("stereographic", "i4")
    variable.setncatts(
        {key: value for key, value in CRS.from_user_input(plane.proj_string).to_cf().items() if value is not None}
    )
    variable.long_name = "the site's plane"
    variable.proj4 = plane.proj_string


def _variable(
    out: netCDF4.Dataset,
    name: str,
    kind: str,
    dims: tuple[str, ...],
    *,
    chunks: tuple[int, ...] | None = None,
    fill: object = None,
    **attributes: object,
) -> Any:
    variable: Any = out.createVariable(  # type: ignore[call-overload]
        name, kind, dims, compression="zlib", complevel=1, shuffle=True, chunksizes=chunks, fill_value=fill,
    )  # fmt: skip
    variable.setncatts(attributes)
    return variable


def _word(text: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "_-.+@") else "_" for c in text) or "release"
