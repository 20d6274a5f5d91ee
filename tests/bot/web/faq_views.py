"""What the pages about questions on a change show."""

from __future__ import annotations

from collections.abc import Mapping

from governance.faq.commands import PublishFaqEntry, ShowFaq, ShowFaqEntry
from governance.messages import Message
from tests.bot.samples.faq import faq
from tests.bot.web.examples import HOSTILE

SAID = faq(HOSTILE)
ANSWERS = {
    ShowFaq: SAID["faq"],
    ShowFaqEntry: SAID["faq_entry"],
}
OPENS: Mapping[type, Message] = {PublishFaqEntry: SAID["faq_form"]}
