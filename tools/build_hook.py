"""Build hook of the wheel: brings the coast and the built pages into the package (also for editable installs)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _tool(root: str, name: str) -> ModuleType:
    # By path: the frontend starts the hook without `tools` on the module path.
    spec = importlib.util.spec_from_file_location(f"khazri_tools_{name}", Path(root) / "tools" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise RuntimeError(f"tools/{name}.py is missing from {root}; the source distribution must hold it")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling looks for this name
    """Fetches the coast, builds the pages; asks for Node as a Python package only where the system has no npm."""

    def dependencies(self) -> list[str]:
        """Build requirements beyond those of pyproject.toml."""
        coast = _tool(self.root, "coast")
        if coast.is_right(coast.TARGET) or coast.system_npm():
            return []
        return [coast.WITHOUT_NPM]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is packed (`version` is "standard" or "editable")."""
        _tool(self.root, "coast").fetch()
        _tool(self.root, "pages").build()
