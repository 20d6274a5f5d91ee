"""Which application permission each of Microsoft Graph's calls needs (v1.0's reference, November
2026: the least privileged, and those above it that the app may have), and Graph's no without it."""

from __future__ import annotations

import re
from collections.abc import Collection

from aiohttp import web

_INSTALLS = "TeamsAppInstallation.ReadWriteSelfForUser.All"

NEEDED: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("GET", r"/users/delta(\(\))?", frozenset({"User.Read.All"})),
    ("GET", r"/users", frozenset({"User.Read.All"})),
    ("GET", r"/groups/[^/]+/members", frozenset({"GroupMember.Read.All", "Group.Read.All"})),
    (
        "GET",
        r"/groups/[^/]+/transitiveMembers",
        frozenset({"GroupMember.Read.All", "Group.Read.All"}),
    ),
    ("GET", r"/groups/[^/]+", frozenset({"Group.Read.All"})),
    ("GET", r"/teams/[^/]+/channels/[^/]+", frozenset({"Channel.ReadBasic.All"})),
    ("GET", r"/teams/[^/]+/channels/[^/]+/members", frozenset({"ChannelMember.Read.All"})),
    ("GET", r"/appCatalogs/teamsApps", frozenset({"AppCatalog.Read.All"})),
    ("GET", r"/users/[^/]+/teamwork/installedApps", frozenset({_INSTALLS})),
    ("POST", r"/users/[^/]+/teamwork/installedApps", frozenset({_INSTALLS})),
    ("GET", r"/users/[^/]+/teamwork/installedApps/[^/]+/chat", frozenset({_INSTALLS})),
    (
        "POST",
        r"/teamwork/sendActivityNotificationToRecipients",
        frozenset({"TeamsActivity.Send"}),
    ),
)
"""Method, path below the version, and the permissions of which one is needed."""


def needed_for(method: str, path: str) -> frozenset[str]:
    """Of which permissions one is needed. A call that is not listed must be looked up first."""
    below = path.removeprefix("/v1.0")
    for known, pattern, permissions in NEEDED:
        if method == known and re.fullmatch(pattern, below):
            return permissions
    raise AssertionError(f"look up which permission {method} {below} needs")


def denied(path: str, needed: Collection[str], granted: Collection[str]) -> web.Response:
    """Directory and Teams say no in words of their own."""
    code, said = "Authorization_RequestDenied", "Insufficient privileges to complete the operation."
    if not re.match(r"/v1\.0/(users|groups)(/[^/]+(/(members|transitiveMembers))?)?$", path):
        code, names = "Forbidden", ",".join(sorted(needed))
        said = (
            f"Missing role permissions on the request. API requires one of '{names}'. "
            f"Roles on the request '{','.join(sorted(granted))}'."
        )
    return web.json_response({"error": {"code": code, "message": said}}, status=403)
