"""The built pages, the way in by a link, and a word for whoever comes without one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from khazri.store.access import SESSION_LASTS
from khazri.web.door import COOKIE, PROGRAMME_ROLES, SeatHere, service_of

ASSETS: Final = Path(__file__).resolve().parents[1] / "assets" / "web"
FOR_EVER: Final = "public, max-age=31536000, immutable"  # names of built files carry their hash
NO_LINK: Final = (
    ("Open Khazri by the link that you were given.", "Откройте Khazri по полученной ссылке.", "Khazri-ni sizə verilən keçidlə açın."),
    ("This link opens nothing (any more). Ask exercise control for a new one.",
     "Эта ссылка ничего не открывает (или больше не действует). Попросите новую у руководства учения.",
     "Bu keçid heç nə açmır (və ya artıq keçərli deyil). Təlim rəhbərliyindən yenisini istəyin."),
    ("The pages are not built: run `python tools/pages.py` in the checkout.",
     "Страницы не собраны: выполните `python tools/pages.py`.",
     "Səhifələr qurulmayıb: `python tools/pages.py` əmrini yerinə yetirin."),
)  # fmt: skip

router = APIRouter()


def _plain_page(lines: tuple[str, ...], status: int) -> HTMLResponse:
    words = "".join(f"<p>{line}</p>" for line in lines)
    page = (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Khazri - EXERCISE</title><h1>Khazri &middot; EXERCISE &middot; УЧЕНИЕ &middot; TƏLİM</h1>{words}</html>"
    )
    return HTMLResponse(page, status_code=status)


@router.get("/", include_in_schema=False)
async def welcome() -> Response:
    """Nobody comes in without a link."""
    return _plain_page(NO_LINK[0], 200)


@router.get("/health", include_in_schema=False)
async def health() -> dict[str, bool]:
    """For whoever watches the service."""
    return {"well": True}


@router.get("/enter/{token}", include_in_schema=False)
async def enter(request: Request, token: str) -> Response:
    """A link: opens a session for its seat, and goes there. The secret does not stay in the address."""
    service = service_of(request)
    found = None
    if len(token) <= 128:
        found = await asyncio.to_thread(service.access.enter, token, service.house.clock.wall())
    if found is None:
        return _plain_page(NO_LINK[1], 404)
    seat, secret = found
    where = f"#/exercises/{seat.run}" if seat.run and seat.role not in PROGRAMME_ROLES else "#/plans"
    response = RedirectResponse(f"/seat/{seat.seat}/{where}", status_code=303)
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(SESSION_LASTS.total_seconds()),
        path=f"/seat/{seat.seat}/",  # each seat has its own: five roles may be open in one browser
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/seat/{seat}/api/leave", include_in_schema=False)
async def leave(request: Request, here: SeatHere) -> Response:
    """Sign out of this browser's session."""
    await asyncio.to_thread(service_of(request).access.leave, request.cookies.get(COOKIE, ""))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path=f"/seat/{here.seat}/")
    return response


@router.get("/seat/{seat}/", include_in_schema=False)
async def index(seat: str) -> Response:
    """The application; it holds nothing that is not public."""
    page = ASSETS / "index.html"
    if not page.is_file():
        return _plain_page(NO_LINK[2], 503)
    return FileResponse(page, headers={"Cache-Control": "no-cache"})


@router.get("/seat/{seat}/{name:path}", include_in_schema=False)
async def asset(seat: str, name: str) -> Response:
    """A built file, and nothing outside their folder."""
    root = ASSETS.resolve()
    try:
        path = (root / name).resolve()
        found = path.is_relative_to(root) and path.is_file()
    except (OSError, ValueError):  # no file can be called that (a NUL in it, too long)
        found = False
    if name.startswith("api/") or not found:
        raise HTTPException(404)
    kept = FOR_EVER if name.startswith("assets/") else "no-cache"
    return FileResponse(path, headers={"Cache-Control": kept})
