"""What the pages about questions on a change show."""

from __future__ import annotations

from governance.faq.commands import ShowFaq, ShowFaqEntry, ShowFaqForm
from tests.bot.samples.faq import faq
from tests.bot.web.examples import HOSTILE

SAID = faq(HOSTILE)
ANSWERS = {
    ShowFaq: SAID["faq"],
    ShowFaqEntry: SAID["faq_entry"],
    ShowFaqForm: SAID["faq_form"],
}
