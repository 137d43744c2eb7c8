"""The text of a new pack: valid, runs as it is, and says what each part is for."""

from __future__ import annotations

from typing import Final

_TEXT: Final = """\
# EXERCISE. A scenario pack of Khazri; docs/scenario-packs.md explains every setting.
# Check it: khazri scenario check {name}        Run it: khazri run {name} -o out
schema: 1
name: {name}
title: {{ en: "{title}" }}            # also ru, az, kk, tk, fa
purpose: {{ en: "What this exercise is to show." }}
parties:
  - {{ ident: alfa, name: {{ en: "Delegation Alfa" }}, time_zone: Asia/Baku }}
  - {{ ident: bravo, name: {{ en: "Delegation Bravo" }}, time_zone: Asia/Aqtau }}
start: 2026-09-14T04:00:00Z                # times are UTC
end: 2026-09-15T04:00:00Z
sites:
  - ident: middle-caspian
    name: {{ en: "Middle Caspian" }}
    area: {{ west: 48.5, east: 51.5, south: 41.0, north: 43.0 }}      # a box; or a polygon [[lon, lat], ...]
    water_level: -29.3                     # m, Baltic datum
    coast: training                        # or fine, or a GeoJSON file beside this one
    bathymetry: training                   # or a depth as in 120 m, or a NetCDF or GeoJSON file
    environment:
      scripted:                            # what is not said here is estimated, and the report says how
        wind:                              # named by where it comes from; linear between its moments
          - {{ at: "T+00:00", speed: 14 kn, from: 330 deg }}
          - {{ at: "T+24:00", speed: 8 kn, from: 300 deg }}
        current: {{ speed: 0.15 m/s, towards: 160 deg }}                # constant; named by where it goes
        water_temperature: 22 degC
        air_temperature: 21 degC
        salinity: 12.8
    releases:
      - ident: tanker
        at: {{ lon: "050-00.0E", lat: "42-00.0N" }}
        radius: 100 m
        from: "T+00:00"
        until: "T+02:00"                   # leave it out for a release all at once
        oil: azeri-light                   # khazri oil list shows the catalogue
        mass: 200 t                        # or volume: 230 m3
    shoreline:
      default: sand
    places:                                # what the oil must not reach, and how much it counts
      - {{ ident: reserve, name: {{ en: "Reserve" }}, point: [49.7, 42.3], radius: 3 km, weight: 5 }}
numerics:
  dt: 15 min
  particles: 10000
  seed: 1
"""


def write_template(name: str) -> str:
    """scenario.yaml of a new pack called `name` (lower-case words joined by hyphens)."""
    return _TEXT.format(name=name, title=name.replace("-", " ").replace("_", " ").capitalize())
