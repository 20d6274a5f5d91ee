"""Sentences that other features add to a Board report.

A feature declares ``BOARD_LINES`` in a file of its folder. A report may be public, so a line says
nothing that is meant for fewer people.
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
"""The sentences about a period, as of now."""


def further(store: GovernanceStore, period: Period, now: datetime) -> tuple[Text, ...]:
    district = store.district()
    return tuple(
        in_each_language(district, wording)
        for lines in declared("BOARD_LINES")
        for line in lines
        for wording in line(store, period, now)
    )


def in_each_language(district: District, part: Wording) -> Text:
    """The sentence in every language of the product, to be stored."""
    said = {tag: part(Words(tag, district.timezone)) for tag in ("en", *LANGUAGES)}
    own = base_of(district.locale)
    own = own if own in said else "en"
    default = said.pop(own)
    return Text(default=default, language=own, translations=said)
