"""An exercise is played over the wire with words planted in it; what each seat received is searched for every one of them."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from listeners import Listener, until
from service import Table, small_north_wind, table

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

CONTROL = frozenset({"director", "controller", "safety", "evaluator"})
ALFA = frozenset({"alfa-ops", "liaison-alfa", "observer-charlie"})  # the host; its observers are shown Alfa's picture
BRAVO = frozenset({"bravo-ops", "liaison-bravo"})
STRANGER = "observer-bravo"  # observers of a party that nobody shows anything
NOBODY = frozenset({STRANGER, "administrator", "designer", "officer"})
EVERYBODY = CONTROL | ALFA | BRAVO | NOBODY
EXTRA = {
    "controller": {"role": "controller"},
    "safety": {"role": "safety"},
    "administrator": {"role": "administrator"},
    "designer": {"role": "designer"},
    "officer": {"role": "programme_officer", "party": "alfa"},
    "liaison-alfa": {"role": "liaison", "party": "alfa", "cell": "alfa-ops"},
    "liaison-bravo": {"role": "liaison", "party": "bravo", "cell": "bravo-ops"},
    STRANGER: {"role": "observer", "party": "bravo"},
}
HEADER = struct.Struct("<4sId")  # of a frame: mark, step, time
QUOTED = r'"(?:[^"\\]|\\.)*"'
SHIPPED = "      forecast: { error: { wind: 2 m/s, growth: 1 }, every: 6 h, delay: 1 h, horizon: 24 h }  # what players are shown of it\n"
FORECAST = """\
      forecast:
        step: 6 h
        issues:
          - { issued: "T+00:00", wind: { speed: 4.4 m/s, from: 200 deg } }
          - { issued: "T+06:00", wind: { speed: 9.8765 m/s, from: 340 deg } }
"""
LAST = 45  # step to which the exercise is played


@dataclass
class Planted:
    """Words, and who may receive them before EndEx."""

    may_have: dict[str, frozenset[str]] = field(default_factory=dict)

    def word(self, who: frozenset[str]) -> str:
        token = f"planted{len(self.may_have):03d}x"
        self.may_have[token] = who
        return token

    def figure(self, start: str, who: frozenset[str]) -> float:
        """A number whose digits nothing else has; rounding in its last places does not hide it."""
        token = f"{start}{1907 + 131 * len(self.may_have):05d}"
        self.may_have[token] = who
        return float(f"{token}4")

    def place(self, longitude: str, latitude: str, who: frozenset[str]) -> list[float]:
        return [self.figure(longitude, who), self.figure(latitude, who)]


def planted_pack(folder: Path, planted: Planted) -> Path:
    """North Wind with planted words for what control has prepared, and for each delegation's fleet."""
    pack = small_north_wind(
        folder,
        ('from: "T+00:20"', 'from: "T+00:03"'),
        ('at: "T+00:35"', 'at: "T+00:06"'),
        ("mass: 300 t", "mass: 301.2345678 t"),
        ("speed: 9 m/s, from: 330 deg", "speed: 8.7654321 m/s, from: 330 deg"),
        (SHIPPED, FORECAST),
    )
    planted.may_have["301234.56"] = CONTROL  # [kg], in the happening of the release
    planted.may_have["8.7654"] = frozenset()  # [m/s], the wind that comes
    planted.may_have["9.8765"] = frozenset()  # [m/s], of a forecast that is not issued yet
    path = pack / "scenario.yaml"
    before, inventory = path.read_text(encoding="utf-8").split("inventory:", 1)
    inventory, objectives = inventory.split("objectives:", 1)
    objectives, injects = objectives.split("injects:", 1)

    def plant(text: str, who: frozenset[str]) -> str:
        for key in ("en", "ru", "az", "source"):
            text = re.sub(rf"\b{key}: {QUOTED}", lambda _, key=key: f'{key}: "{planted.word(who)}"', text)
        return text

    units = re.split(r"(?=  - ident: )", inventory)
    units[1:] = [plant_unit(planted, plant(unit, whose(unit)), whose(unit)) for unit in units[1:]]
    bases = "".join(plant_base(planted, party) for party in ("alfa", "bravo"))
    first, *others = re.split(r"(?=  - ident: )", injects.split("numerics:")[0])[1:]
    sent = plant(first, CONTROL | ALFA)  # this one is delivered
    kept = "".join(plant(each, CONTROL) for each in others)
    prepared = re.sub(r"- ident: (\S+)", lambda found: f"- ident: {found[1]}-{planted.word(CONTROL)}", sent + kept)
    judged = re.sub(
        r"- ident: (\S+)", lambda found: f"- ident: {found[1]}-{planted.word(CONTROL)}", plant(objectives, CONTROL)
    )
    numerics = injects.split("numerics:")[1]
    path.write_text(
        f"{before}bases:\n{bases}inventory:{''.join(units)}objectives:{judged}injects:\n{prepared}numerics:{numerics}",
        encoding="utf-8",
    )
    return pack


def whose(unit: str) -> frozenset[str]:
    """Who may know a unit of the pack."""
    return CONTROL | (ALFA if "party: alfa" in unit else BRAVO)


def plant_unit(planted: Planted, unit: str, who: frozenset[str]) -> str:
    """Another ident, and a berth beside its own whose digits can be searched for."""
    west, south = re.search(r"position: \[(\d+)\.\d+, (\d+)\.\d+\]", unit).groups()  # type: ignore[union-attr]
    berth = planted.place({"48": "48.7", "49": "49.7"}[west], {"45": "45.0", "44": "44.7"}[south], who)
    unit = re.sub(r"position: \[[^]]*\]", f"position: [{berth[0]}, {berth[1]}]", unit)
    return re.sub(r"- ident: \S+", lambda found: f"{found[0]}-{planted.word(who)}", unit)


def plant_base(planted: Planted, party: str) -> str:
    """A base of a delegation: where it is, what it is called and how much it holds are its own."""
    who = whose(f"party: {party}")
    at, storage = planted.place("48.6", "45.0", who), planted.figure("12.", who)
    return (
        f"  - {{ ident: base-{planted.word(who)}, party: {party}, name: {planted.word(who)}, site: north-caspian,"
        f" position: [{at[0]}, {at[1]}], storage: {storage} m3 }}\n"
    )


@dataclass
class Played:
    """The exercise after its play, before EndEx."""

    laid: Table
    planted: Planted
    listeners: dict[str, Listener]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    planted = Planted()
    pack = planted_pack(tmp_path_factory.mktemp("pack"), planted)
    with table(tmp_path_factory.mktemp("secrets"), pack=pack, **EXTRA) as laid:  # type: ignore[arg-type]
        listeners = {name: Listener(laid, name) for name in sorted(EVERYBODY)}
        try:
            play(laid, planted, listeners)
            ask_everything(laid, listeners)
            late = {name: Listener(laid, name) for name in sorted(EVERYBODY)}
            for name, listener in late.items():
                until(lambda found=listener: found.messages, f"{name} is told something")
                listener.close()
                listeners[name].messages.extend(listener.messages)
            yield Played(laid, planted, listeners)
        finally:
            for listener in listeners.values():
                listener.close()


def play(laid: Table, planted: Planted, at: dict[str, Listener]) -> None:
    """StartEx, orders, messages, notes, judgements, a change of the wind; then the steps."""
    director, alfa, bravo, evaluator, observer = (
        at[name] for name in ("director", "alfa-ops", "bravo-ops", "evaluator", "observer-charlie")
    )
    view = director.ask("GET", "").json()
    unit = {(each["party"], each["kind"]): each["ident"] for each in view["units"]}
    objective = view["objectives"][0]["ident"]
    mail = {
        "alfa to control": CONTROL | ALFA, "control to bravo": CONTROL | BRAVO, "alfa to bravo": CONTROL | ALFA | BRAVO,
        "bravo to control": CONTROL | BRAVO,
    }  # fmt: skip
    sender = {"alfa": alfa, "bravo": bravo, "control": director}
    to = {"alfa": "alfa-ops", "bravo": "bravo-ops", "control": "control"}

    def does(who: Listener, kind: str, **about: object) -> int:
        answer = who.order(kind, **about)
        assert answer.status_code == 200, f"{who.name} {kind}: {answer.text}"
        return int(answer.json()["seq"])

    does(director, "set_pace", pace=0.1)
    does(director, "start")
    for way, who in mail.items():
        one, other = way.split(" to ")
        seq = does(sender[one], "send_message", to=to[other], subject=planted.word(who), text=planted.word(who))
        does(sender[other], "read_message", message=seq)
        does(sender[other], "acknowledge_message", message=seq)
    form = {
        "date_and_time": 1, "position": planted.place("49.1", "44.9", CONTROL | ALFA | BRAVO),
        "incident": planted.word(CONTROL | ALFA | BRAVO), "outflow": planted.word(CONTROL | ALFA | BRAVO),
    }  # fmt: skip
    does(alfa, "file_polwarn", to="bravo-ops", form=form)
    for who in (director, at["controller"], at["safety"], evaluator, observer, at[STRANGER]):
        own = frozenset({who.name})
        does(who, "write_note", text=planted.word(own), shared=False)
        does(who, "write_note", text=planted.word(CONTROL | own), shared=True)
    does(evaluator, "mark_objective", objective=objective, rating="M", reason=planted.word(CONTROL), evidence=[2])
    does(evaluator, "record_finding", text=planted.word(CONTROL), objective=objective)
    does(director, "record_finding", text=planted.word(CONTROL))
    does(director, "hold_inject", inject=view["injects"][1]["ident"])
    does(director, "change_wind", site="north-caspian", speed=5.5, from_bearing=4.5)
    area = [planted.place("49.1", "44.9", CONTROL | ALFA), [49.2, 44.9], [49.2, 45.0]]
    does(alfa, "task_skimmer", unit=unit["alfa", "skimming_vessel"], area=area)
    end = planted.place("49.15", "44.9", CONTROL | BRAVO)
    line = [end, [round(end[0] + 0.006, 3), round(end[1], 3)]]
    does(bravo, "deploy_boom", unit=unit["bravo", "boom_vessel"], line=line)
    does(director, "jump", to_step=LAST)
    until(lambda: director.said("clock")[-1]["step"] >= LAST, f"step {LAST}")
    until(lambda: director.said("summary")[-1]["step"] >= LAST, f"the world of step {LAST}")


def ask_everything(laid: Table, listeners: dict[str, Listener]) -> None:
    """Every question and every command that a seat could think of, allowed or not, with no name it was not told."""
    triangle = [[49.1, 44.9], [49.2, 44.9], [49.2, 45.0]]
    for listener in listeners.values():
        for path in ("", "/events", "/replay?step=1", f"/replay?step={LAST}&as=alfa-ops", "/frames/10.bin",
                     "/report.html", "/report.pdf", "/frames/10.bin?as=observer-charlie", "/replay?step=1&as=nobody",
                     "/replay?step=-1", "/nothing", "api/me", "api/exercises", "api/coast/north-caspian",
                     "api/coast/nowhere", "api/exercises/another"):  # fmt: skip
            listener.ask("GET", path)
        for task in ("skim", "boom", "swim"):
            listener.ask("POST", "/preview", json={"unit": "none", "task": task, "geometry": triangle})
        listener.order("task_skimmer", unit="none", area=triangle)
        listener.order("deploy_boom", unit="none", line=triangle)
        listener.order("stand_by", unit="none")
        for kind in ("fire_inject", "hold_inject"):
            listener.order(kind, inject="none")
        for seq in range(1, 40):
            listener.order("read_message", message=seq)
            listener.order("send_message", to="nobody", subject="s", text="t", reply_to=seq)
        listener.order("send_message", to="control", subject="s", text="t", reply_to=4)
        listener.order("file_polwarn", to="nobody", form={})
        listener.order("mark_objective", objective="none", rating="P", reason="r", evidence=[999])
        listener.order("record_finding", text="f", objective="none")
        listener.order("change_wind", site="nowhere", speed=1.0, from_bearing=1.0)
        listener.order("grant_view", party="nobody", scope="truth", until_step=1)


def test_each_seat_received_what_is_its_own_and_not_a_word_more(played: Played) -> None:
    wrong = []
    for name, listener in played.listeners.items():
        received = listener.received().decode("utf-8", "replace")
        for token, who in played.planted.may_have.items():
            if (token in received) != (name in who):
                wrong.append(f"{name} {'received' if token in received else 'did not find'} {token}")
    assert not wrong, "\n".join(wrong)


def test_the_search_finds_what_is_there(played: Played) -> None:
    director = played.listeners["director"].received().decode("utf-8", "replace")
    found = [token for token in played.planted.may_have if token in director]
    assert len(found) > 60
    assert sum(isinstance(each, bytes) for each in played.listeners["director"].messages) >= 2


def test_no_point_of_the_truth_leaves_for_those_who_do_not_see_it(played: Played) -> None:
    for name in EVERYBODY - CONTROL:
        listener = played.listeners[name]
        assert not [each for each in listener.messages if isinstance(each, bytes)], f"{name} was sent a frame"
        assert b"KHZ1" not in listener.received()


def test_no_figure_of_the_truth_and_no_fact_of_control_either(played: Played) -> None:
    hidden = (
        '"budget"', '"released"', '"injects"', '"objectives"', '"ratings"', '"findings"', '"wind_changed"',
        '"inject_fired"', '"inject_held"', '"objective_marked"', '"finding_recorded"', '"opened"', "release started",
        "oil ashore", "place oiled", '"inject":"', '"seed"', played.laid.service.house.log.runs()[0].pack_hash,
    )  # fmt: skip
    director = played.listeners["director"].received().decode("utf-8", "replace")
    absent = {word for word in hidden if word not in director}
    assert absent <= {"oil ashore", "place oiled"}, f"the search would not find {absent}"
    for name in EVERYBODY - CONTROL:
        received = played.listeners[name].received().decode("utf-8", "replace")
        assert not [word for word in hidden if word in received], name


def test_the_wind_is_everybodys_and_who_turned_it_is_not(played: Played) -> None:
    for name in ALFA | BRAVO:  # whoever is out there feels it; that control ordered it, they cannot know
        wind = played.listeners[name].said("summary")[-1]["wind"]["north-caspian"]
        assert wind["speed"] == pytest.approx(5.5, abs=0.01)


def test_the_forecast_is_everybodys_and_says_what_was_written_whatever_comes(played: Played) -> None:
    for name in ALFA | BRAVO | CONTROL - {"evaluator"}:
        forecast = played.listeners[name].said("summary")[-1]["forecast"]["north-caspian"]
        assert forecast["issued"] == 0.0
        assert {row["wind"]["speed"] for row in forecast["ahead"]} == {4.4}
        assert {round(math.degrees(row["wind"]["from_bearing"])) for row in forecast["ahead"]} == {200}


def test_who_acted_is_known_of_oneself_only(played: Played) -> None:
    for name in EVERYBODY - CONTROL - NOBODY:
        facts = [message["entry"] for message in played.listeners[name].said("fact")]
        assert facts
        assert {fact["actor"] for fact in facts} <= {"", name}
        assert {fact["cause"] for fact in facts} == {""}


def test_what_was_granted_ends_with_its_step(played: Played) -> None:
    director, stranger = played.listeners["director"], played.listeners[STRANGER]
    last = LAST + 10
    granted = director.order("grant_view", party="bravo", scope="truth", until_step=last)
    assert granted.status_code == 200
    until(lambda: any(isinstance(each, bytes) for each in list(stranger.messages)), "the observer sees the truth")
    director.order("jump", to_step=last + 30)
    until(lambda: director.said("summary")[-1]["step"] >= last + 30, "the end of the jump")
    until(lambda: stranger.said("summary")[-1]["step"] >= last + 30, "the observer is told where the world stands")
    steps = [HEADER.unpack_from(each)[1] for each in stranger.messages if isinstance(each, bytes)]
    assert steps
    assert max(steps) < last
    assert all("budget" not in each for each in stranger.said("summary") if each["step"] >= last)
    assert stranger.said("view")[-1]["view"]["sees_truth"] is False
