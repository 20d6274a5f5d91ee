"""What the pages about changes show."""

from __future__ import annotations

from collections.abc import Mapping

from governance.announcements.campaign_commands import EditAnnouncement
from governance.changes.commands import (
    PlanMessage,
    ShowCalendar,
    ShowChange,
    ShowPlanned,
    ShowSequence,
    TakeChangeStep,
    TranslateChange,
    WriteChange,
)
from governance.lists.commands import ShowList, ShowLists, WriteList
from governance.messages import Message
from governance.pulses.commands import PlanPulse, ShowReady
from tests.bot.samples.change import changes
from tests.bot.samples.named_list import named_lists
from tests.bot.samples.pulse import pulses
from tests.bot.web.examples import HOSTILE

SAID = changes(HOSTILE) | pulses(HOSTILE)
LISTS = named_lists(HOSTILE)
ANSWERS = {
    ShowCalendar: SAID["change_calendar"],
    ShowChange: SAID["change_of_staff"],
    ShowSequence: SAID["sequence"],
    ShowPlanned: SAID["planned_draft"],
    ShowReady: SAID["ready"],
    ShowLists: LISTS["lists"],
    ShowList: LISTS["list_of_a_group"],
}
OPENS: Mapping[type, Message] = {
    EditAnnouncement: SAID["edit_form"],
    PlanMessage: SAID["plan_form"],
    PlanPulse: SAID["ready_form"],
    WriteList: LISTS["list_form_new"],
    TakeChangeStep: SAID["change_move_form"],
    TranslateChange: SAID["change_translation_form"],
    WriteChange: SAID["change_form"],
}
