"""Slack's members as the district's staff."""

from __future__ import annotations

from bot.files.accounts import Places
from bot.rosters.slack_roster import slack_roster
from bot.slack.client import SlackClient
from bot.slack.directory import SlackDirectory
from core.people import Building, Level, Role
from governance.people.rosters import RosterRules
from tests.stand_ins.slack import SlackStandIn

OAK = Building(key="oak-high", name="Oak High", level=Level.HIGH)
RULES = RosterRules(
    roles={"Teacher*": Role.TEACHER, "Paraeducator": Role.SUPPORT, "Student*": Role.STUDENT},
    buildings={"*Oak*": "oak-high"},
)


def titled(slack: SlackStandIn, email: str, name: str, title: str, **marks: object) -> str:
    profile = {"email": email, "real_name": name, "title": title}
    return slack.add_user(email, profile=profile, **marks)


async def test_guests_bots_students_and_deactivated_accounts_are_counted_and_left_out(
    slack: SlackStandIn, client: SlackClient
) -> None:
    titled(slack, "ann@x.example", "Ann Lee", "Teacher, Oak", tz="America/Denver", locale="es-MX")
    titled(slack, "guest@y.example", "Gil Guest", "Teacher", is_restricted=True)
    titled(slack, "gone@x.example", "Gone One", "Teacher", deleted=True)
    titled(slack, "stu@x.example", "Stu Dent", "Student aide")
    slack.add_user(None, is_bot=True)
    roster = await slack_roster([SlackDirectory(client)], Places(rules=RULES, buildings=[OAK]))
    (ann,) = roster.people
    assert (ann.given_name, ann.family_name, ann.role) == ("Ann", "Lee", Role.TEACHER)
    assert (ann.building, ann.level) == ("oak-high", Level.HIGH)
    assert (ann.locale, ann.timezone) == ("es-MX", "America/Denver")
    assert roster.skipped["guests"] == 1
    assert roster.skipped["deactivated accounts"] == 1
    assert roster.skipped["students"] == 1
    assert roster.skipped["bots"] >= 1


async def test_a_title_that_cannot_be_placed_is_told_and_guesses_nothing(
    slack: SlackStandIn, client: SlackClient
) -> None:
    titled(slack, "ann@x.example", "Ann Lee", "Wizard")
    roster = await slack_roster([SlackDirectory(client)], Places(rules=RULES, buildings=[OAK]))
    assert roster.people[0].lacks["role"] == "Wizard"
    assert roster.people[0].lacks["building"] == "Wizard"
