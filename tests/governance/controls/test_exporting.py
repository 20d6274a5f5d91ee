"""Files of an assessment, as the pages give them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import fmean
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import select

from bot.exports.safe_cells import risky
from governance.controls import addresses
from governance.controls.model import AnswerState, Dimension
from storage.ledger_tables import audit
from storage.transaction import Transaction
from tests.attacks.visiting import signed_in
from tests.governance.controls.filled import assessment, rows
from tests.governance.controls.frameworks import SMALL
from tests.journeys.running import Running, running
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person, settle

FORMS = ("csv", "xlsx", "json")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, settle()) as found:
        yield found


async def filled(town: Running) -> UUID:
    given = assessment()
    owner, iso = await person(town.core, TEACHER), await person(town.core, ISO)

    def put(tx: Transaction) -> None:
        tx.put_framework(SMALL, None, town.clock())
        tx.put_assessment(given)
        tx.put_assessed(rows(given, owner.id, iso.id))

    await town.core.store.write(put)
    return given.id


async def fetched(town: Running, which: UUID, form: str, email: str = ISO) -> httpx.Response:
    async with signed_in(town, email) as client:
        return await client.get(addresses.exported(which, form))


async def noted(town: Running, which: UUID) -> list[str]:
    found = select(audit.c.what).where(audit.c.subject == which).order_by(audit.c.number)
    return await town.core.store.read(lambda tx: list(tx.connection.execute(found).scalars()))


async def test_a_file_has_a_row_for_each_safeguard_and_starts_no_formula(town: Running) -> None:
    which = await filled(town)
    answer = await fetched(town, which, "csv")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    first, back, none, done = found
    assert [one["safeguard"] for one in found] == ["SC 1.1", "SC 1.2", "SC 1.10", "SC 2.1"]
    assert first["score"] == "2.5"
    assert [first[one] for one in Dimension] == ["4", "3", "2", "1"]
    assert (back["score"], back["state"]) == ("", "sent_back")
    assert {back[one] for one in Dimension} == {""}, "what was sent back does not count"
    assert (none["applicable"], none["why_not"]) == ("no", "'-no lab, é 漢")
    assert (done["score"], done["state"], done["confirmed_by"]) == ("1.25", "done", "")
    assert first["owner"] == "Naomi Whitehorse"
    assert first["answered_at"] == "2026-09-30T16:00:00+00:00"
    assert not [cell for one in found for cell in one.values() if risky(cell)]
    assert "Prove it" not in answer.text, "what the ISO wrote to the owner is between them"


async def test_an_answer_that_was_taken_over_says_so(town: Running) -> None:
    which = await filled(town)

    def put(tx: Transaction) -> None:
        given = tx.assessed_one(which, "1.1")
        assert given is not None
        tx.put_assessed([replace(given, state=AnswerState.OPEN)])

    await town.core.store.write(put)
    sheet = (await fetched(town, which, "csv")).content.decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(sheet, newline="")))
    assert [one["taken_over"] for one in found] == ["yes", "", "", ""]
    body = json.loads((await fetched(town, which, "json")).content)
    assert [one["taken_over"] for one in body["safeguards"]] == [True, False, False, False]
    assert "taken_over" in body["about"]


async def test_a_workbook_has_safeguards_controls_and_what_they_mean(town: Running) -> None:
    answer = await fetched(town, await filled(town), "xlsx")
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    read = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    names = re.findall(r'<sheet name="([^"]+)"', read["xl/workbook.xml"])
    assert names == ["Safeguards", "Controls", "About"]
    assert "<f>" not in "".join(read.values())
    assert "<hyperlink" not in "".join(read.values())
    texts = re.findall(r"<t[^>]*>([^<]*)</t>", read["xl/sharedStrings.xml"])
    for told in ("SC 1.10", "=HYPERLINK(1)", "A small checklist 2", "-no lab, é 漢"):
        assert told in texts
    controls = read["xl/worksheets/sheet2.xml"]
    assert re.findall(r'<c r="C\d"><v>([\d.]+)</v>', controls) == ["2.5", "1.25"]


async def test_a_file_is_named_by_the_districts_day(town: Running) -> None:
    which = await filled(town)
    town.clock.forward(days=1)
    while town.clock().hour != 3:
        town.clock.forward(hours=1)
    utc = town.clock().date()
    assert town.clock().astimezone(ZoneInfo("America/Chicago")).date() < utc
    answer = await fetched(town, which, "csv")
    name = f"small-assessment-{utc - timedelta(days=1)}.csv"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def recomputed(body: Any) -> tuple[dict[str, float], float]:
    """From the answers in the file alone, as its ``about`` says."""
    scores: dict[str, list[float]] = {}
    for one in body["safeguards"]:
        if one["state"] in ("done", "confirmed") and one["applicable"]:
            mean = fmean(one["scores"].values())
            assert one["score"] == mean
            scores.setdefault(one["number"].partition(".")[0], []).append(mean)
        else:
            assert one["score"] is None
    by_control = {number: fmean(some) for number, some in scores.items()}
    return by_control, fmean(by_control.values())


async def test_another_program_reads_the_json_and_comes_to_the_same_figures(town: Running) -> None:
    which = await filled(town)
    answer = await fetched(town, which, "json")
    assert answer.headers["content-type"].startswith("application/json")
    body = json.loads(answer.content)
    assert body["format"] == "sounding-board/assessment/1"
    assert (body["framework"]["key"], body["framework"]["version"]) == ("small", "2")
    assert [one["number"] for one in body["safeguards"]] == ["1.1", "1.2", "1.10", "2.1"]
    by_control, overall = recomputed(body)
    assert {one["number"]: one["score"] for one in body["controls"]} == by_control
    assert (body["score"], body["assessed"], body["not_applicable"]) == (overall, 2, 1)
    back, none = body["safeguards"][1:3]
    assert (back["state"], back["score"], back["scores"]) == ("sent_back", None, {})
    assert (none["applicable"], none["why_not"], none["scores"]) == (False, "-no lab, é 漢", {})
    assert body["safeguards"][0]["evidence"] == "=HYPERLINK(1)", "as it was typed"


@pytest.mark.parametrize("form", FORMS)
async def test_who_downloads_is_in_the_audit_and_nobody_else_can(town: Running, form: str) -> None:
    which = await filled(town)
    for email in (TEACHER, CHAIR, OFFICE):
        refused = await fetched(town, which, form, email)
        assert refused.status_code == 403
        assert "HYPERLINK" not in refused.text
    async with httpx.AsyncClient(base_url=town.url, trust_env=False) as nobody:
        assert (await nobody.get(addresses.exported(which, form))).status_code == 401
    assert await noted(town, which) == []
    for email in (ISO, CTO):
        assert (await fetched(town, which, form, email)).status_code == 200
    assert await noted(town, which) == [f"Practices read: export {form}"] * 2


async def test_another_form_and_another_assessment_are_not_there(town: Running) -> None:
    which = await filled(town)
    assert (await fetched(town, which, "pdf")).status_code == 404
    assert (await fetched(town, UUID(int=7), "csv")).status_code == 403
