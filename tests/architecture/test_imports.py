"""The house's laws: imports go down one table, pure packages stay pure, files and functions keep a readable size."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "khazri"

# ARCHITECTURE section 1. Packages of one row never import each other.
TABLE: tuple[tuple[str, ...], ...] = (
    ("cli",),
    ("web",),
    ("conduct",),
    ("ensemble",),
    ("runs",),
    ("store", "report", "inputs"),
    ("programme",),
    ("evaluation",),
    ("exercise",),
    ("scenario",),
    ("simulation",),
    ("response", "search"),
    ("sea",),
    ("engine",),
    ("oils",),
    ("physics",),
    ("geo", "units"),
)
ROW = {package: row for row, packages in enumerate(TABLE) for package in packages}
PURE = {
    "programme", "evaluation", "exercise", "scenario", "simulation", "response", "search",
    "sea", "engine", "oils", "physics", "geo", "units",
}  # fmt: skip
PHYSICS_MAY_IMPORT = {
    "hashlib",
    "numpy",
    "numba",
    "khazri",
    "__future__",
    "typing",
    "collections",
    "dataclasses",
    "math",
    "enum",
    "functools",
}
IMPURE_MODULES = {
    "asyncio", "datetime.now", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "requests", "secrets",
    "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "time", "urllib", "uuid", "h5netcdf", "netCDF4", "xarray",
}  # fmt: skip
# `engine` hands slices of one step to threads; numba's cache and the CPU target are set up there too.
ALLOWED = {("engine", "os")}
IMPURE_CALLS = {"open", "print", "input"}
IMPURE_ATTRIBUTES = {
    "now",
    "utcnow",
    "today",
    "default_rng",
    "RandomState",
    "read_text",
    "write_text",
    "read_bytes",
    "write_bytes",
}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "assets" not in path.relative_to(SOURCE).parts)


def package_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import; expected the full name"
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def test_every_package_stands_in_the_table() -> None:
    found = {package_of(path) for path in modules()} - {"__init__", "__main__", "assets"}
    assert found <= set(ROW), f"not in ARCHITECTURE's table: {found - set(ROW)}"


def test_imports_only_go_down_the_table() -> None:
    faults = []
    for path in modules():
        package = package_of(path)
        if package in ("__init__", "__main__"):
            continue
        for name, line in imported(path):
            parts = name.split(".")
            if parts[0] != "khazri" or len(parts) < 2 or parts[1] not in ROW or parts[1] == package:
                continue
            if ROW[parts[1]] <= ROW[package]:
                faults.append(
                    f"{path.relative_to(SOURCE)}:{line} {package} imports {parts[1]}; expected a package below it"
                )
    assert not faults, "\n".join(faults)


def test_pure_packages_touch_nothing_outside() -> None:
    faults = []
    for path in modules():
        package = package_of(path)
        if package not in PURE:
            continue
        where = path.relative_to(SOURCE)
        for name, line in imported(path):
            for module in (name, name.split(".")[0], name.rsplit(".", 1)[0]):
                if module in IMPURE_MODULES and (package, module) not in ALLOWED:
                    faults.append(f"{where}:{line} imports {module}; {package} is pure")
                    break
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.AsyncFunctionDef):
                faults.append(f"{where}:{node.lineno} is async; {package} is pure")
            if isinstance(node, ast.Call):
                if isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
                    faults.append(f"{where}:{node.lineno} calls {node.func.id}; {package} is pure")
                if isinstance(node.func, ast.Attribute) and node.func.attr in IMPURE_ATTRIBUTES:
                    faults.append(f"{where}:{node.lineno} calls {node.func.attr}; {package} is pure")
    assert not faults, "\n".join(faults)


def test_physics_stands_on_numpy_and_numba_alone() -> None:
    faults = [
        f"{path.relative_to(SOURCE)}:{line} imports {name}"
        for path in modules()
        if package_of(path) == "physics"
        for name, line in imported(path)
        if name.split(".")[0] not in PHYSICS_MAY_IMPORT
        or (name.startswith("khazri.") and not name.startswith("khazri.physics"))
    ]
    assert not faults, "\n".join(faults)


def test_there_are_no_import_cycles_between_modules() -> None:
    names = {
        path: "khazri." + ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        for path in modules()
    }
    known = set(names.values())

    def top_level(path: Path) -> set[str]:
        found: set[str] = set()
        for node in tree(path).body:
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {
                    f"{node.module}.{a.name}" if f"{node.module}.{a.name}" in known else node.module for a in node.names
                }
            elif isinstance(node, ast.Import):
                found |= {a.name for a in node.names}
        return found & known

    graph = {name: top_level(path) - {name} for path, name in names.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name in done:
            return
        for other in sorted(graph[name]):
            visit(other, (*trail, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_and_functions_keep_their_size(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 500, f"{path.relative_to(SOURCE)} has {lines} lines; expected at most 500"
    kernels = package_of(path) == "physics" or "kernels" in path.parts
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.FunctionDef):
            continue
        body = [n for n in node.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
        length = (node.end_lineno or 0) - (body[0].lineno if body else node.lineno) + 1
        assert length <= (80 if kernels else 60), (
            f"{path.relative_to(SOURCE)}:{node.lineno} {node.name} has {length} lines"
        )


BANNED = {"manager", "helper", "helpers", "util", "utils", "base", "data", "info"}


def test_names_say_what_a_thing_is() -> None:
    faults = []
    for path in modules():
        if set(path.relative_to(SOURCE).with_suffix("").parts) & BANNED:
            faults.append(f"{path.relative_to(SOURCE)}: a module's name says nothing")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                words = "".join(f"_{c.lower()}" if c.isupper() else c for c in node.name).strip("_").split("_")
                if set(words) & (BANNED - {"base", "data"}) or node.name in ("process", "Base", "Data"):
                    faults.append(f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}")
    assert not faults, "\n".join(faults)


def test_classes_inherit_from_protocols_exceptions_and_models_only() -> None:
    allowed = {
        "Protocol", "Exception", "ValueError", "KeyError", "RuntimeError", "OSError", "TypeError", "BaseModel", "IntEnum", "StrEnum",
        "Enum", "NamedTuple", "TypedDict", "Generic", "SafeLoader",
        "Type", "OpaqueModel", "AttributeTemplate",  # numba's own way to be told of a type: engine.kernels.view
    }  # fmt: skip
    local_models: set[str] = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                names = {b.id if isinstance(b, ast.Name) else getattr(b, "attr", "") for b in node.bases}
                # a pack's sections, and the weather among them, are models of models
                if names & {"BaseModel", "Exception", "ValueError", "Section", "Weather"}:
                    local_models.add(node.name)
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                for base in node.bases:
                    plain = base.value if isinstance(base, ast.Subscript) else base
                    name = plain.id if isinstance(plain, ast.Name) else getattr(plain, "attr", "")
                    assert name in allowed | local_models, (
                        f"{path.relative_to(SOURCE)}:{node.lineno} {node.name} inherits from {name}"
                    )
