"""Two processes that compile at once never take one compiled function for another."""

from __future__ import annotations

from numba.core import caching

from khazri.physics import maths
from khazri.physics.keeping import _save


def kept(folder) -> caching.IndexDataCacheFile:
    return caching.IndexDataCacheFile(str(folder), "waves.tanh-1.py311", (1.0, 2))


def test_it_is_in_force_wherever_formulas_are() -> None:
    assert caching.IndexDataCacheFile.save is _save
    assert maths.KERNEL["cache"]


def test_what_two_processes_save_at_the_same_time_is_not_mixed_up(tmp_path, monkeypatch) -> None:
    one, other, late = kept(tmp_path), kept(tmp_path), []
    monkeypatch.setattr(one, "_load_index", dict)  # both have read the index before either wrote it
    monkeypatch.setattr(other, "_load_index", dict)
    write = one._save_data
    monkeypatch.setattr(one, "_save_data", lambda name, data: late.append((name, data)))
    one.save(("float64", "tanh"), b"tanh")
    other.save(("float64", "log"), b"log")
    for name, data in late:  # the first writes its file last
        write(name, data)
    assert kept(tmp_path).load(("float64", "log")) == b"log"
    assert kept(tmp_path).load(("float64", "tanh")) in (b"tanh", None)  # None: compiled again


def test_what_was_saved_is_loaded_again_and_not_under_another_stamp(tmp_path) -> None:
    kept(tmp_path).save("key", b"one")
    kept(tmp_path).save("other", b"two")
    assert (kept(tmp_path).load("key"), kept(tmp_path).load("other")) == (b"one", b"two")
    later = caching.IndexDataCacheFile(str(tmp_path), "waves.tanh-1.py311", (3.0, 2))
    assert later.load("key") is None
    later.save("key", b"three")
    assert later.load("key") == b"three"
