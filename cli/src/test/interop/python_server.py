"""A server of the Python SDK on a free port, both eras on one path; says what it saw of every request on stderr."""

import json
import socket
import sys
from typing import Annotated

import anyio
import uvicorn
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.resolve import Elicit, Resolve
from pydantic import BaseModel

server = MCPServer("interop-python", version="1.0.0")
left = []


class Sure(BaseModel):
    yes: bool


async def ask() -> Elicit[Sure]:
    return Elicit("Sure?", Sure)


@server.tool()
async def echo(message: str) -> str:
    return message


@server.tool()
async def count(ctx: Context) -> str:
    for step in (1, 2, 3):
        await anyio.sleep(0.05)
        await ctx.report_progress(step, 3, f"step {step}")
    return "counted"


@server.tool()
async def confirm(sure: Annotated[Sure, Resolve(ask)]) -> str:
    return f"answered {sure.yes}"


@server.tool()
async def touch(ctx: Context) -> str:
    await ctx.notify_tools_changed()
    return "touched"


@server.tool()
async def wait(ctx: Context) -> str:
    try:
        await ctx.report_progress(1, 2, "waiting")
        await anyio.sleep(20)
    except anyio.get_cancelled_exc_class():
        print("\nleft", file=sys.stderr, flush=True)
        raise
    return "waited"


class Telling:
    """Says of every request what came, and whether its response was whole when the connection let go of it."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        whole = False

        async def tell(message):
            nonlocal whole
            await send(message)
            whole = message["type"] == "http.response.body" and not message.get("more_body", False)

        try:
            await self.app(scope, receive, tell)
        finally:
            fields = [part.decode("latin-1") for field in scope["headers"] for part in field]
            seen = {"method": scope["method"], "url": scope["path"], "rawHeaders": fields}
            seen["ended"] = "complete" if whole else "cut"
            print(f"\nsaw {json.dumps(seen)}", file=sys.stderr, flush=True)


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
print("bound http://127.0.0.1:%d" % listener.getsockname()[1], file=sys.stderr, flush=True)
config = uvicorn.Config(Telling(server.streamable_http_app()), log_level="warning", lifespan="on")
uvicorn.Server(config).run(sockets=[listener])
