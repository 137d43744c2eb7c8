"""Whatever is done to an example, reading it gives a pack or faults, never another exception."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khazri.inputs import packs
from khazri.inputs.yaml_lines import read_yaml
from khazri.scenario import PackFaults, examine

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TEXTS = [
    (EXAMPLES / name / "scenario.yaml").read_text(encoding="utf-8")
    for name in ("north-caspian-spill", "barents-ice-spill", "north-wind", "winter-front")
]
TREES: list[Any] = [read_yaml(text.encode(), "scenario.yaml")[0] for text in TEXTS]
OILS = frozenset({"azeri-light"})


def paths(node: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [here, *(path for key, item in inner for path in paths(item, (*here, key)))]


PLACES = [(index, path) for index, tree in enumerate(TREES) for path in paths(tree) if path]
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["T+99999:00", "-5 kn", "1e308 km", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "*"]),
)  # fmt: skip
junk = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(place=st.sampled_from(PLACES), value=junk, drop=st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_value_in_any_place_gives_a_pack_or_faults(
    place: tuple[int, tuple[Any, ...]], value: object, drop: bool
) -> None:
    index, path = place
    tree = copy.deepcopy(TREES[index])
    node = tree
    for part in path[:-1]:
        node = node[part]
    if drop:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    pack, faults = examine(tree, known_oils=OILS)
    assert (pack is None) == bool(faults)
    assert all(str(fault) and fault.expected for fault in faults)


@given(
    text=st.sampled_from(TEXTS),
    at=st.floats(0, 1),
    length=st.integers(0, 40),
    insert=st.text(max_size=6) | st.sampled_from(["\t", "&a", "*a", "[{", "'"]),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_edit_of_the_text_gives_a_pack_or_faults(
    tmp_path: Path, text: str, at: float, length: int, insert: str
) -> None:
    start = int(at * len(text))
    edited = text[:start] + insert + text[start + length :]
    (tmp_path / "scenario.yaml").write_text(edited, encoding="utf-8", errors="surrogatepass")
    try:
        packs.read_pack(tmp_path, known_oils=OILS)
    except PackFaults:
        return
