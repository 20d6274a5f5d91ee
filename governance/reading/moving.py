"""Who takes a theme as people have it, where that is not what the district's file says.

Each correction is a sign of one of two things: the theme was misread, or it is handled elsewhere
than the file says. The likelier of the two, by how sure the theme was, gets the sign; in a few
rounds signs that agree confirm each other (expectation and maximisation; Dempster, Laird and Rubin,
Journal of the Royal Statistical Society B 39 (1977) 1-38). One sign alone moves nothing here: it
may be a single odd message, and the memory of corrections has that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from governance.reading.wording import Floats

STRAY = 0.01
"""How likely it is, before anything was put right, that a given committee takes a theme that its
file does not give it."""

_WORTH = 0.5
"""Signs beyond the first that weigh as much as the file: with two a theme has another taker."""

_BELIEVED = 2.0
"""The same while signs are told apart: there the file is believed longer."""

_ODD = 1.0
"""Signs that may be chance."""

_ROUNDS = 4


def as_handled(takes: Floats, themes: Floats, went: NDArray[np.intp]) -> Floats:
    """Who takes what, themes by committees, the most of each theme 1 (0 where nobody takes it).
    ``takes``: what the file says, likewise ("none" the last theme). ``themes``: how likely each
    theme was read of what was put right, a message a row; ``went``: the committee of each."""
    signs = np.zeros_like(takes)
    for _ in range(_ROUNDS):
        shares = takes + signs / _BELIEVED
        shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
        told = themes * (shares[:, went].T + STRAY)
        told[:, -1] = 0.0  # what is about nothing belongs to nobody
        told /= np.maximum(told.sum(axis=1, keepdims=True), 1e-9)
        signs = np.zeros_like(takes)
        np.add.at(signs.T, went, told)
    found = takes + np.maximum(signs - _ODD, 0.0) / _WORTH
    most: Floats = found / np.maximum(found.max(axis=1, keepdims=True), 1e-9)
    return np.where(found > 0, most, found).astype(np.float32)
