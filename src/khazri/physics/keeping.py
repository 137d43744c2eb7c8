"""How compiled functions are kept on disk: each under a name that follows from what it is.

numba numbers the files of a function's compiled versions by an index that it reads, alters and writes without a lock. Two
processes that compile at the same time take the same number, and the index of one may then name the file of the other: the
wrong function would be loaded and run, in silence. Here the name is a hash of all that tells
versions apart, so that whatever stands under a name is what was asked for; an entry lost from an index is compiled again.
"""

from __future__ import annotations

import hashlib
from typing import Any

from numba.core import caching


def _save(self: Any, key: Any, data: Any) -> None:
    """The version first, then the index that names it."""
    digest = hashlib.sha256(repr((key, self._source_stamp)).encode()).hexdigest()[:20]
    name = f"{self._index_name.removesuffix('.nbi')}.{digest}.nbc"
    self._save_data(name, data)
    overloads = self._load_index()
    if overloads.get(key) != name:
        overloads[key] = name
        self._save_index(overloads)


def keep_by_content() -> None:
    """From now on, in this process. Called by whatever compiles anything."""
    cached: Any = caching.IndexDataCacheFile
    cached.save = _save
