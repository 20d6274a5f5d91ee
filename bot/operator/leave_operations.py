"""Who is on leave: nothing with a date is asked of them meanwhile."""

from __future__ import annotations

from datetime import date

from bot.app.core import Core
from bot.operator.telling import Arguments, Told
from storage.transaction import Transaction


async def people_leave(core: Core, given: Arguments) -> Told:
    """``email``, ``first``, ``last`` ("2026-11-29"); without days they are back."""
    days = None
    if given.get("first"):
        days = (date.fromisoformat(given["first"]), date.fromisoformat(given["last"]))
        if days[1] < days[0]:
            return Told(lines=("The last day is before the first.",), ok=False)

    def write(tx: Transaction) -> Told:
        person = tx.person_by_email(given["email"])
        if person is None:
            return Told(lines=(f"{given['email']} is not on the staff roster.",), ok=False)
        tx.put_leave(person.id, days)
        said = f"on leave from {days[0]} until {days[1]}" if days else "not on leave"
        tx.audit(None, said, person.id, core.now())
        return Told(lines=(f"{person.name} is {said}.",))

    return await core.store.write(write)
