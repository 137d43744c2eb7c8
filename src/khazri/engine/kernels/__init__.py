"""The passes over blocks of particles, compiled by numba.

numba caches a compiled kernel under the stamp of its own file only; a formula that changed beneath it would go unnoticed.
So the cache of this package lies in a folder named after the contents of all that is compiled into the kernels.
"""

from __future__ import annotations

import hashlib
import os
import pkgutil
from importlib.resources import files

import platformdirs
from numba import __version__ as numba_version
from numba.core import config

import khazri
from khazri.physics import TARGET
from khazri.physics.keeping import keep_by_content


def _content() -> str:
    digest = hashlib.sha256(f"{khazri.__version__} {numba_version} {TARGET}".encode())
    for package in ("khazri.physics", "khazri.engine.kernels"):
        for name in sorted(entry.name for entry in files(package).iterdir()):
            if name.endswith(".py"):
                digest.update(pkgutil.get_data(package, name) or b"")
    return digest.hexdigest()[:16]


CONTENT = _content()  # names a build of the kernels


def _choose_cache() -> None:
    """A folder of the user's caches, unless NUMBA_CACHE_DIR is set or it cannot be written."""
    if vars(config).get("CACHE_DIR"):
        return
    folder = os.path.join(platformdirs.user_cache_dir("khazri", appauthor=False), "kernels", CONTENT)  # noqa: PTH118
    try:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    except OSError:
        return
    if os.access(folder, os.W_OK):
        vars(config)["CACHE_DIR"] = folder


_choose_cache()
keep_by_content()
