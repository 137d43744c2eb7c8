"""A whole pack: what is exercised, between whom, when and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr

from khazri.scenario.crew import Cell, HomePort, Observers, Unit
from khazri.scenario.faults import Where
from khazri.scenario.kinds import Ident, LocalText, Section, Utc, Words
from khazri.scenario.numerics import NumericsSettings
from khazri.scenario.oil import OwnOil
from khazri.scenario.response import PlannedOrder
from khazri.scenario.site import Site
from khazri.scenario.story import Inject, Objective

Language = Literal["en", "ru", "az", "kk", "tk", "fa"]
LATER = ("roles", "casualties", "targets", "triggers")


class Party(Section):
    """A delegation that takes part."""

    ident: Ident
    name: LocalText
    time_zone: Words = "UTC"


class Attachment:
    """Files that a pack refers to: where it does, the names or patterns it gives, and whether patterns are allowed."""

    __slots__ = ("addresses", "names", "patterns", "where")

    def __init__(
        self, where: Where, names: tuple[str, ...], *, patterns: bool = False, addresses: tuple[str, ...] = ()
    ) -> None:
        self.where = where
        self.names = names
        self.patterns = patterns
        self.addresses = addresses  # given beside the names


class Pack(Section):
    """A scenario pack, in SI. `inputs.packs.read_pack` reads one from files, `scenario.build` from parsed values."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    name: Ident
    title: LocalText
    purpose: LocalText | None = None
    languages: tuple[Language, ...] = ("en",)
    parties: tuple[Party, ...] = ()
    start: Utc
    end: Utc
    cells: tuple[Cell, ...] = ()
    observers: tuple[Observers, ...] = ()
    oils: tuple[OwnOil, ...] = ()
    sites: tuple[Site, ...] = Field(min_length=1)
    bases: tuple[HomePort, ...] = ()
    inventory: tuple[Unit, ...] = ()
    objectives: tuple[Objective, ...] = ()
    injects: tuple[Inject, ...] = ()
    response: tuple[PlannedOrder, ...] = ()
    numerics: NumericsSettings = NumericsSettings()

    _notes: tuple[str, ...] = PrivateAttr(default=())
    _folder: str | None = PrivateAttr(default=None)

    @property
    def duration(self) -> float:
        """[s] from start to end."""
        return (self.end - self.start).total_seconds()

    @property
    def steps(self) -> int:
        """Steps of numerics.dt that cover the duration."""
        return max(0, -int(-self.duration // self.numerics.dt))

    @property
    def notes(self) -> tuple[str, ...]:
        """What is no fault but worth a word."""
        return self._notes

    @property
    def folder(self) -> str | None:
        """Where the pack's attachments lie; None for a pack that was not read from a file."""
        return self._folder

    def with_origin(self, *, notes: tuple[str, ...] | None = None, folder: str | None = None) -> Pack:
        """The same pack with its notes and its folder set."""
        made = self.model_copy()
        made._notes = self._notes if notes is None else notes
        made._folder = self._folder if folder is None else folder
        return made

    def site(self, ident: str) -> Site:
        """The site of that ident."""
        for site in self.sites:
            if site.ident == ident:
                return site
        raise KeyError(
            f"pack {self.name} has no site {ident!r}; expected one of {', '.join(s.ident for s in self.sites)}"
        )

    def attachments(self) -> Iterator[Attachment]:
        """Every reference to a file of the pack's folder."""
        for index, oil in enumerate(self.oils):
            if oil.adios is not None:
                yield Attachment(("oils", index, "adios"), (oil.adios,))
        for index, site in enumerate(self.sites):
            at: Where = ("sites", index)
            if site.coast.file is not None:
                yield Attachment((*at, "coast"), (site.coast.file,))
            if site.bathymetry.file is not None:
                yield Attachment((*at, "bathymetry"), (site.bathymetry.file,))
            for number, files in enumerate(site.environment.files):
                if files.local:
                    where = (*at, "environment", "files", number, "path")
                    yield Attachment(where, files.local, patterns=True, addresses=files.addresses)
            for number, edge in enumerate(() if site.environment.sea is None else site.environment.sea.boundary):
                here = (*at, "environment", "sea", "boundary", number)
                for key, name in (("gauge", edge.gauge), ("constituents", edge.constituents)):
                    if name is not None:
                        yield Attachment((*here, key), (name,))
