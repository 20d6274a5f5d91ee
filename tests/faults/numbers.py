"""The boundaries at which tests kill: all of them in `make prove`, a few in `make test`."""

from __future__ import annotations

from typing import Any

import pytest


def numbers(
    last: int, name: str = "boundary", *, every: int, start: int = 1, steps: int = 1
) -> list[Any]:
    """1 to ``last`` in ``steps`` as parameters whose names say which: one of ``every`` so many
    in the ordinary run, from ``start`` on."""
    return [
        pytest.param(
            n, id=f"{name}-{n}", marks=() if n % every == start % every else pytest.mark.prove
        )
        for n in range(1, last + 1, steps)
    ]
