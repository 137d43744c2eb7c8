"""The only clocks: the system's, and one that tests turn by hand. The fold never reads either."""

from __future__ import annotations

import asyncio
import heapq
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Wall time for the record, monotonic seconds for pacing, and sleep."""

    def wall(self) -> str:
        """UTC, ISO 8601."""
        ...

    def seconds(self) -> float:
        """Monotonic seconds."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Come back after `seconds`."""
        ...


class SystemClock:
    """The machine's."""

    def wall(self) -> str:
        """UTC now."""
        return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def seconds(self) -> float:
        """Monotonic."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Real sleep."""
        await asyncio.sleep(max(seconds, 0.0))


class ManualClock:
    """Stands still until a test turns it."""

    def __init__(self) -> None:
        self._now = 0.0
        self._order = 0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def wall(self) -> str:
        """A fixed day plus the seconds turned."""
        moment = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=self._now)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def seconds(self) -> float:
        """Seconds turned so far."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait until the hand has passed."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._order += 1
        heapq.heappush(self._sleepers, (self._now + seconds, self._order, future))
        await future

    async def turn(self, seconds: float) -> None:
        """Move the hand on, waking sleepers in their order and letting each work until it sleeps again."""
        until = self._now + seconds
        await self._settle()
        while self._sleepers and self._sleepers[0][0] <= until:
            self._now, _, future = heapq.heappop(self._sleepers)
            if future.done():
                continue
            future.set_result(None)
            await self._settle()
        self._now = until

    async def _settle(self) -> None:
        """Wait, a quarter of a second at most, until somebody sleeps: worker threads need real time."""
        for _ in range(250):
            await asyncio.sleep(0.001)
            if any(not future.done() for _, _, future in self._sleepers):
                return
