"""Everybody walks by links alone through all that they see: nothing refuses them, and what they may
open they get to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from uuid import UUID, uuid4

import pytest

from core.people import Audience
from governance.docket.commands import GiveFeedback
from governance.feedback.model import Naming
from surveys.commands import LaunchSurvey
from tests.attacks.visiting import ask, signed_in
from tests.bot.web.reading import offered
from tests.journeys.running import Running, running, until
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, example, settle

pytestmark = pytest.mark.usefixtures("quick_reader")

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
ROLES = (
    TEACHER,
    CHAIR,
    CTO,
    ISO,
    "marguerite.solano@schools.example.org",  # owner of triage
    "bertrand.oyelaran@schools.example.org",  # reads what is restricted
    "cormac.ashgrove@schools.example.org",  # responds when somebody is in danger
)
FEW = 6
"""Pages of one kind that are looked at: the others differ only in whose they are."""


def kind_of(path: str) -> str:
    return _ID.sub("…", path)


async def walk(service: Running, email: str) -> tuple[set[str], dict[str, int]]:
    """The addresses somebody gets to from their own page, and those that do not answer with a
    page. Forms are not sent: what they open (a wrong method is 405) is asked for all the same."""
    seen: set[str] = set()
    bad: dict[str, int] = {}
    often: dict[str, int] = {}
    waiting = ["/"]
    async with signed_in(service, email) as client:
        while waiting:
            path = waiting.pop(0)
            kind = kind_of(urlsplit(path).path)
            often[kind] = often.get(kind, 0) + 1
            if path in seen or often[kind] > FEW:
                continue
            seen.add(path)
            answer = await client.get(path)
            if answer.is_redirect:
                waiting.append(urlsplit(urljoin(path, answer.headers["location"])).path)
            elif answer.status_code != 200:
                bad[path] = answer.status_code
            elif "text/html" in answer.headers["content-type"]:
                there = [urljoin(path, one) for one in offered(answer.text).links]
                waiting += [one.partition("#")[0] for one in there if one.startswith("/")]
    return seen, bad


async def test_no_link_refuses_whoever_sees_it_and_a_committee_gets_to_its_results(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, settle()) as service:
        wave = await launched(service, committees=("network",))
        for words in ("The wifi in the portables drops every afternoon.", "There is a gun here."):
            said = GiveFeedback(item_id=uuid4(), text=words, naming=Naming.WITHHELD)
            await ask(service, TEACHER, said)
        await until(lambda: service.core.store.read(lambda tx: tx.items_in("network")))
        refused, reached = {}, {}
        for email in ROLES:
            reached[email], bad = await walk(service, email)
            refused |= {f"{email} {path}": status for path, status in bad.items()}
        assert refused == {}
        assert f"/results/{wave}" in reached[CHAIR]
        assert f"/results/{wave}" in reached[CTO]
        assert f"/results/{wave}" not in reached[TEACHER]
        assert {"/announcements", "/desk/surveys", "/announcements/new"} <= reached[CTO]
        assert {"/committees/triage", "/triage/learned"} <= reached[ROLES[4]]
        assert {"/committees/restricted"} <= reached[ROLES[5]]
        assert {"/urgent"} <= reached[ROLES[6]]


async def launched(service: Running, *, committees: tuple[str, ...]) -> UUID:
    survey = next(one for one in example().surveys if one.key == "weekly-pulse")
    wave, now = uuid4(), service.clock()
    await service.by_itself(
        LaunchSurvey(
            wave_id=wave,
            survey=replace(survey, committees=committees),
            audience=Audience(),
            opens_at=None,
            closes_at=now + timedelta(days=7),
            reminders=(),
        )
    )
    return wave
