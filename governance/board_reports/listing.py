"""Board reports as a list."""

from __future__ import annotations

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words
from governance import links
from governance.board_reports import wording as report_words
from governance.board_reports.messages import ReportRow, ReportsView

_DRAFT, _ISSUED, _PUBLIC = "drafts", "issued", "public"


def reports_list(words: Words, view: ReportsView) -> ListView:
    say = words.say
    headlines = any(one.headline for one in view.rows)
    headline = Column(key="headline", label=say("Headline"), sorts=False, phone=False)
    return ListView(
        columns=(
            Column(key="title", label=say("Report")),
            Column(key="state", label=say("State")),
            *([headline] if headlines else []),  # no column that is empty
            Column(key="issued", label=say("Issued")),
        ),
        title="title",
        filters=(
            Filter(key="", label=say("All"), always=True),
            Filter(key=_DRAFT, label=say("Drafts")),
            Filter(key=_ISSUED, label=say("Issued")),
            Filter(key=_PUBLIC, label=say("On the public page")),
        ),
        rows=tuple(_row(words, one, headlines=headlines) for one in view.rows),
        empty=say("No report has been issued yet."),
    )


def _row(words: Words, one: ReportRow, *, headlines: bool) -> Row:
    title, issued = report_words.title(words, one.period, one.edition), one.issued_at
    headline = Cell(text=one.headline, language=one.language if one.headline else "")
    kinds = {_DRAFT: issued is None, _ISSUED: issued is not None, _PUBLIC: one.public}
    return Row(
        key=str(one.report_id),
        cells=(
            Cell(text=title, order=title.casefold()),
            _state(words, one),
            *([headline] if headlines else []),
            Cell(text=words.short_day(issued) if issued else "", order=issued),
        ),
        filters=frozenset(("", *(key for key, fits in kinds.items() if fits))),
        searched=f"{title} {one.headline}",
        path=links.board_report("", one.report_id),
    )


def _state(words: Words, one: ReportRow) -> Cell:
    if one.issued_at is None:
        return Cell(text=words.say("Draft"), tone=Tone.PLAIN, order=0)
    if one.replaced:
        return Cell(text=words.say("Replaced"), tone=Tone.PLAIN, order=3)
    if one.public:
        return Cell(text=words.say("On the public page"), tone=Tone.GOOD, order=1)
    return Cell(text=words.say("Issued"), tone=Tone.GOOD, order=2)
