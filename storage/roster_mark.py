"""A mark by which it is seen that the roster changed."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from storage.tables import person
from storage.transaction import Transaction

_CHARACTERS = 16


def roster_mark(tx: Transaction) -> str:
    """Short, the same as long as the same people are on the roster, and another one after that.
    It says nothing about them."""
    emails = select(person.c.email).where(person.c.active).order_by(person.c.email)
    mark = hashlib.sha256()
    for email in tx.connection.execute(emails).scalars():
        mark.update(email.encode() + b"\n")
    return mark.hexdigest()[:_CHARACTERS]
