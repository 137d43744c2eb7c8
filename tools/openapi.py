"""Write the service's OpenAPI document, from which the pages take their types.

    python tools/openapi.py           # writes frontend/openapi.json
    cd frontend && npm run types      # makes src/api/openapi.ts from it

Both files are committed; a test fails when the document is not that of the routes as they stand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import cast

DOCUMENT = Path(__file__).resolve().parents[1] / "frontend" / "openapi.json"


def document() -> str:
    """The document of every route, as text that changes only with the routes."""
    from khazri.web.app import Service, create_app

    app = create_app(cast(Service, None))  # routes are described without a service
    found = app.openapi()
    found["info"]["version"] = "0"  # a release changes no address
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> int:
    """Command line."""
    DOCUMENT.write_text(document(), encoding="utf-8")
    print(DOCUMENT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
