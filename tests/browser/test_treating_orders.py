"""Units that treat oil, clean a shore and tow booms, ordered from the map in a real browser, and what control sees of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

playwright_api = pytest.importorskip("playwright.sync_api", reason="no playwright (pip install playwright)")
from ordering import CHROMIUM, PATIENCE, begin, command, draw, send  # noqa: E402
from playwright.sync_api import expect, sync_playwright  # noqa: E402
from service import EXAMPLES, Table, table  # noqa: E402
from spoken import Spoken  # noqa: E402

from khazri.web.pages import ASSETS  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium (Debian: apt install chromium)"),
    pytest.mark.skipif(not (ASSETS / "index.html").is_file(), reason="the pages are not built (python tools/pages.py)"),
]
SAY = Spoken("az")
UNITS = {  # kind -> name, position
    "dispersant_vessel": ("Sprayer", [50.40, 44.00]),
    "burn_team": ("Burner", [50.38, 44.01]),
    "towed_boom_vessel": ("Tower", [50.42, 44.01]),
    "shore_team_manual": ("Cleaners", [50.211, 44.53]),
    "tug": ("Tug", [50.39, 43.98]),
}


def treating_pack(folder: Path) -> Path:
    """A piece of `caspian-ports` with a few units of one party close to the oil."""
    pack = yaml.safe_load((EXAMPLES / "caspian-ports/scenario.yaml").read_text("utf-8"))
    site = pack["sites"][0]
    site["area"] = {"west": 49.6, "east": 51.4, "south": 43.3, "north": 44.8}
    site["releases"][0].update({"from": "T+00:05", "until": "T+01:00"})
    pack["numerics"] = {"dt": "60 s", "particles": 400}
    pack["bases"] = [base for base in pack["bases"] if base["ident"] == "bautino"]
    shared = {"party": "bravo", "site": "caspian", "base": "bautino"}
    pack["inventory"] = [
        {"ident": kind.replace("_", "-"), "kind": kind, "name": name, "position": at, **shared}
        for kind, (name, at) in UNITS.items()
    ]
    second = {"ident": "second", "kind": "towed_boom_vessel", "name": "Second", "position": [50.43, 44.01], **shared}
    pack["inventory"].append(second)
    folder.mkdir()
    (folder / "scenario.yaml").write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def laid(tmp_path) -> Iterator[Table]:
    with table(tmp_path, pack=treating_pack(tmp_path / "pack")) as found:
        command(found, {"kind": "start"})
        command(found, {"kind": "set_pace", "pace": 60.0})
        yield found


SMALL = ((-40, -40), (40, -40), (40, 40), (-40, 40))


def test_a_cell_orders_spraying_burning_cleaning_and_a_towed_boom_from_the_map(laid) -> None:
    expect.set_options(timeout=PATIENCE)
    troubles: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(locale="az-AZ", viewport={"width": 1280, "height": 800}).new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.set_default_timeout(PATIENCE)
        page.goto(f"{laid.address}/enter/{laid.seats['bravo-ops'][1]}")
        page.get_by_role("tab", name=re.compile(f"^{SAY('tab.units')}")).click()
        for name, task in (
            ("Sprayer", "spray"),
            ("Burner", "burn"),
            ("Tower", "tow_boom"),
            ("Cleaners", "clean_shore"),
        ):
            card = begin(page, SAY, name, task)
            if task == "tow_boom":
                card.get_by_label(SAY("order.target.tow_boom")).select_option(label="Second")
            draw(page, *SMALL)
            send(card, SAY, task)
        card = begin(page, SAY, "Tug", "tow")
        card.get_by_label(SAY("order.target.tow")).select_option(label="Second")
        draw(page, (30, 30))
        expect(card.locator(".refused")).to_have_text(SAY.like("refusal.not_disabled"))  # she goes by herself
        command(laid, {"kind": "jump", "to_step": 240})
        second = page.locator("li.item", has=page.locator("b", has_text=re.compile("^Second$")))
        expect(second).to_contain_text(f"{SAY('task.tow_boom')} (Tower)")
        expect(page.locator(".exercise-time")).to_have_text(re.compile(r"T\+04:0\d"))
        for name in ("Sprayer", "Tower", "Second"):
            state = page.locator("li.item", has=page.locator("b", has_text=re.compile(f"^{name}$"))).locator(".tag")
            expect(state).not_to_have_text(SAY("unit.state.off"))
        browser.close()
    assert not troubles
