"""The after-action report. It tells the truth, so the door opens it to players and observers only after EndEx."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Final, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from khazri.web.door import Entered, enter
from khazri.web.exercises import REFUSALS

if TYPE_CHECKING:  # the replay loads the engine
    from khazri.conduct.aftermath import Aftermath, Refused

Language = Literal["en", "ru", "az"]
MayReport = Annotated[Entered, Depends(enter("report"))]
NO_SCRIPT: Final = (
    "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src "
)

router = APIRouter(prefix="/seat/{seat}/api", responses=REFUSALS)


@router.get("/exercises/{run}/report.html", response_class=Response)
async def report_page(entered: MayReport, language: Language = "en") -> Response:
    """The report as one page; before EndEx it says where the exercise stands."""
    from khazri.report.after_action.page import style_hash

    page = await _aftermath(entered).html(
        entered.conductor.entries, await _refusals(entered), language, last_step=_stands(entered)
    )
    return Response(
        page,
        media_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": f"{NO_SCRIPT}'{style_hash()}' 'unsafe-hashes'"},
    )


@router.get("/exercises/{run}/report.pdf", response_class=Response)
async def report_paper(entered: MayReport, language: Language = "en") -> Response:
    """The report on paper."""
    paper = await _aftermath(entered).pdf(
        entered.conductor.entries, await _refusals(entered), language, last_step=_stands(entered)
    )
    name = f"{entered.exercise.record.run}-{language}.pdf"
    return Response(paper, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def _aftermath(entered: Entered) -> Aftermath:
    found = entered.exercise.aftermath
    assert found is not None, "an exercise with a conductor has an aftermath"
    return found


async def _refusals(entered: Entered) -> tuple[Refused, ...]:
    house_log = entered.exercise.log
    assert house_log is not None, "an exercise with a conductor has a log"
    return await asyncio.to_thread(house_log.refusals)


def _stands(entered: Entered) -> int | None:
    """Where an exercise that has not ended stands."""
    return None if entered.conductor.state.phase == "ended" else entered.conductor.step
