"""A question about a change, from being asked to being answered for everybody; and what is shown
to whoever asks it again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from bot.jobs import reading_district
from bot.jobs.reading_district import DistrictReader
from bot.registry import encode
from core.commands import Command
from core.words import Words
from governance.anonymous.commands import ShowAnonymousForm
from governance.changes.commands import ShowChange
from governance.changes.facets import drawn
from governance.changes.model import ChangeStep
from governance.chat.model import Converse, Intent, PassOn
from governance.docket.commands import AnswerItem, FileReading, GiveFeedback, ShowItem
from governance.duplicates.model import Alike
from governance.faq.commands import (
    CountHelped,
    PublishFaqEntry,
    RetireFaqEntry,
    ShowFaq,
    ShowFaqEntry,
)
from governance.faq.messages import FaqAnswer, FaqEntryView, FaqHelped, FaqView
from governance.faq.subject import about_change
from governance.feedback.model import Destination, Naming, Span, Urgency
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Brief, FeedbackReceived, Refused, Told
from governance.redaction.put_back import PutBack
from tests.attacks.hall import Hall, hall, reading
from tests.governance.announcements.test_campaigning import rows
from tests.governance.changes.test_process import approved, drafted, take
from tests.governance.rules.test_asking_by_meaning import Room
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person

ASKED = "Can I sign in without my phone?"
AGAIN = "Is there a way to sign in if I do not have my phone with me?"
OTHERWISE = "Will the attendance screen look the same?"
ANSWER = "Yes. Use your badge number."
WORDS = {
    "question": ASKED,
    "answer": ANSWER,
    "question.es": "¿Puedo iniciar sesión sin mi teléfono?",
    "answer.es": "Sí. Use el número de su credencial.",
}
DE_NUEVO = "¿Se puede iniciar sesión sin teléfono?"


def in_languages(words: dict[str, str]) -> dict[str, dict[str, str]]:
    """The fields of a command: each text by language."""
    found: dict[str, dict[str, str]] = {"question": {}, "answer": {}}
    for key, one in words.items():
        name, _, tag = key.partition(".")
        found[name][tag] = one
    return found


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hall]:
    """With a reader that knows what texts mean."""
    async with hall(tmp_path) as found:
        monkeypatch.setattr(reading_district, "ReadingRoom", lambda *_: Room())
        reader = DistrictReader(found.core.store)
        await reader._open()
        found.core.ears.meaning = reader.meaning
        found.reader = reader  # type: ignore[attr-defined]
        yield found


async def ask(
    town: Hall,
    change: UUID,
    said: str,
    who: str = TEACHER,
    item: UUID | None = None,
    naming: Naming = Naming.WITHHELD,
) -> Any:
    asked = GiveFeedback(
        item_id=item or uuid4(), text=said, about=about_change(change), naming=naming
    )
    return await town.ask(who, asked)


async def read(town: Hall, item: UUID, said: str, **more: Any) -> None:
    """The reader's turn. It routes elsewhere: the change's committee gets it all the same."""
    made = replace(reading(said, "devices"), **more)
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=made))


async def entry(town: Hall, change: UUID, words: dict[str, str] | None = None) -> UUID:
    """A published entry whose meaning is known."""
    entry = uuid4()
    await entry_again(town, change, entry, words or WORDS)
    return entry


async def helped(town: Hall, entry: UUID) -> int:
    found = await town.core.store.read(lambda tx: tx.faq_entry(entry))
    assert found
    return found.helped


async def held(town: Hall) -> int:
    rows = text("select count(*) from held_words")
    return await town.core.store.read(lambda tx: tx.connection.execute(rows).scalar_one())


async def lines(town: Hall, who: str, change: UUID) -> list[tuple[str, str]]:
    """What the change's page says of questions, and what to do next."""
    view = await town.ask(who, ShowChange(change_id=change))
    found = drawn(Words("en", "America/Chicago"), view.facets)
    return [(one.said, one.todo) for one in found if one.name == "Questions"]


async def presses(town: Hall, who: str, change: UUID) -> set[str]:
    view = await town.ask(who, ShowChange(change_id=change))
    found = drawn(Words("en", "America/Chicago"), view.facets)
    return {one.press.label for one in found if one.press}


async def test_a_question_becomes_the_answer_for_all(town: Hall) -> None:
    change = await approved(town)
    assert await presses(town, TEACHER, change) == {"Ask about this change"}
    assert await lines(town, TEACHER, change) == []
    item = uuid4()
    asked = await ask(town, change, ASKED, item=item)
    assert isinstance(asked, FeedbackReceived)
    assert asked.named
    assert asked.named.name.default == "New sign-in page"
    await read(town, item, ASKED)
    assert (await town.stored(item)).queue == "network"
    assert await lines(town, CHAIR, change) == [
        (
            "1 question, 0 answered, 0 in the FAQ",
            "1 question has been waiting for an answer since Monday, October 5.",
        )
    ]
    assert await lines(town, TEACHER, change) == [("1 question, 0 answered, 0 in the FAQ", "")]

    brief = await town.ask(CHAIR, AnswerItem(item_id=item, text=ANSWER))
    assert isinstance(brief, Brief)
    assert brief.answers_change == change
    form = await town.ask(CHAIR, Open(of=PublishFaqEntry(change_id=change, item_id=item)))
    assert isinstance(form, FormView)
    assert form.values == {"question": {"": ASKED}, "answer": {"": ANSWER}}
    kept = replace(form.of, **in_languages(WORDS))
    assert isinstance(await town.ask(CHAIR, kept), FaqView)
    await town.ask(CHAIR, kept)  # handed in twice
    view = await town.ask(OFFICE, ShowFaq(change_id=change))
    assert [one.question.default for one in view.entries] == [ASKED]
    assert await lines(town, TEACHER, change) == [("1 question, 1 answered, 1 in the FAQ", "")]
    assert await presses(town, TEACHER, change) == {
        "Ask about this change",
        "Questions and answers",
    }


async def test_whoever_asks_again_is_answered_at_once_and_sends_nothing(town: Hall) -> None:
    change = await approved(town)
    found, item = await entry(town, change), uuid4()
    answer = await ask(town, change, AGAIN, OFFICE, item)
    assert isinstance(answer, FaqAnswer)
    assert (answer.question.default, answer.answer.default) == (ASKED, ANSWER)
    assert await held(town) == 1
    thanks = await town.ask(OFFICE, CountHelped(item_id=item))
    assert isinstance(thanks, FaqHelped)
    await town.ask(OFFICE, CountHelped(item_id=item))  # pressed twice
    assert (await held(town), await helped(town, found)) == (0, 1)
    assert await town.core.store.read(lambda tx: tx.item(item)) is None
    assert isinstance(await town.ask(OFFICE, PassOn(item_id=item)), Refused)


async def test_what_did_not_help_is_sent_as_it_was_asked(town: Hall) -> None:
    change = await approved(town)
    found, item = await entry(town, change), uuid4()
    assert isinstance(await ask(town, change, AGAIN, item=item, naming=Naming.NAMED), FaqAnswer)
    sent = await town.ask(TEACHER, PassOn(item_id=item))
    assert isinstance(sent, FeedbackReceived)
    assert sent.named
    assert sent.naming is Naming.NAMED
    kept = await town.core.store.read(lambda tx: (tx.item(item), tx.original(item)))
    assert kept[0]
    assert (kept[0].about, kept[0].naming) == (about_change(change), Naming.NAMED)
    assert kept[1] == AGAIN
    assert (await held(town), await helped(town, found)) == (0, 0)
    after = await town.ask(TEACHER, CountHelped(item_id=item))  # the other button, afterwards
    assert isinstance(after, FeedbackReceived)
    assert await helped(town, found) == 0
    again = await ask(town, change, AGAIN, item=item)  # the same form once more
    assert isinstance(again, FeedbackReceived)


async def test_nobody_else_presses_for_who_asked(town: Hall) -> None:
    change = await approved(town)
    found, item = await entry(town, change), uuid4()
    await ask(town, change, AGAIN, item=item)
    await town.ask(OFFICE, CountHelped(item_id=item))
    assert isinstance(await town.ask(OFFICE, PassOn(item_id=item)), Refused)
    assert (await held(town), await helped(town, found)) == (1, 0)


@pytest.mark.parametrize(("intent", "counted"), [(Intent.YES, 1), (Intent.NO, 0)])
async def test_yes_and_no_can_be_typed(town: Hall, intent: Intent, counted: int) -> None:
    change = await approved(town)
    found, item = await entry(town, change), uuid4()
    await ask(town, change, AGAIN, item=item)
    said = await town.ask(TEACHER, Converse(intent=intent, plain=True))
    assert type(said) is (FaqHelped if counted else FeedbackReceived)
    assert (await held(town), await helped(town, found)) == (0, counted)


async def test_other_words_in_the_same_form_are_those_that_are_sent(town: Hall) -> None:
    change = await approved(town)
    await entry(town, change)
    item = uuid4()
    await ask(town, change, AGAIN, item=item)
    await ask(town, change, ASKED, item=item)
    await town.ask(TEACHER, PassOn(item_id=item))
    assert await town.core.store.read(lambda tx: tx.original(item)) == ASKED


async def test_in_spanish_the_words_decide(town: Hall) -> None:
    change = await approved(town)
    await entry(town, change)
    answer = await ask(town, change, DE_NUEVO)
    assert isinstance(answer, FaqAnswer)
    assert answer.answer.default == WORDS["answer.es"]
    assert answer.answer.language == "es"
    other = await ask(town, change, "¿La pantalla de asistencia se verá igual?")
    assert isinstance(other, FeedbackReceived)


async def test_a_spanish_question_is_answered_in_spanish_alone(town: Hall) -> None:
    change = await approved(town)
    await entry(town, change, {key: WORDS[key] for key in ("question.es", "answer.es")})
    (only,) = (await town.ask(TEACHER, ShowFaq(change_id=change))).entries
    assert (only.question.language, only.question.translations) == ("es", {})
    assert isinstance(await ask(town, change, DE_NUEVO), FaqAnswer)
    assert isinstance(await ask(town, change, AGAIN), FeedbackReceived)


@pytest.mark.parametrize(
    "said",
    [
        OTHERWISE,
        AGAIN + " " + "I keep forgetting it in the car. " * 10,
        "A student said he will bring a gun and I cannot sign in without my phone.",
    ],
)
async def test_what_no_entry_surely_answers_is_sent(town: Hall, said: str) -> None:
    change = await approved(town)
    await entry(town, change)
    assert isinstance(await ask(town, change, said), FeedbackReceived | Told)
    assert await held(town) == 0


async def test_danger_that_the_reader_finds_is_not_held_up(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def glance(_: str) -> tuple[Urgency, ...]:
        return (Urgency.SAFETY,)

    change = await approved(town)
    await entry(town, change)
    monkeypatch.setattr(town.core.ears, "glance", glance)
    said = await ask(town, change, AGAIN)
    assert isinstance(said, Told)
    assert await held(town) == 0


async def test_where_the_reader_cannot_tell_the_question_is_sent(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_: str) -> None:
        return None

    change = await approved(town)
    await entry(town, change)
    monkeypatch.setattr(town.core.ears, "meaning", away)
    assert isinstance(await ask(town, change, ASKED), FeedbackReceived)


async def test_an_entry_is_edited_and_retired(town: Hall) -> None:
    change = await approved(town)
    found = await entry(town, change)
    await ask(town, change, AGAIN, item=(item := uuid4()))
    await town.ask(TEACHER, CountHelped(item_id=item))
    form = await town.ask(CHAIR, Open(of=PublishFaqEntry(change_id=change, entry_id=found)))
    assert isinstance(form, FormView)
    assert form.values == in_languages(WORDS)
    await entry_again(town, change, found, WORDS | {"answer": "Yes, with your badge."})
    (edited,) = (await town.ask(TEACHER, ShowFaq(change_id=change))).entries
    assert (edited.answer.default, edited.helped) == ("Yes, with your badge.", 1)
    assert isinstance(await ask(town, change, AGAIN), FaqAnswer)
    await town.ask(CHAIR, RetireFaqEntry(change_id=change, entry_id=found))
    assert (await town.ask(TEACHER, ShowFaq(change_id=change))).entries == ()
    assert isinstance(await ask(town, change, AGAIN), FeedbackReceived)
    back = await town.ask(
        CHAIR, PublishFaqEntry(change_id=change, entry_id=found, **in_languages(WORDS))
    )
    assert isinstance(back, Refused)


def published(change: UUID, entry: UUID, words: dict[str, str]) -> PublishFaqEntry:
    """As a form hands it in the first time."""
    return PublishFaqEntry(
        change_id=change, entry_id=entry, put_back=PutBack(seen=""), **in_languages(words)
    )


async def entry_again(town: Hall, change: UUID, entry: UUID, words: dict[str, str]) -> None:
    kept = published(change, entry, words)
    form = await town.ask(CHAIR, kept)
    if isinstance(form, FormView):  # "Sí" is taken for a name, and stays
        assert form.doubt
        stays = PutBack(keys=form.doubt.stay, seen=form.doubt.seen)
        form = await town.ask(CHAIR, replace(kept, put_back=stays))
    assert isinstance(form, FaqView), form
    await town.reader.read_faq()  # type: ignore[attr-defined]


async def test_what_does_not_fit_is_said(town: Hall) -> None:
    change = await approved(town)

    async def why(words: dict[str, str]) -> set[str]:
        kept = PublishFaqEntry(change_id=change, entry_id=uuid4(), **in_languages(words))
        said = await town.ask(CHAIR, kept)
        assert isinstance(said, FormView)
        return set(said.unfit)

    assert await why({}) == {"question"}
    assert await why({"question": ASKED}) == {"answer"}
    assert await why({"question": ASKED, "answer": ANSWER, "answer.es": "Sí."}) == {"question.es"}
    assert await why({"question": "x" * 301, "answer": ANSWER}) == {"question"}


async def test_no_name_gets_into_an_entry_unseen(town: Hall) -> None:
    change = await approved(town)
    words = {"question": "Does Mrs. Kowalczyk get a badge?", "answer": ANSWER}
    kept = PublishFaqEntry(
        change_id=change, entry_id=uuid4(), put_back=PutBack(seen=""), **in_languages(words)
    )
    form = await town.ask(CHAIR, kept)
    assert isinstance(form, FormView)
    assert form.doubt
    assert [one.words for one in form.doubt.found] == ["Kowalczyk"]


async def test_the_form_begins_with_what_others_may_read(town: Hall) -> None:
    change, item = await approved(town), uuid4()
    said = "Can Priscilla Vandermolen sign in without her phone?"
    await ask(town, change, said, item=item, naming=Naming.NAMED)
    await read(
        town,
        item,
        said,
        redacted="Can [name] sign in without her phone?",
        spans=(Span(start=4, end=25, kind="PERSON"),),
    )
    await town.ask(CHAIR, AnswerItem(item_id=item, text=ANSWER))
    form = await town.ask(CHAIR, Open(of=PublishFaqEntry(change_id=change, item_id=item)))
    assert isinstance(form, FormView)
    assert form.values["question"][""] == "Can [name] sign in without her phone?"
    assert "Priscilla" not in str(form)


async def test_what_is_sensitive_is_no_question_about_a_change(town: Hall) -> None:
    change, item = await approved(town), uuid4()
    await ask(town, change, "My principal harasses me over the new page.", item=item)
    await read(town, item, "…", destination=Destination.RESTRICTED, committees=())
    assert (await town.stored(item)).queue == "restricted"
    assert await lines(town, CHAIR, change) == [("0 questions, 0 answered, 0 in the FAQ", "")]
    brief = await town.ask(ISO, ShowItem(item_id=item))
    if isinstance(brief, Brief):
        assert brief.answers_change is None
    form = await town.ask(CHAIR, Open(of=PublishFaqEntry(change_id=change, item_id=item)))
    assert isinstance(form, Refused)


async def test_an_entry_tells_nothing_of_who_asked_or_when(town: Hall) -> None:
    """Not even to who has the database: what is kept of an entry is its words and a count."""
    change, item = await approved(town), uuid4()
    await ask(town, change, ASKED, item=item, naming=Naming.NAMED)
    await read(town, item, ASKED)
    await town.ask(CHAIR, AnswerItem(item_id=item, text=ANSWER))
    form = await town.ask(CHAIR, Open(of=PublishFaqEntry(change_id=change, item_id=item)))
    await entry_again(town, change, form.of.entry_id, WORDS)
    await ask(town, change, AGAIN, OFFICE, again := uuid4())
    await town.ask(OFFICE, CountHelped(item_id=again))
    rows = text("select * from faq_entry")
    (row,) = await town.core.store.read(lambda tx: list(tx.connection.execute(rows).mappings()))
    assert set(row) == {"id", "change_id", "number", "words", "helped", "retired", "vectors"}
    asker = (await town.stored(item)).author
    assert asker
    assert str(asker) not in str(row)


async def test_of_a_change_that_staff_do_not_see_there_is_no_faq(town: Hall) -> None:
    change = await drafted(town)
    await town.ask(CTO, PublishFaqEntry(change_id=change, entry_id=uuid4(), **in_languages(WORDS)))
    assert isinstance(await town.ask(CTO, ShowFaq(change_id=change)), FaqView)
    for command in (ShowFaq(change_id=change), Open(of=PublishFaqEntry(change_id=change))):
        assert isinstance(await town.ask(TEACHER, command), Refused)
    item = uuid4()
    asked = await ask(town, change, ASKED, item=item)
    assert isinstance(asked, FeedbackReceived)
    assert asked.named is None, "it is feedback like any other, and tells nothing of the change"
    kept = await town.core.store.read(lambda tx: tx.item(item))
    assert kept
    assert kept.about == ""


async def test_of_a_withdrawn_change_nobody_is_answered_by_itself(town: Hall) -> None:
    change = await approved(town)
    await entry(town, change)
    await take(town, CTO, change, ChangeStep.WITHDRAWN, "No money.")
    asked = await ask(town, change, AGAIN)
    assert isinstance(asked, FeedbackReceived)
    assert asked.named
    assert asked.named.note
    view = await town.ask(TEACHER, ShowFaq(change_id=change))
    assert view.withdrawn
    assert view.entries
    assert await presses(town, TEACHER, change) == {"Questions and answers"}


async def test_a_change_that_no_committee_oversees_is_asked_of_the_cto(town: Hall) -> None:
    change = await drafted(town, committee="")
    await take(town, CTO, change, ChangeStep.PROPOSED)
    item = uuid4()
    asked = GiveFeedback(item_id=item, text=ASKED, about=about_change(change))
    await town.ask(CTO, asked)
    await read(town, item, ASKED)
    assert (await town.stored(item)).queue == "cto-desk"


async def test_a_question_that_names_who_would_read_it_goes_elsewhere(town: Hall) -> None:
    change, item = await approved(town), uuid4()
    chair = await person(town.core, CHAIR)
    said = f"Why does {chair.name} get a badge first?"
    await ask(town, change, said, item=item)
    await read(town, item, said)
    assert (await town.stored(item)).queue == "triage"


async def test_who_asks_the_same_while_it_waits_hears_the_same_answer(town: Hall) -> None:
    change, other = await approved(town), await approved(town)
    items = [uuid4() for _ in range(3)]
    for one, item in zip((change, change, other), items, strict=True):
        await ask(town, one, ASKED, OFFICE if item == items[1] else TEACHER, item)
        alike = Alike(vector=b"1" * 384, lead=items[0])
        made = FileReading(item_id=item, reading=reading(ASKED, "network"), alike=alike)
        await town.core.dispatch.by_itself(made)
    leads = await town.core.store.read(lambda tx: [tx.lead_of(one) for one in items])
    assert leads == [None, items[0], None], "of another change it is a question of its own"
    await town.ask(CHAIR, AnswerItem(item_id=items[0], text=ANSWER))
    assert await lines(town, TEACHER, change) == [("2 questions, 2 answered, 0 in the FAQ", "")]
    assert set(await rows(town, "told-answered")) == {TEACHER, OFFICE}


async def test_an_approved_change_can_be_asked_about_anonymously(town: Hall) -> None:
    draft, change = await drafted(town), await approved(town)
    door = await town.core.store.read(lambda tx: tx.anonymous_doors(town.clock())[0])
    for one, named in ((draft, False), (change, True)):
        shows = ShowAnonymousForm(door=door, about=about_change(one))
        form = (await town.core.dispatch.unsigned(shows)).message
        assert (form.named is not None) is named


async def test_an_entry_is_of_its_own_change(town: Hall) -> None:
    change, other = await approved(town), await approved(town)
    found = await entry(town, change)
    for command in (
        ShowFaqEntry(change_id=other, entry_id=found),
        PublishFaqEntry(change_id=other, entry_id=found, **in_languages(WORDS | {"answer": "No."})),
    ):
        assert isinstance(await town.ask(CHAIR, command), Refused)
    await town.ask(CHAIR, RetireFaqEntry(change_id=other, entry_id=found))
    shown = await town.ask(CHAIR, ShowFaqEntry(change_id=change, entry_id=found))
    assert isinstance(shown, FaqEntryView)
    assert shown.entry.answer.default == ANSWER


async def test_entries_are_searched_by_their_words(town: Hall) -> None:
    change = await approved(town)
    await entry(town, change)
    await entry(town, change, {"question": "Do printers work?", "answer": "Yes, as before."})
    found = await town.ask(TEACHER, ShowFaq(change_id=change, query="printer"))
    assert [one.question.default for one in found.entries] == ["Do printers work?"]
    assert (await town.ask(TEACHER, ShowFaq(change_id=change, query="credencial"))).entries
    assert not (await town.ask(TEACHER, ShowFaq(change_id=change, query="gym"))).entries


def test_a_button_carries_no_words() -> None:
    change, item = UUID(int=1), UUID(int=2)
    tokens: list[tuple[Command, str]] = [
        (CountHelped(item_id=item), f"faq-helped|{item}"),
        (ShowFaq(change_id=change, query="words"), f"faq|{change}"),
        (Open(of=PublishFaqEntry(change_id=change, item_id=item)), f"faq-form|{change}||{item}"),
    ]
    for command, token in tokens:
        assert encode(command) == token
