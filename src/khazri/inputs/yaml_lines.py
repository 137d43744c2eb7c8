"""YAML as packs use it: plain values, the line of every one of them, and none of YAML 1.1's traps.

`27:00` is text (not 1620), `no` is text (not false), 010 is ten, times are text;
aliases, tags and repeated keys are faults.
"""

from __future__ import annotations

import re
from typing import Final

import yaml

from khazri.scenario.faults import Fault, Verbatim, Where, write_path

MOST_VALUES = 100_000
DEEPEST = 40
_INTEGER = re.compile(r"^[-+]?[0-9]+$")
_FLOAT = re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
_WORDS: Final[dict[str, object]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("null", "bool", "int", "float", "str", "timestamp", "map", "seq", "merge", "value")
}


class YamlFaults(Exception):  # noqa: N818
    """What is wrong with the YAML itself; `values` are what could be read all the same (None: nothing)."""

    def __init__(self, faults: tuple[Fault, ...], values: object = None, lines: dict[Where, int] | None = None) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
        self.values = values
        self.lines = lines or {}


def read_yaml(content: bytes, file: str) -> tuple[object, dict[Where, int]]:
    """Plain values of a YAML text and the line (from 1) of every path in it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise YamlFaults((Fault(file, line, "", Verbatim("not UTF-8"), "text saved as UTF-8"),)) from None
    if not text.strip():
        raise YamlFaults((Fault(file, 1, "", Verbatim("empty"), "a mapping of settings, as in `name: my-pack`"),))
    try:
        root = _compose(text)
    except yaml.MarkedYAMLError as error:
        raise YamlFaults((_syntax_fault(error, text, file),)) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        value = Verbatim(f"a control character (U+{ord(str(error.character)[:1] or ' '):04X})")
        raise YamlFaults((Fault(file, line, "", value, "plain text"),)) from None
    except (RecursionError, yaml.YAMLError, ValueError) as error:
        value = Verbatim("nested too deeply" if isinstance(error, RecursionError) else "no YAML that can be read")
        raise YamlFaults((Fault(file, 1, "", value, f"lists and mappings at most {DEEPEST} deep"),)) from None
    reader = _Reader(file)
    values = reader.read(root, ()) if root is not None else None
    if reader.faults:
        raise YamlFaults(tuple(reader.faults), values if not reader.hopeless else None, reader.lines)
    return values, reader.lines


def _compose(text: str) -> yaml.Node | None:
    loader = yaml.SafeLoader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _syntax_fault(error: yaml.MarkedYAMLError, text: str, file: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else 1
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or (error.problem or "").find("'\\t'") >= 0:
        return Fault(file, line, "", Verbatim("indented by a tab"), "spaces")
    if (error.problem or "").startswith("but found another document"):
        return Fault(file, line, "", Verbatim("a second document"), "one document: no line of ---")
    said = ", ".join(part for part in (error.context, error.problem) if part)
    column = f", column {mark.column + 1}" if mark is not None else ""
    return Fault(
        file,
        line,
        "",
        Verbatim(f"no YAML ({said}{column})"),
        "YAML: `key: value`, lists as `- item`, indented by spaces",
    )


class _Reader:
    """Nodes to values, once; faults are gathered."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Where, int] = {}
        self.faults: list[Fault] = []
        self.hopeless = False
        self._count = 0
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, where: Where) -> object:
        """The value of a node; its path's line is noted unless its key's line has been."""
        line = node.start_mark.line + 1
        self.lines.setdefault(where, line)
        self._count += 1
        if id(node) in self._seen:
            self._fault(line, where, "an alias (*name)", "the value itself: aliases are not followed")
            return None
        self._seen.add(id(node))
        if self._count > MOST_VALUES or len(where) > DEEPEST:
            if not self.hopeless:
                self._fault(line, where, "too large", f"at most {MOST_VALUES} values, {DEEPEST} deep")
            self.hopeless = True
            return None
        if node.tag not in _PLAIN_TAGS:
            self._fault(line, where, f"tagged {node.tag}", "a plain value without a tag")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*where, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, where)

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(line, where, "keyed by a list or mapping", "keys that are words")
                continue
            key = str(key_node.value)
            if key == "<<":
                self._fault(line, (*where, key), "a merge", "the values themselves: merging is not followed")
                continue
            here = (*where, key)
            if key in found:
                self._fault(line, here, f"given twice, first on line {self.lines[here]}", "it once")
                continue
            self.lines[here] = line
            found[key] = self.read(value_node, here)
        return found

    def _scalar(self, node: yaml.Node, where: Where) -> object:
        text = str(node.value)
        if getattr(node, "style", None) is not None:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.match(text):
            if len(text) > 20:
                self._fault(node.start_mark.line + 1, where, "a number of too many digits", "at most 20 digits")
                return None
            return int(text)
        if _FLOAT.match(text):
            return float(text)
        return text

    def _fault(self, line: int, where: Where, said: str, expected: str) -> None:
        self.faults.append(Fault(self.file, line, write_path(where), Verbatim(said), expected))
