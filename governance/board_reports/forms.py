"""What the forms for the period of a Board report, and for a new edition, show beside their
fields."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from core.forms import Label, Opening, Said
from core.words import Words
from governance import links
from governance.board_reports import wording
from governance.board_reports.commands import ShowReport, ShowReports
from governance.board_reports.model import BoardReport
from governance.board_reports.periods import Period, Preset


def period(
    found: BoardReport | None,
    offered: Mapping[Preset, Period],
) -> Opening:
    """``found``: the draft; None: a new report. ``offered``: the presets with their days."""
    label = Said("Change the period" if found else "New report")
    chosen: dict[str, object] = {"preset": Preset.MONTH}
    if found is not None:
        same = [key for key, one in offered.items() if one == found.period]
        own = {"preset": Preset.OWN, "first": found.period.first, "last": found.period.last}
        chosen = {"preset": same[0]} if same else own
    return Opening(
        title=label,
        values=chosen,
        choices={
            "preset": (
                *((key.value, _preset(key, one)) for key, one in offered.items()),
                (Preset.OWN.value, _preset(Preset.OWN)),
            )
        },
        anew=found is None,
        submit=Said("Gather the figures"),
        shows=label,
        leave=links.board_report("", found.id) if found else links.board_reports(""),
        back=ShowReport(report_id=found.id) if found else ShowReports(),
        up=(Said("Board reports"), links.board_reports("")),
    )


def _preset(key: Preset, days: Period | None = None) -> Label:
    def said(words: Words) -> str:
        name = wording.preset(words, key)
        if days is None:
            return name
        return words.say("{preset}: {period}", preset=name, period=wording.days(words, days))

    return said


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
