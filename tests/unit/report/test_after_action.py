"""The after-action report: complete in three languages, self-contained, and true to its evaluation."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import get_args

import numpy as np
import pytest
import small_play as play
from PIL import Image

import khazri
from khazri.engine.owners import Owner
from khazri.evaluation import Evaluation, evaluate
from khazri.evaluation.outcome import OtherUse
from khazri.exercise import commands as c
from khazri.exercise import facts as f
from khazri.exercise.refusal import CODES
from khazri.report.after_action import html, pdf
from khazri.report.after_action.composing import compose
from khazri.report.after_action.curves import round_up
from khazri.report.after_action.document import MapPair, Table
from khazri.report.after_action.maps import Ground, draw_pair
from khazri.report.after_action.page import style_hash, style_sheet
from khazri.report.after_action.paper import typeset
from khazri.report.after_action.words import Words, catalogue
from khazri.report.values import LANGUAGES
from khazri.simulation.happenings import KINDS

# words that are the same in two languages: names of forms, units, and loan words
SAME = {
    "unit.t", "unit.m", "unit.km", "unit.kg", "unit.m3", "unit.percent", "unit.th", "shows.polwarn", "subtitle", "rating.by",
    "date", "duration.h", "duration.min",
}  # fmt: skip
SOURCE = Path(khazri.__file__).parent
# what `decide` refuses, and what `response` says of an order that cannot be carried out: nothing else is in the table
REFUSED = {
    code
    for path in (SOURCE / "exercise" / "decide.py", *(SOURCE / "response").glob("*.py"))
    for code in re.findall(r"""(?:refuse|Cannot)\("(\w+)\"""", path.read_text(encoding="utf-8"))
    if code in CODES
}


def kinds_of(union: object) -> set[str]:
    return {get_args(model.model_fields["kind"].annotation)[0] for model in get_args(get_args(union)[0])}


# keys made of a code of another part of the house: family -> codes
FAMILIES = {
    "refused": REFUSED,
    "kind": {kind.replace(" ", "_") for kind in KINDS} | kinds_of(f.Fact),
    "command": kinds_of(c.Command),
    "owner": {owner.name.lower() for owner in Owner},
    "rating": {"P", "S", "M", "U", "absent"},
    "shows": {"messages", "polwarn", "orders", "oil", "notes"},
    "month": {str(month) for month in range(1, 13)},
    "why": {"no_release", "no_inject", "never_read", "no_order", "none_on_task", "no_boom", "no_oil_recovered", "no_polwarn",
            "not_acknowledged"},
    "absent": {"best_found", "uncertainty", "places", "injects", "notes", "lessons", "objectives", "units"},
    "score": {"nothing_to_avert", "only_as_played", "not_scored"},
}  # fmt: skip


def evaluation_of(steps: tuple = play.PLAY, **traces: object) -> Evaluation:
    entries = play.log_of(steps)
    given = {"played": play.trace_of(played=True), "nothing": play.trace_of(played=False), **traces}
    return evaluate(entries, play.state_of(entries), refusals=play.REFUSALS, chart=play.CHART, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluation_of()


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


PICTURES = (MapPair("sea", "Sea", picture("navy"), picture("teal"), ("Coast: invented",)),)


@pytest.mark.parametrize("language", ["ru", "az"])
def test_every_sentence_is_translated(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)
    assert list(other) == list(english)
    same = {key for key, words in other.items() if words == english[key]}
    assert same - SAME - {key for key in same if key.startswith("month.")} == set()
    assert not [key for key, words in other.items() if not words.strip()]


def test_a_sentence_has_the_same_places_for_values_in_every_language() -> None:
    for key in catalogue("en"):
        places = [{name for _, name, _, _ in Formatter().parse(catalogue(each)[key]) if name} for each in LANGUAGES]
        assert places[0] == places[1] == places[2], key


@pytest.mark.parametrize("family", FAMILIES)
def test_every_code_of_the_house_has_words(family: str) -> None:
    assert {f"{family}.{code}" for code in FAMILIES[family]} - set(catalogue("en")) == set()


FIRE = OtherUse(
    unit="alfa-fire", name={"en": "Fire"}, party="alfa", kind="burn_team", ordered=12, working=3600.0, treated=2_500.0, waste=0.5,
    sighted=2,
)  # fmt: skip


def test_what_other_units_did_is_in_a_table(evaluation: Evaluation) -> None:
    page = html(evaluation.model_copy(update={"others": (FIRE,)}), "en")
    row = page[page.index("Fire (") :].split("</tr>")[0]
    assert "2.5" in row
    assert "1\u00a0h" in row


def test_no_sentence_stands_in_the_catalogue_for_nothing(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: set[str] = set()
    plain = Words.say

    def say(self: Words, key: str, **values: object) -> str:
        said.add(key)
        return plain(self, key, **values)

    monkeypatch.setattr(Words, "say", say)
    leaky, calm = play.trace_of(played=True), play.trace_of(played=False)
    leaky.sites[0].budget[150, 0] -= 1000.0
    calm.sites[0].budget[:, Owner.ASHORE] = 0.0
    calm.sites[0].shoreline[:] *= 0.1
    clean = replace(calm, places=tuple(replace(place, oil=0.0 * place.oil) for place in calm.places))
    early = (*play.PLAY[:3], (22, "anna", play.message("alfa-ops", "bravo-ops", form=play.FORM)), *play.PLAY[3:5])
    for each in (
        evaluation,
        evaluation.model_copy(update={"others": (FIRE,)}),
        evaluation_of(played=leaky),
        evaluation_of(nothing=clean, played=clean),
        evaluation_of(nothing=calm),
        evaluation_of(play.PLAY[:2]),
        evaluation_of(early),
        evaluation.model_copy(update={"places": (), "objectives": (), "skimmers": (), "booms": (), "refused": ()}),
        evaluation.model_copy(update={"booms": tuple(b.model_copy(update={"touched": 0.0}) for b in evaluation.booms)}),
        evaluation.model_copy(
            update={"booms": tuple(b.model_copy(update={"in_water": 0.0}) for b in evaluation.booms)}
        ),
    ):
        for pictures in ((), PICTURES):
            compose(each, "en", pictures)
    unused = {key for key in catalogue("en") if key not in said and key.split(".")[0] not in FAMILIES}
    assert unused == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_opens_with_do_nothing_against_as_played(evaluation: Evaluation, language: str) -> None:
    document = compose(evaluation, language, PICTURES)
    first, words = document.sections[0], catalogue(language)
    assert first.heading == f"{words['nothing']} | {words['played']}"
    table = next(block for block in first.blocks if isinstance(block, Table))
    assert [column.head for column in table.columns[1:3]] == [words["nothing"], words["played"]]


@pytest.mark.parametrize(
    ("language", "ashore", "score", "day"),
    [
        ("en", "12.0\u00a0t", "0.40", "14 September 2026"),
        ("ru", "12,0\u00a0т", "0,40", "14 сентября 2026 г."),
        ("az", "12,0\u00a0t", "0,40", "14 sentyabr 2026"),
    ],
)
def test_numbers_units_and_dates_are_the_readers(
    evaluation: Evaluation, language: str, ashore: str, score: str, day: str
) -> None:
    document = compose(evaluation, language)
    table = next(block for block in document.sections[0].blocks if isinstance(block, Table))
    assert table.rows[0][2:] == (ashore, score)
    assert document.subtitle.endswith(day)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.012345, "0,0123"), (12345.6, "12\u00a0346"), (-8.0, "\u22128,00"), (999.9, "1\u00a0000")],
)
def test_quantities_have_three_figures(value: float, text: str) -> None:
    assert Words("ru").significant(value) == text


def test_the_page_needs_nothing_from_anywhere(evaluation: Evaluation) -> None:
    page = html(evaluation, "en", PICTURES)
    outside = [
        address for address in re.findall(r"""(?:https?:)?//[^\s"'<>]+""", page) if "w3.org/2000/svg" not in address
    ]
    assert outside == []
    assert "<script" not in page
    assert page.count("data:image/png;base64,") == 2
    assert page.count("<svg") == 5
    assert page.count("EXERCISE   EXERCISE") == 2


def test_the_page_lets_in_its_own_style_alone(evaluation: Evaluation) -> None:
    page = html(evaluation, "en")
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    assert style[1] == style_sheet()
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert style_hash() == f"sha256-{digest}"
    assert f"style-src 'sha256-{digest}'" in page.replace("&#39;", "'")
    assert " style=" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_an_entry_leads_to_it(evaluation: Evaluation, language: str) -> None:
    page = html(evaluation, language)
    wanted, there = set(re.findall(r'href="#entry-(\d+)"', page)), set(re.findall(r'id="entry-(\d+)"', page))
    assert {"3", "7", "9", "12", "19"} <= wanted <= there
    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_measured_is_said(evaluation: Evaluation, language: str) -> None:
    page, words = html(evaluation, language), catalogue(language)
    for key in (
        "absent.best_found",
        "absent.uncertainty",
        "why.no_order",
        "rating.absent",
        "never_ordered",
        "maps.none",
    ):
        assert words[key] in page, key


def test_an_account_that_does_not_close_is_a_warning() -> None:
    leaky = play.trace_of(played=True)
    leaky.sites[0].budget[150, 0] -= 1000.0
    page = html(evaluation_of(played=leaky), "en")
    assert 'class="warning">An account does not close' in page
    assert "1·10⁻²" in page


def test_a_replay_that_differs_from_the_log_is_a_warning() -> None:
    page = html(evaluation_of(played=replace(play.trace_of(played=True), happenings=())), "en")
    assert 'class="warning">The replay differs from the log: of 4 facts' in page


HOSTILE = '<script>alert(1)</script> #panic("out") $x$ *bold* \\ @label [block]'


def test_what_people_wrote_stands_as_they_wrote_it_and_does_nothing() -> None:
    steps = (*play.PLAY, (240, "eva", f.NoteWritten(text=HOSTILE, shared=True)))
    evaluation = evaluation_of(steps)
    page = html(evaluation, "en")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert pdf(evaluation, "en").startswith(b"%PDF-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_names_itself_and_is_the_same_each_time(evaluation: Evaluation, language: str) -> None:
    made = pdf(evaluation, language, PICTURES)
    assert made.startswith(b"%PDF-")
    title = f"EXERCISE: {catalogue(language)['title']}: "
    assert title.encode() in made  # its XMP record is kept as plain text
    assert pdf(evaluation, language, PICTURES) == made


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_paper_says_exercise(evaluation: Evaluation, language: str) -> None:
    pages = [Image.open(io.BytesIO(page)).convert("RGB") for page in typeset(compose(evaluation, language), form="png")]
    assert len(pages) >= 3
    for page in pages:
        band = np.asarray(page)[: page.height // 10]
        assert (np.abs(band.astype(int) - (158, 27, 38)).max(axis=2) < 8).sum() > 0.5 * page.width * 10


def test_the_three_languages_differ(evaluation: Evaluation) -> None:
    assert len({html(evaluation, language) for language in LANGUAGES}) == 3
    assert "Отчёт об учении" in html(evaluation, "ru")
    assert "Təlimdən sonrakı hesabat" in html(evaluation, "az")
    with pytest.raises(ValueError, match="expected one of"):
        html(evaluation, "xx")


@pytest.mark.parametrize(
    ("most", "end", "step"), [(0.0, 1.0, 0.5), (257.0, 300.0, 100.0), (50.0, 50.0, 10.0), (101.0, 125.0, 25.0)]
)
def test_axes_end_at_round_numbers(most: float, end: float, step: float) -> None:
    assert round_up(most) == pytest.approx((end, step))


def test_both_maps_stand_on_the_same_ground(outcome) -> None:
    site = outcome.sites[0]
    ground = Ground(site.ident, site.names, site.terrain, site.releases, site.places, True)
    frames = (site.frames[len(site.frames) - 1], site.frames[4])
    line = np.array([[0.0, 0.0], [2000.0, 2000.0]])
    pair = draw_pair(ground, frames, (line,), start=outcome.start, language="az")
    nothing, played = (np.asarray(Image.open(io.BytesIO(each)).convert("RGB")) for each in (pair.nothing, pair.played))
    assert nothing.shape == played.shape
    boom = (194, 24, 91)
    drawn = [(each == boom).all(axis=2).sum() for each in (nothing, played)]
    assert drawn[1] > drawn[0] + 20  # the palette gives edges of the red source this colour too
    assert pair.sources == tuple(site.terrain.attributions)
