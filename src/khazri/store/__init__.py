"""Frame files, and folders that appear under their name only when they are whole."""

from __future__ import annotations

from khazri.store.folder import StoreError, publish_folder
from khazri.store.frames import FrameReader, FrameWriter, open_frames

__all__ = ["FrameReader", "FrameWriter", "StoreError", "open_frames", "publish_folder"]
