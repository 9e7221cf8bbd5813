"""A client of the Python SDK: python_client.py URL MODE. Prints what it observed, and its HTTP exchanges, as JSON."""

import json
import re
import sys

import anyio
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import ElicitResult

url, mode = sys.argv[1:]
seen = []
exchanges = []


def note(what, value):
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    seen.append(f"{what} {json.dumps(value)}")


async def on_request(request):
    exchange = {"method": request.method, "path": request.url.raw_path.decode(), "status": 0, "headers": []}
    request.extensions["exchange"] = exchange
    exchanges.append(exchange)


async def on_response(response):
    exchange = response.request.extensions["exchange"]
    exchange["status"] = response.status_code
    exchange["headers"] = [f"{name}: {value}" for name, value in response.headers.multi_items() if name != "date"]


async def on_elicitation(context, params):
    note("asked for elicitation", params)
    return ElicitResult(action="accept", content={"yes": True})


async def on_progress(progress, total, message):
    note("progress", [progress, total, message])


async def leave(client):
    """Gives a call up at its first sign of life, and waits until the word of it is taken; the server says that it knew."""
    expected = len(exchanges) + (2 if mode == "legacy" else 1)
    with anyio.CancelScope() as scope:

        async def on_sign(progress, total, message):
            note("progress", [progress, total, message])
            scope.cancel()

        await client.call_tool("wait", {}, progress_callback=on_sign)
    note("given up", scope.cancelled_caught)
    with anyio.fail_after(10):
        while len(exchanges) < expected or any(exchange["status"] == 0 for exchange in exchanges):
            await anyio.sleep(0.01)


async def subscribe(client):
    async with client.listen(tools_list_changed=True) as subscription:
        await client.call_tool("touch", {})
        async for event in subscription:
            note("told", type(event).__name__)
            break


async def main():
    hooks = {"request": [on_request], "response": [on_response]}
    async with httpx2.AsyncClient(timeout=30, event_hooks=hooks) as http:
        transport = streamable_http_client(url, http_client=http)
        async with Client(transport, mode=mode, elicitation_callback=on_elicitation) as client:
            note("server", client.server_info)
            note("revision", client.protocol_version)
            note("tools", [tool.name for tool in (await client.list_tools()).tools])
            note("echo", await client.call_tool("echo", {"message": "caf\u00e9 \u2603"}))
            note("count", await client.call_tool("count", {}, progress_callback=on_progress))
            note("confirm", await client.call_tool("confirm", {}))
            note("refused", await client.call_tool("echo", {}))
            if mode != "legacy":
                await subscribe(client)
            await leave(client)
    hidden = re.compile(r"[0-9a-f]{32}")
    print(json.dumps({"seen": [hidden.sub("<id>", line) for line in seen], "exchanges": exchanges}))


anyio.run(main)
