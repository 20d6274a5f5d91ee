"""How many may come through the pages to speak anonymously: counted in memory, under a key that
is thrown away with the counts, and never written anywhere."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.web.networks import Network

WINDOW = timedelta(minutes=10)
"""After so long all is forgotten, the key too: nobody can say that it was the same network."""

FROM_ONE_NETWORK = 60
"""Forms in a window that were taken. A whole school may sit behind one address."""

_NO_LIMIT = 10**9

FROM_ALL = 600
"""Forms in a window that were taken: no more than a district of 7,000 sends on its busiest day."""


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
        self._all = 0
        self._renew()

    def lets_in(self, networks: Iterable[Network]) -> bool:
        """Whether one more may come in from a connection (``networks_of``)."""
        if abs(self._clock() - self._since) >= WINDOW:
            self._renew()
        from_one = self._from_one or FROM_ONE_NETWORK
        whose = [(self._whose(name), times) for name, times in networks]
        full = any(self._came[one] >= from_one * times for one, times in whose)
        if full or self._all >= (self._from_all or FROM_ALL):
            return False
        self._all += 1
        self._came.update(one for one, _ in whose)
        return True

    def was_not_taken(self) -> None:
        """What came in last did not fit: it takes nobody else's place. It still counts against its
        own networks, so nobody can go on sending what does not fit."""
        self._all = max(0, self._all - 1)

    def _whose(self, network: str) -> bytes:
        return hmac.digest(self._key, network.encode(), hashlib.sha256)[:8]

    def _renew(self) -> None:
        self._since = self._clock()
        self._key = secrets.token_bytes(16)
        self._came: Counter[bytes] = Counter()
        self._all = 0


def count_each(clock: Callable[[], datetime], *, from_one: int | None = None) -> Turnstile:
    """One without a limit for all together, for codes and keys. Each is looked up first, and those
    that are nobody's are counted: whoever makes them up shuts out only themselves. They have 100
    bits and more, so none is found by trying."""
    return Turnstile(clock, from_one=from_one, from_all=_NO_LIMIT)
