"""The forecasts of a site as its pack asks for them."""

from __future__ import annotations

from khazri.engine.fields import Field
from khazri.geo.plane import SitePlane
from khazri.inputs.scripted import Bounds, scripted_field
from khazri.scenario.pack import Pack
from khazri.scenario.script import Scripted
from khazri.scenario.site import Site
from khazri.sea.forecast import Errors, Forecaster, Outlook, outlook_of

TOLD = ("wind", "air_temperature", "visibility")


def forecaster_of(pack: Pack, site: Site, *, plane: SitePlane, bounds: Bounds) -> Forecaster | None:
    """What makes the site's forecasts; None where the pack asks for none.

    They are for the middle of the site unless the pack says where: where oil will come from is not to be read off them.
    """
    asked = site.environment.forecast
    if asked is None:
        return None
    place = 0.5 * (bounds[0] + bounds[2]), 0.5 * (bounds[1] + bounds[3])
    if asked.at is not None:
        x, y = plane.to_plane(asked.at.lon, asked.at.lat)
        place = (float(x), float(y))
    errors = None
    if asked.error is not None:
        said = asked.error
        errors = Errors(said.wind, said.air, said.start, said.growth, said.number)
    written = tuple((issue.issued, _says(issue, pack, site, plane, bounds, place=place)) for issue in asked.issues)
    return Forecaster(
        site.ident, place, asked.horizon, asked.step, written, errors, asked.every, asked.delay, pack.numerics.seed
    )


def _says(
    issue: Scripted, pack: Pack, site: Site, plane: SitePlane, bounds: Bounds, *, place: tuple[float, float]
) -> Outlook:
    fields: dict[str, Field] = {}
    for name in TOLD:
        found = scripted_field(
            issue, name, plane, bounds, seed=pack.numerics.seed, site=f"{site.ident} forecast", duration=pack.duration
        )
        if found is not None:
            fields[name] = found
    return outlook_of(fields, plane, *place)
