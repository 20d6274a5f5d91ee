"""What is said of a share that is not told exactly: nearly everybody, nearly nobody, or neither;
and how much of it a sum that is known leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from surveys.survey import SCORES_FROM
from surveys.withdrawing import FRIENDS, nearly_all, nearly_nobody

MIDDLE = 0.93
"""What is left open of a share must leave this at most in the middle of what is possible."""

CODED_FROM = 13
"""Of fewer answers not even "most" or "few" is said: when four of twelve tell each other what they
answered, a code would tell them what each of the others did."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """What is said of a share: its count lies between ``low`` and ``high``, in ``words``. Without
    words it is told exactly, or nothing is said."""

    low: int
    high: int
    words: str | None = None
    exact: bool = False


def decides(n: int, rest: int) -> bool:
    """Whether among ``n`` people not to give one answer is as good as to give a certain other,
    since all further answers are of ``rest`` people in the whole district: then "<10%" of the one
    would say more than the code of the other does."""
    return rest < n - _least(n) - _few(n)


def narrowed(said: Mapping[str, Span], n: int) -> dict[str, Span]:
    """What is said of each answer, each given by one of ``n``: what one has to be leaves the others
    no more."""
    low = sum(span.low for span in said.values())
    high = sum(span.high for span in said.values())
    return {
        key: span
        if span.exact
        else replace(
            span,
            low=max(span.low, n - (high - span.high)),
            high=min(span.high, n - (low - span.low)),
        )
        for key, span in said.items()
    }


def near(count: int, n: int, two: bool) -> bool:
    """Whether an answer is nearly everybody's or nearly nobody's. ``two``: not to give it is an
    answer as well."""
    return nearly_all(count, n) or nearly_nobody(count, n) or (two and nearly_all(n - count, n))


def spans_of(held: Mapping[str, int], n: int, told: Sequence[str], two: bool) -> dict[str, Span]:
    """What is said of each answer's count ``held`` among ``n``, of which ``told`` are exact."""
    if len(told) < len(held) and n < CODED_FROM:
        return {key: Span(low=0, high=n) for key in held}
    return {
        key: Span(low=count, high=count, exact=True)
        if key in told
        else _coded(count, n, two, bool(told))
        for key, count in held.items()
    }


def spans_of_periods(held: Mapping[str, int], n: int, told: Sequence[str]) -> dict[str, Span]:
    """The same of days: what is coded is a period with fewer than five people in it."""
    few = f"<{min(100, -(-100 * SCORES_FROM // n))}%"
    return {
        key: Span(low=count, high=count, exact=True)
        if key in told
        else Span(low=0, high=n, words=few if count < SCORES_FROM else band(count, n))
        for key, count in held.items()
    }


def possible(n: int, two: bool, another: int) -> tuple[Span, ...]:
    """All that may be known of a share of ``n`` that is not told exactly: what is said of it, and
    what is left of all where another answer, given by ``another`` in all, is nearly everybody's."""
    if n < CODED_FROM or two or another < _least(n):
        return codes(n, two)
    return (*codes(n, two), Span(low=0, high=n - _least(n)))


@cache
def codes(n: int, two: bool) -> tuple[Span, ...]:
    """All that can be said of a share of ``n`` that is not told exactly: much, few, or neither."""
    if n < CODED_FROM:
        return (Span(low=0, high=n),)
    least, most = _least(n), n - _least(n) if two else _few(n)
    return (
        Span(low=least, high=n, words=top_code(n)),
        Span(low=0, high=most, words=bottom_code(n) if two else few_code(n)),
        Span(low=most + 1, high=least - 1, words=between(n)),
    )


def _coded(count: int, n: int, two: bool, partly: bool) -> Span:
    """``partly``: other answers of the same people are told exactly."""
    span = next(span for span in codes(n, two) if span.low <= count <= span.high)
    middling = span.words == between(n)
    return replace(span, words=band(count, n)) if middling and partly and not two else span


def pinned(total: int, spans: Sequence[Span], sizes: Sequence[int], two: Sequence[bool]) -> bool:
    """Whether, of groups of these ``sizes``, what is said of each and the ``total`` of all pin the
    count of one near to everybody; in those that are ``two``, or near to nobody."""
    low, high = sum(span.low for span in spans), sum(span.high for span in spans)
    if not low <= total <= high:
        return False
    for span, n, both in zip(spans, sizes, two, strict=True):
        least = max(span.low, total - (high - span.high))
        most = min(span.high, total - (low - span.low))
        ends = [(least, most), (n - most, n - least)] if both else [(least, most)]
        if any(_too_sure(below, above, n) for below, above in ends):
            return True
    return False


def _too_sure(least: int, most: int, n: int) -> bool:
    """Whether the middle between ``least`` and ``most`` of ``n`` is too near to all of them, also
    for four of them who said otherwise."""
    return any(
        least + min(most, unknown) > 2 * MIDDLE * unknown
        for unknown in (n, n - FRIENDS)
        if unknown > 0
    )


def top_code(n: int) -> str:
    """What is said of a near-unanimous share of ``n``: true of all shares that are coded alike.

    ">80%" of a large group; in smaller ones six people are more than 15%, so the code has to say
    less: ">50%" among thirteen.
    """
    return f">{_bound(n)}%"


def bottom_code(n: int) -> str:
    """The same of what is the contrary of a near-unanimous share: "<20%", among 13 "<50%"."""
    return f"<{100 - _bound(n)}%"


def few_code(n: int) -> str:
    """What is said of one of several answers that nearly nobody gave: "<10%", among 13 "<20%".

    "<10%" is said of 10% exactly, too: the rule codes from there.
    """
    most = _few(n)
    return f"<{10 if 10 * most <= n else -(-10 * (most + 1) // n) * 10}%"


def band(count: int, n: int) -> str:
    """A rounded share, so wide that several counts look alike: "40–60%"."""
    width = 10 if n >= 50 else 20 if n >= 25 else 50
    low = 100 * count // n // width * width
    return f"{low}–{low + width}%"


def between(n: int) -> str:
    """Neither nearly everybody nor nearly nobody; which of what lies between is not said."""
    return f"{100 - _above(n)}–{_above(n)}%"


def _bound(n: int) -> int:
    """The largest multiple of ten that every coded share of ``n`` is above."""
    least = _least(n)
    return (-(-10 * least // n) - 1) * 10


def _above(n: int) -> int:
    """The smallest multiple of ten that no share of ``n`` that is not coded is above."""
    return -(-10 * (_least(n) - 1) // n) * 10


def _few(n: int) -> int:
    """The most that is nearly nobody of ``n``."""
    return max(n // 10, 2)


@cache  # asked for each share of each group of each question
def _least(n: int) -> int:
    return next(count for count in range(n + 1) if nearly_all(count, n))
