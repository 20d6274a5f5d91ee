"""Questions about a change, and the answers for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from core.text import text
from governance.changes.messages import ChangeView
from governance.faq import forms
from governance.faq.commands import PublishFaqEntry
from governance.faq.facet import Asking, Questions
from governance.faq.messages import FaqAnswer, FaqEntryView, FaqHelped, FaqView
from governance.faq.model import Asked, FaqEntry
from governance.faq.subject import about_change
from governance.messages import Message, Notice
from governance.redaction.put_back import Doubt, Found, key_of
from surveys.questions import Unfit
from tests.bot.samples.change import CHANGE, changes
from tests.bot.samples.forms import form

ENTRY, ITEM = UUID(int=641), UUID(int=642)
_TITLE = text("New sign-in page", es="Nueva página de inicio")
_PHONE = FaqEntry(
    id=ENTRY,
    change_id=CHANGE,
    number=1,
    question=text("Can I sign in without my phone?", es="¿Puedo iniciar sesión sin mi teléfono?"),
    answer=text("Yes. Use your badge number.", es="Sí. Use el número de su credencial."),
    helped=12,
)
_WORDS = {
    "question": {"": _PHONE.question.default, "es": "¿Puedo iniciar sesión sin mi teléfono?"},
    "answer": {"": _PHONE.answer.default, "es": "Sí. Use el número de su credencial."},
}
_FORM = form(
    PublishFaqEntry(change_id=CHANGE, entry_id=ENTRY),
    forms.entry(CHANGE, ENTRY, _WORDS, language="en"),
)


def faq(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    hostile_one = replace(
        _PHONE, id=UUID(int=643), number=2, question=text(hostile), answer=text(hostile), helped=4
    )
    view = FaqView(
        change_id=CHANGE,
        title=_TITLE,
        about=about_change(CHANGE),
        entries=(_PHONE, hostile_one),
        there=2,
        works=False,
    )
    many = tuple(replace(_PHONE, id=UUID(int=650 + at), number=at) for at in range(12))
    asked = Asked(
        questions=14,
        answered=11,
        waiting=3,
        since=datetime(2026, 11, 12, 15, tzinfo=UTC),
        entries=4,
    )
    found = Questions(change_id=CHANGE, asked=asked, works=True)
    change = cast(ChangeView, changes(hostile)["change_of_staff"])
    notice = cast(Notice, changes(hostile)["notice_edited"])
    asking = Asking(about=about_change(CHANGE))
    return {
        "faq": view,
        "faq_of_workers": replace(view, works=True),
        "faq_empty": replace(view, entries=(), there=0, works=True),
        "faq_withdrawn": replace(view, withdrawn=True),
        "faq_to_search": replace(view, entries=many, there=12),
        "faq_searched": replace(view, entries=(), there=12, query=hostile),
        "faq_entry": FaqEntryView(entry=_PHONE, title=_TITLE),
        "faq_form": _FORM,
        "faq_form_of_question": form(
            PublishFaqEntry(change_id=CHANGE, entry_id=ENTRY, item_id=ITEM),
            forms.entry(
                CHANGE,
                None,
                {
                    "question": {"": "Can [name] sign in without a phone?"},
                    "answer": {"": hostile},
                },
                language="en",
                from_item=True,
            ),
        ),
        "faq_form_doubt": replace(
            _FORM,
            unfit={"answer.es": Unfit(why="Fill in this field.")},
            doubt=Doubt(
                found=(
                    Found(key=key_of("Sí"), words="Sí", kind="PERSON"),
                    Found(key=key_of(hostile), words=hostile, kind="PERSON"),
                ),
                stay=(key_of("Sí"),),
            ),
        ),
        "faq_answer": FaqAnswer(
            item_id=ITEM, title=_TITLE, question=_PHONE.question, answer=_PHONE.answer
        ),
        "faq_answer_hostile": FaqAnswer(
            item_id=ITEM, title=text(hostile), question=text(hostile), answer=text(hostile)
        ),
        "faq_helped": FaqHelped(change_id=CHANGE),
        "faq_helped_before": FaqHelped(change_id=None),
        "change_asked": replace(change, facets=(replace(found, works=False), asking)),
        "change_to_answer": replace(change, works=True, facets=(found, asking)),
        "notice_to_ask_about": replace(notice, about=about_change(CHANGE)),
    }
