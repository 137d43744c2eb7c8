"""`python benchmarks/live.py`: the live service with 50 clients, 50,000 particles and pace 60, server and clients on one machine.

Starts the service as a process of its own, plays North Wind, and measures what people wait for: the first page, the first
frame, a fact from the moment it is asked for until each client has it, a frame from the moment its step was due (the
step's computing is in it), the server's memory, and the highest pace that it keeps up with.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import random
import re
import shutil
import ssl
import struct
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psutil
from websockets.asyncio.client import connect

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

from khazri.cli.serve import build_service  # noqa: E402
from khazri.store.access import Seat  # noqa: E402

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # made once: each takes as long as ten requests
PARTICLES, PACE, SECONDS = 50_000, 60.0, 60.0
CAST = (
    ("director", "", "", 1), ("evaluator", "", "", 1), ("controller", "", "", 2), ("player", "alfa", "alfa-ops", 20),
    ("player", "bravo", "bravo-ops", 20), ("observer", "charlie", "", 6),
)  # fmt: skip
PACES = (300.0, 600.0, 900.0, 1200.0, 1800.0, 2400.0, 3600.0)
MOST_STEPS = 100  # of one pace: all paces together end before the exercise does, or the last would not be played at all
KEPT = 0.97  # of an asked pace, at least, where it is called kept


@dataclass
class Heard:
    """What the clients noted, in seconds of this process's clock."""

    facts: dict[str, list[float]] = field(default_factory=dict)  # words -> when each client had them
    frames: list[tuple[int, float]] = field(default_factory=list)  # step, when
    clocks: list[tuple[float, int, float]] = field(default_factory=list)  # when, step, lag; the director's


def prepared(folder: Path) -> tuple[str, list[tuple[Seat, str]]]:
    """A database with the exercise and 50 seats."""
    pack = folder / "pack"
    shutil.copytree(ROOT / "examples" / "north-wind", pack)
    scenario = pack / "scenario.yaml"
    scenario.write_text(
        scenario.read_text(encoding="utf-8").replace("particles: 20000", f"particles: {PARTICLES}"), encoding="utf-8"
    )
    service = build_service(folder / "data", None)
    run, wall = service.house.create(pack).run, service.house.clock.wall()
    seats = [
        service.access.make_seat(
            run=run, person=f"{role}-{party}{number}", role=role, party=party, cell=cell, wall=wall
        )
        for role, party, cell, count in CAST
        for number in range(count)
    ]
    return run, seats


def started(folder: Path) -> tuple[subprocess.Popen[str], str, float]:
    """The service, its address, and the seconds until its first page."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    command = [sys.executable, "-m", "khazri", "serve", "--data", str(folder / "data")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    assert process.stdout is not None
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found, "the service did not say where it is"
    with httpx.Client(base_url=found[0]) as browser:
        while True:
            try:
                browser.get("/")
                return process, found[0], time.perf_counter() - began
            except httpx.TransportError:
                time.sleep(0.01)


async def enter(address: str, seat: Seat, token: str) -> httpx.AsyncClient:
    """A browser in its seat."""
    client = httpx.AsyncClient(base_url=address, timeout=120.0, verify=NO_TLS)
    await client.get(f"/enter/{token}")
    cookie = client.cookies["khazri"]
    headers = {"X-Khazri": "1", "Cookie": f"khazri={cookie}"}
    await client.aclose()
    return httpx.AsyncClient(base_url=f"{address}/seat/{seat.seat}/", headers=headers, timeout=120.0, verify=NO_TLS)


async def listen(browser: httpx.AsyncClient, run: str, heard: Heard, *, directs: bool) -> None:
    """One client, for as long as it is let."""
    address = str(browser.base_url).replace("http", "ws", 1) + f"api/exercises/{run}/live"
    async with connect(
        address, additional_headers={"Cookie": browser.headers["Cookie"]}, max_size=None, compression=None
    ) as socket:
        async for message in socket:
            now = time.perf_counter()
            if isinstance(message, bytes):
                heard.frames.append((struct.unpack_from("<I", message, 4)[0], now))
            elif '"type":"fact"' in message:
                fact = json.loads(message)
                if fact["entry"]["kind"] == "message_sent":
                    heard.facts.setdefault(fact["entry"]["payload"]["text"].get("und", ""), []).append(now)
            elif directs and '"type":"clock"' in message:
                clock = json.loads(message)
                heard.clocks.append((now, clock["step"], clock["lag"]))


async def measure(folder: Path, run: str, seats: list[tuple[Seat, str]]) -> dict[str, object]:
    """The whole measurement."""
    began = time.perf_counter()
    process, address, first_page = started(folder)
    heard = Heard()
    try:
        director = await enter(address, *seats[0])
        while (await director.get(f"api/exercises/{run}")).status_code == 503:
            await asyncio.sleep(0.02)
        ears = [asyncio.create_task(listen(director, run, heard, directs=True))]
        while not heard.frames:
            await asyncio.sleep(0.01)
        first_frame = heard.frames[0][1] - began
        browsers = [director, *[await enter(address, *seat) for seat in seats[1:]]]
        ears += [asyncio.create_task(listen(browser, run, heard, directs=False)) for browser in browsers[1:]]

        async def order(browser: httpx.AsyncClient, **command: object) -> None:
            answer = await browser.post(f"api/exercises/{run}/commands", json={"command": command})
            assert answer.status_code == 200, answer.text

        await order(director, kind="start")
        await order(director, kind="jump", to_step=120)  # by then oil is on the water
        while not heard.clocks or heard.clocks[-1][1] < 120:
            await asyncio.sleep(0.05)
        await order(director, kind="pause")
        await order(director, kind="set_pace", pace=PACE)
        first_step = heard.clocks[-1][1]
        paced = time.perf_counter()  # before it is asked for: what follows is rather too long than too short
        await order(director, kind="resume")
        asked: dict[str, float] = {}
        chance, players = random.Random(1), browsers[4:44]
        while time.perf_counter() - paced < SECONDS:
            words = f"message {len(asked)}"
            asked[words] = time.perf_counter()
            to = chance.choice(("alfa-ops", "bravo-ops", "control"))
            await order(chance.choice(players), kind="send_message", to=to, subject="s", text=words)
            await asyncio.sleep(chance.uniform(0.1, 0.5))
        await asyncio.sleep(1.0)
        facts = [when - asked[words] for words, whens in heard.facts.items() if words in asked for when in whens]
        frames = [
            when - (paced + (step - first_step) * 60.0 / PACE)
            for step, when in heard.frames
            if first_step + 1 < step and when < paced + SECONDS
        ]
        highest = 0.0
        for pace in PACES:
            await order(director, kind="set_pace", pace=pace)
            since = time.perf_counter()
            await asyncio.sleep(min(4.0, MOST_STEPS * 60.0 / pace))
            if pace_kept(heard.clocks, since) < KEPT * pace:
                break
            highest = pace
        memory = peak_memory(process.pid)
        for ear in ears:
            ear.cancel()
        await asyncio.gather(*ears, return_exceptions=True)
        for browser in browsers:
            await browser.aclose()
    finally:
        process.terminate()
        process.wait(20)
    return {
        "clients": len(seats), "particles": PARTICLES, "pace": PACE, "first_page_s": first_page, "first_frame_s": first_frame,
        "facts": _spread(facts), "frames": _spread(frames), "server_bytes": memory, "highest_pace": highest,
    }  # fmt: skip


def pace_kept(clocks: list[tuple[float, int, float]], since: float) -> float:
    """Exercise seconds per second from the first step that was heard of after `since` to the last; 0 with fewer than two."""
    first: dict[int, float] = {}
    for when, step, _ in clocks:
        if when > since:
            first.setdefault(step, when)
    stepped = list(first.items())[1:]  # the first of them is the step at which the pace was asked for
    if len(stepped) < 2:
        return 0.0
    (low, began), (high, ended) = stepped[0], stepped[-1]
    return (high - low) * 60.0 / (ended - began)


def peak_memory(pid: int) -> int:
    """The most that a process has held so far [bytes]; what it holds now where the system does not keep the most."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.is_file() else None
    return int(found[1]) * 1024 if found else int(psutil.Process(pid).memory_info().rss)


def _spread(seconds: list[float]) -> dict[str, float]:
    values = np.array(seconds) * 1e3
    return {
        "count": int(values.size),
        "p50_ms": float(np.percentile(values, 50)),
        "p99_ms": float(np.percentile(values, 99)),
    }


def main() -> None:
    """Measure, print, and keep the figures beside the others."""
    with tempfile.TemporaryDirectory(prefix="khazri-live-") as name:
        folder = Path(name)
        run, seats = prepared(folder)
        found = asyncio.run(measure(folder, run, seats))
    out = ROOT / "benchmarks" / "out"
    out.mkdir(exist_ok=True)
    (out / "live.json").write_text(json.dumps(found, indent=2))
    print(json.dumps(found, indent=2))
    write_table(found)


def write_table(found: dict[str, Any]) -> None:
    """Put the figures between the markers of the README."""
    facts, frames = found["facts"], found["frames"]
    where = (
        f"{found['clients']} clients, {found['particles']:,} particles, pace {found['pace']:.0f}, all on one machine"
    )
    figures = (
        (
            f"a fact, from the request until a client has it: median, 99 of 100 ({facts['count']:,})",
            f"{facts['p50_ms']:.0f} ms, {facts['p99_ms']:.0f} ms", "250 ms",
        ),
        (
            f"a frame each second, from when its step was due: median, 99 of 100 ({frames['count']:,})",
            f"{frames['p50_ms']:.0f} ms, {frames['p99_ms']:.0f} ms", "500 ms",
        ),
        (
            "first page, first frame after the start of the process, warm",
            f"{found['first_page_s']:.1f} s, {found['first_frame_s']:.1f} s", "2 s, 8 s",
        ),
        ("memory of the server at its peak", f"{found['server_bytes'] / 1e6:.0f} MB", ""),
        (f"highest pace of which 97 % or more was kept (tried: up to {PACES[-1]:.0f})", f"{found['highest_pace']:.0f}", ""),
    )  # fmt: skip
    machine = f"{platform.machine()}, {psutil.cpu_count()} cores, Python {platform.python_version()}"
    rows = [f"| what ({where}) | measured | at most |", "|---|---|---|"]
    rows += [f"| {what} | {measured} | {asked} |" for what, measured, asked in figures]
    rows += ["", f"Machine: {machine}. `python benchmarks/live.py` measures it again."]
    readme = ROOT / "README.md"
    begin, end = "<!-- live -->", "<!-- /live -->"
    text = readme.read_text(encoding="utf-8")
    head, rest = text.split(begin, 1)
    readme.write_text(head + begin + "\n" + "\n".join(rows) + "\n" + end + rest.split(end, 1)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
