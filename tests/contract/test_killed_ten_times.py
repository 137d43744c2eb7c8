"""A service killed ten times in the middle of play loses nothing that it acknowledged, and stands where its log says."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from service import NO_TLS, small_north_wind

from khazri.cli.serve import build_service, make_seats
from khazri.conduct.incident import Incident
from khazri.exercise.codec import first_fault
from khazri.exercise.evolve import evolve
from khazri.exercise.opening import design_of
from khazri.exercise.state import State
from khazri.runs.preparation import prepare
from khazri.simulation import save_world
from khazri.store.access import Seat

KILLS = 10
WHILE_IT_OPENS = {3, 6, 8}  # these kills come before the exercise is ready again
AREA = [[49.10, 44.90], [49.20, 44.90], [49.20, 44.97], [49.10, 44.97]]
Seats = dict[str, tuple[Seat, str]]


class Served:
    """The service as a process."""

    def __init__(self, data: Path, out: IO[str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "khazri", "serve", "--data", str(data)],
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, f"the service said {line!r}"
        self.address = found[0]

    def browser(self, seats: Seats, name: str) -> httpx.Client:
        seat, token = seats[name]
        door = httpx.Client(base_url=self.address, verify=NO_TLS, timeout=30.0)
        until = time.monotonic() + 30.0
        while True:
            try:
                door.get(f"/enter/{token}")
                break
            except httpx.TransportError:
                assert time.monotonic() < until, "the service does not answer"
                time.sleep(0.05)
        door.headers.update({"X-Khazri": "1", "Cookie": f"khazri={door.cookies['khazri']}"})
        door.base_url = httpx.URL(f"{self.address}/seat/{seat.seat}/api/exercises/{seat.run}")
        return door

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10.0)


def wait_ready(browser: httpx.Client) -> dict[str, object]:
    until = time.monotonic() + 300.0  # the first may compile the engine
    while (answer := browser.get(str(browser.base_url).rstrip("/"))).status_code == 503:
        assert time.monotonic() < until, answer.text
        time.sleep(0.05)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX systems")
def test_nothing_acknowledged_is_lost_and_the_world_is_that_of_the_log(tmp_path: Path) -> None:
    data, chance = tmp_path / "data", random.Random(20261123)
    service = build_service(data, None)
    record = service.house.create(small_north_wind(tmp_path))
    seats: Seats = {seat.cell or seat.role: (seat, token) for seat, token in make_seats(service, record.run)}
    acknowledged: dict[int, str] = {}  # seq -> the words that were sent
    with (tmp_path / "service.log").open("w") as out:
        for kill in range(KILLS + 1):
            served = Served(data, out)
            try:
                if kill in WHILE_IT_OPENS:
                    time.sleep(chance.uniform(0.2, 4.0))
                    continue
                director, alfa = served.browser(seats, "director"), served.browser(seats, "alfa-ops")
                phase = wait_ready(director)["phase"]
                if phase == "ready":
                    assert director.post("commands", json={"command": {"kind": "start"}}).status_code == 200
                    assert (
                        director.post("commands", json={"command": {"kind": "set_pace", "pace": 1800}}).status_code
                        == 200
                    )
                    tasked = {"kind": "task_skimmer", "unit": "alfa-skimmer", "area": AREA}
                    assert alfa.post("commands", json={"command": tasked}).status_code == 200
                if kill == KILLS:
                    assert director.post("commands", json={"command": {"kind": "pause"}}).status_code == 200
                    break
                until = time.monotonic() + chance.uniform(0.1, 0.6)
                number = 0
                while time.monotonic() < until:
                    words = f"message {kill}.{number}"
                    command = {"kind": "send_message", "to": "bravo-ops", "subject": "s", "text": words}
                    answer = alfa.post("commands", json={"command": command})
                    assert answer.status_code == 200, answer.text
                    acknowledged[answer.json()["seq"]] = words
                    number += 1
            finally:
                served.kill()

    entries = list(service.house.log.read(record.run))
    assert len(acknowledged) > 3 * KILLS
    kept = {entry.seq: entry.fact.text["und"] for entry in entries if entry.seq in acknowledged}  # type: ignore[union-attr]
    assert kept == acknowledged
    assert first_fault(entries) is None
    assert any(entry.kind == "paused" for entry in entries[-3:])  # what happened in that step may stand after it

    prepared = prepare(data / record.pack)
    world, state = Incident(prepared), State(design_of(prepared.pack))
    told = []
    for entry in entries:
        while world.step < entry.step:
            told += [(each.step, each.kind, each.subject) for each in world.advance(state)]
        state = evolve(state, entry)
    happened = [entry for entry in entries if entry.kind == "happened"]
    assert world.step > 60, "the play was too short to stand on a snapshot"
    assert happened, "nothing happened in the play"
    before = entries[-1].step  # that one step may have been cut off by the last kill: it is told at the next start
    kept_too = [(entry.step, entry.fact.what, entry.fact.subject) for entry in happened]  # type: ignore[union-attr]
    assert [each for each in kept_too if each[0] < before] == [each for each in told if each[0] < before]
    snapshot = max((data / "runs" / record.run / "snapshots").glob("*/*.snapshot"))
    again, state = Incident(prepared), State(design_of(prepared.pack))
    for entry in entries:
        while again.step < min(entry.step, int(snapshot.stem)):
            again.advance(state)
        if again.step == int(snapshot.stem):
            break
        state = evolve(state, entry)
    while again.step < int(snapshot.stem):
        again.advance(state)
    assert snapshot.read_bytes()[32:] == save_world(again.world), "a kept snapshot is not what the log gives"
