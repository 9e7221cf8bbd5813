// The client of @modelcontextprotocol/sdk (1.x): node ts1.mjs URL streamable|fixture|sse|resume|tasks|per-call|per-call-named
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
    CallToolResultSchema,
    CreateMessageRequestSchema,
    ElicitRequestSchema,
    ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { Agent, Counting, everything, fixture, info, until } from './agent.mjs';

const [url, part] = process.argv.slice(2);
const counting = new Counting();

const ANSWERS = [
    [CreateMessageRequestSchema, { role: 'assistant', model: 'none', content: { type: 'text', text: 'so I say' } }],
    [ElicitRequestSchema, { action: 'accept', content: { name: 'golden', check: true } }],
    [ListRootsRequestSchema, { roots: [{ uri: 'file:///home/golden', name: 'golden' }] }],
];

/** An agent and its client, connected over the transport. */
async function connected(transport, capabilities) {
    const client = new Client(info, { capabilities });
    const agent = new Agent({
        call: (params, options) => client.callTool(params, undefined, options),
        tools: () => client.listTools(),
        prompt: (params) => client.getPrompt(params),
    });
    for (const [schema, answer] of capabilities.sampling ? ANSWERS : []) {
        client.setRequestHandler(schema, async ({ method }) => {
            agent.wasAsked(method);
            await agent.think(40);
            return answer;
        });
    }
    await client.connect(transport);
    console.log('request initialize ok');
    return { client, agent };
}

const streamableTransport = (headers = {}) =>
    new StreamableHTTPClientTransport(new URL(url), { fetch: counting.fetch, requestInit: { headers } });

async function withEverything(transport) {
    const { client, agent } = await connected(transport, { sampling: {}, elicitation: {}, roots: {} });
    await until('asked for roots', () => agent.asked.length > 0);
    console.log(`asked ${agent.asked[0]}`);
    await agent.think(50);
    await everything(agent);
    await transport.terminateSession?.();
    await client.close();
}

/** On a server that knows no session, so there is none to end. */
async function withFixture() {
    const { client, agent } = await connected(streamableTransport(), {});
    await agent.think(50);
    await fixture(agent);
    await client.close();
}

/** Streams that end before they have said everything: on purpose after a first event, and by a cut. */
async function resume() {
    const transport = streamableTransport();
    const { client, agent } = await connected(transport, {});
    await agent.think(80);
    await agent.call('poll', {}, { progress: true });
    await agent.think(80);
    await agent.call('drop', {}, { progress: true });
    await transport.terminateSession();
    await client.close();
}

/** A call that becomes a task, which is asked for until it is done. */
async function tasks() {
    const transport = streamableTransport();
    const { client, agent } = await connected(transport, {});
    await agent.tools();
    await agent.think(100);
    const seen = [];
    const stream = client.experimental.tasks.callToolStream(
        { name: 'simulate-research-query', arguments: { topic: 'tape' } },
        CallToolResultSchema,
        { task: { ttl: 60_000 } },
    );
    for await (const { type } of stream) {
        seen.push(type);
    }
    console.log(`call simulate-research-query: ${seen.join(' ')}`);
    await agent.call('echo', { message: 'done' });
    await transport.terminateSession();
    await client.close();
}

/** One transport session for each call, as adapters do that know no agent. */
async function perCall(names) {
    for (const [i, name] of [...names, ...names].entries()) {
        const transport = streamableTransport(name ? { 'X-Conversation-Id': name } : {});
        const { client, agent } = await connected(transport, {});
        await agent.call('echo', { message: `${name} says ${i}` });
        await transport.terminateSession();
        await client.close();
        await agent.think(100);
    }
}

const parts = {
    streamable: () => withEverything(streamableTransport()),
    fixture: withFixture,
    sse: () => withEverything(new SSEClientTransport(new URL(url), { fetch: counting.fetch })),
    resume,
    tasks,
    'per-call': () => perCall(['', '']),
    'per-call-named': () => perCall(['gold-a', 'gold-b']),
};
await parts[part]();
console.log(counting.told());
process.exit(0);
