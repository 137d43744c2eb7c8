"""The report as PDF, by typst. What people wrote goes in as values of a JSON document, never as typst's own language."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from khazri.evaluation.outcome import Evaluation
from khazri.report.after_action.composing import compose
from khazri.report.after_action.curves import PAPER, draw, key
from khazri.report.after_action.document import Block, Cell, Curves, Document, MapPair, Paragraph, Pictures, Seqs, Table
from khazri.report.values import FieldOrigin

EPOCH: Final = 946_684_800  # 2000-01-01 as the file's own date, so that the same report has the same bytes

LINE: Final = 100  # letters that stand beside each other in a table
WIDE_LINE: Final = 120  # the same in the smaller letters of a table of many columns
MOST: Final = 26  # letters that a column asks for before its cells are broken into lines
MOST_WIDE: Final = 52  # the same of a column of sentences


def pdf(
    evaluation: Evaluation,
    language: str,
    pictures: Sequence[MapPair] = (),
    origins: Sequence[tuple[str, Sequence[FieldOrigin]]] = (),
) -> bytes:
    """The whole report in one language."""
    return typeset(compose(evaluation, language, pictures, origins))[0]


def typeset(document: Document, *, form: Literal["pdf", "png"] = "pdf", ppi: float = 80.0) -> list[bytes]:
    """A composed report as one PDF; or (`form="png"`) as a picture of each page, to look at."""
    import typst

    images: dict[str, bytes] = {}
    body = json.dumps(_plain(document, images), ensure_ascii=False).encode()
    source = (files("khazri.report") / "after_action" / "paper.typ").read_bytes()
    with tempfile.TemporaryDirectory(prefix="khazri-paper-") as folder:
        home = Path(folder)
        for name, content in {"main.typ": source, "report.json": body, **images}.items():
            (home / name).write_bytes(content)
        made: Any = typst.compile(
            str(home / "main.typ"),
            root=folder,
            format=form,
            ppi=ppi,
            font_paths=[str(chart_fonts())],
            ignore_system_fonts=True,
            timestamp=EPOCH,
        )
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def chart_fonts() -> Path:
    """DejaVu Sans, which ships with matplotlib; text is set in Libertinus, which ships with typst. Both have our letters."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def _plain(document: Document, images: dict[str, bytes]) -> dict[str, Any]:
    blocks = [block for section in document.sections for block in section.blocks]
    anchors = [row[0] for block in blocks if isinstance(block, Table) and block.anchors for row in block.rows]
    return {
        "language": document.language,
        "banner": document.banner,
        "title": document.title,
        "subtitle": document.subtitle,
        "about": list(document.about),
        "contents": document.contents,
        "footer": document.footer,
        "page": document.page.replace("{n}", "\0").replace("{all}", "\0").split("\0"),
        "anchors": anchors,
        "sections": [
            {"heading": section.heading, "blocks": [_block(block, images) for block in section.blocks]}
            for section in document.sections
        ],
    }


def _block(block: Block, images: dict[str, bytes]) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "tone": block.tone}
        case Table():
            return {
                "kind": "table",
                "title": block.title,
                "columns": [{"head": c.head, "figures": c.figures, "wide": c.wide} for c in block.columns],
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
                "widths": widths_of(block),
                "marked": sorted(block.marked),
                "anchors": block.anchors,
            }
        case Curves():
            charts = [_keep(images, "svg", draw(curve, block, PAPER).encode()) for curve in block.curves]
            titles = [f"{curve.title}: {block.nothing}, {block.played}" for curve in block.curves]
            legend = _keep(images, "svg", key(block, PAPER).encode())
            return {"kind": "curves", "key": legend, "charts": charts, "words": titles}
        case Pictures():
            kept = [_keep(images, "png", image) for image in block.images]
            return {"kind": "pictures", "images": kept, "captions": list(block.captions), "words": list(block.words)}


def widths_of(table: Table) -> list[float]:
    """Shares of the page's width for the columns of a table that is too wide for its natural ones; else nothing.

    Every column has room for its longest word; what is left goes to those that would like to be longer.
    """
    columns = [
        (column, [column.head, *(_said(row[at]) for row in table.rows)]) for at, column in enumerate(table.columns)
    ]
    room = float(WIDE_LINE if len(columns) > 6 else LINE)
    natural = [max(len(text) for text in texts) + 2 for _, texts in columns]
    if sum(natural) <= room:
        return []
    least = [max(len(word) for text in texts for word in text.split(" ")) + 3 for _, texts in columns]
    wished = [
        max(min(whole, MOST_WIDE if column.wide else MOST) - word, 0)
        for (column, _), whole, word in zip(columns, natural, least, strict=True)
    ]
    left = max(room - sum(least), 0.0) / max(sum(wished), 1)
    return [word + left * wish for word, wish in zip(least, wished, strict=True)]


def _said(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.words or ", ".join(map(str, cell.numbers))


def _cell(cell: Cell) -> dict[str, Any]:
    if isinstance(cell, Seqs):
        return {"seqs": [str(number) for number in cell.numbers], "text": cell.words}
    return {"seqs": [], "text": cell}


def _keep(images: dict[str, bytes], ending: str, image: bytes) -> str:
    name = f"image-{len(images)}.{ending}"
    images[name] = image
    return name
