"""Days as answers: the periods that they are counted by, and their names."""

from __future__ import annotations

from datetime import date, timedelta

from core.text import Text, text
from surveys.questions import Choice, Date, Period

MOST_PERIODS = 36
"""Months or days that one question may be counted by: three years of months, five weeks of days."""

_ENGLISH = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_SPANISH = [
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
]


def period_of(question: Date, answer: str) -> str:
    """The key of the period that a kept day is counted in: "2026-05", or the day itself."""
    return answer[:7] if question.by is Period.MONTH else answer


def periods(question: Date) -> tuple[Choice, ...]:
    """Every period from the first to the last, in order."""
    days = (question.maximum - question.minimum).days
    all_days = (question.minimum + timedelta(days=n) for n in range(days + 1))
    labels = {period_of(question, day.isoformat()): day for day in all_days}
    by_month = question.by is Period.MONTH
    return tuple(
        Choice(key=key, label=month_name(day) if by_month else day_name(day))
        for key, day in labels.items()
    )


def month_name(day: date) -> Text:
    """May 2026."""
    english, spanish = _month(day)
    return text(f"{english} {day.year}", es=f"{spanish} de {day.year}")


def day_name(day: date) -> Text:
    """May 4, 2026."""
    english, spanish = _month(day)
    return text(f"{english} {day.day}, {day.year}", es=f"{day.day} de {spanish} de {day.year}")


def parsed(typed: str) -> date | None:
    """A day as platforms hand it in ("2026-05-04"); None for anything else."""
    written = typed.strip()
    if len(written) != len("2026-05-04") or not written.isascii():
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _month(day: date) -> tuple[str, str]:
    return _ENGLISH[day.month - 1], _SPANISH[day.month - 1]
