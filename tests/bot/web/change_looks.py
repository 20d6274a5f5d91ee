"""The pages about changes in each of their states."""

from __future__ import annotations

from governance.changes.commands import ShowCalendar, ShowChange, ShowPlanned, ShowSequence
from governance.lists.commands import ShowLists
from governance.pulses.commands import ShowReady
from tests.bot.samples.change import CHANGE
from tests.bot.web.change_views import LISTS, SAID
from tests.bot.web.examples import NEWS
from tests.bot.web.looking import page

_ONE, _ALL = f"/calendar/{CHANGE}", f"/calendar/{CHANGE}/messages"
_READY = f"{_ONE}/ready"
_MESSAGE = f"{_ALL}/{NEWS}"

CHANGES = (
    page("/calendar"),
    page("/calendar", locale="es"),
    page("/calendar?view=month&month=2026-12"),
    page("/calendar?view=month&month=1999-13"),
    page("/calendar?view=agenda"),
    page("/calendar", (ShowCalendar, SAID["change_calendar_empty"])),
    page(_ONE),
    page(_ONE, locale="es"),
    *(
        page(_ONE, (ShowChange, SAID[name]))
        for name in ("change_to_decide", "change_draft", "change_moved", "change_done")
    ),
    page(_READY),
    page(_READY, locale="es"),
    *(
        page(_READY, (ShowReady, SAID[name]))
        for name in ("ready_before", "ready_not_asked", "ready_not_shown", "ready_not_for_them")
    ),
    page(_ALL),
    page(_ALL, locale="es"),
    page(_ALL, (ShowSequence, SAID["sequence_empty"])),
    page(_ALL, (ShowSequence, SAID["sequence_moved"])),
    page("/lists"),
    page("/lists", (ShowLists, LISTS["lists_empty"])),
    page("/lists/pilots"),
    page(_MESSAGE),
    page(_MESSAGE, (ShowPlanned, SAID["planned_scheduled"])),
    page(_MESSAGE, (ShowPlanned, SAID["planned_sent"])),
    *(
        page(f"/do/{token}")
        for token in (
            f"change-form|{CHANGE}",
            f"change-words-form|{CHANGE}",
            f"ready-form|{CHANGE}",
            f"change-step-form|{CHANGE}|moved",
            f"plan-form|{CHANGE}|{NEWS}",
            f"edit-sent-form|{NEWS}",
            "list-form",
        )
    ),
)
