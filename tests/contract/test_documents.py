"""What the documents say is true: links lead somewhere, commands exist, the README's scenario and every example are valid."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from khazri.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/scenario.yaml"))


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (path.parent / target).exists(), f"{path.relative_to(ROOT)} links to {target}, which is not there"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_documents_exist(path: Path) -> None:
    runner = CliRunner()
    for block in blocks(path, "console"):
        for line in block.splitlines():
            words = shlex.split(line.lstrip("$ "), comments=True)
            if words[:1] != ["khazri"]:
                continue
            command = [word for word in words[1:3] if not word.startswith("-")]
            found = any(runner.invoke(app, [*command[:n], "--help"]).exit_code == 0 for n in (2, 1) if command[:n])
            assert found or not command, f"{path.relative_to(ROOT)}: {line!r} names a command that does not exist"
            options = [word.split("=")[0] for word in words if word.startswith("--")]
            shown = "".join(runner.invoke(app, [*command[:n], "--help"]).output for n in (1, 2))
            for option in options:
                assert option in shown or option in ("--help", "--version"), (
                    f"{path.relative_to(ROOT)}: {line!r} has no {option}"
                )


def test_make_targets_in_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    for path in DOCUMENTS:
        for block in blocks(path, "console"):
            for target in re.findall(r"^\$? ?make ([a-z]+)", block, flags=re.MULTILINE):
                assert target in targets, f"{path.relative_to(ROOT)} names make {target}"


def test_the_scenario_of_the_readme_is_valid(tmp_path: Path) -> None:
    from khazri.inputs import packs

    (scenario,) = blocks(ROOT / "README.md", "yaml")
    (tmp_path / "scenario.yaml").write_text(scenario, encoding="utf-8")
    assert [str(fault) for fault in packs.check(tmp_path)] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_valid(example: Path) -> None:
    from khazri.inputs import packs

    assert [str(fault) for fault in packs.check(example)] == []


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_every_example_runs_from_the_command_line(example: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "khazri",
        "run",
        str(example),
        "-o",
        str(tmp_path / "out"),
        "--particles",
        "2000",
        "--format",
        "json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "run.json").is_file()
    assert (tmp_path / "out" / "report.html").is_file()
