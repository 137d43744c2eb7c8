"""North Wind in a real browser, by what stands on the screens alone: five people play it from the start to the report,
and two programme officers draw next year's activity from what it taught."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

playwright_api = pytest.importorskip("playwright.sync_api", reason="no playwright (pip install playwright)")
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright  # noqa: E402
from service import Table, table  # noqa: E402

from khazri.cli.serve import make_officers, set_up_plan  # noqa: E402
from khazri.inputs.examples import example_plan  # noqa: E402
from khazri.inputs.plans import read_plan  # noqa: E402
from khazri.web.pages import ASSETS  # noqa: E402

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium (Debian: apt install chromium)"),
    pytest.mark.skipif(not (ASSETS / "index.html").is_file(), reason="the pages are not built (python tools/pages.py)"),
]
PATIENCE = 20_000  # [ms] for each thing that is waited for; a busy machine is slow, which is no defect
PLAYERS = ("director", "alfa-ops", "bravo-ops", "observer-charlie", "evaluator")
BANK = "Spawning bank"
NORTH_OF_THE_BANK = "44-55.2N 049-06.0E"


@dataclass
class People:
    """Who sits where, and what went wrong on any of their screens."""

    laid: Table
    pages: dict[str, Page] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def sit_down(self, browser: Browser, name: str) -> Page:
        """A browser of their own, opened by their link."""
        context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"{name}: {error}"))
        page.on("request", lambda request: self._own(name, request.url))
        page.goto(f"{self.laid.address}/enter/{self.laid.seats[name][1]}")
        expect(page.locator(".banner")).to_have_text("EXERCISE")
        self.pages[name] = page
        return page

    def _own(self, name: str, url: str) -> None:
        if not url.startswith((self.laid.address, self.laid.address.replace("http", "ws"), "blob:", "data:")):
            self.troubles.append(f"{name} asked {url}")


@pytest.fixture
def people(tmp_path) -> Iterator[People]:
    expect.set_options(timeout=PATIENCE)
    with table(tmp_path) as laid:
        officers = make_officers(laid.service, read_plan(example_plan("joint-plan")))
        laid.seats.update({seat.person: (seat, token) for seat, token in officers})
        set_up_plan(laid.service, laid.run)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            found = People(laid)
            for name in PLAYERS:
                expect(found.sit_down(browser, name).locator(".fresh")).to_contain_text("Live")
            for seat, _ in officers:
                found.sit_down(browser, seat.person)
            yield found
            browser.close()


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=re.compile(f"^{name}")).click()


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def run_ahead(director: Page, until: str) -> None:
    director.get_by_label("Jump ahead to").fill(until)
    press(director, "Jump")
    expect(director.locator(".exercise-time")).to_have_text(re.compile(rf"{until[:-1].replace('+', '[+]')}\d"))


def open_message(page: Page, subject: str) -> Locator:
    item = page.locator("li.item", has=page.locator("b", has_text=re.compile(f"^{subject}"))).first
    item.locator(".item-head").click()
    return item


def unit(page: Page, name: str) -> Locator:
    return page.locator("li.item", has=page.locator("b", has_text=name))


def draw(page: Page, *corners: tuple[int, int]) -> None:
    """Click the corners around the middle of the chart, and the last one twice."""
    box = page.locator(".map-target").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for dx, dy in corners[:-1]:
        page.mouse.click(x + dx, y + dy)
        page.wait_for_timeout(350)  # two quick clicks would end the drawing
    page.mouse.dblclick(x + corners[-1][0], y + corners[-1][1])


def start(people: People) -> None:
    director = people.pages["director"]
    press(director, "Start the exercise")
    press(director, "Yes")
    for page in (people.pages[name] for name in PLAYERS):
        expect(page.locator(".clocks .phase")).to_contain_text("running")
    press(director, "×60")
    expect(people.pages["alfa-ops"].locator(".pace-now")).to_have_text("×60")
    run_ahead(director, "T+00:36")


def answer_the_first_report(people: People) -> None:
    alfa = people.pages["alfa-ops"]
    tab(alfa, "Messages")
    report = open_message(alfa, "EXERCISE: oil on the water")
    press(report, "Acknowledge")
    expect(report).to_contain_text("acknowledged: Alfa response centre")
    press(report, "Reply")
    alfa.get_by_label("Text", exact=True).fill("EXERCISE. Understood; two vessels leave at once.")
    press(alfa, "Send")
    director = people.pages["director"]
    tab(director, "Messages")
    expect(open_message(director, "Re: EXERCISE: oil on the water")).to_contain_text("two vessels leave at once")


def warn_the_neighbour(people: People) -> None:
    alfa, bravo = people.pages["alfa-ops"], people.pages["bravo-ops"]
    press(alfa, "New POLWARN")
    form = alfa.locator("form.polwarn")
    form.get_by_label("To").select_option(label="Bravo response centre")
    form.get_by_label("2 Position").fill(NORTH_OF_THE_BANK)
    form.get_by_label("3 Incident").fill("EXERCISE. Damaged riser, crude oil drifts east.")
    form.get_by_label("4 Outflow").fill("Not stopped.")
    press(form, "Send")
    tab(bravo, "Messages")
    warning = open_message(bravo, "POLWARN")
    expect(warning).to_contain_text("Damaged riser, crude oil drifts east.")
    press(warning, "Acknowledge")
    press(alfa, "Sent")
    expect(open_message(alfa, "POLWARN")).to_contain_text("acknowledged: Bravo response centre")


def order_the_skimmer(people: People) -> None:
    alfa = people.pages["alfa-ops"]
    tab(alfa, "Picture")
    alfa.locator("tr", has_text=BANK).get_by_role("button").click()  # the chart goes there
    tab(alfa, "Units")
    pelikan = unit(alfa, "Pelikan")
    press(pelikan, "Recover oil…")
    draw(alfa, (-60, -160), (60, -160), (60, -90), (-60, -90))
    expect(pelikan.locator(".preview")).to_have_text(
        re.compile(r"Arrives at T\+\d\d:\d\d, after [\d.,]+ nautical miles\.")
    )
    press(pelikan, "Send the order")
    expect(pelikan).to_contain_text("recover oil, T+00:")
    expect(pelikan.locator(".tag")).not_to_have_text("in port")


def lay_the_boom(people: People) -> None:
    alfa = people.pages["alfa-ops"]
    bober = unit(alfa, "Bober")
    bober.locator(".item-head").click()  # the chart goes to the vessel
    press(bober, "Lay the boom…")
    draw(alfa, (-300, -170), (-300, 200))
    expect(bober.locator(".refused")).to_contain_text("carries 1500 m of boom")  # a refusal, in words
    press(bober, "Draw again")
    draw(alfa, (30, 0), (80, 40))
    expect(bober.locator(".preview")).to_contain_text("Arrives at")
    press(bober, "Send the order")
    expect(bober).to_contain_text("lay a boom, T+00:")


def watch_and_change_the_wind(people: People) -> None:
    observer, director = people.pages["observer-charlie"], people.pages["director"]
    tab(observer, "Notes")
    observer.get_by_label("What you observe").fill("Alfa ordered two vessels within minutes.")
    press(observer, "Write the note")
    tab(director, "Notes")
    expect(director.locator("li.item")).to_contain_text("Alfa ordered two vessels within minutes.")
    tab(director, "Control")
    director.get_by_label("From, °").fill("200")
    director.get_by_role("spinbutton", name="knots").fill("15")
    press(director, "Change the wind")
    expect(people.pages["bravo-ops"].locator(".wind")).to_contain_text("200°")
    expect(people.pages["bravo-ops"].locator(".wind")).to_contain_text("15 knots")


def fire_an_inject_and_open_the_truth(people: People) -> None:
    director, bravo, observer = people.pages["director"], people.pages["bravo-ops"], people.pages["observer-charlie"]
    inject = director.locator("li.item", has_text="fishermen smell oil")
    press(inject, "Hold")
    expect(inject.locator(".tag").first).to_have_text("held")
    press(inject, "Send now")
    press(inject, "Yes")
    expect(inject.locator(".tag").first).to_have_text("sent")
    expect(open_message(bravo, "EXERCISE: fishermen smell oil")).to_contain_text("No warning has reached you.")
    assert observer.get_by_label("Oil as it is").count() == 0
    tab(director, "Observers")
    director.get_by_label(re.compile("^Observers of")).select_option(label="Observers of Charlie")
    director.get_by_label(re.compile("^may see")).select_option(label="the truth")
    press(director, "Open the view")
    expect(observer.get_by_label("Oil as it is")).to_be_visible()


def see_what_came_of_it(people: People) -> None:
    director, alfa = people.pages["director"], people.pages["alfa-ops"]
    run_ahead(director, "T+06:00")
    expect(alfa.locator("table", has_text="Bober")).to_contain_text(re.compile("holding|leaking"))
    tab(alfa, "Log")
    expect(alfa.locator("ol.events")).to_contain_text("The boom of Boom vessel Bober is set")
    tab(director, "Picture")
    expect(director.locator("table", has_text="Points shown")).to_be_visible()  # frames have come
    tab(director, "Budget")
    expect(director.locator("tfoot")).to_contain_text("300.0")  # all of it is out


def evaluate(people: People) -> None:
    evaluator = people.pages["evaluator"]
    tab(evaluator, "Objectives")
    objective = evaluator.locator("li.item", has_text="files a POLWARN")
    press(objective, "Rate")
    objective.get_by_label("Performed without challenges").check()
    objective.get_by_label("Reason").fill("Warned within minutes, acknowledged at once.")
    objective.locator("ol.events label", has_text="acknowledged message").first.locator("input").check()
    press(objective, "Save")
    expect(objective.locator(".rating")).to_have_text("P")
    expect(objective).to_contain_text(re.compile(r"Evidence: #\d+ T\+00:"))
    press(evaluator, "New finding")
    evaluator.get_by_label("What the exercise showed").fill("No lightering was planned.")
    press(evaluator, "Save")
    expect(evaluator.locator("li.item", has_text="No lightering was planned.")).to_be_visible()


def end(people: People) -> None:
    director = people.pages["director"]
    press(director, "End the exercise")
    press(director, "Yes")
    for page in (people.pages[name] for name in PLAYERS):
        expect(page.locator(".strip.ended")).to_contain_text("The exercise has ended")


def look_back(people: People) -> None:
    director = people.pages["director"]
    director.locator(".strip.ended").get_by_role("link", name="Replay").click()
    expect(director.locator("output")).to_contain_text("/ T+06:")
    director.get_by_label("Seen by").select_option(label="Delegation Bravo · Bravo response centre")
    slider = director.get_by_label("Time of the replay")
    slider.evaluate("e => { e.value = 30; e.dispatchEvent(new Event('change', { bubbles: true })) }")
    expect(director.locator(".exercise-time")).to_have_text("T+00:30")
    expect(unit(director, "Karabatak")).to_be_visible()
    expect(unit(director, "Pelikan")).to_have_count(0)  # with Bravo's eyes
    bravo = people.pages["bravo-ops"]
    bravo.locator(".strip.ended").get_by_role("link", name="Replay").click()
    expect(bravo.locator("output")).to_contain_text("T+00:00 / T+06:")


def read_the_report(people: People) -> None:
    for name in ("evaluator", "alfa-ops"):
        page = people.pages[name]
        page.locator(".strip.ended").get_by_role("link", name="Report").click()
        paper = page.get_by_role("link", name="Download as PDF").get_attribute("href")
        press_link = page.get_by_role("link", name="Open the report")
        address = press_link.get_attribute("href")
        press_link.click()
        expect(page.locator("h1")).to_have_text("After-action report")
        expect(page.locator("body")).to_contain_text("Do nothing | As played")
        expect(page.locator("body")).to_contain_text("No lightering was planned.")
        assert address is not None
        assert paper is not None
    with people.laid.client("evaluator") as client:
        assert client.get(paper).content.startswith(b"%PDF")


def learn(people: People) -> None:
    alfa, bravo = people.pages["officer-alfa"], people.pages["officer-bravo"]
    alfa.reload()
    alfa.get_by_role("link", name="Joint action plan").click()
    press(
        alfa.locator("li.item", has=alfa.locator("b", has_text='Joint exercise "North Wind"')),
        "Take its findings over as lessons",
    )
    lesson = alfa.locator("li.item", has=alfa.locator("b", has_text="No lightering was planned."))
    press(lesson, "Propose an activity from it…")
    alfa.get_by_label("Title").fill("Course: lightering at sea")
    alfa.get_by_label("Kind").select_option(label="course")
    alfa.get_by_label("First day").fill("2027-04-05")
    alfa.get_by_label("Last day").fill("2027-04-09")
    press(alfa, "Propose an activity")
    for page, party in ((alfa, "Delegation Alfa"), (bravo, "Delegation Bravo")):
        if page is bravo:
            bravo.reload()
            bravo.get_by_role("link", name="Joint action plan").click()
        course = page.locator("li.item", has=page.locator("b", has_text="Course: lightering at sea"))
        expect(course.locator(".item-head .tag")).to_have_text("proposed")  # until both have given their word
        press(course, f"Confirm for {party}")
        press(course, "Yes")
        expect(course).to_contain_text("✓ Delegation Alfa" if page is alfa else "Next step: scheduled")
    expect(course.locator(".item-head .tag")).to_have_text("agreed")
    expect(course).to_contain_text("Comes from the lesson: No lightering was planned.")


def test_five_people_play_from_the_start_to_the_report_and_two_learn_from_it(people: People) -> None:
    start(people)
    answer_the_first_report(people)
    warn_the_neighbour(people)
    order_the_skimmer(people)
    lay_the_boom(people)
    watch_and_change_the_wind(people)
    fire_an_inject_and_open_the_truth(people)
    see_what_came_of_it(people)
    evaluate(people)
    end(people)
    look_back(people)
    read_the_report(people)
    learn(people)
    assert not people.troubles
