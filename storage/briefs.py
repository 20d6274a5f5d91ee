"""What a list of whole items is drawn from, read for all of them by a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import null, select, union_all

from governance.feedback.model import Item
from governance.goal_changes.model import Holder, HolderKind
from governance.references.model import Bound
from storage.conversations import Conversations
from storage.dockets import Dockets
from storage.feedback import Feedback, item_from
from storage.goal_changes import GoalChanges
from storage.matter_tables import item_correction, item_matter
from storage.tables import item


class Briefs(Feedback, Dockets, Conversations, GoalChanges):
    """Items that are about to be shown one by one, inside one transaction that only reads."""

    def briefs_ahead(self, items: Sequence[UUID]) -> None:
        """Find all that ``governance.docket.handlers.brief`` asks for of each item."""
        self.ahead("exchanges", items, self.exchanges_of_each, nothing=())
        self.ahead("moves", items, self._moves_of_each, nothing=())
        self.ahead("people_saying", items, self.people_saying_each)
        self.ahead("is_corrected", items, self._corrected_among, nothing=False)
        self.bounds_ahead(items)
        self.asides_ahead(items, date.min)

    def bounds_ahead(self, items: Sequence[UUID]) -> Sequence[Bound]:
        """Find what ``governance.references.binding.links_of`` asks for of each item, and to what
        they are bound."""
        if not self.frozen:
            return ()
        self.kept_ahead(items)
        all_of_them = [*items, *(other.id for one in items for other in self.kept_with(one))]
        found = self.links_ahead(all_of_them)
        self.remappings_ahead(Holder(kind=HolderKind.ITEM, key=str(one)) for one in found)
        bound = self.links_of(found) if found else {}
        return [one for some in bound.values() for one in some]

    def items_ahead(self, items: Sequence[UUID]) -> None:
        """Items and what says the same as they, for whoever asks for them one by one: one
        statement for both."""
        kinds = "item", "kept_with"
        new = [
            one
            for one in dict.fromkeys(items)
            if any((kind, one) not in self.within for kind in kinds)
        ]
        if self.frozen and new:
            found, kept = self._with_what_is_kept(new)
            self.keep("item", new, found)
            self.keep("kept_with", new, kept, nothing=())

    def leads_ahead(self, items: Sequence[UUID]) -> None:
        """Prefetch for ``lead_of``."""
        self.ahead("lead_of", items, self._leads, nothing=None)

    def _leads(self, items: Sequence[UUID]) -> dict[UUID, UUID]:
        of = item_matter.c.item_id, item_matter.c.lead_id
        rows = self.connection.execute(select(*of).where(item_matter.c.item_id.in_(items)))
        return {row.item_id: row.lead_id for row in rows}

    def kept_ahead(self, leads: Sequence[UUID]) -> None:
        self.ahead("kept_with", leads, self._kept_with_each, nothing=())

    def _with_what_is_kept(
        self, items: Sequence[UUID]
    ) -> tuple[dict[UUID, Item], dict[UUID, list[Item]]]:
        """Some items, and of each what is kept with it."""
        lead = item_matter.c.lead_id.label("lead")
        nobody = null().cast(lead.type).label("lead")
        kept = select(item, lead).join(item_matter, item_matter.c.item_id == item.c.id)
        both = union_all(
            select(item, nobody).where(item.c.id.in_(items)),
            kept.where(item_matter.c.lead_id.in_(items)),
        )
        found: dict[UUID, Item] = {}
        of_each: dict[UUID, list[Item]] = {}
        for row in self.connection.execute(both.order_by("received_at", "id")):
            if row.lead is None:
                found[row.id] = item_from(row)
            else:
                of_each.setdefault(row.lead, []).append(item_from(row))
        return found, of_each

    def _kept_with_each(self, leads: Sequence[UUID]) -> dict[UUID, list[Item]]:
        rows = self.connection.execute(
            select(item, item_matter.c.lead_id.label("lead"))
            .join(item_matter, item_matter.c.item_id == item.c.id)
            .where(item_matter.c.lead_id.in_(leads))
            .order_by(item.c.received_at, item.c.id)
        )
        found: dict[UUID, list[Item]] = {}
        for row in rows:
            found.setdefault(row.lead, []).append(item_from(row))
        return found

    def _corrected_among(self, items: Sequence[UUID]) -> dict[UUID, bool]:
        wanted = select(item_correction.c.item_id).where(item_correction.c.item_id.in_(items))
        return dict.fromkeys(self.connection.execute(wanted).scalars(), True)
