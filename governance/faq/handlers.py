"""The FAQ of a change: showing it, and what who works on the change does with its entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from core.forms import FILL_IN, Opening
from core.text import Text
from governance.access import Actor, refusal
from governance.access import works_on as works_on_queue
from governance.changes.access import reader_of_change, worker_on_change, works_on
from governance.changes.model import ChangeRecord, ChangeState
from governance.faq import forms
from governance.faq.commands import (
    PublishFaqEntry,
    RetireFaqEntry,
    ShowFaq,
    ShowFaqEntry,
)
from governance.faq.matching import speaking_of
from governance.faq.messages import FaqEntryView, FaqView
from governance.faq.model import LONGEST_QUESTION, FaqEntry
from governance.faq.subject import about_change, answers_change
from governance.feedback.model import UNREADABLE, Item
from governance.forms.checking import key_of
from governance.forms.messages import FormView, again
from governance.languages import base_of, said_in
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import NOT_HERE
from governance.rules.searching import in_spanish
from surveys.questions import Unfit

_FIRST = re.compile(r"(?:^|(?<=[.!?:] )|(?<=\n))\w+")
"""First words of sentences. In Spanish they are taken for names ("Sí. Todas ..."), so who publishes
an entry is shown them as words that stay."""

# -- showing -----------------------------------------------------------------------------------


def show(store: GovernanceStore, actor: Actor, command: ShowFaq) -> FaqView | Refused:
    record = store.change(command.change_id)
    if record is None:
        return refusal(NOT_HERE)
    return _view(store, actor, record, command.query)


def _view(store: GovernanceStore, actor: Actor, record: ChangeRecord, query: str = "") -> FaqView:
    entries, asked = store.faq(record.id), query.strip()[:LONGEST_QUESTION]
    return FaqView(
        change_id=record.id,
        title=record.words.title,
        about=about_change(record.id) if record.shown else "",
        entries=tuple(speaking_of(asked, entries) if asked else entries),
        there=len(entries),
        works=works_on(actor, record),
        withdrawn=record.state is ChangeState.WITHDRAWN,
        query=asked,
    )


def show_entry(store: GovernanceStore, command: ShowFaqEntry) -> FaqEntryView | Refused:
    record, entry = store.change(command.change_id), _entry(store, command)
    if record is None or entry is None:
        return refusal(NOT_HERE)
    return FaqEntryView(entry=entry, title=record.words.title)


def _entry(
    store: GovernanceStore, command: ShowFaqEntry | PublishFaqEntry | RetireFaqEntry
) -> FaqEntry | None:
    """An entry of this change, and of no other one."""
    found = store.faq_entry(command.entry_id) if command.entry_id else None
    return found if found and found.change_id == command.change_id else None


# -- writing -----------------------------------------------------------------------------------


def open_entry(
    store: GovernanceStore, actor: Actor, command: PublishFaqEntry, _: datetime
) -> Opening | Refused:
    record, entry = store.change(command.change_id), _entry(store, command)
    if record is None:
        return refusal(NOT_HERE)
    own = _own(store)
    if entry is not None:
        return forms.entry(record.id, entry.id, _words_of(entry, own), language=own)
    if command.item_id is None:
        return forms.entry(record.id, None, {}, language=own)
    item = store.item(command.item_id)
    queue = item.queue if item else None
    if item is None or queue is None or not works_on_queue(actor, queue):
        return refusal(NOT_HERE)
    if answers_change(store, item, queue) != record.id:
        return refusal(NOT_HERE)
    return forms.entry(record.id, None, _begun(item, own), language=own, from_item=True)


def _own(store: GovernanceStore) -> str:
    return base_of(store.district().locale)


def _begun(item: Item, own: str) -> dict[str, dict[str, str]]:
    """With what others may read of the question, and its answer, each in its own language."""
    read = item.reading
    asked = "" if read is None or read.unread or read.redacted == UNREADABLE else read.redacted
    return {
        "question": {_tag(asked, own): asked[:LONGEST_QUESTION]},
        "answer": {_tag(item.answer or "", own): item.answer or ""},
    }


def _tag(said: str, own: str) -> str:
    language = "es" if in_spanish(said) else "en"
    return "" if language == own else language


def _words_of(entry: FaqEntry, own: str) -> dict[str, dict[str, str]]:
    return {"question": said_in(entry.question, own), "answer": said_in(entry.answer, own)}


def unfit_entry(
    _: GovernanceStore, __: Actor, command: PublishFaqEntry, ___: datetime
) -> dict[str, Unfit]:
    """In one language there must be both."""
    typed = _typed(command)
    if not typed:
        return {"question": Unfit(why=FILL_IN)}
    return {
        key_of(part, tag): Unfit(why=FILL_IN)
        for tag, both in typed.items()
        for part, said in zip(("question", "answer"), both, strict=True)
        if not said
    }


def _typed(command: PublishFaqEntry) -> dict[str, tuple[str, str]]:
    """Question and answer in each language that has any of them."""
    tags = dict.fromkeys((*command.question, *command.answer))
    both = {tag: (command.question.get(tag, ""), command.answer.get(tag, "")) for tag in tags}
    return {tag: one for tag, one in both.items() if any(one)}


def publish(
    store: GovernanceStore, actor: Actor, command: PublishFaqEntry, now: datetime
) -> FaqView | FormView | Refused:
    """Keep an entry, which staff see at once. No name that was typed stays unseen in it."""
    record, before = store.lock_change(command.change_id), _entry(store, command)
    if record is None:
        return refusal(NOT_HERE)
    typed, own = _typed(command), _own(store)
    said = [text for both in typed.values() for text in both]
    stand: list[str] = []
    if before is not None:
        stand = [one for texts in _words_of(before, own).values() for one in texts.values()]
    stand += [one for text in said if in_spanish(text) for one in _FIRST.findall(text)]
    screened = screen(tuple(said), command.put_back, stand)
    if screened.doubt:
        opening = open_entry(store, actor, command, now)
        if isinstance(opening, Refused):
            return opening
        return again(command, opening, doubt=screened.doubt)
    tags = [tag or own for tag in typed]
    last = max((one.number for one in store.faq(record.id)), default=0)
    entry = FaqEntry(
        id=command.entry_id or uuid4(),
        change_id=record.id,
        number=before.number if before else last + 1,
        question=_text(dict(zip(tags, screened.texts[::2], strict=True))),
        answer=_text(dict(zip(tags, screened.texts[1::2], strict=True))),
    )
    foreign = store.faq_entry(entry.id)
    if (foreign and foreign.change_id != record.id) or not store.put_faq_entry(entry):
        return refusal(NOT_HERE)
    did = "changed" if before else "published"
    store.audit(actor.person_id, f"answer {did} for everybody", entry.id, now)
    note_returned(store, actor.person_id, screened, entry.id, now)
    return _view(store, actor, record)


def _text(said: Mapping[str, str]) -> Text:
    """In the district's language, or the first that there is, with the others beside it."""
    (language, default), *others = said.items()
    return Text(default=default, translations=dict(others), language=language)


def retire(
    store: GovernanceStore, actor: Actor, command: RetireFaqEntry, now: datetime
) -> FaqView | Refused:
    record, entry = store.lock_change(command.change_id), _entry(store, command)
    if record is None:
        return refusal(NOT_HERE)
    if entry is not None:
        store.retire_faq_entry(entry.id)
        store.audit(actor.person_id, "answer for everybody retired", entry.id, now)
    return _view(store, actor, record)


# -- operations --------------------------------------------------------------------------------


OPERATIONS: Operations = (
    Operation(
        command=ShowFaq,
        run=lambda store, actor, command, _: show(store, actor, command),
        may=reader_of_change,
        reads=True,
        button="faq",
        takes=("query",),
    ),
    Operation(
        command=ShowFaqEntry,
        run=lambda store, _, command, __: show_entry(store, command),
        may=worker_on_change,
        reads=True,
        button="faq-entry",
    ),
    Operation(
        command=PublishFaqEntry,
        run=publish,
        may=worker_on_change,
        in_channel=True,
        button="faq-publish",
        carries=("entry_id", "item_id"),
        form_button="faq-form",
        opens=open_entry,
        fits=unfit_entry,
    ),
    Operation(
        command=RetireFaqEntry,
        run=retire,
        may=worker_on_change,
        button="faq-retire",
    ),
)
