"""The FAQ of a change: showing it, and what who works on the change does with its entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from core.text import Text
from governance.access import Actor, refusal
from governance.access import works_on as works_on_queue
from governance.changes.access import reader_of_change, worker_on_change, works_on
from governance.changes.model import ChangeRecord, ChangeState
from governance.faq.commands import (
    PublishFaqEntry,
    RetireFaqEntry,
    ShowFaq,
    ShowFaqEntry,
    ShowFaqForm,
)
from governance.faq.matching import speaking_of
from governance.faq.messages import FaqEntryView, FaqForm, FaqView
from governance.faq.model import LONGEST_ANSWER, LONGEST_QUESTION, FaqEntry
from governance.faq.subject import about_change, answers_change
from governance.feedback.model import UNREADABLE, Item
from governance.filling import put_back, worded
from governance.languages import base_of, others_than
from governance.messages import Refused
from governance.operations import Fields, Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import NOT_HERE
from governance.rules.searching import in_spanish
from governance.typed import typed
from surveys.messages import Rejected
from surveys.questions import Unfit

_FIRST = re.compile(r"(?:^|(?<=[.!?:] )|(?<=\n))\w+")
"""First words of sentences. In Spanish they are taken for names ("Sí. Todas ..."), so who publishes
an entry is shown them as words that stay."""

_LIMITS = {"question": LONGEST_QUESTION, "answer": LONGEST_ANSWER}


def languages_of(store: GovernanceStore) -> tuple[str, ...]:
    """Those that an entry can be written in: the district's first."""
    own = base_of(store.district().locale)
    return (own, *others_than(own))


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
    store: GovernanceStore, command: ShowFaqEntry | ShowFaqForm | PublishFaqEntry | RetireFaqEntry
) -> FaqEntry | None:
    """An entry of this change, and of no other one."""
    found = store.faq_entry(command.entry_id) if command.entry_id else None
    return found if found and found.change_id == command.change_id else None


# -- writing -----------------------------------------------------------------------------------


def show_form(store: GovernanceStore, actor: Actor, command: ShowFaqForm) -> FaqForm | Refused:
    record, entry = store.change(command.change_id), _entry(store, command)
    if record is None:
        return refusal(NOT_HERE)
    if entry is not None:
        return _form(store, record, entry.id, new=False, words=_words_of(store, entry))
    if command.item_id is None:
        return _form(store, record, command.entry_id or uuid4(), new=True)
    item = store.item(command.item_id)
    queue = item.queue if item else None
    if item is None or queue is None or not works_on_queue(actor, queue):
        return refusal(NOT_HERE)
    if answers_change(store, item, queue) != record.id:
        return refusal(NOT_HERE)
    words = _begun(item, languages_of(store)[0])
    return replace(_form(store, record, uuid4(), new=True, words=words), from_item=True)


def _form(
    store: GovernanceStore,
    record: ChangeRecord,
    entry_id: UUID,
    *,
    new: bool,
    words: Mapping[str, str] | None = None,
) -> FaqForm:
    own, *others = languages_of(store)
    return FaqForm(
        change_id=record.id,
        entry_id=entry_id,
        title=record.words.title,
        new=new,
        language=own,
        others=tuple(others),
        words=words or {},
    )


def _begun(item: Item, own: str) -> dict[str, str]:
    """With what others may read of the question, and its answer, each in its own language."""
    read = item.reading
    asked = "" if read is None or read.unread or read.redacted == UNREADABLE else read.redacted
    return {
        _key("question", asked, own): asked[:LONGEST_QUESTION],
        _key("answer", item.answer or "", own): item.answer or "",
    }


def _key(part: str, said: str, own: str) -> str:
    language = "es" if in_spanish(said) else "en"
    return part if language == own else f"{part}.{language}"


def _words_of(store: GovernanceStore, entry: FaqEntry) -> dict[str, str]:
    own = languages_of(store)[0]
    found = {}
    for part, text in (("question", entry.question), ("answer", entry.answer)):
        for language, said in ((text.language, text.default), *text.translations.items()):
            found[part if base_of(language) == own else f"{part}.{language}"] = said
    return found


def publish(
    store: GovernanceStore, actor: Actor, command: PublishFaqEntry, now: datetime
) -> FaqView | FaqForm | Rejected | Refused:
    """Keep an entry, which staff see at once. No name that was typed stays unseen in it."""
    record, before = store.lock_change(command.change_id), _entry(store, command)
    if record is None:
        return refusal(NOT_HERE)
    languages = languages_of(store)
    said, unfit = _typed(command.words, languages)
    if unfit:
        return Rejected(unfit=unfit)
    stand = list(_words_of(store, before).values()) if before else []
    stand += [one for text in said.values() if in_spanish(text) for one in _FIRST.findall(text)]
    screened = screen(tuple(said.values()), command.put_back, stand)
    if screened.doubt:
        form = _form(store, record, command.entry_id, new=before is None, words=command.words)
        return replace(form, doubt=screened.doubt)
    kept = dict(zip(said, screened.texts, strict=True))
    last = max((one.number for one in store.faq(record.id)), default=0)
    entry = FaqEntry(
        id=command.entry_id,
        change_id=record.id,
        number=before.number if before else last + 1,
        question=_text(kept, "question", languages),
        answer=_text(kept, "answer", languages),
    )
    foreign = store.faq_entry(entry.id)
    if (foreign and foreign.change_id != record.id) or not store.put_faq_entry(entry):
        return refusal(NOT_HERE)
    did = "changed" if before else "published"
    store.audit(actor.person_id, f"answer {did} for everybody", entry.id, now)
    note_returned(store, actor.person_id, screened, entry.id, now)
    return _view(store, actor, record)


def _typed(
    words: Mapping[str, str], languages: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, Unfit]]:
    """Question and answer in each language that has any of them. In one there must be both."""
    said: dict[str, str] = {}
    unfit: dict[str, Unfit] = {}
    for language in languages:
        keys = {part: _in(part, language, languages) for part in _LIMITS}
        given = {key: typed(words.get(key, ""), _LIMITS[part]) for part, key in keys.items()}
        if not any(text for text, _ in given.values()):
            continue
        for key, (text, too_long) in given.items():
            said[key] = text
            if too_long or not text:
                unfit[key] = too_long or Unfit(why="Fill in this field.")
    if not said:
        unfit["question"] = Unfit(why="Fill in this field.")
    return said, unfit


def _in(part: str, language: str, languages: tuple[str, ...]) -> str:
    return part if language == languages[0] else f"{part}.{language}"


def _text(said: Mapping[str, str], part: str, languages: tuple[str, ...]) -> Text:
    """In the district's language, or the first that there is, with the others beside it."""
    there = {one: said[key] for one in languages if (key := _in(part, one, languages)) in said}
    (language, default), *others = there.items()
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


def _filled(command: PublishFaqEntry, fields: Fields) -> PublishFaqEntry:
    words = worded(fields, _LIMITS)
    return replace(command, words=words, put_back=put_back(fields))


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
        command=ShowFaqForm,
        run=lambda store, actor, command, _: show_form(store, actor, command),
        may=worker_on_change,
        in_channel=True,
        reads=True,
        button="faq-form",
        carries=("entry_id", "item_id"),
    ),
    Operation(
        command=PublishFaqEntry,
        run=publish,
        may=worker_on_change,
        in_channel=True,
        button="faq-publish",
        fill=_filled,
        form=lambda command: ShowFaqForm(change_id=command.change_id, entry_id=command.entry_id),
    ),
    Operation(
        command=RetireFaqEntry,
        run=retire,
        may=worker_on_change,
        button="faq-retire",
    ),
)
