"""Notices in Teams' activity feed: Microsoft Graph takes them for up to a hundred people a call.

Needs the application permission ``TeamsActivity.Send``, and ``AppCatalog.Read.All`` (unless the
app's id in the catalogue is set). A notice names the announcement that waits, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from bot.teams.cards import short
from bot.teams.connector import Connector
from bot.teams.credentials import NoTokenError
from bot.teams.graph_app import (
    EndedError,
    GraphApp,
    NotForThem,
    NotForUs,
    NotNow,
    busy,
    code_of,
    denied,
    without_token,
)
from governance.delivery_reasons import DeliveryReason, Why

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient

MOST = 100
"""Recipients of one call."""

ACTIVITY = "announcementWaits"
"""As the app's manifest declares it, with its words and the place of ``title``."""

_LONGEST = 150
"""Characters of a preview, and safely of a title."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """Graph took it for all of them. It says nothing of what each of them sees."""


@dataclass(frozen=True, kw_only=True)
class PerhapsTold:
    """No answer came; it may have been taken."""

    why: Why


Telling = Told | PerhapsTold | NotForThem | NotForUs | NotNow


class ActivityFeed:
    """Tells people that an announcement waits for them."""

    def __init__(self, connector: Connector, catalogue_id: str = "") -> None:
        self._app = GraphApp(connector, catalogue_id, _load)

    async def tell(self, users: Sequence[str], *, title: str, preview: str) -> Telling:
        """One call for up to a hundred accounts, by their object ids. Never raises, and never
        tries again by itself."""
        from kiota_abstractions.api_error import APIError

        try:
            client = await self._app.client()
            body = _body(users, await self._app.address(client), title, preview)
        except EndedError as error:
            return error.outcome
        except NoTokenError as error:
            return without_token(error)
        except APIError as error:
            return self._meaning(error)
        except httpx.HTTPError:
            return NotNow(seconds=60)
        try:
            await client.teamwork.send_activity_notification_to_recipients.post(body)
        except NoTokenError as error:
            return without_token(error)
        except APIError as error:
            return self._meaning(error)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            return NotNow(seconds=60)
        except httpx.HTTPError:
            return PerhapsTold(why=DeliveryReason.FEED_NO_ANSWER)
        return Told()

    def _meaning(self, error: Any) -> Telling:
        status = error.response_status_code
        if status == httpx.codes.PRECONDITION_FAILED:  # the token ends within 45 minutes
            self._app.forget()
            return NotNow(seconds=1)
        if status in (429, 503) and (wait := busy(error)) is not None:
            return wait
        if denied(error):
            return NotForUs(why=DeliveryReason.FEED_MAY_NOT_TELL)
        if status and status >= 500:
            return PerhapsTold(why=DeliveryReason.FEED_FAULT.about(status))
        return NotForThem(why=DeliveryReason.FEED_REFUSED.about(code_of(error)))


def _body(users: Sequence[str], at: str, title: str, preview: str) -> Any:
    from msgraph.generated.models.aad_user_notification_recipient import (
        AadUserNotificationRecipient,
    )
    from msgraph.generated.models.item_body import ItemBody
    from msgraph.generated.models.key_value_pair import KeyValuePair
    from msgraph.generated.models.teamwork_activity_topic import TeamworkActivityTopic
    from msgraph.generated.models.teamwork_activity_topic_source import (
        TeamworkActivityTopicSource,
    )
    from msgraph.generated.teamwork.send_activity_notification_to_recipients import (
        send_activity_notification_to_recipients_post_request_body as bodies,
    )

    return bodies.SendActivityNotificationToRecipientsPostRequestBody(
        topic=TeamworkActivityTopic(source=TeamworkActivityTopicSource.EntityUrl, value=at),
        activity_type=ACTIVITY,
        preview_text=ItemBody(content=short(preview, _LONGEST)),
        template_parameters=[KeyValuePair(name="title", value=short(title, _LONGEST))],
        recipients=[AadUserNotificationRecipient(user_id=user) for user in users],
    )


def _load(client: GraphServiceClient) -> None:
    """The first use of each part loads its classes: in a thread, not on the loop."""
    import msgraph.generated.models.teams_app_collection_response  # noqa: F401

    _ = client.app_catalogs.teams_apps
    _ = client.teamwork.send_activity_notification_to_recipients
    _body([], "", "", "")
