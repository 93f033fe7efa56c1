"""Turns to write, in the order in which they were asked for.

SQLite lets one write at a time and makes the others knock again and again: whoever knocks at the right moment comes in,
and somebody may stand outside until the time is out. Within a process the writers queue here instead, so that only the
first of each process knocks.
"""

from __future__ import annotations

from collections import deque
from threading import Event, Lock


class Turns:
    """One turn that goes from hand to hand."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Event] = deque()
        self._is_taken = False

    def take(self, seconds: float) -> bool:
        """Wait for the turn, at most so long; whether it came. Whoever got it must give it back."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Event()
            self._waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        # It came between the wait and the guard.
        return True

    def give_back(self) -> None:
        """Hand the turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False
