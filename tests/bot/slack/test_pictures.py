"""Charts in Slack: uploaded, shown in the message with their numbers in words, and never missed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import bot.slack.pictures
from bot.slack.client import SlackClient
from bot.slack.pictures import MOST_PICTURES
from bot.slack.platform import SlackPlatform
from bot.slack.workspaces import OneWorkspace
from governance.digests.messages import Digest, MonthlyFigures
from scheduler.ports import Sent, Throttled
from surveys.messages import Results, WaveLaunched
from surveys.results.model import ShareResult
from tests.bot.slack.conftest import Talk
from tests.bot.slack.samples import RESULTS, SAMPLES, WAVE
from tests.bot.slack.test_sending import outgoing
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.slack_world import Fault, broken, dropped, refused, slow, throttled

UPLOADING = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.slack.pictures, "WAITS", (0.0, 0.0, 0.0))


@pytest.fixture
def platform(client: SlackClient) -> SlackPlatform:
    return SlackPlatform(OneWorkspace(client))


@pytest.fixture
def cto(slack: SlackStandIn) -> str:
    return slack.add_user("cto@district.example")


def only(slack: SlackStandIn, who: str) -> dict[str, Any]:
    (message,) = slack.messages(who)
    return dict(message)


def told_without(message: dict[str, Any]) -> bool:
    """All figures are there as words and bars, and no picture."""
    kinds = {block["type"] for block in message["blocks"]}
    said = texts(message)
    return "image" not in kinds and "▰" in said and "62% ± 3: Very good" in said


async def test_results_are_sent_with_their_charts_in_one_message(
    slack: SlackStandIn, platform: SlackPlatform, cto: str
) -> None:
    sent = await platform.send(outgoing(cto, message=RESULTS))
    message = only(slack, cto)
    assert isinstance(sent, Sent)
    assert sent.reference == message["ts"]
    wifi, ranked = slack.pictures(message)
    assert wifi["content"].startswith(b"\x89PNG")
    assert wifi["content"] != ranked["content"]
    assert "How is your classroom Wi-Fi?" in wifi["alt"]
    assert "Very good: 62% ± 3" in wifi["alt"]
    assert "1–2. Wi-Fi, 80 ± 10" in ranked["alt"]
    said = texts(message)
    assert "62% ± 3: Very good" in said, "to be searched, copied and read aloud"
    assert "▰" not in said, "the picture has the bars"


async def test_a_file_is_shared_with_nobody_but_who_sees_the_message(
    slack: SlackStandIn, platform: SlackPlatform, cto: str
) -> None:
    await platform.send(outgoing(cto, message=RESULTS))
    assert not any("shared" in file for file in slack.world.files.values())
    assert {file["name"] for file in slack.world.files.values()} == {"chart.png"}


async def test_the_same_chart_is_uploaded_once(
    slack: SlackStandIn, platform: SlackPlatform, cto: str
) -> None:
    for _ in range(3):
        await platform.send(outgoing(cto, message=RESULTS))
    assert len(slack.world.files) == 2
    assert len(slack.calls("files.completeUploadExternal")) == 1
    assert all(len(slack.pictures(message)) == 2 for message in slack.messages(cto))
    await platform.send(outgoing(cto, message=RESULTS, locale="es"))
    assert len(slack.world.files) == 4, "a reader of Spanish has pictures of their own"


async def test_forgetting_what_was_uploaded_costs_no_message_a_picture(
    slack: SlackStandIn, platform: SlackPlatform, cto: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.slack.pictures, "REMEMBERED", 2)
    for questions in (2, 3):
        await platform.send(outgoing(cto, message=many(questions)))
    assert [len(slack.pictures(message)) for message in slack.messages(cto)] == [2, 3]


@pytest.mark.parametrize("method", UPLOADING)
@pytest.mark.parametrize(
    "fault",
    [
        refused("missing_scope"),
        throttled(30),
        broken(500),
        dropped(taken=False),
        dropped(taken=True),
        Fault(garbage="[]"),
        Fault(garbage='{"ok": true}'),
    ],
    ids=str,
)
async def test_where_the_upload_fails_the_figures_come_without_it(
    slack: SlackStandIn, platform: SlackPlatform, cto: str, method: str, fault: Fault
) -> None:
    slack.fail(method, fault)
    assert isinstance(await platform.send(outgoing(cto, message=RESULTS)), Sent)
    assert told_without(only(slack, cto))


async def test_an_app_without_the_permission_tells_the_figures(
    slack: SlackStandIn, platform: SlackPlatform, cto: str
) -> None:
    slack.scopes = slack.scopes.replace("files:write,", "")
    await platform.send(outgoing(cto, message=RESULTS))
    assert told_without(only(slack, cto))


async def test_an_upload_that_takes_too_long_is_not_waited_for(
    slack: SlackStandIn,
    platform: SlackPlatform,
    cto: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bot.slack.pictures, "PATIENCE", 0.3)
    slack.fail("upload", slow(1), slow(1))
    await platform.send(outgoing(cto, message=RESULTS))
    assert told_without(only(slack, cto))


async def test_a_picture_that_slack_has_not_taken_in_yet_is_shown_a_moment_later(
    slack: SlackStandIn, platform: SlackPlatform, cto: str
) -> None:
    slack.world.slow_files = 2
    assert isinstance(await platform.send(outgoing(cto, message=RESULTS)), Sent)
    assert len(slack.pictures(only(slack, cto))) == 2
    assert len(slack.calls("chat.postMessage")) == 3, "refused twice, then taken"


async def test_a_picture_that_slack_never_takes_keeps_nobody_waiting_for_the_figures(
    slack: SlackStandIn, platform: SlackPlatform, cto: str
) -> None:
    slack.world.slow_files = 100
    assert isinstance(await platform.send(outgoing(cto, message=RESULTS)), Sent)
    assert told_without(only(slack, cto))


async def test_a_picture_that_was_deleted_is_uploaded_anew_the_next_time(
    slack: SlackStandIn, platform: SlackPlatform, cto: str
) -> None:
    await platform.send(outgoing(cto, message=RESULTS))
    slack.world.files.clear()
    await platform.send(outgoing(cto, message=RESULTS))
    await platform.send(outgoing(cto, message=RESULTS))
    first, second, third = slack.messages(cto)
    assert told_without(second)
    assert len(slack.pictures(third)) == 2
    assert first["blocks"] != third["blocks"]


async def test_only_what_was_refused_is_posted_again(
    slack: SlackStandIn, platform: SlackPlatform, cto: str
) -> None:
    slack.fail("chat.postMessage", throttled(17))
    assert await platform.send(outgoing(cto, message=RESULTS)) == Throttled(seconds=17)
    slack.fail("chat.postMessage", dropped(taken=True))
    await platform.send(outgoing(cto, message=RESULTS))
    assert len(slack.messages(cto)) == 1, "taken, its answer lost: it is not sent a second time"


async def test_a_message_has_a_few_pictures_and_stays_a_message_slack_takes(
    slack: SlackStandIn, platform: SlackPlatform, cto: str
) -> None:
    await platform.send(outgoing(cto, message=many(15)))
    message = only(slack, cto)
    assert len(slack.pictures(message)) == MOST_PICTURES
    assert len(slack.calls("files.completeUploadExternal")) == 1


def many(questions: int) -> Results:
    results = RESULTS.results
    (table,) = results.tables
    first = table.cells[0].questions[0]
    assert isinstance(first, ShareResult)
    more = tuple(replace(first, question=f"q{n}", n=1000 + n) for n in range(questions))
    cell = replace(table.cells[0], questions=more)
    return Results(results=replace(results, tables=(replace(table, cells=(cell,)),)))


async def test_other_messages_upload_nothing(
    slack: SlackStandIn, platform: SlackPlatform, cto: str
) -> None:
    for name, sample in SAMPLES.items():
        if isinstance(sample, Digest | MonthlyFigures):
            continue  # their charts are pictures, too
        if not isinstance(sample, Results) or "results" not in name:
            await platform.send(outgoing(cto, message=sample))
    await platform.send(outgoing(cto, message=SAMPLES["results_live_withheld"]))
    await platform.send(outgoing(cto, message=SAMPLES["results_none"]))
    assert not slack.world.files


# -- answers ----------------------------------------------------------------------------------


async def test_a_press_on_show_results_shows_the_charts(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    launched = SAMPLES["wave_launched"]
    assert isinstance(launched, WaveLaunched)
    talk.answers(launched)
    await slack.dm(teacher, "results, please")
    shown = await slack.next_message(teacher)
    talk.answers(RESULTS)
    slack.world.slow_files = 1
    await slack.click(teacher, shown, "Show results")
    assert len(slack.pictures(await slack.next_message(teacher, 1))) == 2


async def test_the_results_command_shows_the_charts_to_who_typed_it_alone(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(RESULTS)
    await slack.command(teacher, f"results {WAVE}")
    (aside,) = await slack.until(lambda: slack.ephemeral(teacher))
    assert len(slack.pictures(aside)) == 2
    assert slack.from_app(teacher) == []


async def test_the_results_command_answers_without_them_where_slack_takes_none(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    slack.world.slow_files = 100
    talk.answers(RESULTS)
    await slack.command(teacher, f"results {WAVE}")
    (aside,) = await slack.until(lambda: slack.ephemeral(teacher))
    assert told_without(aside)
