"""The page of something sensitive, which notes who looks at it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from core.people import Person
from governance.committees.model import Office
from tests.attacks.hall import hall
from tests.bot.web.rules.house import browser
from tests.bot.web.test_first_day import MOST_STATEMENTS
from tests.journeys.town import TEACHER


async def test_what_is_sensitive_is_read_once_although_its_opening_is_noted(
    tmp_path: Path,
) -> None:
    seen = list[tuple[str, str]]()

    def heard(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        seen.append((statement, str(parameters)))

    async with hall(tmp_path) as town:
        item = await town.item(TEACHER, "A colleague shouts at students.", "restricted")
        holders = await town.core.store.read(lambda tx: tx.holders(Office.RESTRICTED_READER))
        reader: Person = holders[0]
        async with browser(town, reader.email) as client:
            event.listen(Engine, "after_cursor_execute", heard)
            try:
                page = await client.get(f"/items/{item}")
            finally:
                event.remove(Engine, "after_cursor_execute", heard)
    assert "A colleague shouts at students." in page.text
    reads = Counter(
        one
        for one in seen
        if "FROM kept_from" in one[0] or " FROM item WHERE item.id = ?" in one[0]
    )
    assert reads
    assert max(reads.values()) == 1
    assert len([one for one in seen if not one[0].startswith("BEGIN")]) <= MOST_STATEMENTS
