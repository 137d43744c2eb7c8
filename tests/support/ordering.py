"""Orders given in a real browser, as a player gives them."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
    from service import Table
    from spoken import Spoken

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
PATIENCE = 20_000  # [ms]


def command(laid: Table, asked: dict[str, object]) -> None:
    answer = laid.browser("director").post(f"api/exercises/{laid.run}/commands", json={"command": asked})
    assert answer.status_code == 200, answer.text


def draw(page: Page, *corners: tuple[int, int]) -> None:
    """Click the corners around the middle of the chart, and the last one twice."""
    box = page.locator(".map-target").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for dx, dy in corners[:-1]:
        page.mouse.click(x + dx, y + dy)
        page.wait_for_timeout(350)  # two quick clicks would end the drawing
    page.mouse.dblclick(x + corners[-1][0], y + corners[-1][1])


def begin(page: Page, say: Spoken, name: str, task: str) -> Locator:
    """The card of a unit with the sheet of an order of this task open, and the chart at the unit."""
    card = page.locator("li.item", has=page.locator("b", has_text=re.compile(f"^{name}$")))
    card.locator(".item-head").click()
    give = card.get_by_role("button", name=say(f"order.give.{task}"), exact=True)
    if give.count():
        give.click()
    else:
        card.get_by_label(say("units.other_task")).select_option(task)
    return card


def send(card: Locator, say: Spoken, task: str) -> None:
    from playwright.sync_api import expect

    expect(card.locator(".preview")).to_have_text(say.like("units.preview"))
    card.get_by_role("button", name=say("units.send_order"), exact=True).click()
    expect(card).to_contain_text(re.compile(say(f"task.{task}") + r".*, T\+"))
