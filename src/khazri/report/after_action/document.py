"""What a report consists of, in one language and before it becomes a page or paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "lead", "small", "warning"]


@dataclass(frozen=True)
class Seqs:
    """Entries of the log that stand behind a line."""

    numbers: tuple[int, ...]
    words: str = ""  # in their place, where there are none


Cell = str | Seqs


@dataclass(frozen=True)
class Paragraph:
    """A sentence or two."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Column:
    """The head of a column; figures stand to the right."""

    head: str
    figures: bool = False
    wide: bool = False  # takes the room that is left


@dataclass(frozen=True)
class Table:
    """A table; `marked` rows are sums. `anchors`: the first cell of each row is an entry that others point to."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    marked: frozenset[int] = frozenset()
    anchors: bool = False
    folded: bool = False  # on a screen; on paper it stands open


@dataclass(frozen=True)
class Curve:
    """One quantity in both runs."""

    title: str
    seconds: tuple[float, ...]
    nothing: tuple[float, ...]  # in the unit of the axis
    played: tuple[float, ...]


@dataclass(frozen=True)
class Curves:
    """Small charts side by side, and the words on their lines."""

    curves: tuple[Curve, ...]
    nothing: str
    played: str
    unit: str
    separators: tuple[str, str]


@dataclass(frozen=True)
class MapPair:
    """The oil of one site at the end: PNG pictures of both runs in one language."""

    site: str
    title: str
    nothing: bytes
    played: bytes
    sources: tuple[str, ...] = ()  # whose coast and depths they show


@dataclass(frozen=True)
class Pictures:
    """Two pictures side by side."""

    captions: tuple[str, str]
    words: tuple[str, str]  # for those who cannot see them
    images: tuple[bytes, bytes]


Block = Paragraph | Table | Curves | Pictures


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    ident: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """The whole report."""

    language: str
    banner: str
    title: str
    subtitle: str
    about: tuple[str, ...]
    contents: str  # the heading of the list of sections
    sections: tuple[Section, ...]
    footer: str
    page: str  # "page {n} of {all}" with the braces still in it
