"""The report as one HTML file: no address outside it, light and dark, and made for printing too."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from khazri.evaluation.outcome import Evaluation
from khazri.report.after_action.composing import compose
from khazri.report.after_action.curves import PAGE, draw, key
from khazri.report.after_action.document import Curves, Document, MapPair, Paragraph, Pictures, Seqs, Table
from khazri.report.values import FieldOrigin


def html(
    evaluation: Evaluation,
    language: str,
    pictures: Sequence[MapPair] = (),
    origins: Sequence[tuple[str, Sequence[FieldOrigin]]] = (),
) -> str:
    """The whole page in one language."""
    return render(compose(evaluation, language, pictures, origins))


def render(document: Document) -> str:
    """A composed report as a page."""
    style = style_sheet()
    cited = {
        row[0]
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table) and block.anchors
        for row in block.rows
    }
    return _template().render(document=document, style=Markup(style), style_hash=style_hash(), cited=cited)


@cache
def style_sheet() -> str:
    """The page's own style; it may not hold a closing tag."""
    return (files("khazri.report") / "after_action" / "page.css").read_text(encoding="utf-8")


def style_hash() -> str:
    """What a Content-Security-Policy names to let this one style in: there is no other in the page, and no script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style_sheet().encode()).digest()).decode()


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.tests["paragraph"] = lambda block: isinstance(block, Paragraph)
    environment.tests["table"] = lambda block: isinstance(block, Table)
    environment.tests["curves"] = lambda block: isinstance(block, Curves)
    environment.tests["pictures"] = lambda block: isinstance(block, Pictures)
    environment.tests["seqs"] = lambda cell: isinstance(cell, Seqs)
    environment.tests["wordy"] = lambda cell: isinstance(cell, str) and not any(letter.isdigit() for letter in cell)
    environment.filters["source"] = lambda image: "data:image/png;base64," + base64.b64encode(image).decode()
    environment.filters["charts"] = lambda block: [Markup(draw(curve, block, PAGE)) for curve in block.curves]
    environment.filters["key"] = lambda block: Markup(key(block, PAGE))
    text = (files("khazri.report") / "after_action" / "page.html.j2").read_text(encoding="utf-8")
    return environment.from_string(text)
