"""What a person does in Slack beside writing to the bot: menus, taps and words."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.running import until
from tests.journeys.test_slack import STAFF, Place, in_slack
from tests.journeys.town import CHAIR, TEACHER
from tests.stand_ins.slack import texts


async def test_a_message_of_a_colleague_reaches_the_committee_without_their_name(
    tmp_path: Path,
) -> None:
    async with in_slack(tmp_path, STAFF[:1]) as place:
        slack, speaker = place.slack, place.users[TEACHER]
        room = slack.add_channel("staff-room", member=False)
        colleague = slack.add_user("pia.lund@district.example.org", name="Pia Lund")
        message = slack.said(colleague, room, "The wifi in the portables drops every afternoon")

        await slack.message_shortcut(speaker, message)
        modal = await until(lambda: _modal(place, speaker))
        assert "Who wrote them does not go along" in texts(modal)
        await slack.submit(speaker)
        brief = await place.message(place.channels["network"], "wifi in the portables drops")
        assert "Pia" not in texts(brief)

        chair = place.users[CHAIR]
        await slack.message_shortcut(chair, brief)
        refused = await place.message(chair, "That message is mine")
        assert "in your own words" in texts(refused)
        await slack.command(chair, "docket")
        assert "1 item is open" in texts(slack.ephemeral(chair)[-1])


async def _modal(place: Place, user: str) -> dict[str, object] | None:
    return place.slack.modal(user)
