"""A page of pairs, as every platform draws it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from core.text import text
from surveys.messages import QuestionPage
from surveys.promise import Promise
from surveys.questions import Choice, Pairwise, Unfit

PAIRS = Pairwise(
    key="first",
    prompt=text("Which of these two matters more to you?"),
    hint=text("Think of this school year."),
    choices=(
        Choice(key="wifi", label=text("Wi-Fi in every classroom")),
        Choice(key="repairs", label=text("Faster repairs of student devices")),
        Choice(key="signin", label=text("One sign-in for everything")),
        Choice(key="time", label=text("Time to practice with new tools")),
    ),
    pairs=3,
    shown=(("repairs", "wifi"), ("signin", "time"), ("wifi", "signin")),
)
PAGE_OF_PAIRS = QuestionPage(
    wave_id=UUID(int=5 << 96),
    title=text("Technology priorities"),
    page=0,
    pages=1,
    questions=(PAIRS,),
    closes_at=datetime(2026, 12, 2, 22, tzinfo=UTC),
    promise=Promise(),
    raw={"first": ("wifi>repairs", "signin=time")},
    unfit={"first": Unfit(why="Answer each pair. Still open: {n}.", values={"n": 1})},
)
