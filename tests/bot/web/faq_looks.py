"""The pages about questions on a change in each of their states."""

from __future__ import annotations

from governance.changes.commands import ShowChange
from governance.docket.commands import ShowFeedbackForm
from governance.faq.commands import ShowFaq
from governance.forms.commands import Open
from tests.bot.samples.change import CHANGE
from tests.bot.samples.faq import ENTRY
from tests.bot.web.faq_views import SAID
from tests.bot.web.looking import page

_ONE, _ALL = f"/calendar/{CHANGE}", f"/calendar/{CHANGE}/faq"
_FORM = f"/do/faq-form|{CHANGE}|{ENTRY}"

FAQ = (
    page(_ALL),
    page(_ALL, locale="es"),
    *(
        page(_ALL, (ShowFaq, SAID[name]))
        for name in (
            "faq_of_workers",
            "faq_empty",
            "faq_withdrawn",
            "faq_to_search",
            "faq_searched",
        )
    ),
    page(f"{_ALL}/{ENTRY}"),
    page(_FORM),
    page(_FORM, (Open, SAID["faq_form_of_question"])),
    page(_FORM, (Open, SAID["faq_form_doubt"])),
    page(_ONE, (ShowChange, SAID["change_asked"])),
    page(_ONE, (ShowChange, SAID["change_to_answer"])),
    page("/feedback", (ShowFeedbackForm, SAID["faq_answer"])),
    page("/feedback", (ShowFeedbackForm, SAID["faq_answer"]), locale="es"),
    page("/feedback", (ShowFeedbackForm, SAID["faq_answer_hostile"])),
)
