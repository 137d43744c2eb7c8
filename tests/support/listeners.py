"""Browsers that keep every byte they were sent: the live socket in a thread, and all answers."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import httpx
from service import Table
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect


def live_address(laid: Table, client: httpx.Client) -> str:
    """Where a client's live socket is."""
    return str(client.base_url).replace("http", "ws", 1) + f"api/exercises/{laid.run}/live"


def open_socket(laid: Table, client: httpx.Client) -> AbstractContextManager[ClientConnection]:
    """The live socket of a seat, to be entered."""
    return connect(live_address(laid, client), additional_headers={"Cookie": client.headers["Cookie"]}, max_size=None)


@dataclass
class Listener:
    """One seat: its client, its socket, and all that came through either."""

    laid: Table
    name: str
    messages: list[str | bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.laid.client(self.name)
        self._opened = open_socket(self.laid, self.client)
        self._socket = self._opened.__enter__()
        self._thread = threading.Thread(target=self._listen, name=f"listener {self.name}")
        self._thread.start()

    def _listen(self) -> None:
        try:
            for message in self._socket:
                self.messages.append(message)
        except ConnectionClosed:
            pass

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request below `api/exercises/{run}` (or, from `api/`, below the seat), whose answer is kept, its headers too."""
        address = path if path.startswith("api/") else f"api/exercises/{self.laid.run}{path}"
        answer = self.client.request(method, address, **more)
        self.answers.append(repr(sorted(answer.headers.items())).encode() + answer.content)
        return answer

    def order(self, kind: str, **about: Any) -> httpx.Response:
        """A command."""
        return self.ask("POST", "/commands", json={"command": {"kind": kind, **about}})

    def said(self, kind: str) -> list[dict[str, Any]]:
        """Messages of the socket of one type."""
        read = (json.loads(each) for each in list(self.messages) if isinstance(each, str))
        return [message for message in read if message["type"] == kind]

    def received(self) -> bytes:
        """Everything, as bytes."""
        texts = (each.encode() if isinstance(each, str) else each for each in list(self.messages))
        return b"\n".join((*texts, *self.answers))

    def close(self) -> None:
        """Go away."""
        self._opened.__exit__(None, None, None)
        self._thread.join(10.0)
        self.client.close()


def until(what: Callable[[], bool], claim: str, seconds: float = 60.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"not within {seconds} s: {claim}"
        time.sleep(0.02)
