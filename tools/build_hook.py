"""Build hook of the wheel: brings the coast into the package before it is packed (also for editable installs)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _coast(root: str) -> ModuleType:
    # By path: the frontend starts the hook without `tools` on the module path.
    spec = importlib.util.spec_from_file_location("khazri_tools_coast", Path(root) / "tools" / "coast.py")
    if spec is None or spec.loader is None:
        raise RuntimeError(f"tools/coast.py is missing from {root}; the source distribution must hold it")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling looks for this name
    """Fetches the coast; asks for Node as a Python package only where the system has no npm."""

    def dependencies(self) -> list[str]:
        """Build requirements beyond those of pyproject.toml."""
        coast = _coast(self.root)
        if coast.is_right(coast.TARGET) or coast.system_npm():
            return []
        return [coast.WITHOUT_NPM]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is packed (`version` is "standard" or "editable")."""
        _coast(self.root).fetch()
