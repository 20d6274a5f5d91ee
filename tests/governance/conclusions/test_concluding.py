"""What was heard in a survey goes back to everybody who was asked, once, and corrected openly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from governance.conclusions.commands import (
    PublishConclusions,
    ReadConclusions,
    ShowConclusionsForm,
    WriteConclusions,
)
from governance.conclusions.model import Conclusions, ConclusionsForm
from governance.home.commands import ShowInbox
from governance.messages import Done, Refused
from storage.ledger_tables import delivery
from storage.tables import release_note
from tests.attacks.hall import Hall, hall
from tests.bot.exports.closing import asked, closed
from tests.journeys.town import CHAIR, CTO, TEACHER

WORDS = {"heard": "The Wi-Fi drops.", "what_1": "New access points", "by_1": "March 1"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=5) as found:
        yield found


async def told(town: Hall, wave: UUID) -> int:
    """How many messages were queued."""
    count = select(func.count()).where(delivery.c.subject == wave, delivery.c.kind == "conclusions")
    return await town.core.store.read(lambda tx: tx.connection.execute(count).scalar_one())


async def test_it_is_written_looked_at_published_and_told_once_to_all_who_were_asked(
    town: Hall,
) -> None:
    wave = await closed(town, 12)
    drafted = await town.ask(CTO, WriteConclusions(wave_id=wave, words=WORDS))
    assert isinstance(drafted, ConclusionsForm)
    assert drafted.draft is not None
    assert (drafted.people, drafted.published) == (12, None)
    assert isinstance(await town.ask(TEACHER, ReadConclusions(wave_id=wave)), Done), "not yet"
    for _ in range(2):
        await town.ask(CTO, PublishConclusions(wave_id=wave, version=1))
        assert await told(town, wave) == 12
    said = await town.ask(TEACHER, ReadConclusions(wave_id=wave))
    assert isinstance(said, Conclusions)
    assert said.heard.default == "The Wi-Fi drops."
    assert [(step.what.default, step.by.default) for step in said.steps] == [
        ("New access points", "March 1")
    ]


async def test_a_correction_is_shown_and_told_again_only_where_wished(town: Hall) -> None:
    wave = await closed(town, 12)
    for version, tell, messages in ((1, False, 12), (2, False, 12), (3, True, 24)):
        words = {**WORDS, "heard": f"Version {version}"}
        await town.ask(CTO, WriteConclusions(wave_id=wave, words=words))
        stale = PublishConclusions(wave_id=wave, version=version + 1, tell=True)
        await town.ask(CTO, stale)
        await town.ask(CTO, PublishConclusions(wave_id=wave, version=version, tell=tell))
        assert await told(town, wave) == messages
        said = await town.ask(CTO, ReadConclusions(wave_id=wave))
        assert (said.version, said.heard.default) == (version, f"Version {version}")


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (
            {},
            {
                "heard",
            },
        ),
        ({"heard": "x" * 2001, "not_done": "No."}, {"heard"}),
        ({"heard": "Much."}, {"what_1"}),
        ({**WORDS, "by_1": " "}, {"by_1"}),
        ({**WORDS, "by_2": "May"}, {"what_2"}),
    ],
)
async def test_what_does_not_fit_is_told_and_nothing_typed_is_lost(
    town: Hall, words: dict[str, str], wrong: set[str]
) -> None:
    wave = await closed(town, 12)
    form = await town.ask(CTO, WriteConclusions(wave_id=wave, words=words))
    assert isinstance(form, ConclusionsForm)
    assert set(form.unfit) == wrong
    assert form.words == words
    assert form.draft is None


async def test_only_the_ctos_office_writes_and_only_after_the_closing(town: Hall) -> None:
    wave = await closed(town, 12)
    for command in (
        ShowConclusionsForm(wave_id=wave),
        WriteConclusions(wave_id=wave, words=WORDS),
        PublishConclusions(wave_id=wave, version=1),
    ):
        for email in (CHAIR, TEACHER):
            assert isinstance(await town.ask(email, command), Refused)
    still_open = await asked(town, 12)
    early = WriteConclusions(wave_id=still_open, words=WORDS)
    assert isinstance(await town.ask(CTO, early), Refused)


async def test_it_stands_in_the_inbox_as_it_is_now(town: Hall) -> None:
    wave = await closed(town, 12)
    for version in (1, 2):
        words = {**WORDS, "heard": f"Version {version}"}
        await town.ask(CTO, WriteConclusions(wave_id=wave, words=words))
        await town.ask(CTO, PublishConclusions(wave_id=wave, version=version, tell=True))
    first = await town.core.store.read(
        lambda tx: tx.connection.execute(
            select(delivery.c.person_id).where(delivery.c.kind == "conclusions")
        ).scalar()
    )
    who = await town.core.store.read(lambda tx: tx.person(first))
    inbox = await town.ask(who.email, ShowInbox(earlier=True))
    heard = [one.message for one in inbox.entries if isinstance(one.message, Conclusions)]
    assert [one.version for one in heard] == [2]


@pytest.mark.usefixtures("exact")
async def test_figures_go_along_as_the_gate_released_them_and_are_noted(town: Hall) -> None:
    wave = await closed(town, 24)
    form = await town.ask(CTO, ShowConclusionsForm(wave_id=wave))
    assert [key for key, _ in form.choices] == ["week", "help"], "no comment is offered"
    await town.ask(CTO, WriteConclusions(wave_id=wave, words=WORDS, figures=("help",)))
    assert await noted(town, wave) == [("final: district; help; 24 answers", True)]
    await town.ask(CTO, PublishConclusions(wave_id=wave, version=1))
    assert (await noted(town, wave))[-1] == (
        "final: district; help; 24 answers; to all of the staff",
        False,
    )
    said = await town.ask(TEACHER, ReadConclusions(wave_id=wave))
    released = await town.core.store.read(lambda tx: tx.results(wave))
    assert released is not None
    (district,) = (table for table in released.tables if not table.plan.by)
    (wanted,) = (one for one in district.cells[0].questions if one.question == "help")
    assert said.told == (wanted,)
    kept = await town.core.store.read(lambda tx: tx.conclusions(wave))
    assert kept is not None
    assert (kept.figures, kept.told) == (("help",), ()), "what is stored names them only"


async def test_a_figure_that_is_not_there_cannot_go_along(town: Hall) -> None:
    small = await closed(town, 4)
    form = await town.ask(CTO, ShowConclusionsForm(wave_id=small))
    assert form.choices == (), "fewer than five: there is no figure"
    wave = await closed(town, 12)
    for key in ("note", "nothing-like-it"):
        form = await town.ask(CTO, WriteConclusions(wave_id=wave, words=WORDS, figures=(key,)))
        assert (set(form.unfit), form.figures) == ({"figures"}, (key,))
        assert form.words == WORDS
        assert form.draft is None


async def noted(town: Hall, wave: UUID) -> list[tuple[str, bool]]:
    """What the ledger of releases has of a survey beside its message, and whether to a person."""
    rows = select(release_note.c.what, release_note.c.to_person).where(
        release_note.c.wave_id == wave, release_note.c.what.not_like("%as a message")
    )
    found = await town.core.store.read(
        lambda tx: tx.connection.execute(rows.order_by(release_note.c.at)).all()
    )
    return [(row.what, row.to_person is not None) for row in found]
