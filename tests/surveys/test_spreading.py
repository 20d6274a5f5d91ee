"""Answers spread as evenly as known sums allow."""

from __future__ import annotations

import pytest

from surveys.spreading import fitted


def test_where_the_sums_leave_no_choice_the_fit_is_what_they_say() -> None:
    """Two groups of 60 and 40, of which the district said yes 50 to 50, and one more table with
    the first group alone in a block: 45 of its 60 said yes, so 5 of the other 40."""
    believed = fitted([60, 40], [50, 50], [[([0], [45, 15])]])
    assert believed[0] == pytest.approx([0.75, 0.25], abs=1e-3)
    assert believed[1] == pytest.approx([0.125, 0.875], abs=1e-3)


def test_two_margins_leave_what_is_independent() -> None:
    """A 2 by 2 of equal groups: rows 80% and 40% yes, columns even; odds ratios stay 1."""
    rows = [([0, 1], [16, 4]), ([2, 3], [8, 12])]
    columns = [([0, 2], [12, 8]), ([1, 3], [12, 8])]
    believed = fitted([10, 10, 10, 10], [24, 16], [rows, columns])
    assert [share[0] for share in believed] == pytest.approx([0.8, 0.8, 0.4, 0.4], abs=1e-3)
