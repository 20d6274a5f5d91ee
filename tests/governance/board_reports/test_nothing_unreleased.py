"""An attack: a district full of drafts, live results, groups' results, comments, messages, names
and small counts. A report, its JSON, its announcement and all of its pages tell none of them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from bot.app import wiring
from bot.cards import card_of
from core.words import Words
from governance.announcements.model import Announcement
from governance.board_reports.commands import ChoosePeriod, DraftYouSaid, IssueReport, ShowReport
from governance.board_reports.messages import ReportView
from governance.board_reports.periods import Preset
from governance.messages import AnnouncementDrafted
from storage.board_reports import board_report_issued
from storage.transaction import Transaction
from surveys.encoding import encode
from tests.attacks.hall import Hall, RoteReader
from tests.attacks.visiting import send, signed_in, stranger
from tests.bot.cards.reading import read
from tests.governance.board_reports.filled import (
    ACCEPTED,
    CHANGED,
    DECLINED,
    RANKED,
    SECRET,
    STEPPED,
    fill,
)
from tests.journeys.running import MovableClock, running
from tests.journeys.town import CTO, TEACHER, settle, small_roster
from tests.second_person import approve_all

AGO = 20
"""Days ago on which all of it happened."""


@pytest.mark.timeout(300)
async def test_a_report_tells_only_what_is_released_or_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "DistrictReader", RoteReader)
    report = uuid4()
    async with running(tmp_path, settle(staff=5)) as service:
        then = Hall(core=service.core, clock=MovableClock(moved=timedelta(days=-AGO)))
        last = then.clock().date() + timedelta(days=AGO - 2)
        first = last - timedelta(days=60)
        await fill(then, first, last)
        now = Hall(core=service.core, clock=service.clock)
        told: dict[str, str] = {}
        async with (
            signed_in(service, CTO) as office,
            signed_in(service, TEACHER) as teacher,
            stranger(service) as nobody,
        ):
            view = await now.ask(
                CTO, ChoosePeriod(report_id=report, preset=Preset.OWN, first=first, last=last)
            )
            assert isinstance(view, ReportView)
            told["draft"] = await _page(office, f"/board/{report}")
            for path in (f"/board/{report}", f"/board/{report}/you-said"):
                assert (await teacher.get(path)).status_code == 403
                assert (await nobody.get(path)).status_code == 401
            told["stories"] = await _page(office, f"/do/board-stories-form|{report}")
            seen = (await now.ask(CTO, ShowReport(report_id=report))).seen
            view = await now.ask(CTO, IssueReport(report_id=report, seen=seen))
            assert (await nobody.get(f"/board/{report}")).status_code == 401, "not public yet"
            assert (await nobody.get("/board")).status_code == 401
            told["card"] = read(card_of(view, Words("en")))
            await send(office, f"/do/board-publish|{report}|public")
            await approve_all(service)
            drafted = await now.ask(CTO, DraftYouSaid(report_id=report))
            assert isinstance(drafted, AnnouncementDrafted)
            told["announcement"] = encode(Announcement, drafted.announcement)
            told["page"] = await _page(teacher, f"/board/{report}")
            told["list"] = await _page(teacher, "/board")
            told["you said"] = await _page(teacher, f"/board/{report}/you-said")
            told["public"] = await _page(nobody, f"/board/{report}")
            told["public list"] = await _page(nobody, "/board")
            told["public you said"] = await _page(nobody, f"/board/{report}/you-said")
        told["json"] = await service.core.store.read(lambda tx: _body(tx, report))

    assert [where for where, text in told.items() if SECRET in text] == []
    for where in ("draft", "page", "public", "json"):  # it is the report, and tells what it may
        for known in (ACCEPTED, DECLINED, CHANGED, RANKED, STEPPED, "91.5"):
            assert known in told[where], f"{known} in {where}"
    names = {part for one in small_roster(5).people for part in (one.family_name,)}
    for where in ("public", "public list", "public you said", "json", "card"):
        words = set(told[where].replace('"', " ").replace("<", " ").split())
        # Whoever issues it reads who may approve it.
        unexpected = names - {"Holmquist"} if where == "card" else names
        assert not unexpected & words, (where, unexpected & words)
    kept = json.loads(told["json"])["figures"]
    # Six people wrote. Two were answered, and four wait: neither is told, nor is their difference.
    assert kept["heard"] == {
        "received": 6,
        "answered": None,
        "base": None,
        "within": None,
        "few_left": False,
    }
    told = kept["still_open"]
    assert (told["open"], told["overdue"]) == (None, None)
    assert [one["asked"] for one in kept["surveys"]] == [120]


async def _page(client: httpx.AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def _body(tx: Transaction, report: UUID) -> str:
    same = board_report_issued.c.report_id == report
    return str(tx.connection.execute(board_report_issued.select().where(same)).one().body)
