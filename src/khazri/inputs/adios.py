"""ADIOS oil records from JSON files."""

from __future__ import annotations

import json
from pathlib import Path

from khazri.inputs import InputError
from khazri.oils.adios import from_adios
from khazri.oils.adios_layout import LayoutError
from khazri.oils.estimation import OilError
from khazri.oils.record import Oil

LARGEST = 10_000_000  # [bytes] the largest record of the database has a tenth of a megabyte


def read_adios(path: Path, *, ident: str | None = None) -> Oil:
    """The oil of an ADIOS JSON file; its known errors are refused or put right, and said in `Oil.notes`."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(f"{path}: {size} bytes; expected an ADIOS oil record, under {LARGEST}")
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: unreadable ({error.strerror}); expected an ADIOS oil record (JSON)") from error
    except ValueError as error:
        raise InputError(f"{path}: not JSON ({error}); expected an ADIOS oil record") from error
    if not isinstance(record, dict):
        raise InputError(f"{path}: a {type(record).__name__}; expected one ADIOS oil record (a JSON object)")
    try:
        return from_adios(record, ident=ident)
    except (LayoutError, OilError) as error:
        raise InputError(f"{path}: {error}") from error
