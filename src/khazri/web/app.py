"""The application: every route in one place, behind the shield and the door."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from khazri import __version__
from khazri.web import exercises, live, pages, programme, reports
from khazri.web.door import Service
from khazri.web.refused import Refused, on_defect, on_http, on_malformed, on_refused
from khazri.web.shield import Shield

__all__ = ["Service", "create_app"]


def create_app(service: Service) -> FastAPI:
    """The service as an ASGI application; it opens the exercises of its house when it starts, and closes them when it stops."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await service.house.open_all()
        yield
        await service.house.close()

    app = FastAPI(
        title="Khazri",
        version=__version__,
        summary="Joint emergency exercises between countries. EXERCISE use only.",
        lifespan=lifespan,
        openapi_url=None,  # `tools/openapi.py` writes the document; nothing is told to strangers
        docs_url=None,
        redoc_url=None,
    )
    app.state.service = service
    app.add_exception_handler(Refused, on_refused)
    app.add_exception_handler(RequestValidationError, on_malformed)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(Exception, on_defect)
    app.add_middleware(Shield)
    app.include_router(exercises.router)
    app.include_router(reports.router)
    app.include_router(programme.router)
    app.include_router(live.router)
    app.include_router(pages.router)  # last: its addresses are the widest
    return app
