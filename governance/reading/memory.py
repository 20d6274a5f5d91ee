"""What people put right, beside what the router learned: it counts from the very next message.

The nearest corrections say how far the router was off about what is like them (a nearest-neighbour
regression of its errors: E. A. Nadaraya, Theory of Probability and its Applications 9 (1964)
141-142), and that much is put right. As messages like all others they would hardly be heard: one
alone among thousands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from governance.reading.embedding import Vectors
from governance.reading.wording import Floats

REACH = 0.37
"""How far a correction reaches: at a cosine of .8 three quarters of it count, at .6 a third, at .4
a fourteenth. Reaching farther moved more of what is said again in quite other words, and took
along what is about something else (decision 44)."""

FAINT = 0.15
"""What counts less (cosines under .49) counts nothing: many faint ones would be heard together."""


@dataclass(frozen=True, kw_only=True)
class Memory:
    """``vectors``: a correction a row; the errors of committees' and of themes' scores (what they
    should have been, less what they were) likewise."""

    vectors: Vectors
    committees: Floats
    themes: Floats | None

    def of(self, vector: Vectors) -> tuple[Floats, Floats | None]:
        """What is to be added to the scores of a message, of committees and of themes."""
        apart = 1.0 - vector @ self.vectors.T
        near = np.exp(-((apart / REACH) ** 2))
        near[near < FAINT] = 0.0
        near /= max(1.0, float(near.sum()))  # many that say the same count as one, whole
        return near @ self.committees, None if self.themes is None else near @ self.themes
