"""Whatever is sent to it, by whomever: the service answers, says what is wrong in words, and goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from listeners import open_socket
from schemathesis import GenerationMode
from service import Table, table
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from khazri.web.app import create_app
from khazri.web.refused import RefusedBody

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

EXTRA = {
    "controller": {"role": "controller"}, "safety": {"role": "safety"}, "administrator": {"role": "administrator"},
    "designer": {"role": "designer"}, "officer": {"role": "programme_officer", "party": "alfa"},
    "liaison": {"role": "liaison", "party": "bravo", "cell": "bravo-ops"},
}  # fmt: skip
SEATS = (
    "director", "controller", "safety", "evaluator", "alfa-ops", "bravo-ops", "liaison", "observer-charlie",
    "administrator", "designer", "officer", "nobody",
)  # fmt: skip
KNOWN: dict[str, tuple[Any, ...]] = {  # words that mean something, so that not everything is refused at the door
    "unit": ("alfa-skimmer", "alfa-boom", "bravo-skimmer", "bravo-boom"),
    "to": ("alfa-ops", "bravo-ops", "control"),
    "site": ("north-caspian",),
    "inject": ("first-report", "fishermen-ask", "bank-in-danger"),
    "objective": ("warn-the-neighbour", "recover-early", "protect-the-bank"),
    "party": ("alfa", "bravo", "charlie"),
    "of_party": ("alfa", "bravo", None),
    "message": (1, 2, 3, 5, 8, 13, 21),
    "as": ("alfa-ops", "bravo-ops", "observer-charlie"),
    "task": ("skim", "boom"),
    "step": (0, 1, 7),
    "language": ("en", "ru", "az"),
}
MAY_FAIL = (503, 507)  # being made ready; the disk is full
OPERATIONS = 12  # of the exercise; more come with the programme
EXAMPLES = int(os.environ.get("KHAZRI_FUZZ_EXAMPLES", "6"))  # per operation and seat


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    with table(tmp_path_factory.mktemp("fuzz"), **EXTRA) as found:  # type: ignore[arg-type]
        found.service.house.exercises[found.run].conductor.world.recorder = None  # type: ignore[union-attr]
        with found.client("director") as client:
            for command in ({"kind": "set_pace", "pace": 60.0}, {"kind": "start"}):
                answer = client.post(f"api/exercises/{found.run}/commands", json={"command": command})
                assert answer.status_code == 200
        yield found


@pytest.fixture(scope="module")
def browsers(laid: Table) -> Iterator[dict[str, httpx.Client]]:
    found = {name: laid.client(name) for name in SEATS if name != "nobody"}
    found["nobody"] = httpx.Client(base_url=found["director"].base_url, headers={"X-Khazri": "1"}, timeout=60.0)
    yield found
    for client in found.values():
        client.close()


def check(answer: httpx.Response) -> None:
    """No defect of ours, and words for every no."""
    assert answer.status_code < 500 or answer.status_code in MAY_FAIL, f"{answer.status_code}: {answer.text}"
    if answer.status_code >= 400 and answer.request.method != "HEAD":
        RefusedBody.model_validate_json(answer.content)
    assert "Traceback" not in answer.text[:100_000]


def known_words(draw: Any, value: Any, name: str = "") -> Any:
    """What was made at random, with words here and there that the exercise knows, and places near the spill."""
    if name in KNOWN and draw(st.integers(0, 3)):
        return draw(st.sampled_from(KNOWN[name]))
    if name in ("area", "line", "geometry", "position") and draw(st.integers(0, 3)):
        corner = st.tuples(st.sampled_from([48.9, 49.1, 49.1001, 49.2]), st.sampled_from([44.8, 44.9, 44.9001, 45.0]))
        return draw(corner) if name == "position" else draw(st.lists(corner, min_size=1, max_size=6))
    if isinstance(value, dict):
        return {key: known_words(draw, each, key) for key, each in value.items()}
    return value


def operations() -> dict[str, Any]:
    """Every operation of the service's own description of itself."""
    schema = schemathesis.openapi.from_dict(create_app(None).openapi())  # type: ignore[arg-type]  # it is only described
    return {found.ok().label: found.ok() for found in schema.get_all_operations()}


OPERATION = operations()
LIKELY = st.sampled_from([True] * 19 + [False])
TAKES_NOTHING = ("api/me", "api/exercises", "{run}", "/events", "api/plans", "{plan}")  # whose words could be wrong


def test_the_description_tells_of_the_whole_exercise() -> None:
    assert len(OPERATION) >= OPERATIONS - 1
    assert all("/seat/{seat}/api/" in label for label in OPERATION)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("label", "mode"),
    [(label, GenerationMode.POSITIVE) for label in sorted(OPERATION)]
    + [(label, GenerationMode.NEGATIVE) for label in sorted(OPERATION) if not label.endswith(TAKES_NOTHING)],
)
def test_no_request_meets_a_defect(
    laid: Table, browsers: dict[str, httpx.Client], label: str, mode: GenerationMode
) -> None:
    operation = OPERATION[label]
    names = [each for each in SEATS if "report" not in label or each in ("director", "alfa-ops", "officer")]
    if mode is GenerationMode.POSITIVE and label.startswith("POST"):
        names += ["director", "alfa-ops", "bravo-ops"] * 3  # who may ask for most

    @settings(max_examples=EXAMPLES * len(names), suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode), name=st.sampled_from(names), draw=st.data())
    def run(case: Any, name: str, draw: Any) -> None:
        client = browsers[name]
        seat = laid.seats["director" if name == "nobody" else name][0].seat
        if draw.draw(LIKELY):
            case.path_parameters = {**(case.path_parameters or {}), "seat": seat}
            if "run" in case.path_parameters and draw.draw(LIKELY):
                case.path_parameters["run"] = laid.run
        if mode is GenerationMode.POSITIVE:
            case.query = known_words(draw.draw, dict(case.query or {}))
            if isinstance(case.body, dict):
                case.body = known_words(draw.draw, case.body)
                if case.body.get("command", {}).get("kind") in ("end", "jump"):
                    return  # everybody else needs the exercise in play
        kinds = {name: value for name, value in case.as_transport_kwargs().items() if name in ("json", "data")}
        content = json.dumps(kinds["json"]).encode() if "json" in kinds else kinds.get("data")
        url = httpx.URL(laid.address).copy_with(raw_path=case.formatted_path.encode("ascii", "replace"))
        query = {key: str(value) for key, value in (case.query or {}).items() if value is not None}
        headers = {} if content is None else {"Content-Type": "application/json"}
        check(client.request(case.method, url, params=query, content=content, headers=headers))

    run()


HOSTILE_BODIES = (
    b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b"1" * 5_000, b'{"command":' * 20_000, b'{"\\ud800":1}',
    b'{"command":{"kind":"\\ud800"}}', b'{"command":{"kind":"write_note","text":"\\ud800"}}',
    b'{"command":{"kind":"write_note","text":"\\u0000\\u0007","shared":true}}',
    b'{"command":{"kind":"write_note","text":"a","\\ud800":1}}', b'{"command":{"kind":"set_pace","pace":NaN}}',
    b'{"command":{"kind":"set_pace","pace":1e999}}', b'{"command":{"kind":"set_pace","pace":-Infinity}}',
    b'{"command":{"kind":"read_message","message":1' + b"0" * 400 + b"}}",
    b'{"command":{"kind":"send_message","to":"control","subject":"s","text":"t","reply_to":9007199254740993}}',
    b'{"command":{"kind":"jump","to_step":10000000}}', b'{"command":{"kind":"start","kind":"end","kind":"no"}}',
    b'{"unit":"alfa-skimmer","task":"skim","geometry":[[49.1,44.9],[49.2,44.9]]}',
    b'{"unit":"alfa-skimmer","task":"skim","geometry":[[49.1,44.9],[49.1,44.9],[49.1,44.9]]}',
    b'{"unit":"alfa-skimmer","task":"skim","geometry":[[49.1,44.9],[49.2,44.9],[49.1,44.9],[49.2,44.9]]}',
    b'{"unit":"alfa-skimmer","task":"skim","geometry":[[180,90],[-180,90],[0,-90]]}',
    b'{"unit":"alfa-boom","task":"boom","geometry":[[49.1,44.9],[49.1,44.9]]}',
    b'{"unit":"alfa-boom","task":"boom","geometry":[[48.72,45.02],[48.72,45.02000000001]]}',
    b'{"unit":"alfa-boom","task":"boom","geometry":[[1e-300,1e-300],[5e-324,0]]}',
    b'{"command":{"kind":"deploy_boom","unit":"alfa-boom","line":[[49.1,44.9],[49.1,44.9]]}}',
    b'{"command":{"kind":"deploy_boom","unit":"alfa-boom","line":[[180.0,90.0],[-180.0,-90.0]]}}',
    b'{"command":{"kind":"task_skimmer","unit":"alfa-skimmer","area":[[49.1,44.9],[49.1,44.9],[49.1,44.9]]}}',
    b'{"command":{"kind":"task_skimmer","unit":"alfa-skimmer","area":[[49.1,44.9],[49.2,44.9],[49.3,44.9]]}}',
    b'{"command":{"kind":"task_skimmer","unit":"alfa-skimmer","area":[[-180,-90],[180,-90],[180,90],[-180,90]]}}',
)  # fmt: skip


@pytest.mark.parametrize("name", ["director", "alfa-ops", "observer-charlie", "nobody"])
def test_no_body_breaks_it(laid: Table, browsers: dict[str, httpx.Client], name: str) -> None:
    for path in ("commands", "preview"):
        for body in HOSTILE_BODIES:
            url = f"api/exercises/{laid.run}/{path}"
            check(browsers[name].post(url, content=body, headers={"Content-Type": "application/json"}))
            check(browsers[name].post(url, content=body, headers={"Content-Type": "text/plain"}))


NAMES = (
    "%00", "..%00", "%ff%fe", "a" * 3_000, "a/" * 400, "api/", "api/nothing", "api/exercises/", "api/exercises/%00",
    "api/exercises/..%2f..%2f", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/secret", "api/coast/%00", "index.html%00.js",
    "api/exercises/north-wind/frames/1e9.bin", "api/exercises/north-wind/frames/99999999999999999999999999.bin",
    "api//exercises", "assets/", ".", "%e0%a4%a", "api/me?x=%00", "api/me/", "?" + "a=b&" * 500,
)  # fmt: skip


@pytest.mark.parametrize("name", ["director", "nobody"])
def test_no_address_breaks_it(laid: Table, browsers: dict[str, httpx.Client], name: str) -> None:
    client = browsers[name]
    for path in NAMES:
        for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"):
            answer = client.request(method, path)
            assert answer.status_code < 500, f"{method} {path}: {answer.status_code}"
            if answer.status_code >= 400 and method != "HEAD":
                RefusedBody.model_validate_json(answer.content)
    for address in ("/enter/%00", "/enter/" + "a" * 5_000, "/enter/%ff", "/seat/%00/api/me", "/seat//api/me"):
        answer = client.get(httpx.URL(laid.address + address))
        assert 400 <= answer.status_code < 500, f"{address}: {answer.status_code}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://[::1"}, {"Origin": "null"}, {"Origin": "x" * 4_000}, {"Cookie": "khazri=" + "a" * 4_000},
        {"Cookie": "khazri=\xff"}, {"Cookie": ";;;=;khazri"}, {"Content-Type": "application/json; charset=\xff"},
        {"Content-Type": "multipart/form-data"}, {"Host": "[::"}, {"X-Khazri": "1,1"}, {"Content-Encoding": "gzip"},
    ],
    ids=str,
)  # fmt: skip
def test_no_header_breaks_it(laid: Table, browsers: dict[str, httpx.Client], headers: dict[str, str]) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    for method, path in (("GET", "api/me"), ("POST", f"api/exercises/{laid.run}/commands"), ("GET", "")):
        answer = browsers["director"].request(method, path, headers=raw, content=b'{"command":{}}')
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            RefusedBody.model_validate_json(answer.content)


def test_a_body_that_never_says_how_long_it_is_is_cut_off(laid: Table, browsers: dict[str, httpx.Client]) -> None:
    answer = browsers["alfa-ops"].post(f"api/exercises/{laid.run}/commands", content=iter([b" " * 10_000] * 60))
    assert answer.status_code in (400, 413)
    RefusedBody.model_validate_json(answer.content)


SAID = {
    "a binary message": [b"\x00\x01\x02"],
    "no JSON": ["hello"],
    "an empty text": [""],
    "another type": ['{"type":"start"}'],
    "a command": ['{"command":{"kind":"end"}}'],
    "too long": ['{"type":"ack","seq":' + "1" * 5_000 + "}"],
    "far too long": ["a" * 1_000_000],
    "deep": ["[" * 4_000],
    "a negative seq": ['{"type":"ack","seq":-1}'],
    "more than was asked": ['{"type":"ack","seq":1,"x":1}'],
    "a thousand that are wrong": ["{}"] * 1_000,
    "good ones, then a wrong one": [*['{"type":"ack","seq":1}'] * 1_000, "no"],
}


def talk(socket: ClientConnection, said: list[str | bytes], heard: list[dict[str, Any]]) -> None:
    """Say all of it, and listen until the other side has had enough."""
    for message in said:
        socket.send(message)
    while True:
        message = socket.recv(timeout=20)
        if isinstance(message, str):
            heard.append(json.loads(message))


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
@pytest.mark.parametrize("name", ["director", "alfa-ops"])
def test_a_socket_that_says_nonsense_is_told_so_and_closed(
    laid: Table, browsers: dict[str, httpx.Client], name: str, said: list[str | bytes]
) -> None:
    heard: list[dict[str, Any]] = []
    with open_socket(laid, browsers[name]) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            talk(socket, said, heard)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code in (1007, 1009)
    if closed.value.rcvd.code == 1007 and len(said) == 1:
        assert heard[-1]["type"] == "refusal"
        assert heard[-1]["refusal"]["code"] == "malformed"
    check(browsers[name].get(f"api/exercises/{laid.run}"))


def test_who_acknowledges_as_asked_is_not_closed(laid: Table, browsers: dict[str, httpx.Client]) -> None:
    with open_socket(laid, browsers["alfa-ops"]) as socket:
        for seq in range(1_000):
            socket.send(json.dumps({"type": "ack", "seq": seq}))
        assert socket.ping().wait(20)


HOSTILE_WORDS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "]]></style><script>", '#panic("x")', "#read(\"/etc/passwd\")",
    "$ x ^ 2", "*_`@<label>`", "\\ \\u{0}", "{{ 7 * 7 }}", "{% for x in y %}", "\u202e\u0000\u0007\ufeff", "a" * 4_000,
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE_WORDS, ids=range(len(HOSTILE_WORDS)))
def test_words_that_would_be_markup_stay_words_in_the_report(
    laid: Table, browsers: dict[str, httpx.Client], words: str
) -> None:
    said: tuple[tuple[str, dict[str, Any]], ...] = (
        ("alfa-ops", {"kind": "send_message", "to": "bravo-ops", "subject": words[:200], "text": words}),
        ("evaluator", {"kind": "write_note", "text": words, "shared": True}),
        ("evaluator", {"kind": "record_finding", "text": words, "objective": "recover-early"}),
        ("evaluator", {"kind": "mark_objective", "objective": "protect-the-bank", "rating": "U", "reason": words}),
    )
    for name, command in said:
        answer = browsers[name].post(f"api/exercises/{laid.run}/commands", json={"command": command})
        assert answer.status_code == 200, answer.text
    page = browsers["director"].get(f"api/exercises/{laid.run}/report.html")
    paper = browsers["director"].get(f"api/exercises/{laid.run}/report.pdf")
    assert (page.status_code, paper.status_code) == (200, 200), page.text[:300] + paper.text[:300]
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


def test_after_all_that_the_exercise_is_in_play_and_everybody_can_see_it(
    laid: Table, browsers: dict[str, httpx.Client]
) -> None:
    director = browsers["director"]
    for name in ("director", "alfa-ops", "observer-charlie"):
        assert browsers[name].get(f"api/exercises/{laid.run}").status_code == 200
    for suffix in ("html", "pdf"):  # words that people wrote at random stand in it, and do it no harm
        answer = director.get(f"api/exercises/{laid.run}/report.{suffix}")
        assert answer.status_code == 200, answer.text
    exercise = laid.service.house.exercises[laid.run]
    assert not exercise.fault
    assert exercise.conductor is not None
    assert exercise.conductor.state.phase != "ended"
