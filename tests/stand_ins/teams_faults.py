"""How the stand-in for Teams refuses, breaks, and answers what is no answer."""

from __future__ import annotations

from aiohttp import web

from tests.stand_ins.teams_kinds import Fault

BROKEN = ("broken", "transient 412", "transient 502", "transient 503", "transient 504")
"""What a 5xx (or 412) is, in turn: some say that nothing was taken."""


async def gone_wrong(request: web.Request, fault: Fault) -> web.StreamResponse:
    assert request.transport is not None
    if fault.cut:
        half = web.StreamResponse(status=201, headers={"Content-Type": "application/json"})
        half.content_length = 500
        await half.prepare(request)
        await half.write(b'{"id": "1')
        request.transport.abort()
        return half
    if fault.drop:
        request.transport.abort()
    if fault.garbage:
        return web.Response(status=201, text=fault.garbage, content_type="application/json")
    return refusal(fault)


def refusal(fault: Fault) -> web.Response:
    headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
    error = {"error": {"code": fault.code, "message": fault.message or fault.code}}
    return web.json_response(error, status=fault.status or 500, headers=headers)
