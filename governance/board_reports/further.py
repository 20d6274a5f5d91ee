"""What other features add to a Board report, as a sentence each.

A feature declares ``BOARD_LINES`` in a file of its folder. The report knows none of them. A report
may be public: a line says nothing that is released to fewer people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from core.text import Text
from core.words import LANGUAGES, Words
from governance.board_reports.periods import Period
from governance.committees.model import District
from governance.features import declared
from governance.languages import base_of
from governance.ports import GovernanceStore

Wording = Callable[[Words], str]

BoardLine = Callable[[GovernanceStore, Period, datetime], Iterable[Wording]]
"""The sentences about a period, as things stand now."""


def further(store: GovernanceStore, period: Period, now: datetime) -> tuple[Text, ...]:
    lines: Iterable[BoardLine] = (
        one for of_feature in declared("BOARD_LINES") for one in of_feature
    )
    district = store.district()
    return tuple(
        in_each_language(district, one) for line in lines for one in line(store, period, now)
    )


def in_each_language(district: District, part: Wording) -> Text:
    """What is kept as it was said, in every language that we speak."""
    said = {tag: part(Words(tag, district.timezone)) for tag in ("en", *LANGUAGES)}
    own = base_of(district.locale)
    own = own if own in said else "en"
    default = said.pop(own)
    return Text(default=default, language=own, translations=said)
