"""Units that carry, tow in and clean, ordered from the map; and a whole order by the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

playwright_api = pytest.importorskip("playwright.sync_api", reason="no playwright (pip install playwright)")
from ordering import CHROMIUM, PATIENCE, begin, command, draw, send  # noqa: E402
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright  # noqa: E402
from service import EXAMPLES, Table, table  # noqa: E402
from spoken import Spoken  # noqa: E402

from khazri.web.pages import ASSETS  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium (Debian: apt install chromium)"),
    pytest.mark.skipif(not (ASSETS / "index.html").is_file(), reason="the pages are not built (python tools/pages.py)"),
]
SAY = Spoken("ru")
UNITS: dict[str, tuple[str, list[float], dict[str, str]]] = {  # kind -> name, position, figures
    "skimming_vessel": ("Skimmer", [50.50, 44.235], {"storage": "2 m3"}),
    "storage_barge": ("Barge", [50.49, 44.23], {}),
    "tug": ("Tug", [50.47, 44.22], {}),
    "surveillance_vessel": ("Lame", [50.45, 44.20], {}),
    "shore_team_manual": ("Cleaners", [50.505, 44.287], {}),
    "boom_vessel": ("Boomer", [50.53, 44.23], {}),
    "fence_boom_vessel": ("Keeper", [50.47, 44.24], {}),
    "source_control_vessel": ("Stopper", [50.505, 44.232], {"shut_time": "15 min"}),
}
AREA = ((-150, -300), (150, -300), (150, 60), (-150, 60))
SHORE = ((-120, -120), (120, -120), (120, 120), (-120, 120))


def serving_pack(folder: Path) -> Path:
    """Oil two miles off a shore and a wind towards it; a skimmer with a small tank, a base with less room than that."""
    pack = yaml.safe_load((EXAMPLES / "caspian-ports/scenario.yaml").read_text("utf-8"))
    site = pack["sites"][0]
    site["area"] = {"west": 50.0, "east": 51.0, "south": 43.9, "north": 44.6}
    site["resolution"] = "500 m"
    release = {"at": {"lon": 50.50, "lat": 44.24}, "from": "T+00:05", "until": "T+02:00", "mass": "300 t"}
    site["releases"][0].update(release)
    site["environment"]["scripted"]["wind"] = [{"at": "T+00:00", "from": "180 deg", "speed": "8 m/s"}]
    pack["numerics"] = {"dt": "60 s", "particles": 400}
    (base,) = [base for base in pack["bases"] if base["ident"] == "bautino"]
    pack["bases"] = [{**base, "storage": "1 m3", "position": [50.46, 44.25]}]
    shared = {"party": "bravo", "site": "caspian", "base": "bautino", "mobilisation": "5 min"}
    pack["inventory"] = [
        {"ident": kind.replace("_", "-"), "kind": kind, "name": name, "position": at, **shared, **figures}
        for kind, (name, at, figures) in UNITS.items()
    ]
    site["places"] = [{"ident": "intake", "name": "Intake", "point": [50.43, 44.25], "radius": "300 m"}]
    folder.mkdir()
    (folder / "scenario.yaml").write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def laid(tmp_path) -> Iterator[Table]:
    with table(tmp_path, pack=serving_pack(tmp_path / "pack")) as found:
        command(found, {"kind": "start"})
        command(found, {"kind": "set_pace", "pace": 60.0})
        yield found


@pytest.fixture
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def seated(browser: Browser, laid: Table, seat: str, troubles: list[str]) -> Page:
    page = browser.new_context(locale="ru-RU", viewport={"width": 1280, "height": 900}).new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.set_default_timeout(PATIENCE)
    page.goto(f"{laid.address}/enter/{laid.seats[seat][1]}")
    return page


def card(page: Page, name: str) -> Locator:
    return page.locator("li.item", has=page.locator("b", has_text=re.compile(f"^{name}$")))


def jump(laid: Table, page: Page, hours: int) -> None:
    command(laid, {"kind": "jump", "to_step": 60 * hours})
    expect(page.locator(".exercise-time")).to_have_text(re.compile(rf"T\+{hours:02d}:0\d"))


def test_a_full_skimmer_finds_its_base_full_and_a_barge_takes_it_over_a_tug_brings_in_the_lame_a_team_cleans_the_shore(
    laid, browser
) -> None:
    troubles: list[str] = []
    page = seated(browser, laid, "bravo-ops", troubles)
    page.get_by_role("tab", name=re.compile(f"^{SAY('tab.units')}")).click()
    sheet = begin(page, SAY, "Skimmer", "skim")
    draw(page, *AREA)
    send(sheet, SAY, "skim")
    command(laid, {"kind": "fail_unit", "unit": "surveillance-vessel", "failure": "engine"})
    expect(card(page, "Lame").locator(".tag")).to_have_text(SAY("unit.state.disabled"))
    sheet = begin(page, SAY, "Tug", "tow")
    sheet.get_by_label(SAY("order.target.tow")).select_option(label="Lame")
    draw(page, (30, 30))
    send(sheet, SAY, "tow")

    jump(laid, page, 4)
    expect(card(page, "Tug")).to_contain_text(SAY("stopped.done"))
    assert position(card(page, "Lame"), SAY) == position(card(page, "Tug"), SAY)  # she was brought along
    expect(card(page, "Skimmer")).to_contain_text(SAY("stopped.base_full"))
    expect(card(page, "Skimmer")).to_contain_text(SAY("units.landed"))
    sheet = begin(page, SAY, "Skimmer", "offload")
    choice = sheet.get_by_label(SAY("order.target.offload"))
    assert "Tug" not in choice.inner_text()  # it has no tank
    choice.select_option(label="Barge")
    send(sheet, SAY, "offload")

    jump(laid, page, 7)
    expect(card(page, "Barge").locator("meter")).not_to_have_js_property("value", 0)
    sheet = begin(page, SAY, "Cleaners", "clean_shore")
    draw(page, *SHORE)
    send(sheet, SAY, "clean_shore")
    jump(laid, page, 10)
    expect(card(page, "Cleaners")).to_contain_text(SAY("units.waste"))
    expect(card(page, "Cleaners")).not_to_contain_text(
        SAY("units.cleaned")
    )  # how much oil was in it is nobody's to know
    page.get_by_role("tab", name=re.compile(f"^{SAY('tab.events')}")).click()
    expect(page.locator("body")).to_contain_text(SAY("stopped.base_full"))

    director = seated(browser, laid, "director", troubles)
    director.get_by_role("tab", name=re.compile(f"^{SAY('tab.units')}")).click()
    expect(card(director, "Cleaners")).to_contain_text(SAY("units.cleaned"))
    other = seated(browser, laid, "alfa-ops", troubles)
    other.get_by_role("tab", name=re.compile(f"^{SAY('tab.units')}")).click()
    expect(other.locator("body")).to_contain_text(SAY("units.empty"))
    assert not troubles


def test_a_boom_is_laid_and_taken_in_a_place_protected_a_line_patrolled_and_the_source_shut(laid, browser) -> None:
    troubles: list[str] = []
    page = seated(browser, laid, "bravo-ops", troubles)
    page.get_by_role("tab", name=re.compile(f"^{SAY('tab.units')}")).click()
    sheet = begin(page, SAY, "Boomer", "boom")
    draw(page, (-15, -30), (15, -30))
    send(sheet, SAY, "boom")
    sheet = begin(page, SAY, "Keeper", "protect")
    sheet.get_by_label(SAY("order.target.protect")).select_option(label="Intake")
    send(sheet, SAY, "protect")
    sheet = begin(page, SAY, "Lame", "patrol")
    draw(page, (-60, 0), (60, 0))
    send(sheet, SAY, "patrol")
    sheet = begin(page, SAY, "Stopper", "shut_source")
    draw(page, (0, 0))
    send(sheet, SAY, "shut_source")

    jump(laid, page, 3)
    booms = page.locator("table", has=page.locator("caption, th", has_text=SAY("units.state"))).last
    expect(booms).to_contain_text("Boomer")
    expect(booms).to_contain_text("Keeper")
    expect(card(page, "Lame").locator(".tag")).to_have_text(SAY("unit.state.on_task"))
    expect(card(page, "Stopper")).to_contain_text(SAY("stopped.done"))
    sheet = begin(page, SAY, "Boomer", "recover_boom")
    send(sheet, SAY, "recover_boom")
    sheet = begin(page, SAY, "Lame", "survey")  # one order goes before another
    draw(page, *SHORE)
    send(sheet, SAY, "survey")

    jump(laid, page, 7)
    expect(booms).not_to_contain_text("Boomer")
    page.get_by_role("tab", name=re.compile(f"^{SAY('tab.events')}")).click()
    log = page.locator("body")
    expect(log).to_contain_text(SAY("happening.source_shut", subject="Stopper"))
    expect(log).to_contain_text(SAY("happening.boom_recovered", subject="Boomer"))

    other = seated(browser, laid, "alfa-ops", troubles)
    expect(other.get_by_role("tab").first).to_be_visible()
    for tab in ("tab.units", "tab.events"):
        other.get_by_role("tab", name=re.compile(f"^{SAY(tab)}")).click()
        for name, _, _ in UNITS.values():
            expect(other.locator("body")).not_to_contain_text(name)
    assert not troubles


def position(unit: Locator, say: Spoken) -> str:
    return unit.locator("div", has=unit.page.locator("dt", has_text=say("units.position"))).locator("dd").inner_text()


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on with the tabulator until it has the focus."""
    for _ in range(150):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by the tabulator")


def test_a_unit_is_ordered_watched_and_called_back_by_the_keyboard_alone(laid, browser) -> None:
    troubles: list[str] = []
    page = seated(browser, laid, "bravo-ops", troubles)
    units = page.get_by_role("tab", name=re.compile(f"^{SAY('tab.units')}"))
    expect(units).to_be_visible()
    tab_to(page, page.get_by_role("tab").first)
    while not units.evaluate("each => each === document.activeElement"):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    unit = card(page, "Skimmer")
    tab_to(page, unit.get_by_role("button", name=SAY("order.give.skim"), exact=True))
    page.keyboard.press("Enter")
    tab_to(page, unit.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, unit.locator("textarea"))
    for line in ("44-14.0N 050-29.0E", "44-14.0N 050-32.0E", "44-16.0N 050-32.0E", "44-16.0N 050-29.0E"):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    tab_to(page, unit.get_by_role("button", name=SAY("units.use_positions")))
    page.keyboard.press("Enter")
    expect(unit.locator(".preview")).to_have_text(SAY.like("units.preview"))
    tab_to(page, unit.get_by_role("button", name=SAY("units.send_order"), exact=True))
    page.keyboard.press("Enter")
    expect(unit).to_contain_text(re.compile(SAY("task.skim") + r".*, T\+0"))
    jump(laid, page, 1)
    expect(unit.locator(".tag")).to_have_text(SAY("unit.state.on_task"))
    tab_to(page, unit.get_by_role("button", name=SAY("units.stand_by"), exact=True))
    page.keyboard.press("Enter")
    confirm = unit.get_by_role("button", name=SAY("confirm.yes"), exact=True)
    tab_to(page, confirm)
    page.keyboard.press("Enter")
    expect(unit).to_contain_text(SAY("stopped.stand_by"))
    assert not troubles
