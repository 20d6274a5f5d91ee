"""What the form for a new edition of a Board report shows beside its field."""

from __future__ import annotations

from uuid import UUID

from core.forms import Opening, Said
from core.words import Words
from governance import links
from governance.board_reports import wording
from governance.board_reports.commands import ShowReport
from governance.board_reports.periods import Period


def correcting(report: UUID, period: Period) -> Opening:
    def title(words: Words) -> str:
        return wording.title(words, period)

    return Opening(
        title=Said("Correct it in a new edition"),
        above=(title, Said("People can still read the old edition.")),
        submit=Said("Save"),
        shows=Said("Correct it in a new edition"),
        leave=links.board_report("", report),
        back=ShowReport(report_id=report),
        up=(title, links.board_report("", report)),
    )
