"""Each figure of an issued report, recomputed from the tables by SQL of its own."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from bot.app.core import open_core
from bot.app.settings import load_settings
from bot.demo.board import REPORT
from bot.demo.start import _prepare
from governance.board_reports.commands import ChoosePeriod, IssueReport
from governance.board_reports.periods import Preset
from governance.docket.commands import AnswerItem
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.board_reports.filled import fill
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, small_roster, teachers
from tests.postgres import migrated_database

FEW = 5
_THIRTY = timedelta(days=30)
AFTER, ANSWERED = 45, 7
"""Days after which the report is issued, and messages that were answered at once."""


def rows(cx: Connection, sql: str) -> list[Any]:
    return list(cx.execute(text(sql)))


def moment(stored: Any) -> datetime:
    """As SQLite and PostgreSQL have it."""
    if isinstance(stored, datetime):
        return stored.astimezone(UTC)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=stored)


def plain(told: Any) -> str:
    """A text's own words."""
    return str(told["default"] if isinstance(told, dict) else told)


def _last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _people(said: list[Any]) -> int:
    return len({one.author for one in said})


class Recomputed:
    """``kept``: the JSON of what was issued."""

    def __init__(self, cx: Connection, report: UUID) -> None:
        self.cx = cx
        stored = rows(cx, "SELECT report_id, body FROM board_report_issued")
        (self.kept,) = [json.loads(one.body) for one in stored if UUID(str(one[0])) == report]
        self.figures = self.kept["figures"]
        self.at = datetime.fromisoformat(self.kept["at"])
        period = self.kept["period"]
        self.first, self.last = (date.fromisoformat(period[key]) for key in ("first", "last"))
        (body,) = rows(cx, "SELECT body FROM district")
        self.district = json.loads(body[0])
        self.zone = ZoneInfo(self.district["timezone"])

    def within(self, stored: Any) -> bool:
        return self.first <= self.day(stored) <= self.last

    def beside_months(self, said: list[Any]) -> Iterator[list[Any]]:
        """What is left of the messages of the report's period without any of the whole months in
        it whose figures staff were told."""
        told = [
            date.fromisoformat(one.month)
            for one in rows(self.cx, "SELECT month, body FROM month_figures")
            if json.loads(one.body)["received"] is not None
        ]
        inside = [one for one in told if self.first <= one and _last_of(one) <= self.last]
        for number in range(1, len(inside) + 1):
            for months in combinations(inside, number):
                yield [
                    one for one in said if self.day(one.received_at).replace(day=1) not in months
                ]

    def day(self, stored: Any) -> date:
        return moment(stored).astimezone(self.zone).date()

    def heard(self) -> dict[str, Any]:
        said = [
            one
            for one in rows(
                self.cx,
                "SELECT id, author, received_at FROM item WHERE queue IS NOT NULL "
                "AND queue <> 'restricted' AND state <> 'received' AND state <> 'filed'",
            )
            if self.within(one.received_at)
        ]
        answers = rows(
            self.cx,
            "SELECT subject, min(at) AS at FROM audit WHERE what = 'answered' GROUP BY subject",
        )
        first = {UUID(str(one.subject)): moment(one.at) for one in answers}
        done = {UUID(str(one.id)) for one in said} & set(first)

        def of(some: list[Any]) -> int:
            return len({one.author for one in some})

        def few(some: list[Any]) -> bool:
            return 0 < of(some) < FEW

        if of(said) < FEW or any(0 < of(left) < FEW for left in self.beside_months(said)):
            return dict.fromkeys(("received", "answered", "base", "within"))
        ripe = [one for one in said if moment(one.received_at) + _THIRTY <= self.at]
        fresh = [one for one in said if one not in ripe]
        in_time = [
            one
            for one in ripe
            if UUID(str(one.id)) in done
            and first[UUID(str(one.id))] - moment(one.received_at) <= _THIRTY
        ]
        answered = [one for one in said if UUID(str(one.id)) in done]
        rest = [one for one in said if one not in answered]
        other = [one for one in answered if one not in in_time]
        late = [one for one in ripe if one not in in_time]
        hidden = of(ripe) < FEW or few(fresh)
        return {
            "received": len(said),
            "answered": None if few(answered) or few(rest) or few(other) else len(answered),
            "base": None if hidden else len(ripe),
            "within": None if hidden or few(late) or few(in_time) else len(in_time),
        }

    def still_open(self) -> dict[str, Any]:
        """Of each queue the months before this one in which enough people wrote what is open; and
        of the months that are left, all queues together."""
        before = self.at.astimezone(self.zone).date().replace(day=1)
        moved = {
            str(one.item_id): one.at
            for one in rows(
                self.cx, "SELECT item_id, max(at) AS at FROM item_move GROUP BY item_id"
            )
        }
        today = self.at.astimezone(self.zone).date().isoformat()
        aside = {
            str(one.item_id)
            for one in rows(self.cx, "SELECT item_id, until FROM item_aside")
            if str(one.until) > today
        }
        months: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for one in rows(
            self.cx,
            "SELECT id, queue, author, received_at, due_at FROM item WHERE state IN ('new', "
            "'acknowledged', 'in-discussion') AND queue IS NOT NULL AND queue <> 'restricted' "
            "AND NOT EXISTS (SELECT 1 FROM item_matter m WHERE m.item_id = item.id)",
        ):
            came = self.day(moved.get(str(one.id), one.received_at))
            over = one.due_at is not None and moment(one.due_at) < self.at
            if came < before and (over or str(one.id) not in aside):
                months[one.queue, f"{came:%Y-%m}"].append(one)
        few: dict[str, list[Any]] = defaultdict(list)
        cells: dict[str, list[Any]] = defaultdict(list)
        for (queue, month), said in months.items():
            (cells[queue] if _people(said) >= FEW else few[month]).extend(said)
        for said in few.values():
            cells[""] += said if _people(said) >= FEW else []
        told = [said for said in cells.values() if said]
        late = [
            [one for one in said if one.due_at is not None and self.day(one.due_at) < before]
            for said in told
        ]
        hidden = not told or any(
            0 < _people(some) < FEW
            for said, over in zip(told, late, strict=True)
            for some in (over, [one for one in said if one not in over])
        )
        return {
            "open": sum(map(len, told)) if told else None,
            "overdue": None if hidden else sum(map(len, late)),
            "before": before.isoformat(),
        }

    def decisions(self) -> Counter[tuple[str, bool, str, str]]:
        decided = rows(
            self.cx,
            "SELECT title, state, reason, outcome, decided_at FROM recommendation "
            "WHERE state IN ('accepted', 'declined')",
        )
        return Counter(
            (one.title, one.state == "accepted", one.reason or "", one.outcome or "")
            for one in decided
            if self.within(one.decided_at)
        )

    def changes(self) -> Counter[tuple[str, str]]:
        found = [json.loads(one.body) for one in rows(self.cx, "SELECT body FROM change_record")]
        return Counter(
            (plain(one["words"]["title"]), one["day"])
            for one in found
            if one["decision"]
            and one["state"] != "withdrawn"
            and (
                self.first <= date.fromisoformat(one["day"]) <= self.last
                or self.first
                <= datetime.fromisoformat(one["decision"]["at"]).astimezone(self.zone).date()
                <= self.last
            )
        )

    def rules(self) -> Counter[tuple[str, str]]:
        steps = rows(
            self.cx,
            "SELECT r.number, s.step, s.at, (SELECT count(*) FROM rule_step p WHERE p.rule_id = "
            "r.id AND p.step = 'published' AND p.at <= s.at) AS published "
            "FROM rule_step s JOIN rule r ON r.id = s.rule_id "
            "WHERE s.step IN ('published', 'superseded', 'retired')",
        )
        return Counter((o.number, o.step) for o in steps if o.published and self.within(o.at))

    def closed(self) -> list[tuple[str, dict[str, Any]]]:
        """(survey's key, released results), the latest first."""
        waves = rows(
            self.cx,
            "SELECT survey_key, results, closes_at FROM wave WHERE state = 'closed' "
            "AND results IS NOT NULL ORDER BY opens_at DESC",
        )
        found = []
        for one in waves:
            results = json.loads(one.results)
            at = min(moment(one.closes_at), datetime.fromisoformat(results["as_of"]))
            if results["final"] and self.first <= at.astimezone(self.zone).date() <= self.last:
                found.append((one.survey_key, results))
        return found

    def surveys(self) -> Counter[tuple[int, int, float, float]]:
        rates: dict[str, list[tuple[int, float]]] = {}
        for key, results in self.closed():
            told = results["rates"] or {}
            rate = told.get("response_rate_1") or told.get("response_rate_2")
            if rate is not None and results["asked"]:
                rates.setdefault(key, []).append((results["asked"], rate))
        return Counter(
            (len(some), some[0][0], min(r for _, r in some), max(r for _, r in some))
            for some in rates.values()
        )

    def put_first(self) -> Counter[str]:
        """What stands first in each ranking of the whole district."""
        latest = dict(reversed(self.closed()))
        return Counter(
            plain(question["ranked"][0]["label"])
            for results in latest.values()
            for table in results["tables"]
            if not table["plan"]["by"]
            for cell in table["cells"]
            for question in cell["questions"]
            if question["kind"] == "ranking"
        )

    def readings(self) -> Counter[float]:
        """The last of each indicator of a goal that stands."""
        there = [
            (goal["key"], one["key"])
            for component in self.district["components"]
            for goal in component["goals"]
            if not goal["retired"]
            for one in goal["indicators"]
        ]
        found: dict[tuple[str, str], tuple[str, float]] = {}
        for one in rows(self.cx, 'SELECT goal, indicator, "on" AS day, value FROM goal_reading'):
            day, key = str(one.day), (one.goal, one.indicator)
            if key in there and f"{self.first}" <= day <= f"{self.last}":
                found[key] = max(found.get(key, ("", 0.0)), (day, one.value))
        return Counter(value for _, value in found.values())

    def steps(self) -> Counter[tuple[str, str]]:
        every = rows(self.cx, "SELECT kind, body, at, proposal FROM goal_step")
        bodies = [json.loads(one.body) for one in rows(self.cx, "SELECT body FROM plan_proposal")]
        mistaken = {
            (UUID(body["id"]), datetime.fromisoformat(decision[key]))
            for body in bodies
            for decision in body["decisions"]
            if decision["taken_back_at"]
            for key in ("at", "taken_back_at")
        }
        found: Counter[tuple[str, str]] = Counter()
        for one in every:
            goal = json.loads(one.body)
            day = goal["decided_on"]
            if day is None and one.kind == "adopted" and one.proposal is None:
                continue
            if one.proposal and (UUID(str(one.proposal)), moment(one.at)) in mistaken:
                continue
            on = date.fromisoformat(day) if day else moment(one.at).astimezone(self.zone).date()
            if self.first <= on <= self.last:
                found[plain(goal["title"]), goal["reason"]] += 1
        return found

    def compare(self) -> None:
        told = self.figures
        goals = [(c, goal) for c in told["components"] for goal in c["goals"]]
        assert {k: told["heard"][k] for k in self.heard()} == self.heard()
        assert told["still_open"] == self.still_open()
        assert self.decisions() == Counter(
            (o["title"], o["accepted"], o["reason"], o["outcome"]) for o in told["decisions"]
        )
        assert self.changes() == Counter((plain(o["title"]), o["day"]) for o in told["changes"])
        assert self.rules() == Counter((o["number"], o["step"]) for o in told["rules"])
        assert self.surveys() == Counter(
            (o["times"], o["asked"], o["low"], o["high"]) for o in told["surveys"]
        )
        assert self.put_first() == Counter(plain(o["first"][0]["label"]) for o in told["rankings"])
        assert self.readings() == Counter(
            one["value"]
            for _, goal in goals
            for one in goal["indicators"]
            if one["value"] is not None
        )
        assert self.steps() == Counter(
            (plain(o["goal"]), o["reason"]) for c in told["components"] for o in c["steps"]
        )
        assert told["vision"] == self.district["plan"]["vision"]
        assert [plain(goal["title"]) for _, goal in goals] == [
            plain(goal["title"])
            for component in self.district["components"]
            for goal in component["goals"]
            if not goal["retired"]
        ]


def compared(tx: Transaction, report: UUID) -> dict[str, Any]:
    found = Recomputed(tx.connection, report)
    found.compare()
    figures: dict[str, Any] = found.figures
    return figures


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, staff=20, url=url))


async def test_each_figure_is_what_the_tables_say(town: Hall) -> None:
    """Of a district where enough people wrote that counts are told."""
    first = town.clock().date() - timedelta(days=10)
    last = first + timedelta(days=AFTER + 9)
    await fill(town, first, last)
    people = [one.email for one in teachers(small_roster(20), 16)]
    for n, email in enumerate(people):
        item = await town.item(email, f"The Wi-Fi drops in room {n}.")
        if n < ANSWERED:
            await town.ask(CHAIR, AnswerItem(item_id=item, text="We look at it."))
    town.clock.forward(days=AFTER - 3)
    for email in (*people[:6], OFFICE, TEACHER):  # too fresh to be answered within 30 days
        await town.item(email, "It drops again.")
    town.clock.forward(days=3)
    report = uuid4()
    draft = await town.ask(
        CTO, ChoosePeriod(report_id=report, preset=Preset.OWN, first=first, last=last)
    )
    await town.ask(CTO, IssueReport(report_id=report, seen=draft.seen))
    figures = await town.core.store.read(lambda tx: compared(tx, report))
    told = figures["heard"]
    assert all(told[key] for key in ("received", "answered", "base", "within")), told
    assert figures["still_open"]["overdue"], figures["still_open"]
    for part in ("decisions", "changes", "surveys", "rankings"):
        assert figures[part], part
    async with browser(town, CTO) as page:
        said = (await page.get(f"/board/{report}")).text
    assert "Not counted: messages that only a few named people may read." in said
    assert "answered at least half of it" in said
    assert "RR2" not in said


@pytest.mark.prove
@pytest.mark.timeout(900)  # the reader learns the whole district
async def test_each_figure_of_the_demos_year_is_what_the_tables_say(tmp_path: Path) -> None:
    settings = load_settings(
        database_url=f"sqlite:///{tmp_path / 'demo.sqlite3'}",
        port=0,
        help_desk_webhook="http://127.0.0.1:9/",
        help_desk_secret="of-the-demo",
    )
    async with open_core(settings) as core:
        await _prepare(core)
        figures = await core.store.read(lambda tx: compared(tx, REPORT))
    for part in ("decisions", "surveys", "rankings", "changes"):
        assert figures[part], part
    assert figures["heard"]["received"]
    assert figures["still_open"]["open"]
