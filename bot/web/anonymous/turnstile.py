"""How many may come through the pages to speak anonymously: counted in memory, under a key that
is thrown away with the counts, and never written anywhere."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
"""After so long all is forgotten, the key too: nobody can say that it was the same network."""

FROM_ONE_NETWORK = 60
"""Forms sent in a window. A whole school may sit behind one address."""

FROM_ALL = 600
"""Forms sent in a window: no more than a district of 7,000 makes on its busiest day, and nothing
to try out codes of 100 bits with."""


class Turnstile:
    """Of one process."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        from_one: int | None = None,
        from_all: int | None = None,
    ) -> None:
        self._clock = clock
        self._from_one = from_one
        self._from_all = from_all
        self._renew()

    def lets_in(self, network: str) -> bool:
        """Whether one more form may come in from a network (``network_of``)."""
        if abs(self._clock() - self._since) >= WINDOW:
            self._renew()
        whose = hmac.digest(self._key, network.encode(), hashlib.sha256)[:8]
        from_one = self._from_one or FROM_ONE_NETWORK
        if self._all >= (self._from_all or FROM_ALL) or self._came[whose] >= from_one:
            return False
        self._all += 1
        self._came[whose] += 1
        return True

    def _renew(self) -> None:
        self._since = self._clock()
        self._key = secrets.token_bytes(16)
        self._came: Counter[bytes] = Counter()
        self._all = 0
