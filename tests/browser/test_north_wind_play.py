"""North Wind in a real browser, by what stands on the screens alone, in each language: five people play it from the start
to the report, and two programme officers draw next year's activity from what it taught."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

playwright_api = pytest.importorskip("playwright.sync_api", reason="no playwright (pip install playwright)")
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright  # noqa: E402
from service import Table, table  # noqa: E402
from spoken import Spoken  # noqa: E402

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
LOCALES = {"en": "en-GB", "ru": "ru-RU", "az": "az-AZ"}
BANK = "Spawning bank"
PLAN, ACTIVITY = "Joint action plan 2025-2027", 'Joint exercise "North Wind"'
INJECT_SAYS = {
    "en": "No warning has reached you.",
    "ru": "Предупреждений вы не получали.",
    "az": "Sizə heç bir xəbərdarlıq gəlməyib.",
}
NORTH_OF_THE_BANK = "44-55.2N 049-06.0E"


@dataclass
class People:
    """Who sits where, and what went wrong on any of their screens."""

    laid: Table
    say: Spoken
    pages: dict[str, Page] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def sit_down(self, browser: Browser, name: str) -> Page:
        """A browser of their own, opened by their link."""
        context = browser.new_context(locale=LOCALES[self.say.language], viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"{name}: {error}"))
        page.on("request", lambda request: self._own(name, request.url))
        page.goto(f"{self.laid.address}/enter/{self.laid.seats[name][1]}")
        expect(page.locator(".banner")).to_have_text(self.say("banner.exercise"))
        self.pages[name] = page
        return page

    def _own(self, name: str, url: str) -> None:
        if not url.startswith((self.laid.address, self.laid.address.replace("http", "ws"), "blob:", "data:")):
            self.troubles.append(f"{name} asked {url}")


@pytest.fixture(params=sorted(LOCALES))
def people(tmp_path, request) -> Iterator[People]:
    say = Spoken(request.param)
    expect.set_options(timeout=PATIENCE)
    with table(tmp_path) as laid:
        officers = make_officers(laid.service, read_plan(example_plan("joint-plan")))
        laid.seats.update({seat.person: (seat, token) for seat, token in officers})
        set_up_plan(laid.service, laid.run)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            found = People(laid, say)
            for name in PLAYERS:
                expect(found.sit_down(browser, name).locator(".fresh")).to_contain_text(say("connection.live"))
            for seat, _ in officers:
                found.sit_down(browser, seat.person)
            yield found
            browser.close()


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=re.compile(f"^{name}")).click()


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def run_ahead(say: Spoken, director: Page, until: str) -> None:
    director.get_by_label(say("clock.jump")).fill(until)
    press(director, say("clock.jump_go"))
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
    director, say = people.pages["director"], people.say
    press(director, say("clock.start"))
    press(director, say("confirm.yes"))
    for page in (people.pages[name] for name in PLAYERS):
        expect(page.locator(".clocks .phase")).to_contain_text(say("phase.running"))
    press(director, "×60")
    expect(people.pages["alfa-ops"].locator(".pace-now")).to_have_text("×60")
    run_ahead(say, director, "T+00:36")


def answer_the_first_report(people: People) -> None:
    alfa, say = people.pages["alfa-ops"], people.say
    subject = say.pack("EXERCISE: oil on the water")
    tab(alfa, say("tab.messages"))
    report = open_message(alfa, subject)
    press(report, say("messages.acknowledge"))
    expect(report).to_contain_text(say("messages.acknowledged_by", cells=say.pack("Alfa response centre")))
    press(report, say("messages.reply"))
    alfa.get_by_label(say("messages.text"), exact=True).fill("EXERCISE. Understood; two vessels leave at once.")
    press(alfa, say("messages.send"))
    director = people.pages["director"]
    tab(director, say("tab.messages"))
    expect(open_message(director, f"{say('messages.re')} {subject}")).to_contain_text("two vessels leave at once")


def warn_the_neighbour(people: People) -> None:
    alfa, bravo, say = people.pages["alfa-ops"], people.pages["bravo-ops"], people.say
    press(alfa, say("polwarn.new"))
    form = alfa.locator("form.polwarn")
    form.get_by_label(re.compile(rf"^\s*{say('messages.to')}")).select_option(label=say.pack("Bravo response centre"))
    form.get_by_label(f"2 {say('polwarn.position')}").fill(NORTH_OF_THE_BANK)
    form.get_by_label(f"3 {say('polwarn.incident')}").fill("EXERCISE. Damaged riser, crude oil drifts east.")
    form.get_by_label(f"4 {say('polwarn.outflow')}").fill("Not stopped.")
    press(form, say("messages.send"))
    tab(bravo, say("tab.messages"))
    warning = open_message(bravo, "POLWARN")
    expect(warning).to_contain_text("Damaged riser, crude oil drifts east.")
    press(warning, say("messages.acknowledge"))
    press(alfa, say("messages.box.out"))
    expect(open_message(alfa, "POLWARN")).to_contain_text(
        say("messages.acknowledged_by", cells=say.pack("Bravo response centre"))
    )


def order_the_skimmer(people: People) -> None:
    alfa, say = people.pages["alfa-ops"], people.say
    tab(alfa, say("tab.picture"))
    alfa.locator("tr", has_text=say.pack(BANK)).get_by_role("button").click()  # the chart goes there
    tab(alfa, say("tab.units"))
    pelikan = unit(alfa, say.pack("Skimming vessel Pelikan"))
    press(pelikan, say("order.give.skim"))
    draw(alfa, (-60, -160), (60, -160), (60, -90), (-60, -90))
    expect(pelikan.locator(".preview")).to_have_text(say.like("units.preview"))
    expect(pelikan.locator(".preview")).to_contain_text(re.compile(r"T\+\d\d:\d\d"))
    press(pelikan, say("units.send_order"))
    expect(pelikan).to_contain_text(f"{say('task.skim')}, T+00:")
    expect(pelikan.locator(".tag")).not_to_have_text(say("unit.state.off"))


def lay_the_boom(people: People) -> None:
    alfa, say = people.pages["alfa-ops"], people.say
    bober = unit(alfa, say.pack("Boom vessel Bober"))
    bober.locator(".item-head").click()  # the chart goes to the vessel
    press(bober, say("order.give.boom"))
    draw(alfa, (-300, -170), (-300, 200))
    expect(bober.locator(".refused")).to_contain_text(say.like("refusal.boom_too_long"))  # a refusal, in words
    press(bober, say("units.draw_again"))
    draw(alfa, (30, 0), (80, 40))
    expect(bober.locator(".preview")).to_have_text(say.like("units.preview"))
    press(bober, say("units.send_order"))
    expect(bober).to_contain_text(f"{say('task.boom')}, T+00:")


def watch_and_change_the_wind(people: People) -> None:
    observer, director, say = people.pages["observer-charlie"], people.pages["director"], people.say
    tab(observer, say("tab.notes"))
    observer.get_by_label(say("notes.text")).fill("Alfa ordered two vessels within minutes.")
    press(observer, say("notes.write"))
    tab(director, say("tab.notes"))
    expect(director.locator("li.item")).to_contain_text("Alfa ordered two vessels within minutes.")
    tab(director, say("tab.injects"))
    director.get_by_label(f"{say('wind.from')}, °").fill("200")
    director.get_by_role("spinbutton", name=say("quantity.knots")).fill("15")
    press(director, say("wind.change"))
    expect(people.pages["bravo-ops"].locator(".wind")).to_contain_text("200°")
    expect(people.pages["bravo-ops"].locator(".wind")).to_contain_text(f"15 {say('quantity.knots')}")


def fire_an_inject_and_open_the_truth(people: People) -> None:
    director, bravo, observer = (people.pages[name] for name in ("director", "bravo-ops", "observer-charlie"))
    say, subject = people.say, people.say.pack("EXERCISE: fishermen smell oil")
    inject = director.locator("li.item", has_text=subject)
    press(inject, say("injects.hold"))
    expect(inject.locator(".tag").first).to_have_text(say("inject.held"))
    press(inject, say("injects.fire"))
    press(inject, say("confirm.yes"))
    expect(inject.locator(".tag").first).to_have_text(say("inject.fired"))
    expect(open_message(bravo, subject)).to_contain_text(INJECT_SAYS[say.language])
    assert observer.get_by_label(say("layer.oil")).count() == 0
    tab(director, say("tab.grants"))
    director.get_by_role("combobox", name=re.compile(f"^{say('grants.observers_of')}")).select_option(
        label=say.pack("Observers of Charlie")
    )
    director.get_by_role("combobox", name=re.compile(f"^{say('grants.see')}")).select_option(label=say("grants.truth"))
    press(director, say("grants.grant"))
    expect(observer.get_by_label(say("layer.oil"))).to_be_visible()


def see_what_came_of_it(people: People) -> None:
    director, alfa, say = people.pages["director"], people.pages["alfa-ops"], people.say
    run_ahead(say, director, "T+06:00")
    expect(alfa.locator("table", has_text=say.pack("Boom vessel Bober"))).to_contain_text(
        say.like("boom.state.set", "boom.state.leaking")
    )
    tab(alfa, say("tab.events"))
    expect(alfa.locator("ol.events")).to_contain_text(say("happening.boom_set", subject=say.pack("Boom vessel Bober")))
    tab(director, say("tab.picture"))
    expect(director.locator("table", has_text=say("truth.points"))).to_be_visible()  # frames have come
    tab(director, say("tab.budget"))
    expect(director.locator("tfoot")).to_contain_text(re.compile("300[.,]0"))  # all of it is out


def evaluate(people: People) -> None:
    evaluator, say = people.pages["evaluator"], people.say
    tab(evaluator, say("tab.objectives"))
    objective = evaluator.locator("li.item", has_text="POLWARN").first
    press(objective, say("objectives.mark"))
    objective.get_by_label(say("rating.P")).check()
    objective.get_by_label(say("objectives.reason")).fill("Warned within minutes, acknowledged at once.")
    objective.locator("ol.events label", has_text=say.like("event.message_acknowledged")).first.locator("input").check()
    press(objective, say("objectives.save"))
    expect(objective.locator(".rating")).to_have_text("P")
    expect(objective).to_contain_text(re.compile(say("objectives.evidence") + r": #\d+ T\+00:"))
    press(evaluator, say("findings.new"))
    evaluator.get_by_label(say("findings.text")).fill("No lightering was planned.")
    press(evaluator, say("objectives.save"))
    expect(evaluator.locator("li.item", has_text="No lightering was planned.")).to_be_visible()


def end(people: People) -> None:
    director, say = people.pages["director"], people.say
    press(director, say("clock.end"))
    press(director, say("confirm.yes"))
    for page in (people.pages[name] for name in PLAYERS):
        expect(page.locator(".strip.ended")).to_contain_text(say("ended.title"))


def look_back(people: People) -> None:
    director, say = people.pages["director"], people.say
    director.locator(".strip.ended").get_by_role("link", name=say("nav.replay")).click()
    expect(director.locator("output")).to_contain_text("/ T+06:")
    director.get_by_label(say("replay.eyes")).select_option(
        label=f"{say.pack('Delegation Bravo')} · {say.pack('Bravo response centre')}"
    )
    slider = director.get_by_label(say("replay.time"))
    slider.evaluate("e => { e.value = 30; e.dispatchEvent(new Event('change', { bubbles: true })) }")
    expect(director.locator(".exercise-time")).to_have_text("T+00:30")
    expect(unit(director, say.pack("Skimming vessel Karabatak"))).to_be_visible()
    expect(unit(director, say.pack("Skimming vessel Pelikan"))).to_have_count(0)  # with Bravo's eyes
    bravo = people.pages["bravo-ops"]
    bravo.locator(".strip.ended").get_by_role("link", name=say("nav.replay")).click()
    expect(bravo.locator("output")).to_contain_text("T+00:00 / T+06:")


def read_the_report(people: People) -> None:
    say = people.say
    for name in ("evaluator", "alfa-ops"):
        page = people.pages[name]
        page.locator(".strip.ended").get_by_role("link", name=say("nav.report")).click()
        paper = page.get_by_role("link", name=say("report.pdf")).get_attribute("href")
        press_link = page.get_by_role("link", name=say("report.html"))
        address = press_link.get_attribute("href")
        press_link.click()
        expect(page.locator("h1")).to_have_text(say.report("title"))
        expect(page.locator("body")).to_contain_text(f"{say.report('nothing')} | {say.report('played')}")
        expect(page.locator("body")).to_contain_text("No lightering was planned.")
        assert address is not None
        assert paper is not None
    with people.laid.client("evaluator") as client:
        assert client.get(paper).content.startswith(b"%PDF")


def learn(people: People) -> None:
    alfa, bravo, say = people.pages["officer-alfa"], people.pages["officer-bravo"], people.say
    plan, exercise = (say.pack(text) for text in (PLAN, ACTIVITY))
    alfa.reload()
    alfa.get_by_role("link", name=plan).click()
    press(
        alfa.locator("li.item", has=alfa.locator("b", has_text=exercise)),
        say("plan.take_findings"),
    )
    lesson = alfa.locator("li.item", has=alfa.locator("b", has_text="No lightering was planned."))
    press(lesson, say("plan.propose_from"))
    alfa.get_by_role("textbox", name=say("plan.name"), exact=True).fill("Course: lightering at sea")
    alfa.get_by_label(say("plan.kind")).select_option(label=say("activity.course"))
    alfa.get_by_label(say("plan.start")).fill("2027-04-05")
    alfa.get_by_label(say("plan.end")).fill("2027-04-09")
    press(alfa, say("plan.propose"))
    for page, party in ((alfa, say.pack("Delegation Alfa")), (bravo, say.pack("Delegation Bravo"))):
        if page is bravo:
            bravo.reload()
            bravo.get_by_role("link", name=plan).click()
        course = page.locator("li.item", has=page.locator("b", has_text="Course: lightering at sea"))
        expect(course.locator(".item-head .tag")).to_have_text(
            say("progress.proposed")
        )  # until both have given their word
        press(course, say("plan.confirm", party=party))
        press(course, say("confirm.yes"))
        expect(course).to_contain_text(
            f"✓ {party}" if page is alfa else f"{say('plan.next')} {say('progress.scheduled')}"
        )
    expect(course.locator(".item-head .tag")).to_have_text(say("progress.agreed"))
    expect(course).to_contain_text(f"{say('plan.from_lesson')}: No lightering was planned.")


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
