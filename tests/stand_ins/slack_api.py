"""The methods of Slack's Web API that the stand-in answers, with the errors Slack gives."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.stand_ins.slack_blocks import message_faults, view_faults
from tests.stand_ins.slack_world import APP, BOT, BOT_USER, MOST_VIEWS, Json, World

_ADDRESS = re.compile(r"https?://[^\s\"\\<>|]+")

Method = Callable[[World, Mapping[str, Any]], Json]


def ok(**more: Any) -> Json:
    return {"ok": True, **more}


def no(error: str, *messages: str) -> Json:
    answer: Json = {"ok": False, "error": error}
    return {**answer, "response_metadata": {"messages": list(messages)}} if messages else answer


def posted(world: World, channel: str, body: Mapping[str, Any]) -> Json:
    """A message of the app, put into a conversation."""
    message: Json = {
        "type": "message",
        "ts": world.next_ts(),
        "user": BOT_USER,
        "bot_id": BOT,
        "app_id": APP,
        "team": world.team,
        "text": body.get("text", ""),
        "blocks": body.get("blocks") or [],
    }
    for extra in ("metadata", "thread_ts"):
        if body.get(extra):
            message[extra] = body[extra]
    if body.get("unfurl_links") is not False or body.get("unfurl_media") is not False:
        message["unfurled"] = links_in(body)
    world.messages[channel].append(message)
    if world.on_taken is not None:
        world.on_taken(message)
    return message


def links_in(thing: Any) -> list[str]:
    """The addresses that Slack would fetch for a preview of a message."""
    found = _ADDRESS.findall(json.dumps(thing))
    return list(dict.fromkeys(found))


def _faults(world: World, body: Mapping[str, Any]) -> list[str]:
    found = message_faults(body) + file_faults(world, body)
    kinds = [block.get("type") for block in body.get("blocks") or ()]
    if world.refuse_tables and "table" in kinds:
        found.append(f"no such block [json-pointer:/blocks/{kinds.index('table')}/type]")
    return found


def _view_faults(world: World, view: Mapping[str, Any]) -> list[str]:
    return view_faults(view) + file_faults(world, view)


def file_faults(world: World, shown: Mapping[str, Any]) -> list[str]:
    """Files that are shown and that Slack does not know, or has not taken in yet."""
    wrong: list[str] = []
    for place, block in enumerate(shown.get("blocks") or ()):
        if block.get("type") == "image" and "slack_file" in block:
            file = world.files.get(block["slack_file"].get("id", ""), {})
            if file.get("left") != 0:
                file.update({"left": file["left"] - 1} if "left" in file else {})
                wrong.append(f"invalid slack file [json-pointer:/blocks/{place}/slack_file]")
    return wrong


def post_message(world: World, body: Mapping[str, Any]) -> Json:
    channel = world.conversation(str(body.get("channel", "")))
    if channel is None:
        return no("channel_not_found")
    found = world.channels[channel]
    if found.get("is_archived"):
        return no("is_archived")
    if not found.get("is_im") and not found.get("is_member"):
        return no("channel_not_found" if found.get("is_private") else "not_in_channel")
    person = world.users.get(found.get("user", ""), {})
    if person.get("deleted"):
        return no("user_disabled")
    if person.get("is_bot"):
        return no("cannot_dm_bot")
    if not body.get("text") and not body.get("blocks"):
        return no("no_text")
    faults = _faults(world, body)
    if faults:
        return no("invalid_blocks", *faults)
    message = posted(world, channel, body)
    return ok(channel=channel, ts=message["ts"], message=message)


def update(world: World, body: Mapping[str, Any]) -> Json:
    channel = str(body.get("channel", ""))
    if channel not in world.channels:
        return no("channel_not_found")
    message = world.message(channel, str(body.get("ts", "")))
    if message is None:
        return no("message_not_found")
    if message.get("app_id") != APP:
        return no("cant_update_message")
    if not body.get("text") and not body.get("blocks"):
        return no("no_text")
    faults = _faults(world, body)
    if faults:
        return no("invalid_blocks", *faults)
    message.update(
        text=body.get("text", ""),
        blocks=body.get("blocks") or [],
        edited={"user": BOT_USER, "ts": world.next_ts()},
    )
    told = {name: one for name, one in message.items() if name != "ts"}
    return ok(channel=channel, ts=message["ts"], text=message["text"], message=told)


def delete(world: World, body: Mapping[str, Any]) -> Json:
    channel = str(body.get("channel", ""))
    if channel not in world.channels:
        return no("channel_not_found")
    message = world.message(channel, str(body.get("ts", "")))
    if message is None:
        return no("message_not_found")
    if message.get("app_id") != APP:
        return no("cant_delete_message")
    world.messages[channel].remove(message)
    return ok(channel=channel, ts=message["ts"])


def post_ephemeral(world: World, body: Mapping[str, Any]) -> Json:
    channel = world.conversation(str(body.get("channel", "")))
    user = str(body.get("user", ""))
    if channel is None or user not in world.users:
        return no("channel_not_found" if channel is None else "user_not_in_channel")
    faults = _faults(world, body)
    if faults:
        return no("invalid_blocks", *faults)
    world.ephemeral[user].append({**body, "channel": channel})
    return ok(message_ts=world.next_ts())


def _view(body: Mapping[str, Any]) -> Json:
    view = body.get("view")
    return json.loads(view) if isinstance(view, str) else dict(view or {})


def _shown(world: World, view: Json, root: str | None = None) -> Json:
    made = {**view, "id": world.next_id("V"), "hash": world.next_ts(), "team_id": world.team}
    return {**made, "root_view_id": root or made["id"], "app_id": APP, "bot_id": BOT}


def open_view(world: World, body: Mapping[str, Any]) -> Json:
    return _add_view(world, body, push=False)


def push_view(world: World, body: Mapping[str, Any]) -> Json:
    return _add_view(world, body, push=True)


def _add_view(world: World, body: Mapping[str, Any], *, push: bool) -> Json:
    view = _view(body)
    faults = _view_faults(world, view)
    if faults:
        return no("invalid_arguments", *faults)
    spent = world.spend(str(body.get("trigger_id", "")))
    if isinstance(spent, str):
        return no(spent)
    user, _ = spent
    stack = world.modals[user]
    if push and len(stack) >= MOST_VIEWS:
        return no("push_limit_reached")
    if not push:
        stack.clear()
    shown = _shown(world, view, stack[0]["id"] if stack else None)
    stack.append(shown)
    return ok(view=shown)


def update_view(world: World, body: Mapping[str, Any]) -> Json:
    view = _view(body)
    faults = _view_faults(world, view)
    if faults:
        return no("invalid_arguments", *faults)
    found = world.view(str(body.get("view_id", "")))
    if found is None:
        return no("not_found")
    stack, place = found
    if body.get("hash") and body["hash"] != stack[place]["hash"]:
        return no("hash_conflict")
    stack[place] = {**_shown(world, view), "id": stack[place]["id"]}
    return ok(view=stack[place])


def publish_view(world: World, body: Mapping[str, Any]) -> Json:
    view, user = _view(body), str(body.get("user_id", ""))
    if user not in world.users:
        return no("user_not_found")
    faults = _view_faults(world, view)
    if faults:
        return no("invalid_arguments", *faults)
    if body.get("hash") and body["hash"] != world.homes.get(user, {}).get("hash"):
        return no("hash_conflict")
    world.homes[user] = _shown(world, view)
    return ok(view=world.homes[user])


def upload_url(world: World, body: Mapping[str, Any]) -> Json:
    if not body.get("filename") or not str(body.get("length", "")).isdigit():
        return no("invalid_arguments")
    if len(str(body.get("alt_txt", ""))) > 1000:
        return no("alt_txt_too_large")
    file = world.next_id("F")
    world.files[file] = {
        "id": file,
        "name": body["filename"],
        "length": int(body["length"]),
        "alt_txt": body.get("alt_txt", ""),
    }
    return ok(upload_url=f"{body['upload_to']}/upload/{file}", file_id=file)


def complete_upload(world: World, body: Mapping[str, Any]) -> Json:
    """Only what was brought; and what it shows is seen only once it was taken in."""
    given = body.get("files") or "[]"
    wanted = json.loads(given) if isinstance(given, str) else given
    files = [world.files.get(str(one.get("id"))) for one in wanted]
    if not files or any(one is None or "content" not in one or "left" in one for one in files):
        return no("file_not_found")
    for one in files:
        assert one is not None
        one["left"] = world.slow_files
        if body.get("channel_id") or body.get("channels"):
            one["shared"] = True
    return ok(files=[{"id": one["id"]} for one in files if one])


def conversation_info(world: World, body: Mapping[str, Any]) -> Json:
    found = _seen(world, body)
    if found is None:
        return no("channel_not_found")
    return ok(channel={name: one for name, one in found.items() if name != "members"})


def _seen(world: World, body: Mapping[str, Any]) -> Json | None:
    """A private channel that the app is not in is none to it."""
    found = world.channels.get(str(body.get("channel", "")))
    return None if found and found.get("is_private") and not found.get("is_member") else found


def conversation_members(world: World, body: Mapping[str, Any]) -> Json:
    found = _seen(world, body)
    if found is None:
        return no("channel_not_found")
    limit, start = int(body.get("limit") or 100), int(body.get("cursor") or 0)
    following = start + limit
    cursor = str(following) if following < len(found["members"]) else ""
    page = found["members"][start:following]
    return ok(members=page, response_metadata={"next_cursor": cursor})


def usergroup_users(world: World, body: Mapping[str, Any]) -> Json:
    if world.organization and not body.get("team_id"):
        return no("missing_argument")
    users = world.groups.get(str(body.get("usergroup", "")))
    return no("no_such_subteam") if users is None else ok(users=users)


def list_users(world: World, body: Mapping[str, Any]) -> Json:
    limit, start = int(body.get("limit") or 1000), int(body.get("cursor") or 0)
    everybody = list(world.users.values())
    if world.organization:
        if not body.get("team_id"):
            return no("missing_argument")
        everybody = [user for user in everybody if user["team_id"] == body["team_id"]]
    following = start + limit
    cursor = str(following) if following < len(everybody) else ""
    return ok(members=everybody[start:following], response_metadata={"next_cursor": cursor})


def user_info(world: World, body: Mapping[str, Any]) -> Json:
    user = world.users.get(str(body.get("user", "")))
    return ok(user=user) if user else no("user_not_found")


def user_by_email(world: World, body: Mapping[str, Any]) -> Json:
    for user in world.users.values():
        if user["profile"].get("email") == body.get("email"):
            return ok(user=user)
    return no("users_not_found")


def auth_test(world: World, body: Mapping[str, Any]) -> Json:
    found = ok(
        url="https://district.slack.com/",
        team=world.name,
        team_id=world.enterprise if world.organization else world.team,
        user="soundingboard",
        user_id=BOT_USER,
        bot_id=BOT,
        is_enterprise_install=world.organization,
    )
    return {**found, "enterprise_id": world.enterprise} if world.enterprise else found


def list_teams(world: World, body: Mapping[str, Any]) -> Json:
    """The workspaces of an organization, as far as anybody is in them."""
    teams = sorted({str(user["team_id"]) for user in world.users.values()})
    return ok(teams=[{"id": team, "name": team} for team in teams], response_metadata={})


def open_conversation(world: World, body: Mapping[str, Any]) -> Json:
    user = str(body.get("users", ""))
    if user not in world.users:
        return no("user_not_found")
    return ok(channel={"id": world.direct(user)})


def history(world: World, body: Mapping[str, Any]) -> Json:
    """Newest first. The page is the newest one, or the one just before ``latest``; where only
    ``oldest`` is given, the one just after it."""
    channel = str(body.get("channel", ""))
    if _seen(world, body) is None:
        return no("channel_not_found")
    return _page(world, body, [m for m in world.messages[channel] if "thread_ts" not in m])


def replies(world: World, body: Mapping[str, Any]) -> Json:
    """A message and what was said in its thread."""
    channel, parent = str(body.get("channel", "")), str(body.get("ts", ""))
    if _seen(world, body) is None:
        return no("channel_not_found")
    if world.message(channel, parent) is None:
        return no("thread_not_found")
    among = world.messages[channel]
    return _page(world, body, [m for m in among if parent in (m["ts"], m.get("thread_ts"))])


def _page(world: World, body: Mapping[str, Any], among: list[Json]) -> Json:
    since, most = float(body.get("oldest") or 0), int(body.get("limit") or 100)
    until = float(body.get("latest") or "inf")
    found = [m for m in reversed(among) if since < float(m["ts"]) < until]
    messages = found[-most:] if since and not body.get("latest") else found[:most]
    if not body.get("include_all_metadata"):
        messages = [{k: v for k, v in m.items() if k != "metadata"} for m in messages]
    return ok(messages=messages, has_more=len(found) > most)


REQUIRED: Mapping[str, tuple[str, ...]] = {
    "chat.delete": ("channel", "ts"),
    "chat.postEphemeral": ("user", "channel"),
    "chat.postMessage": ("channel",),
    "chat.update": ("channel", "ts"),
    "conversations.history": ("channel",),
    "conversations.info": ("channel",),
    "conversations.members": ("channel",),
    "conversations.replies": ("channel", "ts"),
}
"""What must be sent to a method, in the order in which Slack misses it."""


def missed(method: str, body: Mapping[str, Any]) -> Json | None:
    """Slack's no where something was not sent at all."""
    gone = [name for name in REQUIRED.get(method, ()) if name not in body]
    told = [f"[ERROR] missing required field: {name}" for name in gone]
    return no("invalid_arguments", *told) if gone else None


NEEDED: Mapping[str, str] = {
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "{kind}:history",
    "conversations.info": "{kind}:read",
    "conversations.members": "{kind}:read",
    "conversations.open": "im:write",
    "conversations.replies": "{kind}:history",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "usergroups.users.list": "usergroups:read",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
}
"""The permission that a method needs, as Slack's reference has it; of ``conversations.*`` it goes
by the kind of the conversation."""

FREE = frozenset(
    {"auth.teams.list", "auth.test", "views.open", "views.publish", "views.push", "views.update"}
)
"""Methods that any of an app's bot tokens may call."""


def needed(world: World, method: str, body: Mapping[str, Any]) -> str | None:
    """The permission that this call needs; None: none. A conversation that the app does not see
    is not found, whatever it may do."""
    scope = NEEDED.get(method)
    if scope is None or "{kind}" not in scope:
        return scope
    found = _seen(world, body)
    if found is None:
        return None
    private = "groups" if found.get("is_private") else "channels"
    return scope.format(kind="im" if found.get("is_im") else private)


METHODS: Mapping[str, Method] = {
    "auth.teams.list": list_teams,
    "auth.test": auth_test,
    "chat.delete": delete,
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "conversations.history": history,
    "conversations.info": conversation_info,
    "conversations.members": conversation_members,
    "conversations.open": open_conversation,
    "conversations.replies": replies,
    "files.completeUploadExternal": complete_upload,
    "files.getUploadURLExternal": upload_url,
    "usergroups.users.list": usergroup_users,
    "users.info": user_info,
    "users.list": list_users,
    "users.lookupByEmail": user_by_email,
    "views.open": open_view,
    "views.publish": publish_view,
    "views.push": push_view,
    "views.update": update_view,
}


def respond(world: World, hook: Json, body: Mapping[str, Any]) -> Json | None:
    """A response URL's effect; Slack's no, else None."""
    if time.time() > hook["until"]:
        return no("expired_url")
    if hook["left"] <= 0:
        return no("used_url")
    hook["left"] -= 1
    message = world.message(hook["channel"], hook["ts"]) if hook.get("ts") else None
    if body.get("delete_original") and message is not None:
        world.messages[hook["channel"]].remove(message)
        return None
    faults = _faults(world, body)
    if faults:
        return no("invalid_blocks", *faults)
    if body.get("replace_original") and message is not None:
        edited = {"user": BOT_USER, "ts": world.next_ts()}
        message.update(text=body["text"], blocks=body.get("blocks") or [], edited=edited)
    elif body.get("response_type") == "in_channel":
        posted(world, hook["channel"], body)
    else:
        world.ephemeral[hook["user"]].append({**body, "channel": hook["channel"]})
    return None
