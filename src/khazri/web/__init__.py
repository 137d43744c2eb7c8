"""HTTP and the live socket: who comes in, what is asked, and the built pages. Holds no `State`; what it sends was made for its reader."""

from __future__ import annotations

from khazri.web.app import Service, create_app

__all__ = ["Service", "create_app"]
