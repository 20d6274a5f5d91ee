"""What was said anonymously, until its morning; and receipts.

Nothing here says when a row came, or who brought it. What waits lies in the order of a keyed hash;
in the morning all of it is written anew, in random order, and the place where it waited is cleared
whole (decisions 21 and 45).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, text, update

from governance.anonymous.ports import Waiting
from governance.anonymous.receipts import read_code, spelled
from storage.anonymous_tables import anonymous_waiting, receipt
from storage.connection import Connected

_STEP = 1024
"""Bytes to which the size of what waits is rounded up, after a random part of as many."""

_DOOR = 9
"""Characters of the door, with the hyphen in the middle."""
_CHANCE = random.SystemRandom()
_WAITS = UUID(int=0)
"""What waits is bound to no id: it has none yet."""


class Anonymous(Connected):
    """Implements ``governance.anonymous.ports.AnonymousStore``."""

    # -- the door and the code -----------------------------------------------------------------

    def anonymous_doors(self, now: datetime) -> tuple[str, str]:
        before = now.replace(day=1) - timedelta(days=1)
        this, last = (self._hash("anonymous-door", f"{at:%Y-%m}") for at in (now, before))
        return spelled(this)[:_DOOR], spelled(last)[:_DOOR]

    def receipt_code(self, nonce: str, text: str) -> str:
        return spelled(self._hash("receipt-code", f"{nonce} {text}"))

    def _hash(self, purpose: str, of: str) -> bytes:
        return hmac.new(self.vault.key(purpose), of.encode(), hashlib.sha256).digest()

    def _receipt(self, code: str) -> bytes:
        return self._hash("receipt", read_code(code) or "")

    def _once(self, code: str, text: str = "") -> bytes:
        return self._hash("receipt-waiting", f"{read_code(code)} {text}")

    # -- waiting -------------------------------------------------------------------------------

    def keep_waiting(
        self,
        code: str,
        text: str,
        morning: datetime,
        *,
        item_id: UUID | None = None,
        about: str = "",
    ) -> bytes:
        once = self._once(code, text if item_id else "")
        said = {
            "receipt": self._receipt(code).hex(),
            "text": text,
            "item": item_id.hex if item_id else None,
            "about": about,
        }
        plain = json.dumps(said).encode()
        filled = len(plain) + secrets.randbelow(_STEP)
        padded = plain + b" " * (filled - len(plain) + -filled % _STEP)
        self.insert_new(
            anonymous_waiting,
            {
                "once": once,
                "morning": morning,
                "looked": False,
                "encrypted": self.vault.encrypt("anonymous-waiting", _WAITS, padded),
            },
        )
        return once

    def waits_until(self, code: str) -> datetime | None:
        found: datetime | None = self.connection.execute(
            select(anonymous_waiting.c.morning).where(anonymous_waiting.c.once == self._once(code))
        ).scalar()
        return found

    def to_look_at(self, *, most: int = 20) -> Sequence[tuple[bytes, str]]:
        """(once, text) of what waits and was not read for danger yet."""
        rows = self.connection.execute(
            select(anonymous_waiting)
            .where(anonymous_waiting.c.looked.is_(False))
            .order_by(anonymous_waiting.c.once)
            .limit(most)
        )
        return [(row.once, self._waiting(row).text) for row in rows]

    def looked_at(self, once: bytes) -> None:
        self.connection.execute(
            update(anonymous_waiting).where(anonymous_waiting.c.once == once).values(looked=True)
        )

    def is_morning(self, now: datetime) -> bool:
        """Whether something is due to be brought in."""
        due = select(anonymous_waiting.c.once).where(anonymous_waiting.c.morning <= now).limit(1)
        return self.connection.execute(due).first() is not None

    def take_waiting(self, now: datetime, once: bytes | None) -> Sequence[Waiting]:
        taken: list[Row[Any]] = []
        left: list[Row[Any]] = []
        for row in self.connection.execute(select(anonymous_waiting)):
            due = row.morning <= now if once is None else row.once == once
            (taken if due else left).append(row)
        if taken:
            self._clear_but(left)
        _CHANCE.shuffle(taken)
        return [self._waiting(row) for row in taken]

    def _clear_but(self, left: list[Row[Any]]) -> None:
        """Rows that are deleted one by one leave copies behind (decision 21)."""
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(text("TRUNCATE anonymous_waiting"))
        else:
            self.connection.execute(delete(anonymous_waiting))
        if left:
            rows = [dict(row._mapping) for row in left]
            self.connection.execute(anonymous_waiting.insert(), rows)
        self.wants_scrub = True

    def _waiting(self, row: Row[Any]) -> Waiting:
        said = json.loads(self.vault.decrypt("anonymous-waiting", _WAITS, row.encrypted))
        return Waiting(
            receipt=bytes.fromhex(said["receipt"]),
            text=said["text"],
            morning=row.morning,
            item_id=UUID(hex=said["item"]) if said["item"] else None,
            about=said.get("about", ""),
        )

    # -- receipts ------------------------------------------------------------------------------

    def keep_receipt(self, receipt_hash: bytes, item_id: UUID) -> None:
        self.connection.execute(receipt.insert(), {"code": receipt_hash, "item_id": item_id})

    def has_receipt(self, receipt_hash: bytes) -> bool:
        found = select(receipt.c.item_id).where(receipt.c.code == receipt_hash)
        return self.connection.execute(found).first() is not None

    def item_of_receipt(self, code: str) -> UUID | None:
        found: UUID | None = self.connection.execute(
            select(receipt.c.item_id).where(receipt.c.code == self._receipt(code))
        ).scalar()
        return found
