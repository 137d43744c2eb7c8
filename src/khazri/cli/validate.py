"""`khazri validate`: observed drifters against the model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from khazri.cli.refusal import refusals


def validate(
    tracks: Annotated[Path, typer.Argument(help="Observed tracks: CSV (time, lon, lat, id) or NetCDF.")],
    pack: Annotated[Path, typer.Argument(help="A pack whose site, time and environment the tracks lie in.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the results.")] = Path("out/validation"),
    every: Annotated[float, typer.Option(min=0.1, help="Hours between two starts along a track.")] = 6.0,
    horizon: Annotated[float, typer.Option(min=1.0, help="Hours for which each drift is followed.")] = 24.0,
    members: Annotated[int, typer.Option(min=10, max=1000, help="Members of the ensemble.")] = 50,
    site: Annotated[str, typer.Option(help="Site of the pack; where it has several, the first unless told.")] = "",
    language: Annotated[str, typer.Option(help="Language: en, ru or az.")] = "en",
) -> None:
    """Compare drifters with the model: separation, skill, best wind factor, share within the ensemble's ellipse. EXERCISE."""
    with refusals():
        from rich.console import Console

        from khazri.cli.progress import RunProgress
        from khazri.inputs import InputError
        from khazri.inputs.tracks import read_tracks
        from khazri.report.validation import rows_by_lead, write_validation
        from khazri.report.values import LANGUAGES
        from khazri.runs.compiling import compile_engine
        from khazri.runs.preparation import prepare
        from khazri.runs.validation import validate as compare_tracks

        if language not in LANGUAGES:
            typer.echo(f"language is {language!r}; expected one of {', '.join(LANGUAGES)}", err=True)
            raise typer.Exit(2)
        read = read_tracks(tracks)
        with RunProgress(Console(stderr=True)) as progress:
            prepared = prepare(pack, progress=progress)
            known = {each.site.ident: each for each in prepared.sites}
            if site and site not in known:
                raise InputError(f"{pack}: has no site {site!r}; expected one of {', '.join(known)}")
            place = known[site] if site else prepared.sites[0]
            compile_engine(lambda share: progress.phase("compiling", share))
            found = compare_tracks(
                read.tracks, place.inputs, begin=prepared.pack.start.timestamp(), duration=prepared.pack.duration,
                every=every * 3600.0, horizon=horizon * 3600.0, members=members,
                told=lambda share: progress.phase("stepping", share),
            )  # fmt: skip
            if len(known) > 1:
                read = replace(read, notes=(*read.notes, f"compared at site {place.site.ident} of {', '.join(known)}"))
            notes = [*read.notes, *(f"{note.topic}: {note.text}" for note in place.notes)]
            progress.phase("writing")
            written = write_validation(out, found, notes, language=language)
            progress.phase("writing", 1.0)
    console = Console()
    console.print(f"EXERCISE  {len(found.starts)} drifts of {len({s.track for s in found.starts})} tracks")
    for note in (*read.notes, *found.notes):
        console.print(f"- {note}", markup=False)
    last = rows_by_lead(found)[-1]
    console.print(
        f"with the pack's wind factor, {100 * found.given_factor:.1f} %: mean separation after {last['lead_h']} h "
        f"{last['given_mean_km']} km, mean skill {found.given_skill.mean():.2f}"
    )
    console.print(
        f"with the best of those tried, {100 * found.best_factor:.1f} %: {last['mean_km']} km, {found.skill.mean():.2f}; "
        f"by least squares {100 * found.least_squares_factor:.2f} %"
    )
    console.print(
        f"within the ellipse of half of {found.members} members: {100 * found.inside:.0f} % (50 % would be right)"
    )
    for path in written:
        console.print(f"  {path}", highlight=False, soft_wrap=True)
