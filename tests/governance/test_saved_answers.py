"""A committee keeps answers by a title, and fills the form to answer with one of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.cards import card_of
from core.words import Words
from governance.docket.commands import AnswerItem, FillAnswer, MoveItem, ShowAnswerForm, ShowItem
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import AnswerForm, Brief, Refused
from governance.redaction.commands import RemoveStudentData
from governance.redaction.put_back import PutBack
from governance.saved_answers.cards import saving
from governance.saved_answers.commands import (
    DropSavedAnswer,
    ShowSavedAnswers,
    WriteSavedAnswer,
)
from governance.saved_answers.model import SavedAnswersView
from storage.ledger_tables import audit
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, TEACHER, example

SAID = "The wifi in the portables drops every afternoon."
TEXT = "New access points arrive this month. We will tell you the day."


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def of_network() -> str:
    committee = example().district.committee("network")
    assert committee is not None
    return committee.members[0]


def of_another() -> str:
    mine = example().district.committee("network")
    assert mine is not None
    ours = {mine.chair, mine.deputy, *mine.members}
    return next(
        one.chair
        for one in example().district.committees
        if one.key != "network" and one.chair not in ours
    )


async def kept(town: Hall, *, title: str = "Portables", text: str = TEXT) -> UUID:
    answer_id = uuid4()
    write = WriteSavedAnswer(queue="network", answer_id=answer_id, title=title, text=text)
    view = await town.ask(CHAIR, write)
    assert isinstance(view, SavedAnswersView), view
    return answer_id


async def titles(town: Hall) -> list[str]:
    view = await town.ask(CHAIR, ShowSavedAnswers(queue="network"))
    assert isinstance(view, SavedAnswersView)
    return [one.title for one in view.answers]


async def test_a_saved_answer_fills_the_form_and_keeps_what_was_typed(town: Hall) -> None:
    item, one = await town.item(TEACHER, SAID), await kept(town)
    form = await town.ask(of_network(), ShowAnswerForm(item_id=item))
    assert isinstance(form, AnswerForm)
    assert form.answers == ((str(one), "Portables"),)
    filled = await town.ask(CHAIR, FillAnswer(item_id=item, saved=str(one), text="Thank you."))
    assert isinstance(filled, AnswerForm)
    assert filled.text == f"Thank you.\n\n{TEXT}"
    twice = await town.ask(CHAIR, FillAnswer(item_id=item, saved=str(one), text=filled.text))
    assert twice.text == filled.text
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert isinstance(page, Brief)
    assert page.can_answer, "nothing was sent"
    await town.ask(CHAIR, AnswerItem(item_id=item, text=filled.text))
    assert (await town.stored(item)).answer == filled.text


async def test_without_a_choice_nothing_that_was_typed_is_lost(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await kept(town)
    for wrong in ("", "portables", str(uuid4())):
        again = await town.ask(CHAIR, FillAnswer(item_id=item, saved=wrong, text="Thank you."))
        assert isinstance(again, AnswerForm)
        assert again.text == "Thank you."
        assert again.unfit["saved"].why == "Choose a saved answer."


async def test_what_was_answered_meanwhile_says_so(town: Hall) -> None:
    item, one = await town.item(TEACHER, SAID), await kept(town)
    await town.ask(CHAIR, AnswerItem(item_id=item, text="On Friday."))
    late = await town.ask(of_network(), FillAnswer(item_id=item, saved=str(one), text="Dear"))
    assert isinstance(late, Rejected)


async def test_a_committee_without_any_is_offered_none(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    form = await town.ask(CHAIR, ShowAnswerForm(item_id=item))
    card = card_of(form, Words("en", "America/New_York"))
    assert card.form is not None
    assert card.form.fill is None


async def test_another_committee_neither_sees_nor_uses_them(town: Hall) -> None:
    one, other = await kept(town), of_another()
    writes = WriteSavedAnswer(queue="network", answer_id=one, title="Mine", text="Mine")
    for command in (
        ShowSavedAnswers(queue="network"),
        Open(of=writes),
        writes,
        DropSavedAnswer(queue="network", answer_id=one),
    ):
        assert isinstance(await town.ask(other, command), Refused), command
    assert await titles(town) == ["Portables"]

    theirs = next(
        one.key for one in example().district.committees if other in (one.chair, one.deputy)
    )
    item = await town.item(TEACHER, SAID, theirs)
    form = await town.ask(other, FillAnswer(item_id=item, saved=str(one)))
    assert isinstance(form, AnswerForm)
    assert (form.text, form.answers) == ("", ())
    # The id of another committee's answer makes one of their own, and leaves that one alone.
    same = WriteSavedAnswer(queue=theirs, answer_id=one, title="Ours", text="Ours")
    assert isinstance(await town.ask(other, same), SavedAnswersView)
    await town.ask(other, DropSavedAnswer(queue=theirs, answer_id=one))
    assert await titles(town) == ["Portables"]


async def test_it_is_made_of_an_answer_of_the_committees_own(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, AnswerItem(item_id=item, text=TEXT))
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert isinstance(page, Brief)
    opens = saving(page)
    assert opens is not None
    form = await town.ask(CHAIR, opens)
    assert isinstance(form, FormView)
    assert form.values["text"] == TEXT
    other = of_another()
    theirs = next(one.key for one in example().district.committees if one.chair == other)
    stolen = WriteSavedAnswer(queue=theirs, answer_id=uuid4(), item_id=item)
    form = await town.ask(other, Open(of=stolen))
    assert isinstance(form, FormView)
    assert form.values["text"] == "", "an answer of another committee is not shown"


async def test_student_data_goes_from_what_was_saved_of_it(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, AnswerItem(item_id=item, text=TEXT))
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    opens = saving(page)
    assert opens is not None
    assert isinstance(opens.of, WriteSavedAnswer)
    write = WriteSavedAnswer(
        queue="network",
        answer_id=opens.of.answer_id,
        item_id=item,
        title="For Quillfeather",
        text="Quillfeather has to wait.",
    )
    view = await town.ask(CHAIR, write)
    if isinstance(view, FormView):  # the name was recognised: let it stand
        assert view.doubt is not None
        seen = PutBack(keys=tuple(one.key for one in view.doubt.found), seen=view.doubt.seen)
        view = await town.ask(CHAIR, replace(write, put_back=seen))
    assert isinstance(view, SavedAnswersView), view
    edited = replace(write, item_id=None, text="Quillfeather still has to wait.")
    await town.ask(CHAIR, edited)
    await town.ask(CHAIR, RemoveStudentData(item_id=item, words="Quillfeather"))
    after = await town.ask(CHAIR, ShowSavedAnswers(queue="network"))
    assert "Quillfeather" not in f"{after.answers}"
    assert len(after.answers) == 1


async def test_a_title_is_used_once_and_what_is_deleted_is_gone(town: Hall) -> None:
    one = await kept(town)
    again = await town.ask(
        CHAIR,
        WriteSavedAnswer(queue="network", answer_id=uuid4(), title="portables", text="More."),
    )
    assert isinstance(again, FormView)
    assert "already has an answer with this title" in again.unfit["title"].why
    assert again.values["text"] == "More.", "what was typed is kept"
    await town.ask(CHAIR, DropSavedAnswer(queue="network", answer_id=one))
    assert await titles(town) == []
    said = await town.core.store.read(
        lambda tx: tx.connection.execute(select(audit.c.what)).scalars().all()
    )
    assert "saved answer of network deleted" in said
    assert not [one for one in said if TEXT in one or "Portables" in one]


async def test_what_moved_on_is_answered_with_the_new_committees_own(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await kept(town)
    await town.ask(CHAIR, MoveItem(item_id=item, to="library-media", why="Books."))
    form = await town.ask(CHAIR, ShowAnswerForm(item_id=item))
    assert isinstance(form, Refused)
