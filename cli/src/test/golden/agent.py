"""An agent of the Python SDK: agent.py URL MODE. Says on a line each what it did and what came of it."""

import sys

import anyio
from mcp import Client, MCPError
from mcp_types import ElicitResult, Implementation

url, mode = sys.argv[1:]


class Agent:
    def __init__(self):
        self.asked = []

    async def on_elicitation(self, context, params):
        self.asked.append("elicitation/create")
        await anyio.sleep(0.04)
        return ElicitResult(action="accept", content={"yes": True})

    async def line(self, client, name, arguments=None, progress=False, leave=False):
        self.asked.clear()
        told = 0
        outcome = "cancelled"
        with anyio.CancelScope() as scope:

            async def on_progress(done, total, message):
                nonlocal told
                told += 1
                if leave:
                    scope.cancel()

            wanted = on_progress if progress or leave else None
            try:
                result = await client.call_tool(name, arguments or {}, progress_callback=wanted)
                outcome = "tool_error" if result.is_error else "ok"
            except MCPError:
                outcome = "rpc_error"
        parts = [f"call {name} {outcome}"]
        if told:
            parts.append(f"progress {told}{'+' if leave else ''}")
        return ", ".join(parts + [f"asked {method}" for method in self.asked])

    async def call(self, *arguments, **options):
        print(await self.line(*arguments, **options))

    async def together(self, client, *calls):
        lines = [""] * len(calls)

        async def one(i, name, arguments):
            lines[i] = await self.line(client, name, arguments)

        async with anyio.create_task_group() as group:
            for i, (name, arguments) in enumerate(calls):
                group.start_soon(one, i, name, arguments)
        print(" || ".join(lines))


async def main():
    agent = Agent()
    options = {"client_info": Implementation(name="golden", version="1.0.0")}
    async with Client(url, mode=mode, elicitation_callback=agent.on_elicitation, **options) as client:
        print(f"connected, revision {client.protocol_version}")
        await client.list_tools()
        print("request tools/list ok")
        await anyio.sleep(0.1)
        await agent.call(client, "echo", {"message": "caf\u00e9 \u2603"})
        await anyio.sleep(0.2)
        await agent.together(client, ("count", {}), ("count", {}), ("count", {}))
        await anyio.sleep(0.06)
        await agent.call(client, "echo")
        try:
            await client.get_prompt("no-such-prompt")
        except MCPError as e:
            print(f"request prompts/get rpc_error ({e})")
        await agent.call(client, "count", progress=True)
        await anyio.sleep(0.09)
        await agent.call(client, "confirm")
        await agent.call(client, "wait", leave=True)
        await anyio.sleep(0.07)
        await agent.call(client, "echo", {"message": "done"})


anyio.run(main)
