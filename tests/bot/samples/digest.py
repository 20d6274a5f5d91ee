"""What is told in sums, as every platform draws it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from core.text import text
from governance.digests.messages import (
    Answered,
    CameOfIt,
    ChangeKind,
    Digest,
    DigestLine,
    MonthlyFigures,
    ThemeCount,
)
from governance.messages import Message
from tests.bot.samples.link import LINKS


def told_in_sums(hostile: str, now: datetime) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    then = now - timedelta(days=40)
    old = DigestLine(
        item_id=UUID(int=31),
        words=hostile,
        received_at=then,
        due_at=then + timedelta(days=30),
        late=True,
        links=LINKS[1:3],
    )
    new = DigestLine(
        item_id=UUID(int=32),
        words="The wireless in the portables drops every afternoon at 1:15.",
        received_at=now - timedelta(days=2),
        due_at=now + timedelta(days=5),
    )
    return {
        "digest": Digest(
            digest_id=UUID(int=30),
            queue="network",
            queue_name="Network Infrastructure and Wireless",
            since=now - timedelta(days=7),
            at=now,
            new=12,
            open=19,
            late=1,
            themes=(
                ThemeCount(name="Wireless in rooms", count=7),
                ThemeCount(name="Blocked pages and filters", count=3),
                ThemeCount(name="", count=2),
            ),
            oldest=(old,),
            due=(old, new),
            growing=("Wireless in rooms",),
        ),
        "digest_without_anything_new": Digest(
            digest_id=UUID(int=30),
            queue="network",
            queue_name=hostile,
            since=now - timedelta(days=7),
            at=now,
            new=0,
            open=1,
            late=0,
            oldest=(new,),
        ),
        "monthly_figures": MonthlyFigures(
            month=date(2026, 10, 1),
            received=312,
            answered=Answered(month=date(2026, 9, 1), base=280, within=241),
            themes=(ThemeCount(name="Chromebooks", count=90), ThemeCount(name="", count=40)),
            came=(
                CameOfIt(
                    kind=ChangeKind.RECOMMENDATION,
                    title=text(hostile),
                    page="/recommendations/1",
                ),
                CameOfIt(kind=ChangeKind.CONCLUSIONS, title=text("Weekly pulse"), page="/heard/1"),
                CameOfIt(kind=ChangeKind.ANNOUNCEMENT, title=text("The gradebook moves")),
            ),
            earlier=((date(2026, 8, 1), None), (date(2026, 9, 1), 280)),
        ),
        "monthly_figures_of_few": MonthlyFigures(
            month=date(2026, 7, 1),
            received=None,
            answered=Answered(month=date(2026, 6, 1), base=11, within=None, few_left=True),
        ),
    }
