"""A refusal on its way to a browser: a code, its parameters, and the status that goes with it."""

from __future__ import annotations

from typing import Final

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from khazri.exercise.refusal import Refusal, refuse

STATUS: Final[dict[str, int]] = {
    "signed_out": 401,
    "not_allowed": 403,
    "role_may_not": 403,
    "view_after_end_only": 403,
    "unknown_exercise": 404,
    "plan_unknown": 404,
    "plan_role_may_not": 403,
    "plan_other_party": 403,
    "unknown_step": 404,
    "unknown_site": 404,
    "malformed": 422,
    "opening": 503,
    "compiling": 503,
    "not_opened": 503,
    "not_kept": 507,
}  # every other refusal is a 409: the request was understood, and the exercise says no


class RefusalBody(BaseModel):
    """Why something was not done; the pages have the sentence for the code."""

    code: str
    params: dict[str, str | int | float | list[str]]


class RefusedBody(BaseModel):
    """What comes with every status from 400 on."""

    refusal: RefusalBody


class Refused(Exception):  # noqa: N818
    """Raised by whatever a request meets on its way."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def refused(code: str, **params: str | int | float | tuple[str, ...]) -> Refused:
    """A refusal of the catalogue, to be raised."""
    return Refused(refuse(code, **params))


def answer(refusal: Refusal) -> JSONResponse:
    """The refusal as a response."""
    body = {"refusal": {"code": refusal.code, "params": refusal.params}}
    return JSONResponse(body, status_code=STATUS.get(refusal.code, 409))


async def on_refused(_request: Request, error: Exception) -> JSONResponse:
    """Of our own."""
    assert isinstance(error, Refused)
    return answer(error.refusal)


async def on_malformed(_request: Request, error: Exception) -> JSONResponse:
    """Of what pydantic could not read: the first place and what is wrong with it."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(each) for each in first["loc"])
    return answer(refuse("malformed", where=where, problem=str(first["msg"])))


async def on_http(_request: Request, error: Exception) -> JSONResponse:
    """Of the framework (no such address, no such method)."""
    assert isinstance(error, HTTPException)
    body = {"refusal": {"code": "server", "params": {"status": error.status_code}}}
    return JSONResponse(body, status_code=error.status_code, headers=error.headers)


async def on_defect(_request: Request, _error: Exception) -> JSONResponse:
    """Of a defect of ours: that it is one, and nothing else; its trace goes to the service's own record."""
    return JSONResponse({"refusal": {"code": "server", "params": {"status": 500}}}, status_code=500)
