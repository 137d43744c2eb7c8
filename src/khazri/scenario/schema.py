"""JSON Schema (draft 2020-12) of scenario.yaml, for editors that complete and check as one types.

It accepts what the reader accepts in form, units included; what the pack must mean as a whole is told by
`khazri scenario check`.
"""

from __future__ import annotations

import json
from typing import Any

from khazri.scenario.pack import Pack


def pack_schema() -> dict[str, Any]:
    """The schema as plain values."""
    schema = Pack.model_json_schema(by_alias=True, mode="validation")
    schema = json.loads(json.dumps(schema))  # plain lists for the tuples that the markers hold
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Khazri scenario pack"}
