"""Pictures of every page, for the documentation: `python tools/screenshots.py` (or `make screenshots`).

Starts the demonstration in a folder of its own, plays it through the service's own commands to the moments that are
shown, and photographs them in the system's Chromium. EXERCISE: every name and figure in the pictures is invented.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "pictures" / "pages"
LINK = re.compile(r"^ {2}(\S.*?) +(https?://\S+/enter/\S+)$")
WIDE: Final = (1400, 880)
PHONE: Final = (390, 780)
SKIMMED: Final = [[49.09, 44.89], [49.20, 44.89], [49.20, 44.97], [49.09, 44.97]]
SKIMMED_BY_BRAVO: Final = [[49.14, 44.90], [49.24, 44.90], [49.24, 44.97], [49.14, 44.97]]
BOOM_AT_THE_BANK: Final = [[49.176, 44.884], [49.189, 44.884]]
BOOM_AT_THE_PLATFORM: Final = [[49.118, 44.916], [49.124, 44.927]]


@dataclass
class Seat:
    """A person of the demonstration: asks and commands by HTTP, and is looked at in a browser."""

    link: str
    client: httpx.Client = field(init=False)
    seat: str = field(init=False)
    cookie: str = field(init=False)
    run: str | None = field(init=False)

    def __post_init__(self) -> None:
        with httpx.Client() as door:
            answer = door.get(self.link)
            self.cookie = door.cookies["khazri"]
        self.seat = answer.headers["location"].split("#")[0]
        self.address = self.link.split("/enter/")[0]
        self.client = httpx.Client(
            base_url=self.address + self.seat,
            headers={"X-Khazri": "1", "Cookie": f"khazri={self.cookie}"},
            timeout=120.0,
        )
        self.run = self.client.get("api/me").json()["run"]

    def view(self) -> dict[str, Any]:
        """The exercise as this person sees it, once it is ready."""
        while (answer := self.client.get(f"api/exercises/{self.run}")).status_code == 503:
            time.sleep(0.5)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def do(self, kind: str, **about: Any) -> None:
        """A command; what is refused ends the tool, with the reason."""
        answer = self.client.post(f"api/exercises/{self.run}/commands", json={"command": {"kind": kind, **about}})
        if answer.status_code != 200:
            raise SystemExit(f"{kind} was refused: {answer.text}")

    def message(self, subject: str) -> int:
        """The message whose English subject begins so."""
        for each in self.view()["messages"]:
            words = each["subject"].get("en") or each["subject"].get("und") or ""
            if words.startswith(subject) or (subject == "POLWARN" and each.get("form")):
                return int(each["seq"])
        raise SystemExit(f"no message {subject!r} has come")


@dataclass
class Photographer:
    """Opens a page as a person, and keeps its picture."""

    browser: Browser
    made: list[Path] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def page(
        self, seat: Seat, where: str, *, size: tuple[int, int] = WIDE, theme: str = "light", language: str = "en"
    ) -> Iterator[Page]:
        """A page that has settled."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, device_scale_factor=2 if size == PHONE else 1
        )
        name = seat.seat.strip("/").split("/")[-1]
        context.add_cookies(
            [
                {
                    "name": "khazri",
                    "value": seat.cookie,
                    "domain": seat.address.split("//")[1].split(":")[0],
                    "path": seat.seat,
                }
            ]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"{name} {where}: {error}"))
        page.on("console", lambda m: self.troubles.append(f"{name}: {m.text}") if m.type == "error" else None)
        page.goto(f"{seat.address}{seat.seat}?theme={theme}&language={language}#{where}")
        page.wait_for_load_state("networkidle") if "report" in where else page.wait_for_timeout(2500)
        yield page
        context.close()

    def keep(self, page: Page, name: str, *, whole: bool = False) -> None:
        """The picture under its name."""
        path = TARGET / f"{name}.png"
        page.screenshot(path=path, full_page=whole)
        self.made.append(path)
        print(path.relative_to(ROOT), flush=True)


@contextlib.contextmanager
def demonstration(folder: Path) -> Iterator[dict[str, Seat]]:
    """The service with North Wind, and its seats by their names."""
    command = [sys.executable, "-m", "khazri", "demo", "--data", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
        try:
            assert service.stdout is not None
            links: dict[str, str] = {}
            for line in service.stdout:
                if found := LINK.match(line.rstrip()):
                    links[found[1]] = found[2]
                if len(links) >= 5 and line.strip() and found and found[1].startswith("programme officer bravo"):
                    break
            yield {name: Seat(link) for name, link in wait_for(links).items()}
        finally:
            service.terminate()


def wait_for(links: dict[str, str], seconds: float = 60.0) -> dict[str, str]:
    """The links, once the service answers."""
    address = next(iter(links.values())).split("/enter/")[0]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{address}/health")
            return links
        time.sleep(0.3)
    raise SystemExit("the service does not answer")


def play_until(director: Seat, step: int) -> None:
    """Run ahead to a step and go on from there as slowly as can be."""
    director.do("set_pace", pace=0.1)
    director.do("jump", to_step=step)
    until = time.monotonic() + 600
    while director.view()["step"] < step:
        if time.monotonic() > until:
            raise SystemExit(f"step {step} was not reached within ten minutes")
        time.sleep(0.5)
    time.sleep(1.0)


def play_morning(seats: dict[str, Seat]) -> None:
    """From the start to almost six hours after it: warned, tasked, answered, noted."""
    director, alfa, bravo = seats["director"], seats["player alfa-ops"], seats["player bravo-ops"]
    director.view()
    director.do("start")
    play_until(director, 38)
    first = alfa.message("EXERCISE: oil on the water")
    alfa.do("acknowledge_message", message=first)
    form = {
        "date_and_time": 35, "position": [49.10, 44.92], "acknowledge": True,
        "incident": "EXERCISE. Damaged riser of a production platform, crude oil.", "outflow": "Not stopped; about 75 t an hour.",
    }  # fmt: skip
    alfa.do("file_polwarn", to="bravo-ops", form=form)
    alfa.do("task_skimmer", unit="alfa-skimmer", area=SKIMMED)
    alfa.do("deploy_boom", unit="alfa-boom", line=BOOM_AT_THE_PLATFORM)
    play_until(director, 55)
    bravo.do("acknowledge_message", message=bravo.message("POLWARN"))
    bravo.do("deploy_boom", unit="bravo-boom", line=BOOM_AT_THE_BANK)
    bravo.do("task_skimmer", unit="bravo-skimmer", area=SKIMMED_BY_BRAVO)
    seats["observer charlie"].do(
        "write_note", text="Alfa warned its neighbour three minutes after the first report.", shared=True
    )
    play_until(director, 345)
    bravo.do(
        "send_message", to="alfa-ops", precedence="priority", reply_to=None, subject="EXERCISE: boom before the bank",
        text="Our boom stands north of the spawning bank. Can you cover the western end?",
    )  # fmt: skip


def finish(camera: Photographer, seats: dict[str, Seat], here: str) -> None:
    """Watch the budget change with the wind, rate, find, and end."""
    director, evaluator = seats["director"], seats["evaluator"]
    with camera.page(director, here) as page:
        page.click("#tab-budget")
        play_until(director, 620)
        page.wait_for_timeout(1500)
        camera.keep(page, "director-budget")
    seqs = {e["kind"]: e["seq"] for e in evaluator.client.get(f"api/exercises/{evaluator.run}/events").json()["events"]}
    evaluator.do(
        "mark_objective", objective="warn-the-neighbour", rating="P", evidence=[seqs["message_sent"]],
        reason="The POLWARN went out three minutes after the first report and was acknowledged.",
    )  # fmt: skip
    evaluator.do(
        "record_finding", objective="recover-early", evidence=[seqs["skimmer_tasked"]],
        text="Storage filled before the second wind; no lightering was planned.",
    )  # fmt: skip
    director.do("end")


def photograph(browser: Browser, seats: dict[str, Seat]) -> Photographer:
    """Every picture, in the order of an exercise."""
    camera = Photographer(browser)
    director, alfa = seats["director"], seats["player alfa-ops"]
    here = f"/exercises/{director.run}"
    play_morning(seats)
    live(camera, seats, here)
    finish(camera, seats, here)
    afterwards(camera, seats, here)
    with camera.page(alfa, "/") as page:
        camera.keep(page, "home")
    programme(camera, seats)
    return camera


def live(camera: Photographer, seats: dict[str, Seat], here: str) -> None:
    """While it is played."""
    director, alfa, bravo = seats["director"], seats["player alfa-ops"], seats["player bravo-ops"]
    for theme in ("light", "dark"):
        with camera.page(director, here, theme=theme) as page:
            camera.keep(page, "director" if theme == "light" else "director-dark")
            if theme == "light":
                page.get_by_role("button", name="Whole area").click()
                page.wait_for_timeout(1000)
                camera.keep(page, "director-area")
                page.click("#tab-picture")
                for look in ("level", "current"):
                    page.get_by_label("The sea").select_option(look)
                    page.wait_for_timeout(2500)
                    camera.keep(page, f"director-sea-{look}")
    for language in ("en", "ru", "az"):
        with camera.page(alfa, here, language=language) as page:
            camera.keep(page, "cell" if language == "en" else f"cell-{language}")
    with camera.page(alfa, here) as page:
        task(page)
        camera.keep(page, "cell-preview")
    with camera.page(bravo, here) as page:
        page.click("#tab-messages")
        page.click("text=POLWARN >> nth=-1")
        page.wait_for_timeout(500)
        camera.keep(page, "cell-messages")
    with camera.page(alfa, here) as page:
        page.click("#tab-messages")
        page.get_by_role("button", name="New POLWARN").click()
        camera.keep(page, "cell-polwarn")
    with camera.page(bravo, here, size=PHONE) as page:
        camera.keep(page, "cell-phone")
        page.click("#tab-map")
        page.wait_for_timeout(1500)
        camera.keep(page, "cell-phone-chart")
    with camera.page(seats["observer charlie"], here) as page:
        page.click("#tab-notes")
        camera.keep(page, "observer")
    with camera.page(seats["observer charlie"], here, size=PHONE) as page:
        page.click("#tab-notes")
        camera.keep(page, "observer-phone")
    with camera.page(seats["evaluator"], here) as page:
        page.get_by_role("button", name="Rate", exact=True).first.click()
        camera.keep(page, "evaluator")


def task(page: Page) -> None:
    """Draw an area for the skimmer on the chart, and wait for the way there."""
    page.click("#tab-units")
    page.get_by_role("button", name="Recover oil").first.click()
    chart = page.locator(".map-target").bounding_box()
    assert chart is not None
    x, y = chart["x"] + 0.45 * chart["width"], chart["y"] + 0.55 * chart["height"]
    for dx, dy in ((0, 0), (90, 0), (90, 70)):
        page.mouse.click(x + dx, y + dy)
        page.wait_for_timeout(350)
    page.mouse.dblclick(x, y + 70)
    page.locator(".preview, .refused").first.wait_for()
    page.wait_for_timeout(500)


def afterwards(camera: Photographer, seats: dict[str, Seat], here: str) -> None:
    """Replay and report."""
    director = seats["director"]
    with camera.page(director, f"{here}/replay") as page:
        page.locator("output", has_text="T+10:20").wait_for()
        page.locator(".timeline").evaluate(
            "e => { e.value = 240; e.dispatchEvent(new Event('change', { bubbles: true })) }"
        )
        page.get_by_label("Seen by").select_option("alfa-ops")
        page.wait_for_timeout(3000)
        page.get_by_role("button", name="Oil").click()
        page.wait_for_timeout(1500)
        camera.keep(page, "replay")
    with camera.page(seats["player alfa-ops"], f"{here}/report") as page:
        camera.keep(page, "report-links")
    address = f"{director.client.base_url}api/exercises/{director.run}/report.html?language=en"
    with camera.page(director, "/") as page:
        page.goto(address, timeout=180_000)
        camera.keep(page, "report")


def programme(camera: Photographer, seats: dict[str, Seat]) -> None:
    """The plans, where the demonstration has officers."""
    officer = seats.get("programme officer alfa")
    if officer is None:
        raise SystemExit("the demonstration has no programme officer")
    with camera.page(officer, "/plans") as page:
        camera.keep(page, "plans")
        page.locator("a.card").first.click()
        page.wait_for_timeout(1500)
        camera.keep(page, "plan", whole=True)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    path = parser.parse_args().chromium
    if path is None:
        print("no chromium was found (Debian: apt install chromium), and --chromium names none", file=sys.stderr)
        return 2
    subprocess.run([sys.executable, str(ROOT / "tools" / "pages.py")], check=True, stdout=subprocess.DEVNULL)
    TARGET.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="khazri-screenshots-") as folder,
        demonstration(Path(folder)) as seats,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        camera = photograph(browser, seats)
        browser.close()
    for trouble in camera.troubles:
        print(f"on a page: {trouble}", file=sys.stderr)
    return 1 if camera.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
