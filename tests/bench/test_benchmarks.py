"""The benchmarks run and yield figures that make sense, at small sizes. No time is asserted: how
fast it is, `make bench` says."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import __main__ as running
from bench import writing
from bench.broadcasting import FAULTS, Broadcast, Way, send
from bench.catalogue import BENCHMARKS
from bench.claiming import _jobs, _ledger
from bench.databases import Kind, database
from bench.delivery import _picture
from bench.district import prepare
from bench.drawing import per_second
from bench.growth import FLAT, LINEAR, exponent
from bench.ingest import _load
from bench.machine import this_machine
from bench.measured import Figure, Scale, Silent
from bench.scores import MOST_SECONDS, score
from bench.servers import service, slack
from bench.slack_requests import Way as Answer
from bench.slack_requests import answers
from bench.writing import PAGE, as_table, replaced
from core.people import Platform


def broadcast(people: int, **more: object) -> Broadcast:
    wanted = {"platform": Platform.SLACK, "configured": 600, "real": 400, "seconds": 60, **more}
    return Broadcast(people=people, **wanted)  # type: ignore[arg-type]


def test_a_broadcast_loses_nothing_and_others_do_as_they_are_said_to() -> None:
    ours = send(broadcast(150, script=FAULTS), Way.OURS)
    assert (ours.lost, ours.doubled, ours.blind) == (0, 0, 0)
    assert ours.arrived + ours.unknown >= 150
    naive = send(broadcast(600, script=FAULTS), Way.NAIVE)
    assert naive.blind > 0
    assert naive.doubled > 0
    assert naive.refused > 0.05
    pausing = send(broadcast(600), Way.PAUSING)
    assert pausing.arrived == 600
    assert pausing.duration > 11 * 60


def test_the_picture_says_what_it_shows_and_is_well_formed() -> None:
    names = ("Slack, 400 a minute and hidden", "Slack, 400 a minute, hidden, with faults")
    outcomes = {(name, way): send(broadcast(90), way) for name in names for way in Way}
    root = ElementTree.fromstring(_picture(outcomes))  # noqa: S314  (made here)
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title") is not None
    told = root.find(f"{space}desc")
    assert told is not None
    assert "90 people" in (told.text or "")
    assert len(root.findall(f"{space}polyline")) == 4


def test_bins_count_what_happened_a_second() -> None:
    assert per_second([0.1, 0.2, 1.9, 2.5], 2, 4) == [(1.0, 1.5), (3.0, 0.5)]


def test_answers_are_signed_taken_and_kept(tmp_path: Path) -> None:
    scale = Scale(folder=tmp_path)
    with slack(tmp_path) as beside, database(Kind.SQLITE, tmp_path / "db") as url:
        ready = asyncio.run(prepare(url))
        beside.knows(ready.users)
        with service(url, tmp_path, beside) as server:
            for way in Answer:
                assert len({one.body for one in answers(ready, way, 50, "http://slack")}) == 50
                load = _load(server, ready, way, beside, scale, rate=100, count=60, seed=1)
                assert load.offered.wrong == 0
                assert len(load.offered.latencies) == 60
                assert load.cpu > 0


def test_the_ledger_and_a_job_for_each_deliver_everybody(tmp_path: Path) -> None:
    with database(Kind.POSTGRES, tmp_path) as url:
        ledger, jobs = asyncio.run(_ledger(url, 30)), asyncio.run(_jobs(url, 20))
    assert min(ledger.own, ledger.database, jobs.own, jobs.database) >= 0
    assert ledger.own > 0


def test_votes_are_counted_and_scored() -> None:
    found = score(2_000)
    assert found.votes == 2_000
    assert 0 < found.scoring < found.seconds


@pytest.mark.prove
def test_a_million_votes_are_scored_within_a_second() -> None:
    assert min(score().seconds for _ in range(3)) < MOST_SECONDS


@pytest.mark.prove
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("name", "figures"),
    [("results", 9), ("export", 8), ("start", 8), ("reading", 6), ("growth", 20)],
)
def test_the_slower_ones_run(tmp_path: Path, name: str, figures: int) -> None:
    section = BENCHMARKS[name]()(Scale(folder=tmp_path, share=0.01), Silent())
    assert len(section.figures) >= figures
    assert all(figure.measured for figure in section.figures)


def test_an_exponent_is_the_slope_of_log_time_over_log_size() -> None:
    assert exponent({10: 0.5, 1_000: 0.5, 100_000: 0.5}) == pytest.approx(0)
    assert exponent({10: 0.1, 100: 1.0, 1_000: 10.0}) == pytest.approx(1)
    assert exponent({10: 0.01, 100: 1.0, 1_000: 100.0}) == pytest.approx(2)
    logarithm = {size: math.log(size) for size in (20, 2_000, 20_000)}
    assert LINEAR > FLAT > exponent(logarithm)


def test_every_benchmark_can_be_imported() -> None:
    assert all(callable(load()) for load in BENCHMARKS.values())


def test_the_page_has_a_place_for_every_benchmark() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for key in (*BENCHMARKS, "machine", "missed"):
        assert "NEW" in replaced(page, key, "NEW")
    with pytest.raises(ValueError, match="nothing"):
        replaced(page, "nothing", "NEW")


def test_the_page_says_how_long_everything_took_and_how_busy_the_machine_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(writing, "PAGE", page)
    machine = replace(this_machine(), busy=0.5, load=3.25)
    writing.write_documentation([], machine, whole_run=450)
    told = page.read_text(encoding="utf-8")
    assert "before the run 50% of the cores were busy and the load of the last minute" in told
    assert "The whole run took 7.5 minutes." in told
    writing.write_documentation([], machine)
    assert "The whole run" not in page.read_text(encoding="utf-8"), "not everything ran"


def test_a_run_says_how_long_it_took(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(running, "_run", lambda names, share, console: [])
    assert running.main(["--only", "start"]) == 0
    assert "Together: 0.0 minutes." in capsys.readouterr().out


def test_a_table_says_what_was_not_reached() -> None:
    figures = [
        Figure(what="a|b", demand="< 1", measured="2", reached=False),
        Figure(what="c", measured="3"),
    ]
    lines = as_table(figures).splitlines()
    assert lines[2] == "| a\\|b | < 1 | 2 |  |  | **no** |"
    assert lines[3] == "| c |  | 3 |  |  |  |"
