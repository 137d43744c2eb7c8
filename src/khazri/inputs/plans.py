"""Plans from files, with all faults of a file together."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from khazri.inputs.yaml_lines import YamlFaults, read_yaml
from khazri.programme.document import PlanDocument
from khazri.scenario.faults import Fault, PackFaults, Verbatim, Where, write_path

PLAN = "plan.yaml"
LARGEST = 2_000_000  # bytes


def read_plan(path: Path | str) -> PlanDocument:
    """The plan of a file, or of the `plan.yaml` of a folder; raises PackFaults with everything that is wrong."""
    file = Path(path)
    file = file / PLAN if file.is_dir() else file
    shown = str(file)
    try:
        content = file.read_bytes()
    except OSError as error:
        found = Verbatim(f"unreadable ({error.strerror})")
        raise PackFaults((Fault(shown, 0, "", found, f"a plan file, or a folder with {PLAN}"),)) from error
    if len(content) > LARGEST:
        raise PackFaults((Fault(shown, 0, "", Verbatim(f"{len(content)} bytes long"), f"at most {LARGEST} bytes"),))
    try:
        values, lines = read_yaml(content, shown)
    except YamlFaults as error:
        raise PackFaults(error.faults) from error
    try:
        return PlanDocument.model_validate(values)
    except ValidationError as error:
        raise PackFaults(tuple(_faults(error, shown, lines))) from None


def _faults(error: ValidationError, shown: str, lines: dict[Where, int]) -> list[Fault]:
    found = []
    for item in error.errors(include_url=False):
        where: Where = tuple(part for part in item["loc"] if part != "[key]")
        line = next((lines[where[:n]] for n in range(len(where), -1, -1) if where[:n] in lines), 0)
        if item["type"] == "value_error" and not where:  # rules of the whole file: one fault each
            for rule in str(item["msg"]).removeprefix("Value error, ").split("\n"):
                path, rest = rule.split(" is ", 1)
                words, expected = rest.split("; expected ", 1)
                found.append(Fault(shown, line, path, Verbatim(words), expected))
            continue
        value = Verbatim("missing") if item["type"] == "missing" else item["input"]
        found.append(Fault(shown, line, write_path(where), value, _expected(item["type"], str(item["msg"]))))
    return sorted(found, key=lambda fault: (fault.line, fault.path))


def _expected(kind: str, message: str) -> str:
    if kind == "missing":
        return "a value"
    if kind == "extra_forbidden":
        return "no such key"
    return message.removeprefix("Value error, ").removeprefix("Input should be ").removeprefix("a valid ")
