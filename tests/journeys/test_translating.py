"""An announcement's translations on the web: shown beside the text, and lost by nobody's saving."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import httpx
import pytest

from core.text import Text
from governance.announcements.asked import by_name
from governance.announcements.commands import WriteAnnouncement
from governance.announcements.model import Announcement, Change
from tests.attacks.visiting import ask, signed_in
from tests.bot.web.reading import offered
from tests.journeys.running import Running, running, until
from tests.journeys.town import CTO, settle

KEYS = ("title", "what", "why", "when", "who", "action", "learn", "ask")
NOT_THERE = "not there in Spanish"


async def draft_of(service: Running, key: str = "mfa-for-staff") -> Announcement:
    found = await service.core.store.read(lambda tx: tx.announcement_by_key(key))
    assert found is not None
    return found


def texts(change: Change) -> dict[str, Text]:
    return {key: getattr(change, key) for key in KEYS}


Fields = dict[str, str | list[str]]


def inputs(page: str, action: str) -> Fields:
    """What a browser would send of a form that nobody touched."""
    return offered(page).form(action).data


async def opened(client: httpx.AsyncClient, draft: UUID) -> Fields:
    page = await client.get(f"/announcements/{draft}/edit")
    assert page.status_code == 200
    return inputs(page.text, f"/announcements/{draft}/edit")


async def saved(client: httpx.AsyncClient, draft: UUID, form: Fields) -> httpx.Response:
    answer = await client.post(f"/announcements/{draft}/edit", data=form)
    return await client.get(answer.headers["location"]) if answer.is_redirect else answer


async def test_a_prepared_announcement_keeps_its_spanish_through_the_form(tmp_path: Path) -> None:
    async with running(tmp_path, settle()) as service, signed_in(service, CTO) as client:
        before = await draft_of(service)
        form = await opened(client, before.id)
        assert form["title.es"] == "Un segundo paso al iniciar sesión", "beside the English"

        check = await saved(client, before.id, form)
        assert "Check before you send" in check.text
        assert NOT_THERE not in check.text
        assert "Configure la aplicación" in check.text, "it is shown as Spanish readers get it"
        assert texts((await draft_of(service)).change) == texts(before.change)

        # A translation is written, and a text is changed without its translation.
        form = await opened(client, before.id)
        form |= {"title.es": "Otro título", "when": "Monday, January 18, before school."}
        check = await saved(client, before.id, form)
        assert "1 text was changed after it was translated into Spanish" in check.text
        assert "Otro título" in check.text, "the title is in the preview"
        assert "Qué cambia" in check.text, "with the labels that Spanish readers get"
        after = (await draft_of(service)).change
        assert after.title == Text(
            default=before.change.title.default, translations={"es": "Otro título"}
        )
        assert after.when.translations == before.change.when.translations, "kept, and marked"
        page = await client.get(f"/announcements/{before.id}/edit?step=what")
        assert page.text.count("changed after this was translated") == 1
        check = await saved(client, before.id, await opened(client, before.id))
        assert "changed after it was translated" not in check.text, "it was looked at"

        # Chat asks for the text alone.
        stale = await opened(client, before.id)
        words = {key: text.default for key, text in texts(after).items()}
        told = WriteAnnouncement(
            announcement_id=before.id, **by_name({**words, "why": "It is safer."})
        )
        await ask(service, CTO, told)
        kept = (await draft_of(service)).change
        assert kept.why.translations == before.change.why.translations
        assert kept.outdated == {"why.es"}

        # A form that was opened before that shows the old text beside the Spanish.
        await saved(client, before.id, {**stale, "title": "A second step, from January"})
        kept = (await draft_of(service)).change
        assert kept.why.default == "It is safer."
        assert kept.outdated == {"why.es", "title.es"}
        await saved(client, before.id, {**stale, "why.es": "Es más seguro, como antes."})
        kept = (await draft_of(service)).change
        assert "why.es" in kept.outdated, "it was translated from the old text"

        # What is sent is what was written.
        check = await saved(client, before.id, await opened(client, before.id))
        await client.post(
            f"/announcements/{before.id}/send",
            data={**inputs(check.text, f"/announcements/{before.id}/send"), "send": "now"},
        )
        await until(lambda: service.sent("notice", before.id))
        assert (await draft_of(service)).change.title.in_locale("es") == "Otro título"


@pytest.mark.prove_on_postgres("two who write one row")
async def test_of_two_who_save_one_draft_neither_loses_the_other_ones_words(tmp_path: Path) -> None:
    async with (
        running(tmp_path, settle()) as service,
        signed_in(service, CTO) as one,
        signed_in(service, CTO) as other,
    ):
        draft = await draft_of(service, "gradebook-move")
        first, second = await opened(one, draft.id), await opened(other, draft.id)
        await saved(one, draft.id, {**first, "title.es": "Las notas", "why.es": "Una vez."})
        check = await saved(other, draft.id, {**second, "what": "New.", "why.es": "Otra vez."})
        assert check.status_code == 422
        assert "Someone else changed this to “Una vez.”" in check.text
        form = inputs(check.text, f"/announcements/{draft.id}/edit")
        assert form["why.es"] == "Otra vez.", "what was typed is still there"
        await saved(other, draft.id, form)
        now = (await draft_of(service, "gradebook-move")).change
        assert now.title.translations == {"es": "Las notas"}
        assert now.why.translations == {"es": "Otra vez."}
        assert now.what.default == "New."
