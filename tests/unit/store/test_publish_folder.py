from __future__ import annotations

import errno

import pytest

from khazri.store import StoreError, publish_folder


def fail_halfway(target, fault, *, overwrite=False):
    with publish_folder(target, overwrite=overwrite) as folder:
        (folder / "run.json").write_text("new")
        raise fault


def test_the_folder_appears_when_the_block_ends(tmp_path):
    with publish_folder(tmp_path / "out") as folder:
        (folder / "run.json").write_text("{}")
        assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_nothing_is_left_of_a_run_that_fails(tmp_path):
    with pytest.raises(ZeroDivisionError):
        fail_halfway(tmp_path / "out", ZeroDivisionError())
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_refused(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text("old")
    with pytest.raises(StoreError, match="exists already; expected a new folder"), publish_folder(tmp_path / "out"):
        pass
    assert (tmp_path / "out" / "run.json").read_text() == "old"


def test_overwriting_replaces_the_whole_or_nothing(tmp_path):
    old = tmp_path / "out"
    old.mkdir()
    (old / "run.json").write_text("old")
    (old / "left.txt").write_text("old")
    with pytest.raises(RuntimeError):
        fail_halfway(old, RuntimeError(), overwrite=True)
    assert (old / "run.json").read_text() == "old"
    with publish_folder(old, overwrite=True) as folder:
        (folder / "run.json").write_text("new")
    assert [path.name for path in old.iterdir()] == ["run.json"]
    assert (old / "run.json").read_text() == "new"


def test_a_folder_that_is_no_result_is_never_overwritten(tmp_path):
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(StoreError, match="not an earlier result"), publish_folder(tmp_path, overwrite=True):
        pass
    assert (tmp_path / "thesis.tex").exists()


def test_an_empty_folder_may_be_used(tmp_path):
    (tmp_path / "out").mkdir()
    with publish_folder(tmp_path / "out") as folder:
        (folder / "run.json").write_text("{}")
    assert (tmp_path / "out" / "run.json").exists()


def test_a_disk_that_fills_is_said_in_words(tmp_path):
    with pytest.raises(StoreError, match="the disk is full"):
        fail_halfway(tmp_path / "out", OSError(errno.ENOSPC, "No space left on device"))
    assert list(tmp_path.iterdir()) == []
