"""A real service on a real socket, with North Wind cut down to open in a second; and seats to ask from."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from khazri.cli.serve import build_service, make_seats
from khazri.store.access import Seat
from khazri.web.app import create_app
from khazri.web.door import Service

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # made once: each takes as long as a request
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CUTS = (("resolution: 500 m", "resolution: 2000 m"), ("particles: 20000", "particles: 400"))


def small_north_wind(folder: Path, *cuts: tuple[str, str]) -> Path:
    """The shipped exercise on a coarser grid with few particles; further cuts replace text of the scenario."""
    target = folder / "north-wind"
    shutil.copytree(EXAMPLES / "north-wind", target)
    path = target / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in (*CUTS, *cuts):
        assert old in text, f"the example no longer says {old!r}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return target


def routes_of(router: Any) -> Iterator[Any]:
    """Every route of an application, those of its included routers too."""
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from routes_of(route.original_router)
        else:
            yield route


@dataclass
class Table:
    """A running service, its exercise, and the seats at it."""

    service: Service
    address: str
    run: str
    seats: dict[str, tuple[Seat, str]]  # name -> seat and the secret of its link
    browsers: dict[str, httpx.Client] = field(default_factory=dict)

    def browser(self, name: str) -> httpx.Client:
        """The same browser each time; it goes when the table does."""
        if name not in self.browsers:
            self.browsers[name] = self.client(name)
        return self.browsers[name]

    def client(self, name: str) -> httpx.Client:
        """A browser that came in by the link of a seat; its addresses are relative to the seat."""
        seat, token = self.seats[name]
        with httpx.Client(base_url=self.address, verify=NO_TLS) as door:
            answer = door.get(f"/enter/{token}")
            assert answer.status_code == 303, answer.text
            cookie = door.cookies["khazri"]
        return httpx.Client(
            base_url=f"{self.address}/seat/{seat.seat}/",
            headers={"X-Khazri": "1", "Cookie": f"khazri={cookie}"},
            timeout=60.0,
            verify=NO_TLS,
        )

    def wait_ready(self, seconds: float = 120.0) -> None:
        """Until the exercise can be seen."""
        until = time.monotonic() + seconds
        with self.client("director") as client:
            while (answer := client.get(f"api/exercises/{self.run}")).status_code == 503:
                assert "not_opened" not in answer.text, answer.text
                assert time.monotonic() < until, f"the exercise is not ready after {seconds} s: {answer.text}"
                time.sleep(0.05)
            assert answer.status_code == 200, answer.text


def name_of(seat: Seat) -> str:
    """How tests call a seat."""
    return seat.cell or (f"{seat.role}-{seat.party}" if seat.party else seat.role)


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """The application on a free port of this machine, in a thread of its own."""
    config = uvicorn.Config(
        create_app(service), host="127.0.0.1", port=0, log_level="warning", ws_per_message_deflate=False,
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), name="service")
    thread.start()
    until = time.monotonic() + 30.0
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        assert time.monotonic() < until, "the service did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30.0)
        assert not thread.is_alive(), "the service did not stop"


@contextmanager
def table(folder: Path, *cuts: tuple[str, str], pack: Path | None = None, **extra: Any) -> Iterator[Table]:
    """A service with one exercise and a seat for every role. `extra`: further seats by name, as arguments of `make_seat`."""
    service = build_service(folder / "data", None)
    record = service.house.create(pack or small_north_wind(folder, *cuts))
    seats = {name_of(seat): (seat, token) for seat, token in make_seats(service, record.run)}
    for name, about in extra.items():
        seats[name] = service.access.make_seat(run=record.run, person=name, wall=service.house.clock.wall(), **about)
    with serving(service) as address:
        laid = Table(service, address, record.run, seats)
        laid.wait_ready()
        try:
            yield laid
        finally:
            for browser in laid.browsers.values():
                browser.close()
