"""All that people may do to the world (CONTRACTS: Orders). Tasks of units join with the issue on response."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Orders:
    """Orders in force during one step."""

    source_open: dict[str, bool] = field(default_factory=dict)  # release ident -> still flowing; absent: as planned
