"""Files that a scenario names by an address (http, https): fetched once into the cache, with what was read written beside.

The only place where Khazri opens a connection by itself, and only to what its user wrote. A file is fetched whole, and again only
where its server says that it has changed; of an OPeNDAP server the part that the run needs is read (`opendap`).
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import platformdirs

from khazri.inputs import InputError
from khazri.inputs.forcing.opendap import is_served, read_part
from khazri.inputs.forcing.opening import GRIB, HDF5

MAGIC: Final = (HDF5, b"CDF\x01", b"CDF\x02", b"CDF\x05", GRIB)
PATIENCE: Final = 20.0  # s without an answer
LARGEST: Final = 4_000_000_000  # bytes of a file
PIECE: Final = 1 << 20
BESIDE: Final = ".address.json"  # after the name of a fetched file: where it is from
ONLY: Final = "a network is used for nothing but the addresses that a scenario names"


@dataclass(frozen=True)
class Part:
    """What is needed of an address: first and last second since 1970; west, south, east, north; variables beside the known."""

    during: tuple[float, float] | None = None
    box: tuple[float, float, float, float] | None = None
    variables: tuple[str, ...] = ()


@contextmanager
def cache_folder() -> Iterator[Path]:
    """Where fetched files are kept: the cache, or a folder for this once where nothing is to be kept."""
    chosen = os.environ.get("KHAZRI_CACHE")
    if chosen == "":
        with tempfile.TemporaryDirectory(prefix="khazri-") as name:
            yield Path(name)
        return
    yield (Path(chosen) if chosen else Path(platformdirs.user_cache_dir("khazri"))) / "fetched"


def is_address(name: str) -> bool:
    """Whether it is one, and not the name of a file."""
    return name.lower().startswith(("http://", "https://"))


def fetch(address: str, folder: Path, part: Part) -> Path:
    """The file that an address gives, in `folder`; raises InputError."""
    split = urllib.parse.urlsplit(address)
    if split.username or split.password:
        raise InputError(
            f"{split.scheme}://{split.hostname}{split.path}: the address holds a name or a password, which would stand in every "
            "report; expected one that is open, or the file itself beside the pack"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        found = _fetch_whole(address, folder)
        return read_part(address, folder / _name_of(address, part), part) if found is None else found
    except OSError as error:
        raise InputError(f"{address}: cannot be written to {folder} ({error}); expected a folder with room") from error


def pinned(address: str, folder: Path, part: Part) -> Path | None:
    """The file that was fetched into `folder` for good, None where there is none; raises InputError where it was altered."""
    for path in (folder / _name_of(address), folder / _name_of(address, part)):
        if path.exists():
            if not _known(path):
                raise InputError(f"{path}: was altered since it was read from {address}; expected it as it was")
            return path
    return None


def origin_of(path: Path) -> str:
    """The address that a file was fetched from; the file's name where it was not."""
    try:
        return str(json.loads(path.with_name(path.name + BESIDE).read_text(encoding="utf-8"))["address"])
    except (OSError, ValueError, KeyError, TypeError):
        return path.name


def origin_words(paths: Iterable[Path]) -> list[str]:
    """What was read from addresses, for the notes of a run."""
    said = []
    for path in paths:
        if origin_of(path) != path.name:
            known = json.loads(path.with_name(path.name + BESIDE).read_text(encoding="utf-8"))
            said.append(f"{path.name}: read from {known['address']}, {known['bytes']} bytes, SHA-256 {known['sha256']}")
    return said


def _fetch_whole(address: str, folder: Path) -> Path | None:
    """The file, fetched or unchanged since; None where an OPeNDAP server answers under the address."""
    path = folder / _name_of(address)
    known = _known(path)
    asked = urllib.request.Request(address, headers={"User-Agent": "khazri", "Accept": "*/*"})
    for header, key in (("If-None-Match", "etag"), ("If-Modified-Since", "modified")):
        if known.get(key):
            asked.add_header(header, str(known[key]))
    try:
        with closing(urllib.request.urlopen(asked, timeout=PATIENCE)) as answer:
            start = answer.read(16)
            if not start.startswith(MAGIC):
                if is_served(address):
                    return None
                kind = str(answer.headers.get("Content-Type", "something")).split(";")[0]
                raise InputError(
                    f"{address}: gives {kind} that begins with {start[:8]!r}, which is neither NetCDF, GRIB nor OPeNDAP; expected "
                    "the address of the file itself, not of a page about it"
                )
            _write(address, path, answer, start)
    except urllib.error.HTTPError as error:
        if error.code == 304:
            return path
        if 400 <= error.code < 500 and is_served(address):
            return None
        raise InputError(
            f"{address}: answers {error.code} {error.reason}; expected a file or an OPeNDAP server there"
        ) from error
    except (urllib.error.URLError, TimeoutError, http.client.HTTPException, ConnectionError, ValueError) as error:
        raise InputError(_unreachable(address, path, error)) from error
    return path


def _write(address: str, path: Path, answer: Any, start: bytes) -> None:
    """The answer as a file, whole or not at all, and beside it what it is."""
    said = answer.headers.get("Content-Length")
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            piece = start
            while piece:
                size += len(piece)
                if size > LARGEST:
                    raise InputError(
                        f"{address}: is larger than {LARGEST / 1e9:.0f} GB; expected a smaller file, or the address of an OPeNDAP "
                        "server, of which only what the run needs is read"
                    )
                digest.update(piece)
                file.write(piece)
                piece = answer.read(PIECE)
            if said is not None and size != int(said):
                raise InputError(
                    f"{address}: broke off after {size} of {said} bytes; expected the whole file: try again"
                )
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    part.replace(path)
    tell_origin(
        path,
        address,
        size,
        digest.hexdigest(),
        etag=answer.headers.get("ETag"),
        modified=answer.headers.get("Last-Modified"),
    )


def tell_origin(path: Path, address: str, size: int, sha256: str, **further: str | None) -> None:
    """Write beside a file where it is from."""
    words = {
        "address": address,
        "bytes": size,
        "sha256": sha256,
        **{key: each for key, each in further.items() if each},
    }
    path.with_name(path.name + BESIDE).write_text(json.dumps(words), encoding="utf-8")


def _known(path: Path) -> dict[str, Any]:
    """What stands beside a file that is there, whole and unaltered."""
    try:
        known: dict[str, Any] = json.loads(path.with_name(path.name + BESIDE).read_text(encoding="utf-8"))
        with path.open("rb") as stream:
            same = hashlib.file_digest(stream, "sha256").hexdigest() == known["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return known if same else {}


def _name_of(address: str, part: Part | None = None) -> str:
    """A file's name that people know it by, and that no other address has, nor another box of it."""
    further = "" if part is None else f"{part.box} {part.variables}"
    split = urllib.parse.urlsplit(address)
    last = re.sub(r"[^A-Za-z0-9._-]+", "_", f"{split.hostname}_{Path(split.path).name}")[:80]
    return f"{hashlib.sha256(f'{address}{further}'.encode()).hexdigest()[:12]}_{last}"


def _unreachable(address: str, path: Path, error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    why = f"no answer within {PATIENCE:.0f} s" if isinstance(reason, TimeoutError) else str(reason)[:120]
    kept = f", or the copy that was read before, {path}" if _known(path) else ""
    return f"{address}: cannot be reached ({why}); expected an address that answers{kept} ({ONLY})"
