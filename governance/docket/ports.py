"""What the docket needs of a store, inside one transaction. ``storage`` implements it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from core.people import Person
from governance.committees.absences import Absence
from governance.committees.model import UnsettledPost
from governance.conversations.model import Exchange
from governance.docket.history import DocketStep
from governance.docket.open_items import (
    Aside,
    Change,
    Dated,
    Late,
    OpenMessage,
    QueueTotals,
    Spoken,
)
from governance.feedback.model import Item
from governance.recommendations.model import AdviceState, Recommendation
from governance.references.model import Bound


class DocketStore(Protocol):
    """The people of a committee, and what they did with its items."""

    def members(self, committee: str) -> Sequence[Person]:
        """Who sits on a committee and is active: the chair, the deputy, then the others by name."""
        ...

    # -- before many are asked for one by one, in a transaction that only reads -------------------

    def bounds_ahead(self, items: Sequence[UUID]) -> Sequence[Bound]:
        """Read at once what items are bound to, which is returned."""
        ...

    def briefs_ahead(self, items: Sequence[UUID]) -> None:
        """Read at once what is shown of each item."""
        ...

    def leads_ahead(self, items: Sequence[UUID]) -> None:
        """Read at once with what each is kept."""
        ...

    def urgent_ahead(self, items: Sequence[UUID]) -> None:
        """Read at once whom each names, and its urgent cases."""
        ...

    def roster_counts_ahead(self) -> None:
        """Read at once how many people share each role and level."""
        ...

    def items_ahead(self, items: Sequence[UUID]) -> None:
        """Read at once items and those that say the same."""
        ...

    def linked_ahead(self, bounds: Sequence[Bound]) -> None:
        """Read at once what is linked to each."""
        ...

    def people_ahead(self, people: Iterable[UUID | None]) -> None:
        """Read some of the roster at once."""
        ...

    def recommendation(self, recommendation_id: UUID) -> Recommendation | None: ...

    def recommendations_ahead(self, some: Iterable[UUID]) -> None:
        """Read some at once, in a transaction that only reads."""
        ...

    def recommendations(
        self,
        *states: AdviceState,
        queue: str = "",
        item: UUID | None = None,
        most: int = 100,
        waiting_first: bool = False,
    ) -> Sequence[Recommendation]:
        """Those in some states, of a committee or with an item, what happened last first.
        ``waiting_first``: what waits to be decided before all others."""
        ...

    def put_recommendation(self, one: Recommendation) -> None:
        """Keep it as it is now, with its items and goals."""
        ...

    def add_link(self, item_id: UUID, bound: Bound, by: UUID | None, now: datetime) -> bool:
        """An item has to do with something. False: it is linked to that already."""
        ...

    def drop_link(self, items: Collection[UUID], bound: Bound) -> bool:
        """False: none of the items is linked to it."""
        ...

    def links_of(self, items: Collection[UUID]) -> Mapping[UUID, Sequence[Bound]]:
        """What items have to do with, the first link first; those with none are left out."""
        ...

    def linked_to_rule(self, number: str) -> Sequence[tuple[UUID, Bound]]:
        """What is linked to a rule or a section of it, the newest first."""
        ...

    def linked_to(self, bound: Bound) -> Sequence[UUID]:
        """The items that are linked to something, whatever its version."""
        ...

    # -- a list of items, in one statement each ---------------------------------------------------
    def people_saying_each(self, items: Collection[UUID]) -> Mapping[UUID, int]:
        """``people_saying`` of several."""
        ...

    def exchanges_of_each(self, items: Collection[UUID]) -> Mapping[UUID, tuple[Exchange, ...]]:
        """``exchanges`` of several; those with none are left out."""
        ...

    def opened_among(self, items: Collection[UUID]) -> frozenset[UUID]:
        """Those of some sensitive items that somebody has opened."""
        ...

    def asides_of(self, items: Collection[UUID], today: date) -> Mapping[UUID, Aside]:
        """Why and until when some items are put aside; those that are not, or were until today or
        earlier, are left out."""
        ...

    def subjects_of(self, items: Collection[UUID]) -> Mapping[UUID, str]:
        """The subjects that people wrote for some items."""
        ...

    def names_of(self, people: Collection[UUID]) -> Mapping[UUID, str]: ...

    # -- open items: counted, sorted and cut where they are kept ----------------------------------
    # What is put aside is not counted as open: it is on no list of what is open before its day.
    # It may be late, and is counted there, for its day to answer by stays.
    # ``without`` has no default: whoever reads a figure or a list gets none with what names them
    # (``kept_from``), or of what several read what names one of them (``hidden_on``).

    def open_count(
        self, queue: str, *, without: Collection[UUID], late_at: datetime | None = None
    ) -> int:
        """How many are open; ``without`` also those that are put aside (``asides_on``).
        ``late_at``: only what was due before that moment."""
        ...

    def queue_totals(
        self,
        queues: Collection[str],
        person_id: UUID | None,
        now: datetime,
        *,
        today: date,
        due_by: datetime,
        without: Collection[UUID],
    ) -> Sequence[QueueTotals]:
        """Of every one of some queues that has open items; ``mine`` are those of the person,
        ``due`` those whose day is after now and by another moment."""
        ...

    def open_themes_of(
        self, queues: Collection[str], today: date, *, without: Collection[UUID]
    ) -> Sequence[tuple[str, int]]:
        """(theme or "", open items) of some queues together."""
        ...

    def open_messages(self, today: date, now: datetime) -> Sequence[OpenMessage]:
        """Of all queues but the restricted one; what is put aside only where it is late."""
        ...

    def first_due(
        self,
        queue: str,
        *,
        most: int,
        now: datetime | None = None,
        until: datetime | None = None,
        without: Collection[UUID],
    ) -> Sequence[Item]:
        """What is due first, of the same moment what came first. ``now``: what has no day counts
        as due now; else it is left out. ``until``: what is due by then."""
        ...

    def came_late(self, queue: str, since: datetime, until: datetime) -> Sequence[tuple[UUID, int]]:
        """(id, moves) of what became late after one moment and by another."""
        ...

    def oldest_open(
        self, queue: str, *, most: int, without: Collection[UUID]
    ) -> Sequence[Item]: ...

    def newest_words(self, queue: str, *, most: int, without: Collection[UUID]) -> Sequence[str]:
        """The redacted words of what is open, the newest first."""
        ...

    def open_themes(self, queue: str, *, without: Collection[UUID]) -> Sequence[tuple[str, int]]:
        """(theme, items) of what of a queue is open; the theme is "" where there is none."""
        ...

    def open_spoken(self, queue: str, *, without: Collection[UUID]) -> Sequence[Spoken]:
        """The same by author, to count people."""
        ...

    def late_items(self, queue: str, now: datetime, *, told: int) -> Sequence[Late]:
        """What is late and was told ``told`` times to whoever leads, since it came to the queue."""
        ...

    def dating_of(self, queue: str) -> tuple[str, UUID | None] | None:
        """By which calendar and absences a queue was dated last (a mark), and after which item
        dating goes on; None: all of it was."""
        ...

    def put_dating(self, queue: str, mark: str, after: UUID | None) -> None: ...

    def being_dated(self) -> Sequence[str]:
        """Queues whose open items are being dated anew."""
        ...

    def to_date(self, queue: str, after: UUID, *, most: int) -> Sequence[Dated]:
        """The next open items of a queue by id, with what decides their day."""
        ...

    def set_due(self, due: Mapping[UUID, datetime]) -> None:
        """Give items, and what is kept with them, another day."""
        ...

    def unsettled_posts(self, queue: str | None = None) -> Sequence[UnsettledPost]:
        """Messages to a queue's (None: any queue's) channels of which nobody can tell whether they
        arrived, the oldest first."""
        ...

    def settle_post(self, post: UnsettledPost, *, arrived: bool, now: datetime) -> None:
        """It has arrived; else it is sent again."""
        ...

    def absences(self, person_id: UUID) -> Sequence[Absence]:
        """When somebody is away, the first days first."""
        ...

    def add_absence(self, new: Absence) -> None:
        """Unique by its id: a form that is sent twice is one."""
        ...

    def drop_absence(self, person_id: UUID, absence_id: UUID) -> bool:
        """False: it is not theirs, or was gone already."""
        ...

    def put_aside(self, item_id: UUID, aside: Aside, by: UUID | None, now: datetime) -> None:
        """Until another day, where it is put aside already."""
        ...

    def bring_back(self, item_id: UUID) -> bool:
        """False: it was not put aside."""
        ...

    def asides_on(self, queue: str, today: date) -> frozenset[UUID]:
        """What of a queue is put aside until later than today."""
        ...

    def coming_back(
        self, queues: Collection[str], first: date, last: date, *, without: Collection[UUID]
    ) -> Sequence[tuple[str, date, int]]:
        """(queue, day, open items) of what is back on some days, the first day first."""
        ...

    def keep_undoable(self, change: Change) -> None:
        """Keep what stood there before a change, for a few seconds."""
        ...

    def undoable(self, change_id: UUID) -> Change | None:
        """None: there is none, or it is gone."""
        ...

    def drop_undoable(self, *, of: UUID | None = None, before: datetime | None = None) -> None:
        """One change, or those before a moment."""
        ...

    def forget_undoable(self, items: Collection[UUID]) -> None:
        """What stood with some items before they were changed."""
        ...

    def put_subject(self, item_id: UUID, subject: str, by: UUID | None, now: datetime) -> None:
        """What an item is called from now on; "": it has no subject of its own."""
        ...

    def add_step(self, item_id: UUID, step: DocketStep) -> int:
        """Keep a step; its number, from 1 on for each item."""
        ...

    def steps(self, item_id: UUID) -> Sequence[DocketStep]:
        """What was done with an item, in order."""
        ...
